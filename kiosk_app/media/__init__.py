"""The media process, one a case, and the proxy through which the kiosk speaks to it."""
