"""Tests of ratings on pages."""

from . import controllers, models
