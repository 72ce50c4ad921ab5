"""The attributes of a product, with the values it comes in."""

from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError


class ProductTemplateAttributeLine(models.Model):
    """An attribute of one product: which of its values the product comes in."""

    _name = "product.template.attribute.line"
    _description = "Product Template Attribute Line"
    _rec_name = "attribute_id"
    _rec_names_search = ["attribute_id", "value_ids"]
    _order = "sequence, attribute_id, id"

    active = fields.Boolean(default=True)
    product_tmpl_id = fields.Many2one(
        "product.template", "Product Template", index=True, ondelete="cascade", required=True
    )
    sequence = fields.Integer("Sequence", default=10)
    attribute_id = fields.Many2one("product.attribute", "Attribute", index=True, ondelete="restrict", required=True)
    value_ids = fields.Many2many(
        "product.attribute.value",
        relation="product_attribute_value_product_template_attribute_line_rel",
        string="Values",
        domain="[('attribute_id', '=', attribute_id)]",
        ondelete="restrict",
    )
    value_count = fields.Integer(compute="_compute_value_count", store=True)
    product_template_value_ids = fields.One2many(
        "product.template.attribute.value", "attribute_line_id", "Product Attribute Values"
    )

    @api.depends("value_ids")
    def _compute_value_count(self):
        for line in self:
            line.value_count = len(line.value_ids)

    @api.onchange("attribute_id")
    def _onchange_attribute_id(self):
        self.value_ids = self.value_ids.filtered(lambda value: value.attribute_id == self.attribute_id)

    @api.constrains("active", "value_ids", "attribute_id")
    def _check_valid_values(self):
        for line in self:
            names = {"attribute": line.attribute_id.display_name, "product": line.product_tmpl_id.display_name}
            if line.active and not line.value_ids:
                raise ValidationError(
                    self.env._("The attribute “%(attribute)s” of “%(product)s” needs at least one value.", **names)
                )
            if line.value_ids.attribute_id - line.attribute_id:
                raise ValidationError(
                    self.env._("“%(product)s” has values of another attribute than “%(attribute)s”.", **names)
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Create lines, or take up archived ones of the same product and attribute again; make the variants."""
        lines, new = [None] * len(vals_list), []
        taken = self.browse()
        for index, vals in enumerate(vals_list):
            archived = self._archived_line(vals, taken)
            if archived:
                archived.with_context(leave_variants=True).write({**vals, "active": True})
                taken |= archived
                lines[index] = archived
            else:
                new.append(vals)
        created = iter(super().create(new))
        result = self.browse([(line or next(created)).id for line in lines])
        if not self.env.context.get("leave_variants"):
            result._update_product_template_attribute_values()
        return result

    def _archived_line(self, vals, taken):
        """Return the archived line that ``vals`` are about, but for those in ``taken``, or none."""
        if not vals.get("active", True) or not vals.get("product_tmpl_id") or not vals.get("attribute_id"):
            return self.browse()
        return self.search(
            [
                ("active", "=", False),
                ("product_tmpl_id", "=", vals["product_tmpl_id"]),
                ("attribute_id", "=", vals["attribute_id"]),
                ("id", "not in", taken.ids),
            ],
            limit=1,
        )

    def write(self, vals):
        """Refuse to move lines; make the variants when values have changed."""
        for name in ("product_tmpl_id", "attribute_id"):
            if name in vals and any(line[name].id != vals[name] for line in self):
                raise UserError(
                    self.env._("A line stays with its product and its attribute. Delete it and add another one.")
                )
        if vals.get("active") is False:
            vals = {**vals, "value_ids": [Command.clear()]}
        result = super().write(vals)
        if not self.env.context.get("leave_variants") and not vals.keys().isdisjoint(("active", "value_ids")):
            self._update_product_template_attribute_values()
        return result

    def unlink(self):
        """Delete the lines, but archive those whose values are still on archived variants; make the variants."""
        values = self.with_context(active_test=False).product_template_value_ids
        templates = self.product_tmpl_id
        values._delete_or_archive()
        kept = values.exists().attribute_line_id
        result = super(ProductTemplateAttributeLine, self - kept).unlink()
        kept.with_context(leave_variants=True).write({"active": False})
        templates.exists()._create_variant_ids()
        return result

    def _update_product_template_attribute_values(self):
        """Give each product the values of its lines, and make the variants that follow."""
        values = self.env["product.template.attribute.value"].with_context(active_test=False)
        missing = []
        for line in self:
            present = values.search([("attribute_line_id", "=", line.id)])
            wanted = present.filtered(lambda value, line=line: value.product_attribute_value_id in line.value_ids)
            wanted.filtered(lambda value: not value.ptav_active).write({"ptav_active": True})
            (present - wanted)._delete_or_archive()
            missing += [
                {
                    "attribute_line_id": line.id,
                    "product_attribute_value_id": value.id,
                    "price_extra": value.default_extra_price,
                }
                for value in line.value_ids - wanted.product_attribute_value_id
            ]
        values.create(missing)
        self.product_tmpl_id._create_variant_ids()

    def _without_no_variant_attributes(self):
        return self.filtered(lambda line: line.attribute_id.create_variant != "no_variant")

    def action_open_attribute_values(self):
        """Return the action that shows the values of the product, where their extra prices are set."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Values of %s", self.display_name),
            "res_model": "product.template.attribute.value",
            "view_mode": "list,form",
            "domain": [("id", "in", self.product_template_value_ids.ids)],
            "context": {"search_default_active": 1},
        }
