"""Users: how they are told of messages, and of changes of their own account."""

from odoo import Command, api, fields, models, tools
from odoo.tools.translate import _


class Users(models.Model):
    """Users with a preference for notifications."""

    _inherit = "res.users"

    notification_type = fields.Selection(
        [("email", "Handle by Emails"), ("inbox", "Handle in Odoo")],
        "Notification",
        required=True,
        default="email",
        compute="_compute_notification_type",
        inverse="_inverse_notification_type",
        store=True,
        help="How messages reach the user: by e-mail, or in the inbox of the application.",
    )

    _sql_constraints = [
        (
            "notification_type",
            "CHECK (notification_type = 'email' OR NOT share)",
            "Only users of the house have an inbox.",
        )
    ]

    @property
    def SELF_READABLE_FIELDS(self):
        """Users see how they are notified."""
        return [*super().SELF_READABLE_FIELDS, "notification_type"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        """Users choose how they are notified."""
        return [*super().SELF_WRITEABLE_FIELDS, "notification_type"]

    @api.depends("share", "groups_id")
    def _compute_notification_type(self):
        """Follow the group of those with an inbox; people from outside have none."""
        inbox = self.env.ref("mail.group_mail_notification_type_inbox", raise_if_not_found=False)
        for user in self:
            if inbox and inbox in user.groups_id and not user.share:
                user.notification_type = "inbox"
            elif user.share or user.notification_type != "email":
                user.notification_type = "email"

    def _inverse_notification_type(self):
        """Put users into the group, or take them out."""
        inbox = self.env.ref("mail.group_mail_notification_type_inbox").sudo()
        wanted = self.filtered(lambda user: user.notification_type == "inbox")
        commands = [Command.link(user.id) for user in wanted if inbox not in user.sudo().groups_id]
        commands += [Command.unlink(user.id) for user in self - wanted if inbox in user.sudo().groups_id]
        if commands:
            inbox.with_context(active_test=False).write({"users": commands})

    @api.model_create_multi
    def create(self, vals_list):
        """Note with people from outside that they can log in."""
        users = super().create(vals_list)
        if not (self.env.context.get("mail_create_nolog") or self.env.context.get("mail_notrack")):
            users.filtered(lambda user: user._is_portal())._log_portal_access(True)
        return users

    def _log_portal_access(self, granted):
        """Note with the partners of users that they can log in, or not any more."""
        for user in self:
            address = f" ({user.partner_id.email})" if user.partner_id.email else ""
            text = _("Portal Access Granted%s", address) if granted else _("Portal Access Revoked%s", address)
            user.partner_id._message_log(body=text)

    def write(self, vals):
        """Note what concerns the access of users, and tell them by e-mail."""
        logs = vals.keys() & {"groups_id"} and not self.env.context.get("mail_notrack")
        before = self.filtered(lambda user: user._is_portal()) if logs else self.browse()
        emails = {user: user.email for user in self} if "email" in vals else {}
        result = super().write(vals)
        if logs:
            after = self.filtered(lambda user: user._is_portal())
            (after - before)._log_portal_access(True)
            (before - after)._log_portal_access(False)
        self._tell_of_security(vals, emails)
        return result

    def _tell_of_security(self, vals, emails):
        """Tell users by e-mail that what they log in with was changed."""
        if vals.get("login"):
            self._notify_security_setting_update(
                _("Security Update: Login Changed"), _("The name you log in with was changed.")
            )
        if vals.get("password"):
            self._notify_security_setting_update(
                _("Security Update: Password Changed"), _("The password of your account was changed.")
            )
        for user, previous in emails.items():
            if not tools.email_normalize(previous) or tools.email_normalize(previous) == tools.email_normalize(
                vals["email"]
            ):
                continue
            user._notify_security_setting_update(
                _("Security Update: Email Changed"),
                _("E-mails for you went to %(old)s before, and go to %(new)s now.", old=previous, new=user.email),
                mail_values={"email_to": previous},
                suggest_password_reset=False,
            )

    def _notify_security_setting_update(self, subject, content, mail_values=None, **kwargs):
        """Tell users by e-mail of a change of their account.

        :param content: what was changed
        :param mail_values: more values of the e-mails
        :param kwargs: what modules need to know
        """
        sender = (self.company_id[:1].partner_id, self.env.user, self.env.ref("base.user_root"))
        shared = {
            "author_id": self.env.user.partner_id.id,
            "auto_delete": True,
            "email_from": next(filter(None, (one.email_formatted for one in sender)), False),
            "subject": subject,
        }
        self.env["mail.mail"].sudo().create(
            [
                {**shared, "body_html": user._security_text(content, kwargs), "email_to": user.email_formatted}
                | (mail_values or {})
                for user in self
            ]
        )

    def _security_text(self, content, kwargs):
        """Return the text of the e-mail about a change of the account."""
        values = self._notify_security_setting_update_prepare_values(content, **kwargs)
        text = self.env["ir.qweb"]._render("mail.account_security_setting_update", values)
        message = self.env["mail.message"].sudo().new({"body": text, "record_name": self.name})
        context = {"company": self.company_id, "message": message, "model_description": _("Account")}
        return self.env["mail.render.mixin"]._render_encapsulate("mail.mail_notification_light", text, context)

    def _notify_security_setting_update_prepare_values(self, content, **kwargs):
        """Return what the e-mail about a change of the account shows; extended by other modules."""
        self.ensure_one()
        return {
            "user": self,
            "update_datetime": fields.Datetime.now(),
            "content": content,
            "suggest_password_reset": False,
            **kwargs,
        }

    def action_archive(self):
        """Archive users; what they had to do is deleted."""
        every = self.env["mail.activity"].sudo().with_context(active_test=False)
        every.search([("user_id", "in", self.ids)]).unlink()
        return super().action_archive()

    def _deactivate_portal_user(self, **post):
        """Archive users who close their account, and block their addresses where they ask for it.

        :param post: what they sent; ``request_blacklist`` asks for it
        """
        known = {user: tools.email_normalize(user.email or "") for user in self}
        super()._deactivate_portal_user(**post)
        if not post.get("request_blacklist"):
            return
        for user, address in known.items():
            if address:
                note = _("Blocked when %(user)s closed the account (user #%(id)s).", user=user.name, id=user.id)
                self.env["mail.blacklist"].sudo()._add(address, message=note)
