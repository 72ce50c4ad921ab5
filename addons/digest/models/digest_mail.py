"""Sending digests."""

import logging

from odoo import api, fields, models
from odoo.addons.base.models.ir_mail_server import MailDeliveryException
from odoo.tools import format_date
from odoo.tools.signing import hmac
from odoo.tools.translate import _

from .digest import PERIODS

_logger = logging.getLogger(__name__)


class DigestMail(models.Model):
    """The e-mails of digests."""

    _inherit = "digest.digest"

    def action_send(self):
        """Send the e-mails; where nobody logged in for long, there are fewer from now on."""
        self._action_send(update_periodicity=True)

    def action_send_manual(self):
        """Send the e-mails, and change nothing of how often."""
        self._action_send(update_periodicity=False)

    def _action_send(self, update_periodicity=True):
        """Send the e-mails to all who get them."""
        self.check_access("write")
        slower = self._check_daily_logs() if update_periodicity else self.browse()
        for digest in self:
            if digest in slower:
                digest.periodicity = PERIODS[digest.periodicity][2]
            for user in digest.user_ids:
                told = digest.with_context(digest_slowdown=digest in slower, lang=user.lang)
                told._action_send_to_user(user)
            digest.next_run_date = digest._get_next_run_date()

    def _check_daily_logs(self):
        """Return those digests none of whose users logged in for long, and which can be sent less often."""
        now, quiet = self._now(), self.browse()
        for digest in self.filtered(lambda one: PERIODS[one.periodicity][2] != one.periodicity):
            since = now - PERIODS[digest.periodicity][1]
            recent = [("create_uid", "in", digest.user_ids.ids), ("create_date", ">=", since)]
            if not self.env["res.users.log"].sudo().search_count(recent, limit=1):
                quiet |= digest
        return quiet

    def _action_send_to_user(self, user, tips_count=1, consume_tips=True):
        """Put the e-mail for a user into the queue.

        :param tips_count: how many tips are in it
        :param consume_tips: the user has seen these tips then
        :return: the ``mail.mail``
        """
        company = self.company_id or user.company_id
        renderer = self.env["mail.render.mixin"].with_context(lang=user.lang)
        leave = self._unsubscribe_url(user)
        periods = self._fields["periodicity"]._description_selection(self.env)
        values = {
            "company": company,
            "date": format_date(self.env, fields.Date.context_today(self), lang_code=user.lang),
            "kpi_data": self._compute_kpis(company, user),
            "periodicity_label": dict(periods)[self.periodicity],
            "periods": [period for period in periods if period[0] != self.periodicity],
            "slower": bool(self.env.context.get("digest_slowdown")),
            "tips": self.env["digest.tip"]._take_for(user, tips_count, consume_tips),
            "title": self.name,
            "top_button_url": self.get_base_url(),
            "unsubscribe_url": leave,
            "user": user,
        }
        body = renderer._render_template(
            "digest.digest_mail_main",
            self._name,
            self.ids,
            engine="qweb_view",
            add_context=values,
            options={"post_process": True},
        )[self.id]
        html = renderer._render_encapsulate("digest.digest_mail_layout", body, add_context=values, context_record=self)
        # mails are the administrators' to read, this one is for the user
        return self.env["mail.mail"].sudo().create(self._mail_values(user, company, html, leave))

    def _mail_values(self, user, company, html, leave):
        """Return the values of the e-mail for a user.

        :param leave: address where the user wants no more of them
        """
        one_click = leave.replace("/unsubscribe?", "/unsubscribe_oneclik?")
        sender = company.partner_id if company.partner_id.email else self.env.user.partner_id
        return {
            "author_id": self.env.user.partner_id.id,
            "auto_delete": True,
            "body_html": html,
            "email_from": sender.email_formatted,
            "email_to": user.email_formatted,
            "headers": repr(
                {
                    "List-Unsubscribe": f"<{one_click}>",
                    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                    "X-Auto-Response-Suppress": "OOF",
                }
            ),
            "state": "outgoing",
            "subject": _("%(company)s: %(digest)s", company=company.name, digest=self.name),
        }

    # leaving

    def _get_unsubscribe_token(self, user_id):
        """Return the text by which a user leaves without logging in."""
        return hmac(self.env(su=True), "digest-unsubscribe", (self.id, user_id))

    def _unsubscribe_url(self, user):
        token = self._get_unsubscribe_token(user.id)
        return f"{self.get_base_url()}/digest/{self.id}/unsubscribe?token={token}&user_id={user.id}"

    @api.model
    def _cron_send_digest_email(self):
        """Send what is due; called by the scheduled action."""
        today = fields.Date.today()
        for digest in self.search([("state", "=", "activated")]).filtered(
            lambda one: one.next_run_date and one.next_run_date <= today
        ):
            digest._send_or_wait()

    def _send_or_wait(self):
        """Send the e-mails; where the server of e-mails is away, they wait for the next day."""
        try:
            self.action_send()
        except MailDeliveryException as error:
            _logger.warning("Digest %s could not be sent and waits for tomorrow: %s", self.id, error)
