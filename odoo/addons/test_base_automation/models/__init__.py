"""Tasks."""

from . import task
