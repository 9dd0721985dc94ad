"""The way of a case from the first press to the next shopper, step by step."""
