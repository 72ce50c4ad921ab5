"""``mail.alias.mixin``: documents that own an address for incoming e-mails."""

from odoo import api, fields, models
from odoo.tools import SQL

#: fields of the address that those may change who may change the document
_WRITEABLE = frozenset(("alias_bounced_content", "alias_contact", "alias_defaults", "alias_domain_id", "alias_name"))


class AliasMixinOptional(models.AbstractModel):
    """Documents that may have an address."""

    _name = "mail.alias.mixin.optional"
    _description = "Email Aliases Mixin (light)"

    alias_id = fields.Many2one("mail.alias", "Alias", ondelete="restrict", required=False, copy=False)
    alias_name = fields.Char(related="alias_id.alias_name", readonly=False)
    alias_domain_id = fields.Many2one(
        "mail.alias.domain", string="Alias Domain", related="alias_id.alias_domain_id", readonly=False
    )
    alias_domain = fields.Char("Alias Domain Name", related="alias_id.alias_domain")
    alias_defaults = fields.Text(related="alias_id.alias_defaults")
    alias_email = fields.Char("Email Alias", compute="_compute_alias_email", search="_search_alias_email")

    @api.depends("alias_domain", "alias_name")
    def _compute_alias_email(self):
        """Put name and domain together, when there are both."""
        for record in self:
            both = record.alias_name and record.alias_domain
            record.alias_email = f"{record.alias_name}@{record.alias_domain}" if both else False

    def _search_alias_email(self, operator, operand):
        """Find by the address."""
        return [("alias_id.alias_full_name", operator, operand)]

    def _require_new_alias(self, record_vals):
        """Tell whether a record with values gets an address of its own."""
        return not record_vals.get("alias_id") and bool(record_vals.get("alias_name"))

    def _alias_get_creation_values(self):
        """Return values of the address of a document: its owner, and what modules add."""
        owner = {"model_id": self.env["ir.model"]._get_id(self._name), "thread_id": self.id or False}
        values = {f"alias_parent_{name}": value for name, value in owner.items()}
        domain_id = self.env.context.get("default_alias_domain_id")
        return {**values, "alias_domain_id": domain_id} if domain_id else values

    def _alias_domain_for(self, vals):
        """Return the id of the domain of a new address: that of the company."""
        name = self._mail_get_company_field()
        company = self.env["res.company"]
        if name:
            company = company.browse(vals[name] if name in vals else self.default_get([name]).get(name))
        return (company or self.env.company).sudo().alias_domain_id.id

    @api.model_create_multi
    def create(self, vals_list):
        """Create documents with their addresses."""
        names = self.env["mail.alias"]._fields.keys() - self._own_names()
        prepared, owners = [], []
        for index, vals in enumerate(vals_list):
            self._check_given_alias(vals)
            if not self._require_new_alias(vals):
                prepared.append(vals)
                continue
            of_alias = {name: value for name, value in vals.items() if name in names}
            values = self._alias_get_creation_values()
            if any(of_alias[name] for name in of_alias.keys() - _WRITEABLE - values.keys()):
                self.env["mail.alias"].check_access("create")
            of_alias.setdefault("alias_domain_id", self._alias_domain_for(vals))
            prepared.append({name: value for name, value in vals.items() if name not in names})
            owners.append((index, {**values, **of_alias}))
        aliases = self.env["mail.alias"].sudo().create([values for _index, values in owners])
        for (index, _values), alias in zip(owners, aliases, strict=True):
            prepared[index] = {**prepared[index], "alias_id": alias.id}
        records = super().create(prepared)
        for index, _values in owners:
            record = records[index]
            record.alias_id.sudo().write(record._alias_get_creation_values())
        return records

    def _check_given_alias(self, vals):
        """Check that an address that a record takes over is the user's to change.

        :raise AccessError: otherwise
        """
        alias = self.env["mail.alias"].browse(int(vals.get("alias_id") or 0) or ())
        if alias and any(record.sudo().alias_id != alias.sudo() for record in self or [self]):
            alias.check_access("write")

    def _own_names(self):
        """Return the names of fields of the model itself that addresses have too."""
        automatic = {"id", "display_name", *models.LOG_ACCESS_COLUMNS}
        own = {
            name
            for name, field in self._fields.items()
            if name in self.env["mail.alias"]._fields and not field.inherited and not field.related
        }
        return automatic | own

    def write(self, vals):
        """Change documents and their addresses; whoever may change a document may change its address."""
        self._check_given_alias(vals)
        if vals.get("alias_name"):
            self.check_access("write")
            bare = self.filtered(lambda record: not record.alias_id)
            for record in bare:
                domain_id = record._alias_domain_for({})
                values = {"alias_domain_id": domain_id, **record._alias_get_creation_values()}
                values["alias_name"] = vals["alias_name"]
                record.sudo().alias_id = self.env["mail.alias"].sudo().create(values)
        of_alias = {name: vals[name] for name in _WRITEABLE & vals.keys() if name not in self._own_names()}
        company = self._mail_get_company_field()
        if company and vals.get(company) and "alias_domain_id" not in of_alias:
            of_alias["alias_domain_id"] = self.env["res.company"].sudo().browse(int(vals[company])).alias_domain_id.id
        rest = {name: value for name, value in vals.items() if name not in of_alias}
        result = super().write(rest) if rest or not of_alias else True
        if of_alias:
            self.check_access("write")
            self.alias_id.sudo().write(of_alias)
        return result

    def unlink(self):
        """Delete documents and their addresses."""
        ids = self.sudo().alias_id.ids
        gone = super().unlink()
        # after those that lead to them
        self.env["mail.alias"].sudo().browse(ids).unlink()
        return gone

    def copy_data(self, default=None):
        """Copies have addresses of their own, under other names."""
        kept = {"alias_id", *self.env["mail.alias"]._fields} - _WRITEABLE - self._own_names()
        result = []
        for record, values in zip(self, super().copy_data(default), strict=True):
            values = {name: value for name, value in values.items() if name not in kept}
            if record.alias_id and self._fields["alias_id"].required:
                alias = record.alias_id.sudo()
                values.setdefault("alias_defaults", alias.alias_defaults)
                values.setdefault("alias_contact", alias.alias_contact)
            result.append(values)
        return result


