"""Calls of other programs."""

from . import main
