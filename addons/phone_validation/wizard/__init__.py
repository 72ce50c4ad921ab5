"""What asks about blocked numbers."""

from . import phone_blacklist_remove
