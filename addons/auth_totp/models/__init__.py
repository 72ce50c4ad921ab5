"""What users have for a second factor."""

from . import auth_totp_device, res_users, totp
