"""Sales teams and who is in them."""
