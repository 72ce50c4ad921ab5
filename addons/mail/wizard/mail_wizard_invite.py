"""``mail.wizard.invite``: asks who is to follow a document."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.translate import _


class Invite(models.TransientModel):
    """The dialog."""

    _name = "mail.wizard.invite"
    _description = "Invite wizard"

    res_model = fields.Char("Related Document Model", required=True)
    res_id = fields.Integer("Related Document ID")
    partner_ids = fields.Many2many("res.partner", string="Recipients")
    message = fields.Html("Message")
    notify = fields.Boolean("Send Notification", default=False)

    @api.model
    def default_get(self, fields):
        """Say for the document what the invitation is about."""
        values = super().default_get(fields)
        if "message" in fields and "message" not in values and values.get("res_model"):
            described = self.env["ir.model"]._get(values["res_model"]).display_name
            document = self.env[values["res_model"]].browse(values.get("res_id") or ())
            values["message"] = _(
                "%(user)s invited you to follow %(model)s: %(title)s",
                user=self.env.user.display_name,
                model=described,
                title=document.display_name or "",
            )
        return values

    def add_followers(self):
        """Have the partners follow the document, and tell them.

        :raise UserError: when the user has no address to write from
        """
        if not self.env.user.email:
            raise UserError(_("Enter your e-mail address in your preferences first: invitations are sent from there."))
        for invite in self:
            document = self.env[invite.res_model].browse(invite.res_id)
            new = invite.partner_ids - document.sudo().message_partner_ids
            document.message_subscribe(partner_ids=new.ids)
            if invite.notify:
                invite._notify(document)
        return {"type": "ir.actions.act_window_close"}

    def _notify(self, document):
        """Tell the partners by e-mail."""
        described = self.env["ir.model"]._get(self.res_model).display_name
        user = self.env.user
        document.message_notify(
            body=self.message or "",
            subject=_("Invitation to follow %(model)s: %(name)s", model=described, name=document.display_name),
            partner_ids=self.partner_ids.ids,
            record_name=document.display_name,
            email_layout_xmlid="mail.mail_notification_invite",
            model_description=described,
            reply_to=user.email_formatted,
            reply_to_force_new=True,
            email_add_signature=False,
        )
