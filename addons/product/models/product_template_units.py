"""The units that weights and volumes of products are in."""

from odoo import api, fields, models


class ProductTemplate(models.Model):
    """One unit of weight, of volume and of length for all products, chosen in the settings."""

    _inherit = "product.template"

    weight_uom_name = fields.Char("Weight unit of measure label", compute="_compute_weight_uom_name")
    volume_uom_name = fields.Char("Volume unit of measure label", compute="_compute_volume_uom_name")

    @api.model
    def _measure_is_imperial(self, parameter):
        """Tell whether the settings have pounds or cubic feet: whether config parameter ``parameter`` is 1."""
        return self.env["ir.config_parameter"].sudo().get_param(parameter) == "1"

    @api.model
    def _get_weight_uom_id_from_ir_config_parameter(self):
        """Return the unit of ``weight``: pounds or kilograms."""
        name = "product_uom_lb" if self._measure_is_imperial("product.weight_in_lbs") else "product_uom_kgm"
        return self.env.ref(f"uom.{name}")

    @api.model
    def _get_length_uom_id_from_ir_config_parameter(self):
        """Return the unit of lengths: feet or millimetres."""
        imperial = self._measure_is_imperial("product.volume_in_cubic_feet")
        return self.env.ref("uom.product_uom_foot" if imperial else "uom.product_uom_millimeter")

    @api.model
    def _get_volume_uom_id_from_ir_config_parameter(self):
        """Return the unit of ``volume``: cubic feet or cubic metres."""
        imperial = self._measure_is_imperial("product.volume_in_cubic_feet")
        return self.env.ref("uom.product_uom_cubic_foot" if imperial else "uom.product_uom_cubic_meter")

    @api.model
    def _get_weight_uom_name_from_ir_config_parameter(self):
        return self._get_weight_uom_id_from_ir_config_parameter().display_name

    @api.model
    def _get_length_uom_name_from_ir_config_parameter(self):
        return self._get_length_uom_id_from_ir_config_parameter().display_name

    @api.model
    def _get_volume_uom_name_from_ir_config_parameter(self):
        return self._get_volume_uom_id_from_ir_config_parameter().display_name

    @api.depends("type")
    def _compute_weight_uom_name(self):
        self.weight_uom_name = self._get_weight_uom_name_from_ir_config_parameter()

    @api.depends("type")
    def _compute_volume_uom_name(self):
        self.volume_uom_name = self._get_volume_uom_name_from_ir_config_parameter()
