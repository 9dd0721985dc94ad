"""How one part of the office tells the others to look; what to see is in the store."""
