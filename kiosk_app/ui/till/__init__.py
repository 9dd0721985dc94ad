"""The built-in till's surface: goods, cart, payment, receipt."""
