"""``mail.alias``: an address whose e-mails become documents, or answers on one."""

import ast
import re
import unicodedata
from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools.translate import _

from .mail_alias_domain import DOT_ATOM

_DOTS = re.compile(r"\.{2,}")
_STRANGE = re.compile(r"[^\w!#$%&'*+\-/=?^_`{|}~.]+")


class Alias(models.Model):
    """An address for incoming e-mails."""

    _name = "mail.alias"
    _description = "Email Aliases"
    _rec_name = "alias_name"
    _rec_names_search = ["alias_name", "alias_domain"]
    _order = "alias_model_id, alias_name"

    alias_name = fields.Char("Alias Name", copy=False, help="What stands before the at sign, such as jobs.")
    alias_full_name = fields.Char("Alias Email", compute="_compute_alias_full_name", store=True, index="btree_not_null")
    alias_domain_id = fields.Many2one(
        "mail.alias.domain",
        string="Alias Domain",
        ondelete="restrict",
        default=lambda self: self.env.company.alias_domain_id,
    )
    alias_domain = fields.Char("Alias domain name", related="alias_domain_id.name")
    alias_model_id = fields.Many2one(
        "ir.model",
        "Aliased Model",
        required=True,
        ondelete="cascade",
        domain="[('field_id.name', '=', 'message_ids')]",
        help="What e-mails become.",
    )
    alias_defaults = fields.Text("Default Values", required=True, default="{}", help="Values of new documents, a dict.")
    alias_force_thread_id = fields.Integer("Record Thread ID", help="Document that all e-mails are answers on.")
    alias_parent_model_id = fields.Many2one("ir.model", "Parent Model", help="Model of the owner of the address.")
    alias_parent_thread_id = fields.Integer("Parent Record Thread ID", help="The owner of the address.")
    alias_contact = fields.Selection(
        [("everyone", "Everyone"), ("partners", "Authenticated Partners"), ("followers", "Followers only")],
        default="everyone",
        string="Alias Contact Security",
        required=True,
        help="Whose e-mails are taken.",
    )
    alias_incoming_local = fields.Boolean(
        "Local-part based incoming detection", default=False, help="Take e-mails to the name in any domain."
    )
    alias_bounced_content = fields.Html(
        "Custom Bounced Message", translate=True, help="What others are answered, instead of the usual text."
    )
    alias_status = fields.Selection(
        [("not_tested", "Not Tested"), ("valid", "Valid"), ("invalid", "Invalid")],
        compute="_compute_alias_status",
        store=True,
        help="Whether e-mails could be taken.",
    )

    def init(self):
        """Make the index that keeps addresses apart."""
        self.env.cr.execute(
            """CREATE UNIQUE INDEX IF NOT EXISTS mail_alias_name_domain_unique
                   ON mail_alias (alias_name, COALESCE(alias_domain_id, 0))"""
        )

    # constraints

    @api.constrains(
        "alias_domain_id", "alias_force_thread_id", "alias_parent_model_id", "alias_parent_thread_id", "alias_model_id"
    )
    def _check_alias_domain_id_mc(self):
        """Check that the domain is one of the companies of the owner and of the document."""
        for alias in self.sudo().filtered(lambda alias: alias.alias_domain_id.company_ids):
            ends = (
                (alias.alias_parent_model_id.model, alias.alias_parent_thread_id),
                (alias.alias_model_id.model, alias.alias_force_thread_id),
            )
            for model_name, res_id in ends:
                if not res_id or model_name not in self.env:
                    continue
                document = self.env[model_name].browse(res_id).exists()
                company = document._mail_get_companies().get(res_id) if document else None
                if company and company.alias_domain_id != alias.alias_domain_id:
                    raise ValidationError(
                        _(
                            "%(document)s belongs to %(company)s, whose addresses are not in %(domain)s.",
                            document=document.display_name,
                            company=company.name,
                            domain=alias.alias_domain_id.name,
                        )
                    )

    @api.constrains("alias_name")
    def _check_alias_is_ascii(self):
        """Check that the name can stand in an address."""
        for alias in self:
            if alias.alias_name and not (alias.alias_name.isascii() and DOT_ATOM.match(alias.alias_name)):
                raise ValidationError(_("%s cannot stand in an e-mail address.", alias.alias_name))

    @api.constrains("alias_defaults")
    def _check_alias_defaults(self):
        """Check that the values are a dict."""
        for alias in self:
            try:
                dict(ast.literal_eval(alias.alias_defaults))
            except (ValueError, SyntaxError, TypeError) as error:
                raise ValidationError(
                    _("The values of new documents are a dict such as {'name': 'New'}, not %s.", alias.alias_defaults)
                ) from error

    @api.constrains("alias_name", "alias_domain_id")
    def _check_alias_domain_clash(self):
        """Check that the domain itself does not use the address."""
        for alias in self.filtered("alias_name"):
            domain = alias.alias_domain_id
            if domain and alias.alias_name in (domain.bounce_alias, domain.catchall_alias):
                raise ValidationError(_("%s is used by its domain for bounces or answers.", alias.alias_full_name))

    # computed fields

    @api.depends("alias_domain_id.name", "alias_name")
    def _compute_alias_full_name(self):
        """Put name and domain together."""
        for alias in self:
            name, domain = alias.alias_name, alias.alias_domain_id.name
            alias.alias_full_name = f"{name}@{domain}" if name and domain else name or False

    @api.depends("alias_domain", "alias_name")
    def _compute_display_name(self):
        """Show the address."""
        for alias in self:
            name, domain = alias.alias_name, alias.alias_domain
            alias.display_name = (f"{name}@{domain}" if domain else name) if name else _("Inactive Alias")

    @api.depends("alias_contact", "alias_defaults", "alias_model_id")
    def _compute_alias_status(self):
        """Begin anew when it changes what becomes of e-mails."""
        for alias in self:
            alias.alias_status = "not_tested"

    # changes

    @api.model_create_multi
    def create(self, vals_list):
        """Create addresses, which nobody else has.

        :raise UserError: otherwise
        """
        prepared = []
        for vals in vals_list:
            vals = dict(vals)
            if vals.get("alias_name"):
                vals["alias_name"] = self._sanitize_alias_name(vals["alias_name"])
            if "alias_domain_id" not in vals:
                vals["alias_domain_id"] = self.default_get(["alias_domain_id"]).get("alias_domain_id", False)
            prepared.append(vals)
        self._check_unique([(vals.get("alias_name"), vals["alias_domain_id"]) for vals in prepared])
        return super().create(prepared)

    def write(self, vals):
        """Change addresses; they stay different.

        :raise UserError: otherwise
        """
        if vals.get("alias_name"):
            vals = {**vals, "alias_name": self._sanitize_alias_name(vals["alias_name"])}
        if vals.keys() & {"alias_name", "alias_domain_id"}:
            pairs = [
                (vals.get("alias_name", alias.alias_name), vals.get("alias_domain_id", alias.alias_domain_id.id))
                for alias in self
            ]
            self._check_unique(pairs)
        return super().write(vals)

    def _check_unique(self, pairs):
        """Check that addresses are different, from each other and from those there are.

        :param pairs: list of name and id of the domain
        :raise UserError: otherwise
        """
        wanted = [(name, domain_id or False) for name, domain_id in pairs if name]
        if not wanted:
            return
        twice = [name for (name, _domain_id), number in Counter(wanted).items() if number > 1]
        others = self.sudo().search([("alias_name", "in", [name for name, _ in wanted]), ("id", "not in", self.ids)])
        taken = {(alias.alias_name, alias.alias_domain_id.id): alias for alias in others}
        if twice:
            raise UserError(self.env._("The name %s is given to several addresses.", ", ".join(twice)))
        for pair in wanted:
            if pair in taken:
                alias = taken[pair]
                raise UserError(
                    self.env._(
                        "The address %(address)s is taken by %(owner)s.",
                        address=alias.display_name,
                        owner=alias._owner_name() or alias.alias_model_id.name,
                    )
                )

    def _owner_name(self):
        """Return the name of the document that owns the address, ``False`` without one."""
        self.ensure_one()
        model_name, res_id = self.alias_parent_model_id.model, self.alias_parent_thread_id
        if not res_id or model_name not in self.env:
            return False
        return self.env[model_name].sudo().browse(res_id).exists().display_name

    @api.model
    def _sanitize_alias_name(self, name, is_email=False):
        """Return a name as it can stand in an address.

        :param is_email: the name is a whole address, whose domain is kept
        :return: the name in ASCII, ``False`` when nothing is left
        """
        local, _at, domain = (name or "").strip().partition("@")
        plain = "".join(char for char in unicodedata.normalize("NFKD", local) if not unicodedata.combining(char))
        plain = _DOTS.sub(".", plain.lower().strip(".").strip())
        plain = _STRANGE.sub("-", plain).encode("ascii", "replace").decode()
        if not plain:
            return False
        return f"{plain}@{domain.strip().lower()}" if is_email and domain else plain

    @api.model
    def _is_encodable(self, alias_name, charset="ascii"):
        """Tell whether a name can be written in a charset."""
        try:
            alias_name.encode(charset)
        except UnicodeEncodeError:
            return False
        return True

    # opening

    def open_document(self):
        """Return the action that opens the document e-mails are answers on, ``False`` without one."""
        return self._open(self.alias_model_id, self.alias_force_thread_id)

    def open_parent_document(self):
        """Return the action that opens the owner, ``False`` without one."""
        return self._open(self.alias_parent_model_id, self.alias_parent_thread_id)

    def _open(self, model, res_id):
        """Return the action that opens a document."""
        if not (model and res_id):
            return False
        return {"type": "ir.actions.act_window", "view_mode": "form", "res_model": model.model, "res_id": res_id}

    def _get_alias_contact_description(self):
        """Return whose e-mails are taken, for people to read."""
        if self.alias_contact == "partners":
            return _("addresses linked to registered partners")
        return _("some specific addresses")
