"""Help for people alone in a shop: the kiosk and the back office behind its Help button."""
