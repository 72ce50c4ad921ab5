"""Routes of the addon."""

from . import main
