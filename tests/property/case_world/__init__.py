"""A world around the case machine, from the disk up to the office: see :mod:`.watched`."""
