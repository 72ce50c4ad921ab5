"""Lines of sales orders."""

from odoo import _, api, fields, models
from odoo.exceptions import UserError


class SaleOrderLine(models.Model):
    """Product, quantity and price; or a section or note between such lines."""

    _name = "sale.order.line"
    _description = "Sales Order Line"
    _rec_names_search = ["name", "order_id.name"]
    _order = "order_id, sequence, id"
    _check_company_auto = True

    _sql_constraints = [
        (
            "non_accountable_null_fields",
            "CHECK (display_type IS NULL OR (product_id IS NULL AND price_unit = 0 AND product_uom_qty = 0))",
            "Sections and notes have no product, price or quantity.",
        ),
    ]

    order_id = fields.Many2one(
        "sale.order", "Order Reference", required=True, ondelete="cascade", index=True, copy=False
    )
    sequence = fields.Integer("Sequence", default=10)
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True, precompute=True)
    currency_id = fields.Many2one(related="order_id.currency_id", store=True, precompute=True)
    order_partner_id = fields.Many2one(
        related="order_id.partner_id", string="Customer", store=True, index=True, precompute=True
    )
    salesman_id = fields.Many2one(related="order_id.user_id", string="Salesperson", store=True, precompute=True)
    state = fields.Selection(related="order_id.state", string="Order Status", copy=False, store=True, precompute=True)
    display_type = fields.Selection([("line_section", "Section"), ("line_note", "Note")], default=False)
    product_id = fields.Many2one(
        "product.product",
        "Product",
        change_default=True,
        ondelete="restrict",
        index="btree_not_null",
        domain="[('sale_ok', '=', True)]",
        check_company=True,
    )
    product_template_id = fields.Many2one(
        "product.template",
        "Product Template",
        compute="_compute_product_template_id",
        search="_search_product_template_id",
    )
    product_uom_category_id = fields.Many2one(related="product_id.uom_id.category_id")
    name = fields.Text(
        "Description", compute="_compute_name", store=True, readonly=False, required=True, precompute=True
    )
    product_uom_qty = fields.Float(
        "Quantity",
        compute="_compute_product_uom_qty",
        digits="Product Unit of Measure",
        default=1.0,
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    product_uom = fields.Many2one(
        "uom.uom",
        "Unit of Measure",
        compute="_compute_product_uom",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
        domain="[('category_id', '=', product_uom_category_id)]",
    )
    price_unit = fields.Float(
        "Unit Price",
        compute="_compute_price_unit",
        digits="Product Price",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    discount = fields.Float("Discount (%)", digits="Discount")
    price_subtotal = fields.Monetary("Subtotal", compute="_compute_amount", store=True, precompute=True)
    price_tax = fields.Float("Total Tax", compute="_compute_amount", store=True, precompute=True)
    price_total = fields.Monetary("Total", compute="_compute_amount", store=True, precompute=True)

    @api.depends("product_id")
    def _compute_product_template_id(self):
        for line in self:
            line.product_template_id = line.product_id.product_tmpl_id

    def _search_product_template_id(self, operator, value):
        return [("product_id.product_tmpl_id", operator, value)]

    @api.depends("product_id")
    def _compute_name(self):
        for line in self:
            if line.product_id:
                product = line.product_id.with_context(lang=line.order_id.partner_id.lang or self.env.lang)
                line.name = product.get_product_multiline_description_sale()
            elif not line.name:
                line.name = False if line.display_type else _("Product to be chosen")

    @api.depends("display_type")
    def _compute_product_uom_qty(self):
        # other lines keep the quantity that they have
        self.filtered("display_type").product_uom_qty = 0.0

    @api.depends("product_id")
    def _compute_product_uom(self):
        for line in self:
            # a unit that the user chose stays as long as it measures the same thing
            chosen, usual = line.product_uom, line.product_id.uom_id
            line.product_uom = chosen if chosen.category_id == usual.category_id else usual

    @api.depends("product_id", "product_uom")
    def _compute_price_unit(self):
        for line in self:
            product = line.product_id
            if not product:
                # a price without a product is the user's own
                if line.display_type:
                    line.price_unit = 0.0
                continue
            price = product.uom_id._compute_price(product.lst_price, line.product_uom or product.uom_id)
            origin, currency = product.currency_id, line.order_id.currency_id
            if origin and currency and origin != currency:
                day = (line.order_id.date_order or fields.Datetime.now()).date()
                price = origin._convert(price, currency, line.company_id or self.env.company, day, round=False)
            line.price_unit = price

    @api.depends("product_uom_qty", "discount", "price_unit", "currency_id", "display_type")
    def _compute_amount(self):
        for line in self:
            line.price_subtotal = line.product_uom_qty * line.price_unit * (1 - line.discount / 100)
            tax = 0.0 if line.display_type else line._get_tax_amount()
            line.price_tax = line.currency_id.round(tax) if line.currency_id else tax
            line.price_total = line.price_subtotal + line.price_tax

    def _get_tax_amount(self) -> float:
        """Return the tax on the subtotal of the line, in the currency of the order.

        There are no taxes in this module, so there is none to pay. A module that brings taxes overrides this method,
        and names what its taxes depend on in ``@api.depends`` of an override of ``_compute_amount``; totals of lines
        and orders follow.
        """
        self.ensure_one()
        return 0.0

    @api.constrains("discount")
    def _check_discount(self):
        for line in self:
            if line.discount > 100:
                raise UserError(_("The discount of “%s” is more than 100 %%.", line.display_name))

    @api.model_create_multi
    def create(self, vals_list):
        """Create lines; sections and notes have no product, quantity or price."""
        for vals in vals_list:
            if vals.get("display_type"):
                vals.update(product_id=False, price_unit=0, product_uom_qty=0, product_uom=False)
        return super().create(vals_list)

    def write(self, vals):
        """Refuse to change the kind of a line, and what a locked order keeps."""
        if "display_type" in vals and any(line.display_type != vals["display_type"] for line in self):
            raise UserError(_("A line cannot change between product, section and note. Delete it and add another one."))
        self._check_order_unlocked(vals)
        return super().write(vals)

    def _check_order_unlocked(self, vals):
        protected = {"product_id", "name", "price_unit", "product_uom", "product_uom_qty", "discount"} & set(vals)
        if protected and any(line.order_id.locked for line in self):
            labels = ", ".join(self._fields[name]._description_string(self.env) for name in sorted(protected))
            raise UserError(_("The order is locked; these fields cannot be changed: %s", labels))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_confirmed(self):
        if any(line.state == "sale" and not line.display_type for line in self):
            raise UserError(_("Lines of a confirmed order cannot be deleted. Set their quantity to 0 instead."))

    def _validate_before_confirmation(self):
        """Hook for modules that have conditions on lines to be confirmed."""

    @api.depends("order_id.name", "name")
    def _compute_display_name(self):
        for line in self:
            text = (line.name or line.product_id.name or "").split("\n")[0]
            line.display_name = f"{line.order_id.name} - {text}" if line.order_id.name else text
