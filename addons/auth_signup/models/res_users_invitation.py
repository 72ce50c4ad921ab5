"""E-mails by which users set their password, and are told of new devices."""

import contextlib
import hashlib
import logging

from odoo import SUPERUSER_ID, api, fields, models
from odoo.addons.base.models.ir_mail_server import MailDeliveryException
from odoo.exceptions import TooManyAttempts, UserError
from odoo.http import request
from odoo.modules.registry import Registry
from odoo.tools import email_normalize
from odoo.tools.addresses import client_network
from odoo.tools.translate import _

_logger = logging.getLogger(__name__)


class ResUsers(models.Model):
    """Users who get e-mails about their account."""

    _inherit = "res.users"

    def reset_password(self, login):
        """Send somebody a link by which they set a new password.

        :param login: the login, or the e-mail address
        :raise UserError: nobody has it, or several have
        """
        users = self.search(self._get_login_domain(login)) or self.search(self._get_email_domain(login))
        if not users:
            raise UserError(_("No account has this login."))
        if len(users) > 1:
            raise UserError(_("Several accounts have this address: enter the login."))
        return users.action_reset_password()

    def action_reset_password(self):
        """Send the users a link by which they set a password; return what tells so.

        :raise UserError: for archived users, those without address, and when e-mails cannot be sent
        """
        self.check_access("write")
        try:
            self._action_reset_password(signup_type="signup" if self.env.context.get("create_user") else "reset")
        except MailDeliveryException as error:
            if _is_refused(error):
                raise UserError(
                    _("The server for outgoing e-mails does not answer: set one up, or ask who runs it.")
                ) from error
            raise UserError(_("The e-mail could not be sent: %s", error.args[0] if error.args else error)) from error
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "title": _("E-mail sent"),
                "message": _("A link to set the password went to %s.", ", ".join(self.mapped("email"))),
                "sticky": False,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _action_reset_password(self, signup_type="reset"):
        """Send the users a link by which they set a password.

        :param signup_type: ``reset``, or ``signup`` for the invitation of those who never had one
        :raise MailDeliveryException: when e-mails cannot be sent
        """
        if self.env.context.get("install_mode") or self.env.context.get("import_file"):
            return
        if archived := self.filtered(lambda user: not user.active):
            raise UserError(_("Archived users get no password: %s.", ", ".join(archived.mapped("login"))))
        if without := self.filtered(lambda user: not user.email):
            raise UserError(_("These users have no e-mail address: %s.", ", ".join(without.mapped("login"))))
        invites = bool(self.env.context.get("create_user"))
        self.partner_id.sudo().signup_prepare(signup_type="signup" if invites else signup_type)
        template = invites and self.env.ref("auth_signup.set_password_email", raise_if_not_found=False)
        for user in self:
            with self.env.cr.savepoint():
                if template:
                    template.sudo().send_mail(
                        user.id, force_send=True, raise_exception=True, email_values=user._private_mail_values()
                    )
                else:
                    user._send_reset_mail()
            _logger.info("A link to set the password was sent to user %r at %s", user.login, user.email)

    def _private_mail_values(self):
        """Return the values of e-mails with a link that only the user may have."""
        return {"email_to": self.email_formatted, "email_cc": False, "auto_delete": True, "recipient_ids": []}

    def _send_reset_mail(self):
        """Send the user the link by which the password is set anew."""
        texts = self.env["mail.render.mixin"].sudo()
        lang = self.lang or self.env.lang
        body = texts.with_context(lang=lang)._render_template(
            "auth_signup.reset_password_email",
            model="res.users",
            res_ids=self.ids,
            engine="qweb_view",
            options={"post_process": True},
        )[self.id]
        self._send_account_mail(self.with_context(lang=lang).env._("Set a new password"), body)

    def _send_account_mail(self, subject, body):
        """Send the user an e-mail about the account, from the company."""
        sender = self.company_id.email_formatted or self.env.user.email_formatted or self.email_formatted
        values = {"subject": subject, "email_from": sender, "body_html": body, **self._private_mail_values()}
        values.pop("recipient_ids")
        self.env["mail.mail"].sudo().create(values).send(raise_exception=True)

    def _invite_quietly(self):
        """Invite the users; those whom no e-mail reaches are not invited, and whoever makes them is told nothing."""
        for user in self:
            try:
                user.with_context(create_user=True)._action_reset_password(signup_type="signup")
            except MailDeliveryException:
                _logger.info("The invitation of user %r could not be sent", user.login)
                user.partner_id.sudo().signup_cancel()

    @api.model
    def web_create_users(self, emails: list) -> bool:
        """Invite people; those who were invited before and never came get the e-mail again."""
        self.check_access("create")
        wanted = {address for address in map(email_normalize, filter(_is_text, emails)) if address}
        invited = self.search([("state", "=", "new"), "|", ("login", "in", [*wanted]), ("email", "in", [*wanted])])
        known = {email_normalize(text or "") for user in invited for text in (user.login, user.email)}
        result = super().web_create_users(
            [text for text in emails if not (_is_text(text) and email_normalize(text) in known)]
        )
        if invited:
            invited.with_context(create_user=True).action_reset_password()
        return result

    # who asks too often

    @api.model
    def _count_reset_request(self, login):
        """Count that somebody asks for a link to set a password, whether there is such an account or not.

        :raise TooManyAttempts: they, or others for this account, asked too often of late
        """
        if not request:
            return
        failures = self.env["res.users.login.failure"].sudo()
        account = hashlib.sha256(login.strip().lower().encode()).hexdigest()[:32]
        sources = [f"{client_network(request.httprequest.remote_addr)}|reset", f"*|reset {account}"]
        try:
            failures._assert_no_pause(failures._counted(sources))
        except TooManyAttempts as error:
            text = _("Too many requests: wait for %s seconds, then try again.", error.retry_after)
            raise TooManyAttempts(text, error.retry_after) from error
        failures._count(sources)

    # new devices

    @classmethod
    def authenticate(cls, db, credential, user_agent_env):
        """Tell users of logins from devices that they did not use before, where they want to know."""
        auth_info = super().authenticate(db, credential, user_agent_env)
        with contextlib.suppress(MailDeliveryException), Registry(db).cursor() as cr:
            user = api.Environment(cr, SUPERUSER_ID, {})[cls._name].browse(int(auth_info["uid"]))
            if user.with_user(user)._should_alert_new_device():
                user._alert_new_device()
        return auth_info

    def _alert_new_device(self):
        """Send the user an e-mail about the device that just logged in."""
        self.ensure_one()
        if not self.email or not request:
            return
        lang = self.lang or self.env.lang
        body = (
            self.env["mail.render.mixin"]
            .with_context(lang=lang)
            ._render_template(
                "auth_signup.alert_login_new_device",
                model="res.users",
                res_ids=self.ids,
                engine="qweb_view",
                add_context=self._prepare_new_device_notice_values(),
                options={"post_process": True},
            )[self.id]
        )
        self._send_account_mail(self.with_context(lang=lang).env._("Your account was used on a new device"), body)

    def _prepare_new_device_notice_values(self):
        """Return what the e-mail about a new device tells: when, and from what and where."""
        agent, place = request.httprequest.user_agent, request.geoip
        where = [place.city.name, place.country_name]
        return {
            "login_date": fields.Datetime.now(),
            "location_address": ", ".join(filter(None, where)) or False,
            "ip_address": request.httprequest.remote_addr,
            "browser": (agent.browser or "").capitalize() or False,
            "useros": (agent.platform or "").capitalize() or False,
        }


def _is_text(value):
    return isinstance(value, str)


def _is_refused(error):
    """Tell whether an error comes from a server that refuses connections."""
    while error and not isinstance(error, ConnectionRefusedError):
        error = error.__cause__ or error.__context__
    return bool(error)
