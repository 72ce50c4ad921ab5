"""Rules that run when another program calls."""

import hashlib
import hmac
import json
import traceback
from uuid import uuid4

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.http import request
from odoo.tools import consteq, safe_eval
from odoo.tools.translate import _

#: characters of a call that are kept in the log
LOGGED = 4_000


def signature(secret, body):
    """Return the signature of a text.

    :param secret: what both sides know
    :param body: text or bytes
    """
    content = body if isinstance(body, bytes) else body.encode()
    return f"sha256={hmac.new(secret.encode(), content, hashlib.sha256).hexdigest()}"


def get_webhook_request_payload():
    """Return what the program sent that calls now: JSON, otherwise the parameters; ``None`` outside of requests."""
    if not request:
        return None
    try:
        return request.get_json_data()
    except ValueError:
        return dict(request.httprequest.args)


class BaseAutomationWebhook(models.Model):
    """Rules that wait for calls."""

    _inherit = "base.automation"

    @api.depends("trigger", "webhook_uuid")
    def _compute_url(self):
        """Put the address together."""
        for rule in self:
            is_called = rule.trigger == "on_webhook"
            rule.url = f"{rule.get_base_url()}/web/hook/{rule.webhook_uuid}" if is_called else ""

    def action_rotate_webhook_uuid(self):
        """Give the rules new addresses; the old ones are of no use any more."""
        for rule in self:
            rule.webhook_uuid = str(uuid4())

    def action_view_webhook_logs(self):
        """Show the calls of the rule."""
        self.ensure_one()
        calls = {"res_model": "ir.logging", "domain": [("path", "=", self._log_path())]}
        shown = {"name": _("Calls of %s", self.name), "view_mode": "list,form", "views": [(False, "list")]}
        return {"type": "ir.actions.act_window", **calls, **shown}

    def _log_path(self):
        """Return what marks the lines of the rule in the log."""
        return f"base_automation({self.id})"

    def _is_signed(self, body, given):
        """Tell whether a call may be taken.

        :param body: what was sent, bytes
        :param given: signature that came with it
        """
        secret = self.sudo().webhook_secret
        return not secret or consteq(signature(secret, body), given or "")

    def _execute_webhook(self, payload):
        """Run the rule for what a program sent.

        :param payload: what it sent
        :raise ValidationError: it is about no record
        """
        self.ensure_one()
        self._log_call("INFO", _("Called with %s", _shortened(payload)))
        try:
            # what fails leaves nothing but its log
            with self.env.cr.savepoint():
                record = self._record_of_call(payload)
                self.with_context(__action_done={}, old_values=None)._process(record)
        except Exception:
            self._log_call("ERROR", _("The call failed: %s", traceback.format_exc()))
            raise

    def _record_of_call(self, payload):
        """Return the record that a call is about."""
        rule = self.sudo()
        getter = (rule.record_getter or "").strip()
        if not getter:
            return self.env[rule.model_name]
        record = safe_eval.safe_eval(getter, self._get_eval_context(payload=payload))
        if not isinstance(record, models.BaseModel) or not record.exists():
            raise ValidationError(_("The call of %s is about no record that there is.", rule.name))
        return record

    def _log_call(self, level, message):
        """Write into the log, if the rule says so."""
        rule = self.sudo()
        if not rule.log_webhook_calls:
            return
        self.env["ir.logging"].sudo().create(
            {
                "create_date": fields.Datetime.now(),
                "create_uid": self.env.uid,
                "dbname": self.env.cr.dbname,
                "func": "_execute_webhook",
                "level": level,
                "line": "0",
                "message": message,
                "name": rule.name,
                "path": self._log_path(),
                "type": "server",
            }
        )


def _shortened(payload):
    text = json.dumps(payload, default=str)
    return text if len(text) <= LOGGED else f"{text[:LOGGED]}..."
