"""A till that another program is: what the two say to one another, and the port on this side."""
