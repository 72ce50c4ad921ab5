"""E-mails with numbers of the business, sent regularly."""

from . import controllers, models
