"""Public pages with names and languages in their addresses."""

from . import controllers, models
