"""The help articles, the menu and the switches: files that people edit, one bundle for kiosks."""
