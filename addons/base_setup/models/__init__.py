"""Models that general settings change."""

from . import ir_http, res_config_settings, res_users
