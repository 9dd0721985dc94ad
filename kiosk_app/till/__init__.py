"""Carts, payment steps, and the port that every till implements."""
