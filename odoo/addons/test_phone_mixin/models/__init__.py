"""Callers."""

from . import caller
