"""Threads for tests."""

from . import models
