"""Devices that show notifications, and what waits to be sent to them."""

import json
import logging
from datetime import UTC, datetime

import requests

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.mail import html2plaintext

from ...tools.public_web import public_session
from ...tools.web_push import (
    ENCRYPTION_BLOCK_OVERHEAD,
    ENCRYPTION_HEADER_SIZE,
    MAX_PAYLOAD_SIZE,
    DeviceUnreachableError,
    PushRefusedError,
    generate_vapid_keys,
    push_to_end_point,
)

_logger = logging.getLogger(__name__)

#: devices that are sent to by the request itself, and by one run of the job
_MAX_DIRECT, _BATCH = 5, 50
#: longest address of a device, and keys of it
_MAX_ENDPOINT = 2048
#: characters of a title, and bytes of all that is sent
_MAX_TITLE = 150
_ROOM = MAX_PAYLOAD_SIZE - ENCRYPTION_HEADER_SIZE - ENCRYPTION_BLOCK_OVERHEAD
_PRIVATE, _PUBLIC = "mail.web_push_vapid_private_key", "mail.web_push_vapid_public_key"


class InvalidVapidError(Exception):
    """The browser registered for another key than the server's."""


class MailPushDevice(models.Model):
    """A browser in which somebody wants to see notifications."""

    _name = "mail.push.device"
    _description = "Push Notification Device"

    partner_id = fields.Many2one(
        "res.partner", "Partner", index=True, required=True, default=lambda self: self.env.user.partner_id
    )
    endpoint = fields.Char("Browser endpoint", required=True)
    keys = fields.Char("Browser keys", required=True, help="With which notifications are encrypted, as JSON.")
    expiration_time = fields.Datetime("Expiration Token Date")

    _sql_constraints = [("endpoint_unique", "unique(endpoint)", "A browser is registered once.")]

    @api.model
    def get_web_push_vapid_public_key(self):
        """Return the key by which browsers know the server, made when it is missing."""
        parameters = self.env["ir.config_parameter"].sudo()
        public = parameters.get_param(_PUBLIC)
        if not parameters.get_param(_PRIVATE):
            private, public = generate_vapid_keys()
            parameters.set_param(_PRIVATE, private)
            parameters.set_param(_PUBLIC, public)
            self.sudo().search([]).unlink()
            _logger.info("Keys for notifications of devices were made; devices register again.")
        return public

    @api.model
    def register_devices(self, **kw):
        """Have a browser of the user be sent notifications.

        :param endpoint: its address
        :param keys: dict of its keys
        :param expirationTime: when it forgets them, in milliseconds, or nothing
        :param vapid_public_key: the server's key that it knows
        :param previousEndpoint: the address that it had before
        :raise InvalidVapidError: when it knows another key
        :raise ValidationError: for what is no address
        """
        if kw.get("vapid_public_key") and kw["vapid_public_key"] != self.get_web_push_vapid_public_key():
            raise InvalidVapidError("The browser has to register for the key of this server.")
        endpoint, keys = kw.get("endpoint") or "", json.dumps(kw.get("keys") or {})
        if not endpoint.startswith("https://") or max(len(endpoint), len(keys)) > _MAX_ENDPOINT:
            raise ValidationError(self.env._("This browser gave no address to send notifications to."))
        expires = kw.get("expirationTime")
        end = datetime.fromtimestamp(int(expires) / 1000, UTC).replace(tzinfo=None) if expires else None
        self._forget(kw.get("previousEndpoint") or "")
        self.flush_model()
        self.env.cr.execute(
            """INSERT INTO mail_push_device (endpoint, keys, expiration_time, partner_id, create_uid, write_uid,
                                             create_date, write_date)
                    VALUES (%(endpoint)s, %(keys)s, %(end)s, %(partner)s, %(user)s, %(user)s, %(now)s, %(now)s)
               ON CONFLICT (endpoint)
             DO UPDATE SET keys = EXCLUDED.keys, expiration_time = EXCLUDED.expiration_time,
                           partner_id = EXCLUDED.partner_id, write_uid = EXCLUDED.write_uid,
                           write_date = EXCLUDED.write_date""",
            {
                "end": end,
                "endpoint": endpoint,
                "keys": keys,
                "now": fields.Datetime.now(),
                "partner": self.env.user.partner_id.id,
                "user": self.env.uid,
            },
        )
        self.invalidate_model()

    @api.model
    def _forget(self, endpoint):
        """Have a browser of the user, by its address, be sent nothing any more."""
        self.sudo().search([("endpoint", "=", endpoint), ("partner_id", "=", self.env.user.partner_id.id)]).unlink()

    @api.model
    def unregister_devices(self, **kw):
        """Have a browser of the user be sent nothing any more.

        :param endpoint: its address
        """
        self._forget(kw.get("endpoint") or "")

    def _push(self, payloads, session):
        """Send notifications; devices that are gone are deleted.

        :param payloads: JSON texts, one for each device
        :param session: what requests are made with
        """
        parameters = self.env["ir.config_parameter"].sudo()
        private, address = parameters.get_param(_PRIVATE), self.browse().get_base_url()
        if not private:
            _logger.warning("There are no keys for notifications of devices.")
            return
        gone = self.browse()
        for device, payload in zip(self, payloads, strict=True):
            known = {"endpoint": device.endpoint, "keys": device.keys}
            try:
                push_to_end_point(address, known, payload, private, session)
            except DeviceUnreachableError:
                gone |= device
            except (PushRefusedError, requests.RequestException, ValueError) as error:
                _logger.warning("A notification was not sent to device %s: %s", device.id, error)
        gone.unlink()


