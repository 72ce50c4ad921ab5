"""Settings of products."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """What of products is shown, and the units of their weight and volume."""

    _inherit = "res.config.settings"

    group_uom = fields.Boolean("Units of Measure", implied_group="uom.group_uom")
    group_product_variant = fields.Boolean("Variants", implied_group="product.group_product_variant")
    group_stock_packaging = fields.Boolean("Product Packagings", implied_group="product.group_stock_packaging")
    product_weight_in_lbs = fields.Selection(
        [("0", "Kilograms"), ("1", "Pounds")],
        "Weight unit of measure",
        config_parameter="product.weight_in_lbs",
        default="0",
    )
    product_volume_volume_in_cubic_feet = fields.Selection(
        [("0", "Cubic Meters"), ("1", "Cubic Feet")],
        "Volume unit of measure",
        config_parameter="product.volume_in_cubic_feet",
        default="0",
    )
