"""Units of measure and conversions between the units of a category."""

from odoo import _, api, fields, models, tools
from odoo.exceptions import UserError, ValidationError


class UoMCategory(models.Model):
    """Units that convert into each other, through one reference unit."""

    _name = "uom.category"
    _description = "Product UoM Categories"

    name = fields.Char("Unit of Measure Category", required=True, translate=True)
    uom_ids = fields.One2many("uom.uom", "category_id")
    reference_uom_id = fields.Many2one(
        "uom.uom", "Reference UoM", store=False, compute="_compute_reference_uom_id", readonly=False
    )

    @api.depends("uom_ids.uom_type")
    def _compute_reference_uom_id(self):
        for category in self:
            category.reference_uom_id = category.uom_ids.filtered(lambda uom: uom.uom_type == "reference")[:1]


class UoM(models.Model):
    """Unit: ``factor`` of them make one reference unit."""

    _name = "uom.uom"
    _description = "Product Unit of Measure"
    _order = "factor DESC, id"

    name = fields.Char("Unit of Measure", required=True, translate=True)
    category_id = fields.Many2one("uom.category", "Category", required=True, ondelete="restrict")
    factor = fields.Float(
        "Ratio", default=1.0, digits=0, required=True, help="How many of this unit make one reference unit."
    )
    factor_inv = fields.Float(
        "Bigger Ratio",
        compute="_compute_factor_inv",
        digits=0,
        readonly=True,
        required=True,
        help="How many reference units make one of this unit.",
    )
    rounding = fields.Float(
        "Rounding Precision", default=0.01, digits=0, required=True, help="Quantities are rounded to multiples of this."
    )
    active = fields.Boolean(default=True)
    uom_type = fields.Selection(
        [
            ("bigger", "A multiple of the reference unit"),
            ("reference", "The reference unit"),
            ("smaller", "A part of the reference unit"),
        ],
        "Type",
        default="reference",
        required=True,
    )
    ratio = fields.Float("Combined Ratio", compute="_compute_ratio", inverse="_set_ratio", store=False)
    color = fields.Integer("Color", compute="_compute_color")

    _sql_constraints = [
        ("factor_gt_zero", "CHECK (factor != 0)", "The conversion ratio of a unit of measure cannot be zero."),
        ("rounding_gt_zero", "CHECK (rounding > 0)", "The rounding precision must be greater than zero."),
        (
            "factor_reference_is_one",
            "CHECK ((uom_type = 'reference' AND factor = 1.0) OR (uom_type != 'reference'))",
            "The ratio of a reference unit is 1.",
        ),
    ]

    @api.depends("factor")
    def _compute_factor_inv(self):
        for uom in self:
            uom.factor_inv = 1.0 / uom.factor if uom.factor else 0.0

    @api.depends("uom_type", "factor")
    def _compute_ratio(self):
        for uom in self:
            uom.ratio = {"reference": 1.0, "bigger": uom.factor_inv}.get(uom.uom_type, uom.factor)

    def _set_ratio(self):
        for uom in self:
            if not uom.ratio:
                raise ValidationError(_("The ratio of unit “%s” cannot be zero.", uom.name))
            if uom.uom_type == "reference":
                uom.factor = 1.0
            else:
                uom.factor = 1.0 / uom.ratio if uom.uom_type == "bigger" else uom.ratio

    @api.depends("uom_type")
    def _compute_color(self):
        for uom in self:
            uom.color = 7 if uom.uom_type == "reference" else 0

    @api.onchange("uom_type")
    def _onchange_uom_type(self):
        if self.uom_type == "reference":
            self.factor = 1.0

    @api.constrains("category_id", "uom_type", "active")
    def _check_category_reference_uniqueness(self):
        for category in self.category_id:
            references = self.search_count(
                [("category_id", "=", category.id), ("uom_type", "=", "reference"), ("active", "in", [True, False])]
            )
            if references != 1:
                raise ValidationError(
                    _(
                        "The category “%(category)s” must have exactly one reference unit; it has %(count)s.",
                        category=category.name,
                        count=references,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Take the bigger ratio too, which is the inverse of the stored factor."""
        for vals in vals_list:
            if "factor_inv" in vals:
                factor_inv = vals.pop("factor_inv")
                vals["factor"] = 1.0 / factor_inv if factor_inv else 0.0
        return super().create(vals_list)

    def write(self, vals):
        """Take the bigger ratio too, which is the inverse of the stored factor."""
        if "factor_inv" in vals:
            vals = dict(vals)
            factor_inv = vals.pop("factor_inv")
            vals["factor"] = 1.0 / factor_inv if factor_inv else 0.0
        return super().write(vals)

    @api.model
    def name_create(self, name):
        """Create a reference unit in a category of its own."""
        category = self.env["uom.category"].create({"name": name})
        uom = self.create({"name": name, "category_id": category.id, "uom_type": "reference", "factor": 1.0})
        return uom.id, uom.display_name

    def _compute_quantity(self, qty, to_unit, round=True, rounding_method="UP", raise_if_failure=True):
        """Convert ``qty`` of this unit to ``to_unit``.

        :param round: round the result to the precision of ``to_unit`` by ``rounding_method``
        :raise UserError: when the units are of different categories, unless told not to raise
        """
        if not self or not qty:
            return qty
        self.ensure_one()
        if not to_unit:
            return qty / self.factor
        if self.category_id != to_unit.category_id:
            return self._keep_unconverted(qty, to_unit, raise_if_failure)
        # the detour over the reference unit would add an error of its own
        amount = qty if self == to_unit else qty / self.factor * to_unit.factor
        if not round:
            return amount
        return tools.float_round(amount, precision_rounding=to_unit.rounding, rounding_method=rounding_method)

    def _keep_unconverted(self, qty, to_unit, refuse):
        if refuse:
            raise UserError(
                _(
                    "“%(unit)s” cannot be converted to “%(other)s”: their categories differ.",
                    unit=self.name,
                    other=to_unit.name,
                )
            )
        return qty

    def _compute_price(self, price, to_unit):
        """Convert a price for this unit to one for ``to_unit``."""
        self.ensure_one()
        if not self or not price or not to_unit or self == to_unit or self.category_id != to_unit.category_id:
            return price
        return price * self.factor / to_unit.factor
