"""Courses."""

from . import course
