"""Pages and calls of the calendar."""

from . import main
