"""Currencies and their rates."""

import logging
import math
from decimal import Decimal

from lxml import etree

from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL, parse_date
from odoo.tools.translate import _

from .view_labels import relabel

_logger = logging.getLogger(__name__)

#: fields of currencies that clients and views keep
CACHED_FIELDS = frozenset({"active", "name", "position", "rounding", "symbol"})

#: the three ways to give a rate, what is stored first
RATE_FIELDS = ("rate", "company_rate", "inverse_company_rate")


class Currency(models.Model):
    """A currency: how its amounts are rounded, written and converted."""

    _name = "res.currency"
    _description = "Currency"
    _rec_names_search = ["name", "full_name"]
    _order = "active desc, name"

    name = fields.Char(string="Currency", size=3, required=True, help="The three letters of ISO 4217.")
    iso_numeric = fields.Integer(string="Currency numeric code.", help="The number of ISO 4217.")
    full_name = fields.Char(string="Name")
    symbol = fields.Char(required=True, help="What amounts are marked with.")
    rate = fields.Float(
        compute="_compute_current_rate",
        string="Current Rate",
        digits=0,
        help="What one unit of the main currency is worth in this one.",
    )
    inverse_rate = fields.Float(
        compute="_compute_current_rate",
        digits=0,
        readonly=True,
        help="What one unit of this currency is worth in the main one.",
    )
    rate_string = fields.Char(compute="_compute_current_rate")
    rate_ids = fields.One2many("res.currency.rate", "currency_id", string="Rates")
    rounding = fields.Float(
        string="Rounding Factor",
        digits=(12, 6),
        default=0.01,
        help="Amounts are multiples of it.",
    )
    decimal_places = fields.Integer(
        compute="_compute_decimal_places",
        store=True,
        help="Digits after the point that amounts are shown with.",
    )
    active = fields.Boolean(default=True)
    position = fields.Selection(
        [("after", "After Amount"), ("before", "Before Amount")],
        default="after",
        string="Symbol Position",
    )
    date = fields.Date(compute="_compute_date")
    currency_unit_label = fields.Char(string="Currency Unit", translate=True)
    currency_subunit_label = fields.Char(string="Currency Subunit", translate=True)
    is_current_company_currency = fields.Boolean(compute="_compute_is_current_company_currency")

    _sql_constraints = [
        ("unique_name", "unique (name)", "There is a currency with this code already."),
        ("rounding_gt_zero", "CHECK (rounding>0)", "The rounding factor of a currency is more than zero."),
    ]

    # changes

    @api.model_create_multi
    def create(self, vals_list: list[dict]) -> "Currency":
        """Create currencies; with several active ones, users see which one amounts are in."""
        created = super().create(vals_list)
        self._forget_cached(recount=True)
        return created

    def write(self, vals: dict) -> bool:
        """Update currencies; with several active ones, users see which one amounts are in."""
        result = super().write(vals)
        if not CACHED_FIELDS.isdisjoint(vals):
            self._forget_cached(recount="active" in vals)
        return result

    def unlink(self) -> bool:
        """Delete currencies."""
        result = super().unlink()
        self._forget_cached(recount=True)
        return result

    def _forget_cached(self, recount: bool) -> None:
        """Drop what clients and views keep of currencies.

        :param recount: the number of active currencies may have changed
        """
        self.env.registry.clear_cache()
        if recount:
            self._toggle_group_multi_currency()

    @api.model
    def _toggle_group_multi_currency(self) -> None:
        """Switch the group for several currencies on or off, as the number of active ones tells."""
        if self.search_count([("active", "=", True)], limit=2) == 2:
            self._activate_group_multi_currency()
        else:
            self._deactivate_group_multi_currency()

    @api.model
    def _activate_group_multi_currency(self) -> None:
        """Make internal users members of the group for several currencies; extended by other modules."""
        self._show_several_currencies(True)

    @api.model
    def _deactivate_group_multi_currency(self) -> None:
        """Take the group for several currencies from internal users."""
        self._show_several_currencies(False)

    def _show_several_currencies(self, shown: bool) -> None:
        """Put internal users in the group for several currencies, or out of it; the groups may not be loaded yet."""
        internal, several = (
            self.env.ref(xmlid, raise_if_not_found=False) for xmlid in ("base.group_user", "base.group_multi_currency")
        )
        if internal and several:
            change = internal.sudo()._apply_group if shown else internal.sudo()._remove_group
            change(several.sudo())

    @api.constrains("active")
    def _check_company_currency_stays_active(self) -> None:
        """Refuse to archive the currency of a company."""
        # data files load all currencies as archived, companies switch on theirs
        if any(self.env.context.get(key) for key in ("install_mode", "force_deactivate")):
            return
        bereft = [("currency_id", "in", self.ids), ("currency_id.active", "=", False)]
        if self.env["res.company"].search(bereft, limit=1):
            raise UserError(_("The currency of a company cannot be archived."))

    # rates

    def _get_rates(self, company, date) -> dict[int, float]:
        """Return the rates of the currencies on a day: currency id -> units for one of the main currency.

        Rates up to the day go before later ones, those of the company before shared ones, and near days before far
        ones. A currency without any rate has the rate 1.

        :param company: whose rates count beside those that all share; without one, only these
        """
        if not self.ids:
            return {}
        self.env["res.currency.rate"].flush_model(["rate", "currency_id", "company_id", "name"])
        self.env.cr.execute(
            SQL(
                """SELECT DISTINCT ON (currency_id) currency_id, rate
                     FROM res_currency_rate
                    WHERE currency_id = ANY(%(currencies)s) AND rate IS NOT NULL
                      AND (company_id IS NULL OR company_id = %(company)s)
                 ORDER BY currency_id, name > %(date)s::date, company_id NULLS LAST, ABS(name - %(date)s::date)""",
                currencies=list(self.ids),
                company=company.root_id.id or None,
                date=date,
            )
        )
        return dict.fromkeys(self.ids, 1.0) | dict(self.env.cr.fetchall())

    @api.depends_context("company")
    def _compute_is_current_company_currency(self):
        """Tell the current company's currency."""
        for currency in self:
            currency.is_current_company_currency = self.env.company.root_id.currency_id == currency

    @api.depends("rate_ids.rate")
    @api.depends_context("to_currency", "date", "company", "company_id")
    def _compute_current_rate(self):
        """Look the rates up for the day, company and currency of the context, or today and the company's."""
        wanted = self.env.context
        company = (self.env["res.company"].browse(wanted.get("company_id")) or self.env.company).root_id
        main = company.currency_id
        reference = self.browse(wanted.get("to_currency")) or main
        units = (self | reference)._get_rates(company, wanted.get("date") or fields.Date.context_today(self))
        unit = units.get(reference.id) or 1.0
        for currency in self:
            rate = (units.get(currency.id) or 1.0) / unit
            quote = f"1 {reference.name} = {rate:.6f} {currency.name}" if currency != main else ""
            currency.update({"rate": rate, "inverse_rate": 1 / rate, "rate_string": quote})

    @api.depends("rounding")
    def _compute_decimal_places(self) -> None:
        """Count the places that the rounding factor reaches behind the point."""
        for currency in self:
            exponent = Decimal(repr(currency.rounding or 1.0)).adjusted()
            currency.decimal_places = max(-exponent, 0)

    @api.depends("rate_ids.name")
    def _compute_date(self):
        """Tell the day of the latest rate."""
        for currency in self:
            currency.date = currency.rate_ids[:1].name

    @api.model
    def _get_conversion_rate(self, from_currency, to_currency, company=None, date=None):
        """Return what one unit of a currency is worth in another one, for a company on a day."""
        return 1 if from_currency == to_currency else from_currency._quoted_in(to_currency, company, date).inverse_rate

    def _quoted_in(self, reference, company, date) -> "Currency":
        """Return the currencies with the context that makes their rates those against ``reference``."""
        day = date or fields.Date.context_today(self)
        return self.with_company(company or self.env.company).with_context(to_currency=reference.id, date=str(day))

    def _convert(self, from_amount, to_currency, company=None, date=None, round=True):
        """Return an amount of this currency in another one.

        :param company: whose rates are used, the current one as a rule
        :param date: the day of the rates, today as a rule
        :param round: round to what the other currency has
        """
        source, target = self or to_currency, to_currency or self
        if not target:
            raise ValueError("an amount without currency cannot be converted to none")
        if not from_amount:
            return 0.0
        converted = from_amount * self._get_conversion_rate(source, target, company, date)
        return target.round(converted) if round else converted

    def _select_companies_rates(self):
        """Return the query of the periods of all rates: currency, rate, company, first day and day after the last."""
        return """
            SELECT r.currency_id, COALESCE(r.company_id, c.id) AS company_id, r.rate, r.name AS date_start,
                   (SELECT later.name FROM res_currency_rate later
                     WHERE later.name > r.name AND later.currency_id = r.currency_id
                       AND (later.company_id IS NULL OR later.company_id = c.id)
                  ORDER BY later.name ASC LIMIT 1) AS date_end
              FROM res_currency_rate r JOIN res_company c ON (r.company_id IS NULL OR r.company_id = c.id)
        """

    # amounts

    def amount_to_text(self, amount):
        """Return an amount in words, in the language of the context."""
        # loaded with the first amount: a server starts without
        from num2words import num2words

        self.ensure_one()
        lang = tools.get_lang(self.env)
        code = lang.iso_code or "en"

        def words(number):
            try:
                return num2words(number, lang=code).title()
            except NotImplementedError:
                return num2words(number, lang="en").title()

        if math.isnan(amount) or math.isinf(amount):
            _logger.warning("%s cannot be written in words", amount)
            return ""
        units, subunits = f"{amount:.{self.decimal_places}f}".partition(".")[::2]
        result = f"{words(int(units))} {self.currency_unit_label or self.name}"
        if int(subunits or 0):
            result = _(
                "%(units)s and %(subunits)s %(label)s",
                units=result,
                subunits=words(int(subunits)),
                label=self.currency_subunit_label or "",
            )
        return result.strip()

    def format(self, amount):
        """Return an amount with the symbol, in the format of the language."""
        self.ensure_one()
        return tools.format_amount(self.env, amount + 0.0, self)

    def round(self, amount):
        """Return an amount rounded to what the currency has."""
        self.ensure_one()
        return tools.float_round(amount, precision_rounding=self.rounding)

    def compare_amounts(self, amount1, amount2):
        """Compare two amounts after rounding: -1, 0 or 1 for less, equal or greater."""
        self.ensure_one()
        return tools.float_compare(amount1, amount2, precision_rounding=self.rounding)

    def is_zero(self, amount):
        """Tell whether an amount is zero after rounding."""
        self.ensure_one()
        return tools.float_is_zero(amount, precision_rounding=self.rounding)

    # views: the columns of rates are labelled with the company's currency

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        """The labels depend on the company's currency."""
        return (*super()._get_view_cache_key(view_id, view_type, **options), self.env.company.currency_id.name)

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Label the rates with the company's currency."""
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type in ("list", "form"):
            label_rates(arch, self.env.company.currency_id.name or _("Unit"))
        return arch, view


