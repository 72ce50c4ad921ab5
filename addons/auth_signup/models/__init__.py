"""Users who are invited or make their own account."""

from . import ir_http, res_config_settings, res_partner, res_users, res_users_invitation
