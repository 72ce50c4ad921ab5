"""Accounts: invitations, forgotten passwords, and those that people make themselves."""

from . import controllers, models