class MailPush(models.Model):
    """A notification that waits to be sent to a device."""

    _name = "mail.push"
    _description = "Push Notifications"

    mail_push_device_id = fields.Many2one("mail.push.device", "devices", required=True, ondelete="cascade")
    payload = fields.Text()

    @api.model
    def _keep_for(self, devices, payload):
        """Have a notification be sent to many devices by the job.

        :param payload: JSON
        """
        self.env.cr.execute(
            """INSERT INTO mail_push (mail_push_device_id, payload, create_uid, write_uid, create_date, write_date)
                    SELECT device.id, %s, %s, %s, %s, %s FROM unnest(%s) AS device(id)""",
            [payload, *[self.env.uid] * 2, *[fields.Datetime.now()] * 2, devices.ids],
        )

    @api.model
    def _push_notification_to_endpoint(self, batch_size=_BATCH):
        """Send what waits, a portion at once.

        :param int batch_size: notifications of one run
        """
        waiting = self.sudo().search([], limit=batch_size, order="id")
        devices = self.env["mail.push.device"].sudo().browse(row.mail_push_device_id.id for row in waiting)
        devices._push([row.payload for row in waiting], public_session())
        waiting.exists().unlink()
        if self.sudo().search_count([], limit=1):
            self.env.ref("mail.ir_cron_web_push_notification")._trigger()


class MailThreadPush(models.AbstractModel):
    """Devices are told of messages."""

    _inherit = "mail.thread"

    def _notify_thread(self, message, msg_vals=False, **kwargs):
        """Tell devices, too."""
        recipients = super()._notify_thread(message, msg_vals=msg_vals, **kwargs)
        if recipients and not self._is_notification_scheduled(kwargs.get("scheduled_date")):
            self._notify_thread_by_web_push(message, recipients, msg_vals=msg_vals, **kwargs)
        return recipients

    def _extract_partner_ids_for_notifications(self, message, msg_vals, recipients_data):
        """Return the ids of the partners whose devices are told of a message."""
        kind = (msg_vals or {}).get("message_type") or message.sudo().message_type
        author = (msg_vals or {}).get("author_id") or message.sudo().author_id.id
        others = [row for row in recipients_data if row["active"] and row["id"] != author]
        if kind in ("comment", "whatsapp_message"):
            return [row["id"] for row in others]
        if kind in ("notification", "user_notification", "email"):
            return [row["id"] for row in others if row["notif"] == "inbox"]
        return []

    def _notify_thread_by_web_push(self, message, recipients_data, msg_vals=False, **kwargs):
        """Show a message on the devices of its recipients."""
        partner_ids = self._extract_partner_ids_for_notifications(message, msg_vals or {}, recipients_data)
        devices = self.env["mail.push.device"].sudo()
        devices = devices.search([("partner_id", "in", partner_ids)]) if partner_ids else devices
        if not devices:
            return
        if not self.env["ir.config_parameter"].sudo().get_param(_PRIVATE):
            _logger.warning("There are no keys for notifications of devices.")
            return
        payload = self._notify_by_web_push_prepare_payload(message, msg_vals=msg_vals)
        text = json.dumps(self._truncated_push(payload))
        if len(devices) < _MAX_DIRECT:
            devices._push([text] * len(devices), public_session())
            return
        self.env["mail.push"]._keep_for(devices, text)
        self.env.ref("mail.ir_cron_web_push_notification").sudo()._trigger()

    def _notify_by_web_push_prepare_payload(self, message, msg_vals=False):
        """Return what devices show of a message: title, text, picture, and where it leads."""
        known = message.sudo()
        author = known.author_id.name or known.author_guest_id.name or known.email_from or ""
        about = known.record_name or known.subject
        body = (msg_vals or {}).get("body") or known.body
        icon = (
            f"/web/image/res.partner/{known.author_id.id}/avatar_128" if known.author_id else "/web/static/img/logo.png"
        )
        place = {"model": known.model or "", "res_id": known.res_id or ""}
        changes = self._push_text_of_changes(known)
        return {
            "title": f"{author}: {about}" if about else author,
            "options": {"icon": icon, "data": place, "body": html2plaintext(body or "") + changes},
        }

    def _push_text_of_changes(self, message):
        """Return the changes of fields that a message tells of and everybody may know, as text."""
        values = message.tracking_value_ids._filter_free_field_access()
        rows = values._tracking_value_format() if values else ()
        lines = [
            f"{row['changedField']}: {row['oldValue']['value']} → {row['newValue']['value']}"
            for row in rows
            if isinstance(row.get("oldValue"), dict)
        ]
        return "\n".join(["", *lines]) if lines else ""

    @staticmethod
    def _truncated_push(payload):
        """Return what devices show, as short as push services want it."""
        options = payload["options"]
        title, body = payload["title"][:_MAX_TITLE], options["body"]
        while True:
            short = {**payload, "title": title, "options": {**options, "body": body}}
            too_long = len(json.dumps(short).encode()) - _ROOM
            if too_long <= 0 or not body:
                return short
            # a character takes at most twelve bytes, so that a few rounds are enough
            body = body[: -max(1, too_long // 12)]
