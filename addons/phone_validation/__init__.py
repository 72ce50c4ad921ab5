"""Telephone numbers: checked, written in one form, and blocked."""

from . import models, tools, wizard
