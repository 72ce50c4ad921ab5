"""Records with telephone numbers, and numbers that are blocked."""

from . import base, mail_thread_phone, phone_blacklist, res_partner, res_users
