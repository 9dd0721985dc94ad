"""The help sheet: the frame, its screens and what they are made of."""
