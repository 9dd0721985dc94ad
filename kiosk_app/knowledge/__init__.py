"""The help articles on this kiosk: kept, checked, searched, and fetched anew when they change."""
