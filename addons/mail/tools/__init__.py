"""What the models share that needs no model of its own."""
