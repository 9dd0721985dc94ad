"""The back office: who waits, who answers, what was said and done."""
