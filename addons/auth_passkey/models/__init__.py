"""Passkeys, and users who have them."""

from . import auth_passkey_key, res_users, res_users_identitycheck
