"""From whom a variant is bought."""

from odoo import api, fields, models


class ProductProduct(models.Model):
    """The vendors of a variant, and the one to buy from."""

    _inherit = "product.product"

    def _prepare_sellers(self, params=False):
        """Return the prices of vendors that may be used for the variant, the first choice first.

        :param dict params: what overrides decide by; not used here
        """
        self.ensure_one()
        companies = self.env.company | self.env.company.parent_ids
        sellers = self.seller_ids.filtered(
            lambda seller: (
                seller.partner_id.active
                and seller.product_id in (self, self.browse())
                and (not seller.company_id or seller.company_id in companies)
            )
        )
        return sellers.sorted(lambda seller: (seller.sequence, -seller.min_qty, seller.price, seller.id))

    def _select_seller(
        self, partner_id=False, quantity=0.0, date=None, uom_id=False, ordered_by="price_discounted", params=False
    ):
        """Return the price to buy the variant at, a ``product.supplierinfo`` record or none.

        :param partner_id: the vendor, when it is to be that one or its parent
        :param quantity: how much is bought, in ``uom_id``; ``None`` for any quantity
        :param date: the day of the purchase; today without one
        :param ordered_by: the field whose least value wins among the prices of the vendor that comes first
        :param dict params: handed to :meth:`_prepare_sellers`
        """
        self.ensure_one()
        day = date or fields.Date.context_today(self)
        partner = partner_id or self.env["res.partner"]
        fitting = self._prepare_sellers(params).filtered(
            lambda seller: seller._applies_to(partner, quantity, uom_id, day)
        )
        of_vendor = fitting.filtered(lambda seller: seller.partner_id == fitting[0].partner_id)
        if ordered_by in ("price", "price_discounted"):
            return of_vendor.sorted(lambda seller: self._comparable_price(seller, seller[ordered_by], day))[:1]
        return of_vendor.sorted(ordered_by)[:1]

    def _comparable_price(self, seller, price, day):
        """Return a price of a vendor in the currency of the company."""
        company = seller.company_id or self.env.company
        return seller.currency_id._convert(price, company.currency_id, company, day, round=False)

    def _seller_of_context(self):
        """Return the vendor's price that the context names, by its id or by the vendor's."""
        context = self.env.context
        sellers = self.sudo().seller_ids
        if context.get("seller_id"):
            return sellers.filtered(lambda seller: seller.id == context["seller_id"])[:1]
        if not context.get("partner_id"):
            return sellers.browse()
        partner = self.env["res.partner"].browse(context["partner_id"])
        wanted = partner.ids + partner.sudo().commercial_partner_id.ids
        sellers = sellers.filtered(
            lambda seller: seller.partner_id.id in wanted and seller.product_id.id in (False, self.id)
        )
        # what is said of the variant goes before what is said of all, and names before none
        sellers = sellers.sorted(lambda seller: not seller.product_id)
        return (sellers.filtered(lambda seller: seller.product_name or seller.product_code) or sellers)[:1]

    @api.depends_context("partner_id")
    def _compute_product_code(self):
        for product in self:
            seller = product._seller_of_context() if self.env.context.get("partner_id") else None
            product.code = (seller and seller.product_code) or product.default_code

    @api.depends_context("partner_id")
    def _compute_partner_ref(self):
        for product in self:
            seller = product._seller_of_context() if self.env.context.get("partner_id") else None
            name = (seller and seller.product_name) or product.name
            product.partner_ref = f"[{product.code}] {name}" if product.code else name
