"""Channels, their members and guests, and what reaches people beside them."""

from . import bus_listener_mixin  # isort: skip - the models below use it
from . import (
    bus_presence,
    discuss_channel_member,
    mail_guest,
    discuss_channel,
    discuss_channel_rtc_session,
    discuss_channel_store,
    discuss_channel_people,
    discuss_channel_api,
    discuss_gif_favorite,
    discuss_voice_metadata,
    ir_attachment,
    ir_binary,
    ir_websocket,
    mail_canned_response,
    mail_ice_server,
    mail_link_preview,
    mail_message,
    mail_push,
    discuss_channel_messages,
    res_partner,
    res_users,
    res_users_settings,
    res_users_store,
)
