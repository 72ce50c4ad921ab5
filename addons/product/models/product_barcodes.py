"""A barcode is of one product or of one packaging."""

from collections import Counter

from odoo import api, models
from odoo.exceptions import ValidationError


class ProductProduct(models.Model):
    """Barcodes are there once among the products that a company works with."""

    _inherit = "product.product"

    @api.constrains("barcode")
    def _check_barcode_uniqueness(self):
        codes = [code for code in self.mapped("barcode") if code]
        if not codes:
            return
        everything = self.sudo().with_context(active_test=False)
        by_code = everything.search([("barcode", "in", codes)]).grouped("barcode")
        for code, products in by_code.items():
            companies = Counter(products.mapped(lambda product: product.company_id.id))
            # a product without a company is everybody's
            if any(count > 1 for count in companies.values()) or (False in companies and len(companies) > 1):
                names = ", ".join(products.mapped("display_name"))
                raise ValidationError(
                    self.env._("The barcode “%(code)s” is of several products: %(names)s.", code=code, names=names)
                )
        taken = self.env["product.packaging"].sudo().search([("barcode", "in", codes)], limit=1)
        if taken:
            raise ValidationError(self.env._("A packaging has the barcode “%s” already.", taken.barcode))


class ProductTemplate(models.Model):
    """A product that moves to another company takes its barcodes along."""

    _inherit = "product.template"

    @api.constrains("company_id")
    def _check_barcode_uniqueness(self):
        self.with_context(active_test=False).product_variant_ids._check_barcode_uniqueness()


class ProductPackaging(models.Model):
    """Scanners do not know whether a barcode is of a product or of its packaging."""

    _inherit = "product.packaging"

    @api.constrains("barcode")
    def _check_barcode_uniqueness(self):
        codes = [code for code in self.mapped("barcode") if code]
        products = self.env["product.product"].sudo().with_context(active_test=False)
        taken = codes and products.search([("barcode", "in", codes)], limit=1)
        if taken:
            raise ValidationError(self.env._("A product has the barcode “%s” already.", taken.barcode))
