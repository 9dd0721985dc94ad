"""What must survive: cases, their log, commands, kiosks, agents and logins."""
