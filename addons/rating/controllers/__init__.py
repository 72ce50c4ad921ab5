"""Pages on which customers rate."""

from . import main
