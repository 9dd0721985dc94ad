"""A chain's own checkout page as the till. Needs the extra ``web``; nothing else imports this."""
