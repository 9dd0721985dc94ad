"""How everything looks: typed tokens, and style templates that are filled from them."""
