"""Dialogs."""

from . import auth_passkey_key_create
