"""The models."""

from . import mail_message, rating_rating
