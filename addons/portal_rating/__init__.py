"""Ratings on the pages of people from outside."""

from . import controllers, models
