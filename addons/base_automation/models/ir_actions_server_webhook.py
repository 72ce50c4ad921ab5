"""Actions that call other programs: signed, and again when they are away."""

import json
import logging
from uuid import uuid4

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.jobs import JobRetry
from odoo.tools.translate import _

from .base_automation_webhook import signature

_logger = logging.getLogger(__name__)

#: seconds that programs have to answer: while somebody waits, and when nobody does
AT_ONCE, LATER = 1, 20
#: how often it is tried again, and after how many seconds
RETRIES = (30, 300, 1_800, 7_200, 43_200)
#: answers of programs that may be others later
_PASSING = frozenset((408, 425, 429))


class ServerActionWebhook(models.Model):
    """Calls of other programs."""

    _inherit = "ir.actions.server"

    webhook_secret = fields.Char(
        string="Webhook Secret",
        copy=False,
        groups="base.group_system",
        help="Calls carry a signature made with it, in the header X-Webhook-Signature.",
    )

    def _run_action_webhook(self, eval_context=None):
        """Tell a program of the record; when it is away, a job tells it later.

        :raise UserError: there is no address
        """
        record = self._active_record()
        if not record:
            return
        if not self.webhook_url:
            raise UserError(_("The action %s has no webhook URL.", self.name))
        body = json.dumps(self._webhook_payload(record), sort_keys=True, default=str)
        delivery = uuid4().hex
        problem = self._post_webhook(body, delivery, AT_ONCE)
        if problem is None or not problem.passes:
            return
        self.enqueue(
            backoff=list(RETRIES),
            description=_("Webhook: %s", self.name),
            eta=RETRIES[0],
            max_retries=len(RETRIES),
        )._repeat_webhook(body, delivery)

    def _repeat_webhook(self, body, delivery):
        """Tell a program what it did not take before; called by jobs.

        :param body: the same text as before
        :param delivery: the same name of the call, by which the program knows it again
        """
        for action in self.exists().filtered("webhook_url"):
            problem = action._post_webhook(body, delivery, LATER)
            if problem is not None and problem.passes:
                raise JobRetry(problem.text, counted=True)

    def _post_webhook(self, body, delivery, timeout):
        """Call a program.

        :return: ``None``, or what went wrong
        """
        # loaded with the first call: a server starts without
        import requests

        headers = {"Content-Type": "application/json", "X-Webhook-Delivery": delivery}
        if secret := self.sudo().webhook_secret:
            headers["X-Webhook-Signature"] = signature(secret, body)
        try:
            response = requests.post(self.webhook_url, data=body, headers=headers, timeout=timeout)
            response.raise_for_status()
        except requests.exceptions.HTTPError as error:
            status = error.response.status_code if error.response is not None else 500
            problem = _Problem(str(error), status >= 500 or status in _PASSING)
        except (requests.exceptions.ConnectionError, requests.exceptions.Timeout) as error:
            problem = _Problem(str(error), True)
        except requests.exceptions.RequestException as error:
            problem = _Problem(str(error), False)
        else:
            return None
        _logger.warning("The call of webhook %s failed: %s", self.webhook_url, problem.text)
        return problem


class _Problem:
    """Why a program did not take a call, and whether that may pass."""

    def __init__(self, text, passes):
        self.text = text
        self.passes = passes
