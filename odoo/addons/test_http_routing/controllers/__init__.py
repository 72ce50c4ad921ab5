"""Pages."""

from . import main
