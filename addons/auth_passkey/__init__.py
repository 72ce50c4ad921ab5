"""Passkeys: logging in with what a device or a security key keeps."""

from . import controllers, models, wizard