class AliasMixin(models.AbstractModel):
    """Documents that always have an address."""

    _name = "mail.alias.mixin"
    _description = "Email Aliases Mixin"
    _inherit = ["mail.alias.mixin.optional"]
    _inherits = {"mail.alias": "alias_id"}

    alias_id = fields.Many2one(required=True)
    alias_name = fields.Char(inherited=True)
    alias_defaults = fields.Text(inherited=True)

    def _require_new_alias(self, record_vals):
        """Every record gets an address, unless it has one."""
        return not record_vals.get("alias_id")

    def _init_column(self, column_name):
        """Give records that were there before the module an address."""
        if column_name != "alias_id":
            return super()._init_column(column_name)
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL("SELECT id FROM %s WHERE alias_id IS NULL ORDER BY id", SQL.identifier(self._table))
        )
        if not rows:
            return None
        # the model is described when all models are set up
        self.env["ir.model"]._reflect_models([self._name])
        for (id_,) in rows:
            alias = (
                self.env["mail.alias"]
                .sudo()
                .create(
                    {
                        "alias_model_id": self.env["ir.model"]._get_id(self._name),
                        "alias_parent_model_id": self.env["ir.model"]._get_id(self._name),
                        "alias_parent_thread_id": id_,
                    }
                )
            )
            self.env.cr.execute(
                SQL("UPDATE %s SET alias_id = %s WHERE id = %s", SQL.identifier(self._table), alias.id, id_)
            )
        return None
