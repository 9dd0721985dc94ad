"""Help that stands beside that way: by oneself, offered, in danger, in the phone."""
