"""Doors of public pages."""

from . import main
