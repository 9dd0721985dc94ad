"""One shopper at this kiosk, with or without a case: cart, limits, what is kept on disk."""
