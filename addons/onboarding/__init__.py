"""Panels with the first steps of an application."""

from . import models
