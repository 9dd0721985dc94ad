"""The open case, and what shopper and agent have in common in it."""
