"""Telephone numbers: whether they are right, and how they are written."""

from . import models, tools
