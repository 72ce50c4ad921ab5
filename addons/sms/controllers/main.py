"""What became of text messages."""

import re

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

_STATUS = re.compile(r"\w{1,64}")
_UUID = re.compile(r"[0-9a-f]{32}")
#: messages that one call is about
MAX_UUIDS = 50_000


class SmsController(http.Controller):
    """Routes for servers that send text messages."""

    @http.route("/sms/status", type="json", auth="public", csrf=False)
    def update_sms_status(self, message_statuses):
        """Take what became of messages; whoever knows the random name of a message may tell.

        :param message_statuses: list of ``{"sms_status": text, "uuids": list of names}``
        :return: ``"OK"``
        :raise UserError: for anything else
        """
        known = request.env["sms.tracker"].sudo()
        for status, uuids in self._checked(message_statuses):
            request.env["sms.sms"].sudo().search([("uuid", "in", uuids), ("to_delete", "=", False)]).to_delete = True
            trackers = known.search([("sms_uuid", "in", uuids)])
            state = request.env["sms.sms"].IAP_TO_SMS_STATE_SUCCESS.get(status)
            if state:
                trackers._action_update_from_sms_state(state)
            else:
                trackers._action_update_from_provider_error(status)
            trackers.mail_notification_id.mail_message_id._notify_message_notification_update()
        return "OK"

    def _checked(self, told):
        """Return the pairs of status and names of what was told.

        :raise UserError: it has another form
        """
        pairs, count = [], 0
        for one in told if isinstance(told, list) else [None]:
            status, uuids = (one.get("sms_status"), one.get("uuids")) if isinstance(one, dict) else (None, None)
            count += len(uuids) if isinstance(uuids, list) else 0
            names = uuids if isinstance(uuids, list) else [None]
            if (
                count > MAX_UUIDS
                or not isinstance(status, str)
                or not _STATUS.fullmatch(status)
                or not all(isinstance(name, str) and _UUID.fullmatch(name) for name in names)
            ):
                raise UserError("Bad parameters")
            pairs.append((status, names))
        return pairs
