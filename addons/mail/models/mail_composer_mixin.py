"""``mail.composer.mixin``: texts that are taken from a template, and changed before they are sent."""

from odoo import api, fields, models
from odoo.tools import html_sanitize, is_html_empty

#: field of a composer -> that of the template
_COUNTERPARTS = {"body": "body_html"}


class MailComposerMixin(models.AbstractModel):
    """Subject, body and language of what is written."""

    _name = "mail.composer.mixin"
    _inherit = "mail.render.mixin"
    _description = "Mail Composer Mixin"

    subject = fields.Char("Subject", compute="_compute_subject", readonly=False, store=True, compute_sudo=False)
    body = fields.Html(
        "Contents",
        compute="_compute_body",
        readonly=False,
        store=True,
        compute_sudo=False,
        render_engine="qweb",
        render_options={"post_process": True},
        sanitize="email_outgoing",
    )
    body_has_template_value = fields.Boolean("Text of the template", compute="_compute_body_has_template_value")
    template_id = fields.Many2one("mail.template", "Mail Template", domain="[('model', '=', render_model)]")
    lang = fields.Char(compute="_compute_lang", precompute=True, readonly=False, store=True, compute_sudo=False)
    is_mail_template_editor = fields.Boolean("Is Editor", compute="_compute_is_mail_template_editor")
    can_edit_body = fields.Boolean("Can Edit Body", compute="_compute_can_edit_body")

    def _take_from_template(self, name):
        """Take a field from the template, where it says something; forget it without template."""
        for composer in self:
            value = composer.template_id[_COUNTERPARTS.get(name, name)] if composer.template_id else False
            if value if name != "body" else not is_html_empty(value):
                composer[name] = value
            elif not composer.template_id:
                composer[name] = False

    @api.depends("template_id")
    def _compute_subject(self):
        """Take the subject of the template."""
        self._take_from_template("subject")

    @api.depends("template_id")
    def _compute_body(self):
        """Take the text of the template."""
        self._take_from_template("body")

    @api.depends("template_id")
    def _compute_lang(self):
        """Take the language of the template."""
        self._take_from_template("lang")

    @api.depends("body", "template_id")
    def _compute_body_has_template_value(self):
        """Tell whether the text is still that of the template."""
        for composer in self:
            original = composer.template_id.body_html
            same = composer.template_id and composer.body in (original, html_sanitize(original or ""))
            composer.body_has_template_value = bool(same)

    @api.depends_context("uid")
    def _compute_is_mail_template_editor(self):
        """Tell whether the user may write any expression."""
        self.is_mail_template_editor = self.env.is_admin() or self.env.user.has_group("mail.group_mail_template_editor")

    @api.depends("template_id", "is_mail_template_editor")
    def _compute_can_edit_body(self):
        """The text of a template is changed by those who may write templates."""
        for composer in self:
            composer.can_edit_body = composer.is_mail_template_editor or not composer.template_id

    # rendering

    def _template_speaks(self, name):
        """Tell whether a field says what the template says, which may be rendered whoever the user is."""
        self.ensure_one()
        return bool(self.template_id) and self[name] == self.template_id.sudo()[_COUNTERPARTS.get(name, name)]

    def _render_lang(self, *args, **kwargs):
        """Render the language; that of the template for everybody."""
        if not self.is_mail_template_editor and self._template_speaks("lang"):
            return super(MailComposerMixin, self.sudo())._render_lang(*args, **kwargs)
        return super()._render_lang(*args, **kwargs)

    def _render_field(self, field, *args, **kwargs):
        """Render a field; what the template says for everybody, in its languages.

        :raise ValueError: when the template has no such field
        """
        if not self.template_id:
            return super()._render_field(field, *args, **kwargs)
        name = _COUNTERPARTS.get(field, field)
        if name not in self.template_id._fields:
            raise ValueError(f"templates have no field for {field}")
        template = self.template_id.sudo()
        unchanged = self.body_has_template_value if field == "body" else self[field] == template[name]
        if field == "body" and not self.is_mail_template_editor and (unchanged or not self.can_edit_body):
            self.body, unchanged = template[name], True
        if not unchanged:
            return super()._render_field(field, *args, **kwargs)
        source = self if self.is_mail_template_editor else self.sudo()
        if kwargs.get("compute_lang") or kwargs.get("set_lang"):
            speaker = self.template_id if self.is_mail_template_editor else template
            return speaker._render_field(name, *args, **kwargs)
        return super(MailComposerMixin, source)._render_field(field, *args, **kwargs)
