"""Pages."""

from . import home
