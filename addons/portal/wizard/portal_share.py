"""``portal.share``: a document is sent to people, who follow it from then on."""

from odoo import api, fields, models
from odoo.exceptions import UserError

#: people whom one dialog sends to
MOST_PARTNERS = 200


class PortalShare(models.TransientModel):
    """The dialog that shares a document."""

    _name = "portal.share"
    _description = "Portal Sharing"

    @api.model
    def default_get(self, fields):
        """Take the document of the context."""
        values = super().default_get(fields)
        context = self.env.context
        model = context.get("active_model")
        values["res_model"] = model if model in self.env else False
        values["res_id"] = context.get("active_id", False)
        return values

    @api.model
    def _selection_target_model(self):
        """Return the models that there are."""
        names = self.env["ir.model"].sudo().search_fetch([], ["model", "name"]).grouped("model")
        return [(technical, found.name) for technical, found in sorted(names.items())]

    res_model = fields.Char("Related Document Model", required=True)
    res_id = fields.Integer("Related Document ID", required=True)
    resource_ref = fields.Reference("_selection_target_model", "Related Document", compute="_compute_resource_ref")
    partner_ids = fields.Many2many("res.partner", string="Recipients", required=True)
    note = fields.Text(help="What the e-mail says beside the link.")
    share_link = fields.Char(string="Link", compute="_compute_share_link")
    access_warning = fields.Text("Access warning", compute="_compute_access_warning")

    def _document(self):
        """Return the document, which the user may read, nothing where there is none with a page.

        :raise AccessError: the user may not read it
        """
        self.ensure_one()
        if self.res_model not in self.env or not self.res_id:
            return None
        document = self.env[self.res_model].sudo(False).browse(self.res_id).exists()
        if not document or not hasattr(document, "_get_share_url"):
            return None
        document.check_access("read")
        return document

    @api.depends("res_model", "res_id")
    def _compute_resource_ref(self):
        """Name the document."""
        for wizard in self:
            known = wizard.res_model in self.env if wizard.res_model else False
            wizard.resource_ref = f"{wizard.res_model},{wizard.res_id or 0}" if known else None

    @api.depends("res_model", "res_id")
    def _compute_share_link(self):
        """Give the link that opens the page for whoever has it."""
        for wizard in self:
            document = wizard._document()
            wizard.share_link = document and document.get_base_url() + document._get_share_url(redirect=True)

    @api.depends("res_model", "res_id")
    def _compute_access_warning(self):
        """Tell what the document warns of."""
        for wizard in self:
            document = wizard._document()
            wizard.access_warning = document.access_warning if document else ""

    def _recipients(self, partners=None):
        """Return whom the links go to."""
        partners = partners or self.partner_ids
        if len(partners) > MOST_PARTNERS:
            raise UserError(self.env._("A document is sent to at most %s people at once.", MOST_PARTNERS))
        return partners

    def _post_link(self, partner, link):
        """Send a partner a link, as a note on the document."""
        wizard = self.with_context(lang=partner.lang or self.env.lang)
        document = wizard.env[self.res_model].browse(self.res_id)
        document.message_post_with_source(
            "portal.portal_share_template",
            render_values={"partner": partner, "note": self.note, "record": document, "share_link": link},
            subject=wizard.env._("You can see %s", document.display_name),
            subtype_xmlid="mail.mt_note",
            email_layout_xmlid="mail.mail_notification_light",
            partner_ids=partner.ids,
        )

    def _send_public_link(self, partners=None):
        """Send each partner a link of their own, which opens the page by itself."""
        for partner in self._recipients(partners):
            document = self._document()
            link = document.get_base_url() + document._get_share_url(redirect=True, pid=partner.id)
            self._post_link(partner, link)

    def _send_signup_link(self, partners=None):
        """Send partners without user a link by which they make one on the way to the document."""
        partners = self._recipients(partners).filtered(lambda partner: not partner.user_ids)
        links = (
            partners.sudo()
            .with_context(signup_valid=True)
            ._get_signup_url_for_action(action="/mail/view", res_id=self.res_id, model=self.res_model)
        )
        for partner in partners:
            self._post_link(partner, links[partner.id])

    def action_send_mail(self):
        """Send the document to the people, who follow it from now on."""
        self.ensure_one()
        document = self._document()
        if document is None:
            raise UserError(self.env._("There is no document with a page for others."))
        partners = self._recipients()
        is_open = self.env["res.users"]._get_signup_invitation_scope() == "b2c"
        with_account = partners.filtered("user_ids")
        if not is_open or ("access_token" in document._fields and document._portal_ensure_token()):
            with_account = partners
        if with_account:
            self._send_public_link(with_account)
        if others := partners - with_account:
            self._send_signup_link(others)
        document.message_subscribe(partner_ids=partners.ids)
        return {"type": "ir.actions.act_window_close"}
