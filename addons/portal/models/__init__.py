"""Documents that are shared with people from outside."""

from . import (
    ir_http,
    ir_qweb,
    ir_ui_view,
    mail_message,
    mail_thread,
    portal_mixin,
    res_config_settings,
    res_partner,
    res_users_apikeys_description,
)
