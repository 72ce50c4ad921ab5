"""Ratings, and what has them."""

from . import mail_message, mail_thread, rating, rating_data, rating_mixin, rating_parent_mixin
