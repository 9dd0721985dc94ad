"""The only Qt room: what the shopper sees, hears and presses."""
