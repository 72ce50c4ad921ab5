"""``sms.sms``: text messages that wait, and what became of them."""

import logging
import uuid
from collections import defaultdict

from odoo import SUPERUSER_ID, api, fields, models, modules, tools
from odoo.tools import SQL
from odoo.tools.translate import _

from .mail_notification import AT_ONCE, as_selection

_logger = logging.getLogger(__name__)

#: messages that are sent with one call, where the configuration says nothing
BATCH_SIZE = 500
#: messages that one run of the scheduled action looks at
QUEUE_SIZE = 10_000
_DELIVERY = ("sms_expired", "sms_not_delivered")
_BOUNCES = ("sms_invalid_destination", "sms_not_allowed", "sms_rejected")


class SmsSms(models.Model):
    """A text for a number."""

    _name = "sms.sms"
    _description = "Outgoing SMS"
    _rec_name = "number"
    _order = "id DESC"

    #: what servers answer -> state, or why it failed
    IAP_TO_SMS_STATE_SUCCESS = {
        "delivered": "sent",
        "processing": "process",
        "sent": "pending",
        "success": "pending",
    }
    IAP_TO_SMS_FAILURE_TYPE = {
        "country_not_supported": "sms_country_not_supported",
        "insufficient_credit": "sms_credit",
        "registration_needed": "sms_registration_needed",
        "server_error": "sms_server",
        "unregistered": "sms_acc",
        "wrong_number_format": "sms_number_format",
    }
    BOUNCE_DELIVERY_ERRORS = frozenset(_BOUNCES)
    DELIVERY_ERRORS = frozenset((*_DELIVERY, *_BOUNCES))

    uuid = fields.Char("UUID", copy=False, readonly=True, default=lambda self: uuid.uuid4().hex)
    number = fields.Char("Number")
    body = fields.Text()
    partner_id = fields.Many2one("res.partner", "Customer")
    mail_message_id = fields.Many2one("mail.message", index=True)
    state = fields.Selection(
        [
            ("outgoing", "In Queue"),
            ("process", "Processing"),
            ("pending", "Sent"),
            ("sent", "Delivered"),
            ("error", "Error"),
            ("canceled", "Cancelled"),
        ],
        "SMS Status",
        readonly=True,
        copy=False,
        default="outgoing",
        required=True,
    )
    failure_type = fields.Selection(
        [
            ("unknown", "Unknown error"),
            *as_selection(AT_ONCE),
            ("sms_blacklist", "Blacklisted"),
            ("sms_duplicate", "Duplicate"),
            ("sms_optout", "Opted Out"),
        ],
        copy=False,
    )
    sms_tracker_id = fields.Many2one("sms.tracker", string="SMS trackers", compute="_compute_sms_tracker_id")
    to_delete = fields.Boolean("Marked for deletion", default=False, help="It is deleted soon.")

    _sql_constraints = [("uuid_unique", "unique(uuid)", "Each message has a random name of its own.")]

    @api.depends("uuid")
    def _compute_sms_tracker_id(self):
        """Find the tracker by the random name."""
        trackers = self.env["sms.tracker"].sudo().search([("sms_uuid", "in", self.filtered("uuid").mapped("uuid"))])
        by_uuid = {tracker.sms_uuid: tracker.id for tracker in trackers}
        for sms in self:
            sms.sms_tracker_id = by_uuid.get(sms.uuid, False)

    # states

    def action_set_canceled(self):
        """Do not send the messages."""
        self._set_state("canceled")

    def action_set_error(self, failure_type):
        """Keep that the messages failed.

        :param failure_type: why
        """
        self._set_state("error", failure_type)

    def action_set_outgoing(self):
        """Put the messages into the queue again."""
        self._set_state("outgoing")

    def _set_state(self, state, failure_type=False, failure_reason=False, **values):
        """Write the state of the messages and of their notifications."""
        self.write({"failure_type": failure_type, "state": state, **values})
        self.sms_tracker_id._action_update_from_sms_state(
            state, failure_type=failure_type, failure_reason=failure_reason
        )

    # sending

    def send(self, unlink_failed=False, unlink_sent=True, auto_commit=False, raise_exception=False):
        """Send the messages that are in the queue.

        :param unlink_failed: delete those that fail
        :param unlink_sent: delete those that are sent
        :param auto_commit: commit after each call of the server
        :param raise_exception: raise what goes wrong, instead of keeping it with the messages
        """
        waiting = self.filtered(lambda sms: sms.state == "outgoing" and not sms.to_delete)
        for ids in tools.split_every(self._batch_size(), waiting.ids):
            batch = self._locked(ids)
            batch._send(unlink_failed=unlink_failed, unlink_sent=unlink_sent, raise_exception=raise_exception)
            if auto_commit and not modules.module.current_test:
                self.env.cr.commit()

    @api.model
    def _batch_size(self):
        value = self.env["ir.config_parameter"].sudo().get_param("sms.session.batch.size")
        return int(value) if value and str(value).isdigit() and int(value) else BATCH_SIZE

    @api.model
    def _locked(self, ids):
        """Return those of the messages that no other process sends now."""
        self.flush_model(["state", "to_delete"])
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM sms_sms WHERE id = ANY(%s) AND state = 'outgoing' ORDER BY id FOR UPDATE SKIP LOCKED",
                list(ids),
            )
        )
        return self.browse(id_ for (id_,) in rows)

    def _send_after_commit(self):
        """Send the messages when the transaction has succeeded; at once in tests."""
        if not self:
            return
        if modules.module.current_test:
            self.send()
            return
        ids, registry, context = self.ids, self.env.registry, dict(self.env.context)

        @self.env.cr.postcommit.add
        def send():
            with registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, context)
                env["sms.sms"].browse(ids).exists().send()

    def _send(self, unlink_failed=False, unlink_sent=True, raise_exception=False):
        """Send messages with one call of the server, and keep what it answers."""
        if not self:
            return
        by_body = defaultdict(list)
        for sms in self:
            by_body[sms.body].append({"number": sms.number, "uuid": sms.uuid})
        messages = [{"content": body, "numbers": numbers} for body, numbers in by_body.items()]
        api_class = self.env.company._get_sms_api_class()
        try:
            results = api_class(self.env)._send_sms_batch(
                messages, delivery_reports_url=f"{self[:1].get_base_url()}/sms/status"
            )
        except Exception as error:
            if raise_exception:
                raise
            _logger.info("%s text messages were not sent: %s", len(self), error)
            reason = str(error)
            results = [{"failure_reason": reason, "state": "server_error", "uuid": sms.uuid} for sms in self]
        self._take_results(results, unlink_failed, unlink_sent)
        self.mail_message_id._notify_message_notification_update()

    def _take_results(self, results, unlink_failed, unlink_sent):
        """Keep what the server says of each message."""
        by_uuid, groups = {sms.uuid: sms for sms in self}, defaultdict(self.browse)
        for result in results or ():
            sms = by_uuid.get(result.get("uuid"))
            if sms:
                groups[result.get("state"), result.get("failure_reason") or False] |= sms
        for (told, reason), messages in groups.items():
            state = self.IAP_TO_SMS_STATE_SUCCESS.get(told)
            if state:
                messages._set_state(state, to_delete=unlink_sent)
            else:
                failure = self.IAP_TO_SMS_FAILURE_TYPE.get(told, "unknown")
                # what nobody knows is told as the server says it
                reason = reason or (told if failure == "unknown" else False)
                messages._set_state("error", failure, reason, to_delete=unlink_failed)

    def resend_failed(self):
        """Send messages again that failed.

        :return: the action that tells how it went
        """
        failed = self.filtered(lambda sms: sms.state == "error" and not sms.to_delete)
        failed.action_set_outgoing()
        failed.send()
        sent = failed.filtered(lambda sms: sms.state in self.IAP_TO_SMS_STATE_SUCCESS.values())
        if not failed:
            kind, text = "warning", _("None of these messages failed.")
        elif len(sent) == len(failed):
            kind, text = "success", _("%s messages were sent.", len(sent))
        else:
            kind = "danger"
            text = _("%(sent)s of %(all)s messages were sent.", sent=len(sent), all=len(failed))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": text,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
                "title": _("Text messages"),
                "type": kind,
            },
        }

    @api.model
    def _process_queue(self, ids=None):
        """Send what waits in the queue; called by the scheduled action.

        :param ids: only these
        """
        waiting = [("state", "=", "outgoing"), ("to_delete", "!=", True)]
        found = self.search(waiting, limit=QUEUE_SIZE, order="id").ids
        if ids:
            found = sorted(set(found) & set(ids))
        try:
            self.browse(found).send(auto_commit=True)
        except Exception:
            _logger.exception("The queue of text messages could not be sent")

    @api.autovacuum
    def _gc_device(self):
        """Delete messages that are marked for it."""
        self.flush_model(["to_delete"])
        self.env.cr.execute(SQL("DELETE FROM sms_sms WHERE to_delete"))
        self.invalidate_model(flush=False)
