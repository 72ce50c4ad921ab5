"""``mail.template``: e-mails and messages that are written once, for many records."""

import ast
import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.osv import expression
from odoo.tools.translate import _

_DIGITS = re.compile(r"^\d+$")


class MailTemplate(models.Model):
    """A text with placeholders, and whom it goes to."""

    _name = "mail.template"
    _inherit = ["mail.render.mixin", "template.reset.mixin"]
    _description = "Email Templates"
    _order = "user_id,name,id"
    _unrestricted_rendering = True

    name = fields.Char("Name", translate=True)
    description = fields.Text("Template Description", translate=True, help="What it is for.")
    active = fields.Boolean(default=True)
    template_category = fields.Selection(
        [
            ("base_template", "Base Template"),
            ("hidden_template", "Hidden Template"),
            ("custom_template", "Custom Template"),
        ],
        compute="_compute_template_category",
        search="_search_template_category",
    )
    model_id = fields.Many2one("ir.model", "Applies to", ondelete="cascade")
    model = fields.Char("Related Document Model", related="model_id.model", index=True, store=True, readonly=True)
    subject = fields.Char("Subject", translate=True, prefetch=True)
    email_from = fields.Char("From", help="The sender; the author, if empty.")
    user_id = fields.Many2one("res.users", string="Owner", domain="[('share', '=', False)]")
    use_default_to = fields.Boolean("Default recipients", help="Those that follow from the record.")
    email_to = fields.Char("To (Emails)", help="Addresses, separated by commas.")
    partner_to = fields.Char("To (Partners)", help="Ids of partners, separated by commas.")
    email_cc = fields.Char("Cc", help="Addresses that get a copy.")
    reply_to = fields.Char("Reply To", help="Where answers go.")
    body_html = fields.Html(
        "Body",
        render_engine="qweb",
        render_options={"post_process": True},
        prefetch=True,
        translate=True,
        sanitize="email_outgoing",
    )
    attachment_ids = fields.Many2many(
        "ir.attachment", "email_template_attachment_rel", "email_template_id", "attachment_id", "Attachments"
    )
    report_template_ids = fields.Many2many(
        "ir.actions.report",
        relation="mail_template_ir_actions_report_rel",
        column1="mail_template_id",
        column2="ir_actions_report_id",
        string="Dynamic Reports",
        domain="[('model', '=', model)]",
    )
    email_layout_xmlid = fields.Char("Email Notification Layout", copy=False)
    mail_server_id = fields.Many2one(
        "ir.mail_server", "Outgoing Mail Server", help="The one that fits the sender, if empty."
    )
    scheduled_date = fields.Char("Scheduled Date", help="Expression for when it is sent.")
    auto_delete = fields.Boolean("Auto Delete", default=True, help="Delete the e-mails when they are sent.")
    ref_ir_act_window = fields.Many2one(
        "ir.actions.act_window", "Sidebar action", readonly=True, copy=False, help="Opens it from records."
    )
    can_write = fields.Boolean(compute="_compute_can_write")
    is_template_editor = fields.Boolean(compute="_compute_is_template_editor")

    @api.model
    def default_get(self, fields):
        """Take the model of the context."""
        values = super().default_get(fields)
        if values.get("model") and "model_id" in fields and not values.get("model_id"):
            values["model_id"] = self.env["ir.model"]._get_id(values.pop("model"))
        return values

    # computed fields

    @api.depends("model")
    def _compute_render_model(self):
        """Render for the model that the template is for."""
        for template in self:
            template.render_model = template.model

    @api.depends_context("uid")
    def _compute_can_write(self):
        """Tell whether the user may change the template."""
        writable = self._filtered_access("write")
        for template in self:
            template.can_write = template in writable

    @api.depends_context("uid")
    def _compute_is_template_editor(self):
        """Tell whether the user may write any expression."""
        self.is_template_editor = self.env.user.has_group("mail.group_mail_template_editor")

    @api.depends("active", "description")
    def _compute_template_category(self):
        """Tell templates of addons, described ones, from people's own."""
        known = {id_ for id_, xmlid in self.get_external_id().items() if xmlid}
        for template in self:
            if not template.active:
                template.template_category = "hidden_template"
            elif template._origin.id not in known:
                template.template_category = "custom_template"
            else:
                template.template_category = "base_template" if template.description else "hidden_template"

    @api.model
    def _search_template_category(self, operator, value):
        """Find templates by where they come from."""
        if operator not in ("=", "!=", "in", "not in"):
            raise NotImplementedError(f"template_category cannot be searched with {operator}")
        named = self.env["ir.model.data"].sudo()._search([("model", "=", self._name)]).subselect("res_id")
        known = [("id", "in", named)]
        domains = {
            "base_template": [("active", "=", True), ("description", "not in", [False, ""]), *known],
            "custom_template": [("active", "=", True), ("id", "not in", named)],
            "hidden_template": expression.OR(
                [
                    [("active", "=", False)],
                    [("active", "=", True), ("description", "in", [False, ""]), *known],
                ]
            ),
        }
        values = list(value) if operator in ("in", "not in") else [value]
        found = expression.OR([domains[one] for one in values if one in domains] or [expression.FALSE_DOMAIN])
        if operator in ("!=", "not in"):
            others = [domain for one, domain in domains.items() if one not in values]
            found = expression.OR(others or [expression.FALSE_DOMAIN])
        return found

    # changes

    @api.model_create_multi
    def create(self, vals_list):
        """Create templates; their files are theirs.

        :raise ValidationError: for models without records
        """
        templates = super().create(vals_list)
        templates._check_model()
        templates._own_attachments()
        return templates

    def write(self, vals):
        """Change templates.

        :raise ValidationError: for models without records
        """
        result = super().write(vals)
        if vals.get("model_id"):
            self._check_model()
        if vals.get("attachment_ids"):
            self._own_attachments()
        return result

    def _check_model(self):
        """Check that the templates are for models with records.

        :raise ValidationError: otherwise
        """
        for template in self.sudo():
            if template.model in self.env and self.env[template.model]._abstract:
                raise ValidationError(_("%s has no records to write e-mails about.", template.model_id.name))

    def _own_attachments(self):
        """Make the files belong to their templates."""
        for template in self:
            foreign = template.attachment_ids.filtered(
                lambda file, template=template: (file.res_model, file.res_id) != (self._name, template.id)
            )
            if foreign:
                foreign.write({"res_model": self._name, "res_id": template.id})

    def unlink(self):
        """Delete templates, and what opens them."""
        self.unlink_action()
        return super().unlink()

    def open_delete_confirmation_modal(self):
        """Return the dialog that asks whether the template is to be deleted."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [[self.env.ref("mail.mail_template_view_form_confirm_delete").id, "form"]],
            "target": "new",
            "name": _("Delete template?"),
        }

    def cancel_unlink(self):
        """Return the action that closes the dialog."""
        return {"type": "ir.actions.act_window_close"}

    def copy_data(self, default=None):
        """Name copies so that they are told apart."""
        copies = super().copy_data(default=default)
        if "name" in (default or {}):
            return copies
        return [
            {**values, "name": _("%s (copy)", template.name)} for template, values in zip(self, copies, strict=True)
        ]

    def unlink_action(self):
        """Take the templates out of the menus of records."""
        self.ref_ir_act_window.unlink()
        return True

    def create_action(self):
        """Have the templates be opened from the menus of records."""
        form = self.env.ref("mail.email_compose_message_wizard_form")
        opened = {"res_model": "mail.compose.message", "target": "new", "view_id": form.id, "view_mode": "form,list"}
        for template in self:
            defaults = {"composition_mode": "mass_mail", "model": template.model, "template_id": template.id}
            template.ref_ir_act_window = self.env["ir.actions.act_window"].create(
                {
                    **opened,
                    "name": _("Send Mail (%s)", template.name),
                    "binding_model_id": template.model_id.id,
                    "context": repr({f"default_{name}": value for name, value in defaults.items()}),
                }
            )
        return True

    # recipients

    @classmethod
    def _parse_partner_to(cls, partner_to):
        """Return the ids in a text such as ``3,5`` or ``[3, 5]``."""
        try:
            value = ast.literal_eval(partner_to or "[]")
        except (ValueError, SyntaxError, TypeError, MemoryError):
            value = [part.strip() for part in partner_to.split(",")]
            return [int(part) for part in value if _DIGITS.match(part)]
        if not isinstance(value, (list, tuple)):
            value = [value]
        return [
            int(one) for one in value if one and not isinstance(one, bool) and (isinstance(one, int) or _is_digits(one))
        ]

    def _send_check_access(self, res_ids):
        """Check that the user may read the records.

        :raise AccessError: otherwise
        """
        self.env[self.model].browse(res_ids).check_access("read")


def _is_digits(value):
    """Tell whether a value is a text of digits."""
    return isinstance(value, str) and bool(_DIGITS.match(value.strip()))