def label_rates(arch: etree._Element, currency_name: str) -> None:
    """Set the labels of the fields with rates in a view to tell the company's currency."""
    company_rate, inverse = _("Unit per %s", currency_name), _("%s per Unit", currency_name)
    relabel(arch, {"company_rate": company_rate, "inverse_company_rate": inverse})


class CurrencyRate(models.Model):
    """What a currency is worth from a day on."""

    _name = "res.currency.rate"
    _description = "Currency Rate"
    _rec_names_search = ["name", "rate"]
    _order = "name desc"
    _check_company_domain = models.check_company_domain_parent_of

    name = fields.Date(string="Date", required=True, index=True, default=fields.Date.context_today)
    rate = fields.Float(
        digits=0,
        aggregator="avg",
        string="Technical Rate",
        help="Units of the currency for one unit of a currency with the rate 1.",
    )
    company_rate = fields.Float(
        digits=0,
        compute="_compute_company_rate",
        inverse="_inverse_company_rate",
        aggregator="avg",
        help="Units of the currency for one unit of the company's currency.",
    )
    inverse_company_rate = fields.Float(
        digits=0,
        compute="_compute_inverse_company_rate",
        inverse="_inverse_inverse_company_rate",
        aggregator="avg",
        help="Units of the company's currency for one unit of the currency.",
    )
    currency_id = fields.Many2one("res.currency", string="Currency", readonly=True, required=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", string="Company", default=lambda self: self.env.company.root_id)

    _sql_constraints = [
        (
            "unique_name_per_day",
            "unique (name,currency_id,company_id)",
            "The currency has a rate for this day already.",
        ),
        ("currency_rate_check", "CHECK (rate>0)", "The rate of a currency is more than zero."),
    ]

    @api.model_create_multi
    def create(self, vals_list: list[dict]) -> "CurrencyRate":
        """Add rates; see :meth:`_prepare_change`."""
        return super().create(self._prepare_change(vals_list))

    def write(self, vals: dict) -> bool:
        """Update rates; see :meth:`_prepare_change`."""
        return super().write(*self._prepare_change([vals]))

    def _prepare_change(self, vals_list: list[dict]) -> list[dict]:
        """Forget the rates that currencies show now, and keep one rate of each of the values.

        :return: the values with the first given of :data:`RATE_FIELDS`, the others follow from it
        """
        self.env["res.currency"].invalidate_model(["inverse_rate"])
        prepared = []
        for vals in vals_list:
            derived = [name for name in RATE_FIELDS if name in vals][1:]
            prepared.append({name: value for name, value in vals.items() if name not in derived})
        return prepared

    def _get_latest_rate(self) -> "CurrencyRate":
        """Return the rate before this one, of the same currency and company.

        :raise UserError: when the rate has no day
        """
        if not self.name:
            raise UserError(_("The rate of a currency needs a day."))
        company = self.company_id or self.env.company.root_id
        earlier = [
            rate
            for rate in self.currency_id.rate_ids.sudo()
            if rate.rate and rate.name and rate.name < self.name and rate.company_id == company
        ]
        return max(earlier, key=lambda rate: rate.name, default=self.browse())

    def _effective_rate(self) -> float:
        """Return the rate, or the one before while there is none."""
        return self.rate or self._get_latest_rate().rate or 1.0

    def _get_last_rates_for_companies(self, companies):
        """Return the latest rate of each company's own currency."""

        def last_rate(company):
            rates = company.sudo().currency_id.rate_ids.filtered(
                lambda rate: rate.rate and rate.company_id in (company, self.env["res.company"])
            )
            return rates.sorted("name")[-1:].rate or 1

        return {company: last_rate(company) for company in companies}

    def _company_units(self) -> list[tuple["CurrencyRate", float]]:
        """Return each rate with that of the currency of the company it is for: the factor between the two views."""
        current = self.env.company.root_id
        units = self._get_last_rates_for_companies(self.company_id | current)
        return [(rate, units[rate.company_id or current]) for rate in self]

    @api.depends("currency_id", "company_id", "name")
    def _compute_rate(self) -> None:
        """Start with the rate before."""
        for rate in self:
            rate.rate = rate._effective_rate()

    @api.depends("rate", "name", "currency_id", "company_id", "currency_id.rate_ids.rate")
    @api.depends_context("company")
    def _compute_company_rate(self) -> None:
        """Express the rate against the company's currency."""
        for rate, unit in self._company_units():
            rate.company_rate = rate._effective_rate() / unit

    @api.onchange("company_rate")
    def _inverse_company_rate(self) -> None:
        """Set the rate from the one against the company's currency."""
        for rate, unit in self._company_units():
            rate.rate = unit * rate.company_rate

    @api.depends("company_rate")
    def _compute_inverse_company_rate(self):
        """Turn the rate round."""
        for rate in self:
            rate.company_rate = rate.company_rate or 1.0
            rate.inverse_company_rate = 1.0 / rate.company_rate

    @api.onchange("inverse_company_rate")
    def _inverse_inverse_company_rate(self):
        """Set the rate from the one turned round."""
        for rate in self:
            rate.inverse_company_rate = rate.inverse_company_rate or 1.0
            rate.company_rate = 1.0 / rate.inverse_company_rate

    @api.onchange("company_rate")
    def _onchange_rate_warning(self):
        """Warn when the rate is far from the one before."""
        before = self._get_latest_rate().rate if self.name else 0
        if before:
            difference = abs(before - self.rate) / before
            if difference > 0.2:
                return {
                    "warning": {
                        "title": _("Rate of %s", self.currency_id.name),
                        "message": _(
                            "The rate differs by %(percent)d%% from the one before.", percent=difference * 100
                        ),
                    }
                }
        return None

    @api.constrains("company_id")
    def _check_company_id(self):
        """Refuse rates of branches: they use those of their company."""
        for rate in self:
            if rate.company_id.sudo().parent_id:
                raise ValidationError(_("Branches use the rates of their company: they have none of their own."))

    @api.model
    def _search_display_name(self, operator, value):
        """Search by day, in the format of the user's language too, and by rate."""
        if isinstance(value, str):
            value = parse_date(self.env, value) or value
        return super()._search_display_name(operator, value)

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        """The labels depend on the company's currency."""
        return (*super()._get_view_cache_key(view_id, view_type, **options), self.env.company.currency_id.name)

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Label the rates with the company's currency."""
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "list":
            label_rates(arch, self.env.company.currency_id.name or _("Unit"))
        return arch, view
