"""Face: domain helpers under their historical package name."""
