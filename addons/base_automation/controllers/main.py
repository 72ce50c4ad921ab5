"""What other programs call."""

import logging

from odoo.http import Controller, request, route

from ..models.base_automation_webhook import get_webhook_request_payload

_logger = logging.getLogger(__name__)


class BaseAutomationController(Controller):
    """The route of rules that wait for calls."""

    @route(
        "/web/hook/<string:rule_uuid>",
        type="http",
        auth="public",
        methods=["GET", "POST"],
        csrf=False,
        save_session=False,
    )
    def call_webhook_http(self, rule_uuid, **kwargs):
        """Run a rule for what a program sent.

        :param rule_uuid: the random name of the rule; whoever has it, and the secret if there is one, may call
        :return: JSON with ``status``: ``ok``, or ``error`` (404: there is no such rule, 500: it failed)
        """
        domain = [("webhook_uuid", "=", rule_uuid), ("trigger", "=", "on_webhook")]
        rule = request.env["base.automation"].sudo().search(domain, limit=1)
        body = request.httprequest.get_data()
        if not rule or not rule._is_signed(body, request.httprequest.headers.get("X-Webhook-Signature")):
            return request.make_json_response({"status": "error"}, status=404)
        try:
            rule._execute_webhook(get_webhook_request_payload())
        except Exception:
            _logger.warning("The call of rule %s failed", rule.id, exc_info=True)
            return request.make_json_response({"status": "error"}, status=500)
        return request.make_json_response({"status": "ok"}, status=200)
