"""Channels and messages, who is there, and what the client is told of both."""

from . import bus_listener_mixin  # isort: skip - the models below inherit it
from . import (
    bus,
    bus_presence,
    ir_attachment,
    ir_http,
    ir_model,
    ir_websocket,
    live_records,
    res_groups,
    res_partner,
    res_users,
    res_users_settings,
)
