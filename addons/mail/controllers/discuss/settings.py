"""What users set for notifications of channels."""

from datetime import datetime, timedelta

from odoo import fields, http
from odoo.addons.web.controllers.utils import whole_number
from odoo.http import request

from .channel import member_of

#: longest time in minutes that is counted; -1 stands for ever
_MAX_MINUTES = 60 * 24 * 365


class DiscussSettingsController(http.Controller):
    """Routes of the settings."""

    @http.route("/discuss/settings/mute", methods=["POST"], type="json", auth="user")
    def discuss_mute(self, minutes, channel_id=None):
        """Have the user hear nothing for a while.

        :param minutes: how long; -1 for ever, 0 to hear again
        :param channel_id: id of the channel; everything, if empty
        """
        minutes = whole_number(minutes or 0, "minutes")
        if minutes == -1:
            until = datetime.max.replace(microsecond=0)
        else:
            shown = min(max(minutes, 0), _MAX_MINUTES)
            until = fields.Datetime.now() + timedelta(minutes=shown) if shown else False
        target = _settings_of(channel_id)
        target.write({"mute_until_dt": until})
        target._notify_mute()

    @http.route("/discuss/settings/custom_notifications", methods=["POST"], type="json", auth="user")
    def discuss_custom_notifications(self, custom_notifications, channel_id=None):
        """Choose of which messages the user is told.

        :param custom_notifications: ``all``, ``mentions``, ``no_notif``, or nothing
        :param channel_id: id of the channel; all of them, if empty
        """
        _settings_of(channel_id).set_custom_notifications(custom_notifications)


def _settings_of(channel_id):
    """Return the user's part in a channel, or their settings."""
    if channel_id:
        return member_of(channel_id)
    return request.env["res.users.settings"]._find_or_create_for_user(request.env.user)
