"""The page of general settings, and invitations of users."""

from . import controllers, models
