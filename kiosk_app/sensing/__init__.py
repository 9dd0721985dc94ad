"""What the kiosk knows of its own device, network and battery."""
