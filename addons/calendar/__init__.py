"""Meetings, who comes, and reminders."""

from . import controllers, models, wizard
