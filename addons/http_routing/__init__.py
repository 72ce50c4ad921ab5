"""Addresses with names and languages, and the pages of errors."""

from . import controllers, models
