"""Formatted text in fields."""

from . import controllers, models
