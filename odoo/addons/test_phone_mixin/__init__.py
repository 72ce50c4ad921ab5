"""Callers, for the tests of threads with telephone numbers."""

from . import models
