"""Accounts with a history; users are told what services did."""

from odoo import api, fields, models


class IapAccount(models.Model):
    """Accounts whose changes are told."""

    _name = "iap.account"
    _inherit = ["iap.account", "mail.thread"]

    company_ids = fields.Many2many("res.company", tracking=True)
    warning_threshold = fields.Float(tracking=True)
    warning_user_ids = fields.Many2many("res.users", tracking=True)

    @api.model
    def _send_success_notification(self, message, title=None):
        """Tell the user that a service did its work."""
        self._send_status_notification(message, "success", title=title)

    @api.model
    def _send_error_notification(self, message, title=None):
        """Tell the user that a service failed."""
        self._send_status_notification(message, "danger", title=title)

    @api.model
    def _send_status_notification(self, message, status, title=None):
        """Tell the user what became of a call of a service.

        :param status: kind of notification: ``success``, ``danger``, ...
        """
        self._tell_user(message=message, title=title, type=status)

    @api.model
    def _tell_user(self, **told):
        """Show something in the user's browsers; what is ``None`` is left out."""
        known = {name: value for name, value in told.items() if value is not None}
        self.env.user._bus_send("iap_notification", known)

    @api.model
    def _send_no_credit_notification(self, service_name, title):
        """Tell the user that a service has no credits left, and where there are more."""
        url = self.env["iap.account"].get_credits_url(service_name)
        self._tell_user(get_credits_url=url, title=title, type="no_credit")
