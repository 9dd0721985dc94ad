"""The few widgets that every surface is made of."""
