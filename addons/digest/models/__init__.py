"""Digests, tips, and who gets them."""

from . import digest, digest_kpi, digest_mail, digest_tip, res_config_settings, res_users
