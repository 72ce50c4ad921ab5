"""Where contacts are found in the application."""

from . import res_partner, res_users
