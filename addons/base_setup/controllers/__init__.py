"""Routes that the settings page asks."""

from . import main
