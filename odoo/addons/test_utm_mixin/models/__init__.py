"""Visits and letters."""

from . import letter, visit
