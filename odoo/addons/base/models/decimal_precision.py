"""``decimal.precision``: how many digits a kind of number has."""

from odoo import api, fields, models
from odoo.tools import SQL, ormcache
from odoo.tools.translate import _


class DecimalPrecision(models.Model):
    """Number of decimals for one usage, such as prices."""

    _name = "decimal.precision"
    _description = "Decimal Precision"

    name = fields.Char(string="Usage", required=True)
    digits = fields.Integer(required=True, default=2)

    _sql_constraints = [
        ("name_uniq", "unique (name)", "There is a precision for this usage already."),
    ]

    @api.model
    @ormcache("application", cache="stable")
    def precision_get(self, application: str) -> int:
        """Return the digits for the usage ``application``, 2 when it is not known."""
        self.flush_model(["name", "digits"])
        found = SQL("SELECT COALESCE(MAX(digits), 2) FROM decimal_precision WHERE name = %s", application)
        [[digits]] = self.env.execute_query(found)
        return digits

    @api.model_create_multi
    def create(self, vals_list):
        """Add usages and forget cached ones."""
        created = super().create(vals_list)
        self.env.registry.clear_cache("stable")
        return created

    def write(self, data):
        """Update usages and forget cached ones."""
        result = super().write(data)
        self.env.registry.clear_cache("stable")
        return result

    def unlink(self):
        """Delete usages and forget cached ones."""
        result = super().unlink()
        self.env.registry.clear_cache("stable")
        return result

    @api.onchange("digits")
    def _onchange_digits_warning(self):
        """Warn when digits of stored amounts would be lost."""
        if self._origin and self.digits < self._origin.digits:
            return {
                "warning": {
                    "title": _("Fewer digits for %s", self.name),
                    "message": _(
                        "Amounts that are stored already keep their digits, so that sums may differ from what is shown."
                    ),
                }
            }
        return None
