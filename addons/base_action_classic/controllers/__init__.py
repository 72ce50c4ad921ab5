"""Answers of the addon to HTTP requests."""

from . import report
