"""Voice and video on the screen: offered, going on, heard and seen."""
