"""What the screen shows, a module for each part of it. :mod:`.screen` holds them all."""
