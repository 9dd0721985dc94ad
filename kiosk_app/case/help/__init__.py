"""Help beside the case's own way: by oneself, offered, in danger, on in the phone."""
