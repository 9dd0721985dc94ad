"""The kiosk's own key: made on the kiosk, kept in the keyring."""
