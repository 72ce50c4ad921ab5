"""Pictures of variants: their own, or those of their template."""

from odoo import api, fields, models
from odoo.tools.image import is_image_size_above

SIZES = (1920, 1024, 512, 256, 128)


class ProductProduct(models.Model):
    """A variant shows the picture of its template until it has its own."""

    _inherit = "product.product"

    image_variant_1920 = fields.Image("Variant Image", max_width=1920, max_height=1920)
    image_variant_1024 = fields.Image(
        "Variant Image 1024", related="image_variant_1920", max_width=1024, max_height=1024, store=True
    )
    image_variant_512 = fields.Image(
        "Variant Image 512", related="image_variant_1920", max_width=512, max_height=512, store=True
    )
    image_variant_256 = fields.Image(
        "Variant Image 256", related="image_variant_1920", max_width=256, max_height=256, store=True
    )
    image_variant_128 = fields.Image(
        "Variant Image 128", related="image_variant_1920", max_width=128, max_height=128, store=True
    )
    can_image_variant_1024_be_zoomed = fields.Boolean(
        "Can Variant Image 1024 be zoomed", compute="_compute_can_image_variant_1024_be_zoomed", store=True
    )
    image_1920 = fields.Image("Image", compute="_compute_image_1920", inverse="_set_image_1920")
    image_1024 = fields.Image("Image 1024", compute="_compute_image_1024")
    image_512 = fields.Image("Image 512", compute="_compute_image_512")
    image_256 = fields.Image("Image 256", compute="_compute_image_256")
    image_128 = fields.Image("Image 128", compute="_compute_image_128")
    can_image_1024_be_zoomed = fields.Boolean("Can Image 1024 be zoomed", compute="_compute_can_image_1024_be_zoomed")

    @api.depends("image_variant_1920", "image_variant_1024")
    def _compute_can_image_variant_1024_be_zoomed(self):
        for product in self:
            product.can_image_variant_1024_be_zoomed = product.image_variant_1920 and is_image_size_above(
                product.image_variant_1920, product.image_variant_1024
            )

    def _show_own_or_shared_image(self, size):
        """Set the picture of ``size``: the variant's own, otherwise that of its template."""
        for product in self:
            product[f"image_{size}"] = product[f"image_variant_{size}"] or product.product_tmpl_id[f"image_{size}"]

    @api.depends("image_variant_1920", "product_tmpl_id.image_1920")
    def _compute_image_1920(self):
        self._show_own_or_shared_image(1920)

    @api.depends("image_variant_1024", "product_tmpl_id.image_1024")
    def _compute_image_1024(self):
        self._show_own_or_shared_image(1024)

    @api.depends("image_variant_512", "product_tmpl_id.image_512")
    def _compute_image_512(self):
        self._show_own_or_shared_image(512)

    @api.depends("image_variant_256", "product_tmpl_id.image_256")
    def _compute_image_256(self):
        self._show_own_or_shared_image(256)

    @api.depends("image_variant_128", "product_tmpl_id.image_128")
    def _compute_image_128(self):
        self._show_own_or_shared_image(128)

    @api.depends("can_image_variant_1024_be_zoomed", "image_variant_1920", "product_tmpl_id.can_image_1024_be_zoomed")
    def _compute_can_image_1024_be_zoomed(self):
        for product in self:
            owner = product if product.image_variant_1920 else product.product_tmpl_id
            name = "can_image_variant_1024_be_zoomed" if owner == product else "can_image_1024_be_zoomed"
            product.can_image_1024_be_zoomed = owner[name]

    def _set_image_1920(self):
        """Give the picture to the template where no other variant would change with it, else to the variant."""
        for product in self:
            template = product.product_tmpl_id
            shared = len(template.product_variant_ids - product) and template.image_1920
            if not product.image_variant_1920 and not shared:
                template.image_1920 = product.image_1920
            else:
                product.image_variant_1920 = product.image_1920
