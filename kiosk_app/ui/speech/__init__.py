"""The kiosk's own voice: what is on the screen, spoken, for whoever does not see it."""
