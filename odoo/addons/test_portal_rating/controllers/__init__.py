"""The page."""

from . import main
