"""What the addon computes without records."""
