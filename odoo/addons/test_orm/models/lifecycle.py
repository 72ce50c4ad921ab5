"""Overridden methods and decorated ones."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class Journal(models.Model):
    """Notes what is called on it."""

    _name = "test_orm.journal"
    _description = "Journal"

    name = fields.Char(default=lambda self: self.env.context.get("journal_name", "unnamed"))
    value = fields.Integer()
    place = fields.Char()
    log = []

    @api.model
    def default_get(self, fields_list):
        defaults = super().default_get(fields_list)
        if "place" in fields_list and "journal_place" in self.env.context:
            defaults["place"] = self.env.context["journal_place"]
        return defaults

    @api.model_create_multi
    def create(self, vals_list):
        self.log.append(("create", len(vals_list)))
        return super().create([{**vals, "value": vals.get("value", 0) + 1} for vals in vals_list])

    def write(self, vals):
        self.log.append(("write", sorted(vals)))
        return super().write(vals)

    def unlink(self):
        self.log.append(("unlink", len(self)))
        return super().unlink()

    @api.model
    def model_method(self, argument):
        return (self._name, len(self), argument)

    def record_method(self, argument=None):
        return (self.ids, argument)

    @api.private
    def private_method(self):
        return "private"

    def _underscore_method(self):
        return "underscore"

    @api.readonly
    def readonly_method(self):
        return "readonly"

    @api.returns("self")
    def returning_self(self):
        return self

    @api.returns("test_orm.tag", downgrade=lambda self, value: value.mapped("name"))
    def returning_tags(self):
        return self.env["test_orm.tag"].search([], limit=2)

    @api.autovacuum
    def _gc_old(self):
        self.log.append(("vacuum", self._name))

    @api.ondelete(at_uninstall=True)
    def _unlink_if_positive(self):
        if any(record.value < 0 for record in self):
            raise UserError("Negative entries stay.")

    @api.constrains(lambda self: ["name"])
    def _check_name(self):
        for record in self:
            if record.name == "forbidden":
                raise ValidationError(f"{record.name} is not allowed")


class LegacyName(models.Model):
    """Names its records by overriding the older method."""

    _name = "test_orm.legacy"
    _description = "Legacy"

    code = fields.Char()

    def name_get(self):
        return [(record.id, f"[{record.code}]") for record in self]
