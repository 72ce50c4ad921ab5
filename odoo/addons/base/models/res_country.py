"""Countries, their groups and their states."""

import functools
import logging
import re

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.osv import expression
from odoo.tools import escape_psql, file_path, ormcache
from odoo.tools.translate import _

_logger = logging.getLogger(__name__)

#: countries whose flag is that of another one
FLAG_MAPPING = {
    country: flag
    for flag, countries in {"au": "HM", "fr": "GF GP MF RE YT", "nl": "BQ", "no": "BV", "us": "UM"}.items()
    for country in countries.split()
}
NO_FLAG_COUNTRIES = ["AQ", "SJ"]

#: how many letters the codes of places have at most
LONGEST_CODE = 3

#: caches with what is worked out from fields of countries
CACHES = {"stable": {"code", "phone_code"}, "templates": {"address_view_id", "vat_label"}}


@functools.cache
def flag_url(code: str) -> str | bool:
    """Return the address of the flag of the country with a two-letter code, ``False`` when there is no picture."""
    path = f"base/static/img/country_flags/{FLAG_MAPPING.get(code.upper(), code.lower())}.png"
    try:
        file_path(path)
    except FileNotFoundError:
        return False
    return code.upper() not in NO_FLAG_COUNTRIES and f"/{path}"


def _state_and_country(text: str) -> tuple[str, str] | None:
    """Return the name of a state and, from the last brackets, that of its country; ``None`` without either."""
    if not text.rstrip().endswith(")"):
        return None
    name, _bracket, country = text.rstrip()[:-1].rpartition("(")
    name, country = name.strip(), country.strip()
    return (name, country) if name and country and ")" not in country else None


def _with_upper_code(vals: dict) -> dict:
    """Return the values of a country with the code in upper case."""
    return {**vals, "code": vals["code"].upper()} if vals.get("code") else vals


@api.model
def location_name_search(self, name="", args=None, operator="ilike", limit=100):
    """Find places by name, those with exactly this code first."""
    return _find_places(self, name, args or [], operator, limit, [("name", operator, name)])


def _find_places(self, name, domain, operator, limit, by_name):
    """Return (id, display name) of the places of a domain with exactly a code, and then those of ``by_name``."""
    found = self.browse()
    if name and operator in ("ilike", "=") and len(name) <= LONGEST_CODE:
        found = self.search_fetch(expression.AND([domain, [("code", "=ilike", name)]]), ["display_name"], limit=limit)
    if limit is None or len(found) < limit:
        by_name = self.search_fetch(
            expression.AND([domain, by_name, [("id", "not in", found.ids)]]),
            ["display_name"],
            limit=limit and limit - len(found),
        )
        found += by_name
    return [(place.id, place.display_name) for place in found.sudo()]


class Country(models.Model):
    """A country, with how addresses look there."""

    _name = "res.country"
    _description = "Country"
    _order = "name"
    _rec_names_search = ["name", "code"]

    name = fields.Char(string="Country Name", required=True, translate=True)
    code = fields.Char(string="Country Code", size=2, required=True, help="The two letters of ISO 3166.")
    address_format = fields.Text(
        string="Layout in Reports",
        default="%(street)s\n%(street2)s\n%(city)s %(state_code)s %(zip)s\n%(country_name)s",
        help="How addresses in the country are printed: %(street)s stands for the street, and so on with the other "
        "fields of addresses, and with state_name, state_code, country_name, country_code and company_name.",
    )
    address_view_id = fields.Many2one(
        "ir.ui.view",
        string="Input View",
        domain=[("model", "=", "res.partner"), ("type", "=", "form")],
        help="The view that addresses in the country are entered with.",
    )
    currency_id = fields.Many2one("res.currency", string="Currency")
    image_url = fields.Char(compute="_compute_image_url", string="Flag", help="Address of the picture of the flag.")
    phone_code = fields.Integer(string="Country Calling Code")
    country_group_ids = fields.Many2many(
        "res.country.group",
        "res_country_res_country_group_rel",
        "res_country_id",
        "res_country_group_id",
        string="Country Groups",
    )
    state_ids = fields.One2many("res.country.state", "country_id", string="States")
    name_position = fields.Selection(
        [("before", "Before Address"), ("after", "After Address")],
        string="Customer Name Position",
        default="before",
    )
    vat_label = fields.Char(string="Vat Label", translate=True, prefetch=True, help="What the tax number is called.")
    state_required = fields.Boolean(default=False)
    zip_required = fields.Boolean(default=True)

    _sql_constraints = [
        ("name_uniq", "unique (name)", "There is a country with this name already."),
        ("code_uniq", "unique (code)", "There is a country with this code already."),
    ]

    name_search = location_name_search

    @api.model
    @ormcache("code", cache="stable")
    def _phone_code_for(self, code):
        """Return the calling code of the country with a two-letter code."""
        return self.search([("code", "=", code)]).phone_code

    @api.model_create_multi
    def create(self, vals_list):
        """Create countries; codes are upper case."""
        return super().create([_with_upper_code(vals) for vals in vals_list])

    def write(self, vals: dict) -> bool:
        """Update countries; codes are upper case."""
        result = super().write(_with_upper_code(vals))
        for cache, names in CACHES.items():
            if not names.isdisjoint(vals):
                self.env.registry.clear_cache(cache)
        return result

    def get_address_fields(self):
        """Return the names of the fields in the country's address format."""
        self.ensure_one()
        return re.findall(r"\((.+?)\)", self.address_format or "")

    @api.depends("code")
    def _compute_image_url(self):
        """Find the flag."""
        for country in self:
            country.image_url = flag_url(country.code or "")

    @api.constrains("address_format")
    def _check_address_format(self):
        """Refuse formats with names that no address has."""
        partners = self.env["res.partner"]
        names = [
            *partners._formatting_address_fields(),
            "state_code",
            "state_name",
            "country_code",
            "country_name",
            "company_name",
        ]
        for country in self.filtered("address_format"):
            try:
                country.address_format % dict.fromkeys(names, "")
            except (ValueError, KeyError, TypeError) as error:
                raise UserError(
                    _(
                        "The address format of %(country)s cannot be filled in: %(error)s",
                        country=country.name,
                        error=error,
                    )
                ) from error


class CountryGroup(models.Model):
    """Countries that are treated alike."""

    _name = "res.country.group"
    _description = "Country Group"

    name = fields.Char(required=True, translate=True)
    country_ids = fields.Many2many(
        "res.country",
        "res_country_res_country_group_rel",
        "res_country_group_id",
        "res_country_id",
        string="Countries",
    )


class CountryState(models.Model):
    """A state, province or region of a country."""

    _name = "res.country.state"
    _description = "Country state"
    _order = "code"
    _rec_names_search = ["name", "code"]

    country_id = fields.Many2one("res.country", string="Country", required=True)
    name = fields.Char(string="State Name", required=True, help="As in: New York")
    code = fields.Char(string="State Code", help="As in: NY", required=True)

    _sql_constraints = [
        ("name_code_uniq", "unique(country_id, code)", "The country has a state with this code already."),
    ]

    @api.model
    def name_search(self, name="", args=None, operator="ilike", limit=100):
        """Find states, of the country in the context if there is one; "California (US)" is understood."""
        domain = args or []
        if self.env.context.get("country_id"):
            domain = expression.AND([domain, [("country_id", "=", self.env.context["country_id"])]])
        by_name = expression.OR([[("name", operator, name)], self._in_country(operator, name)])
        return _find_places(self, name, domain, operator, limit, by_name)

    @api.model
    def _search_display_name(self, operator, value):
        """Search by name, by code, and by the name with the country in brackets."""
        domain = super()._search_display_name(operator, value)
        if expression.is_negative_operator(operator):
            return domain
        return expression.OR([domain, self._in_country(operator, value)])

    @api.model
    def _in_country(self, operator, value):
        """Return the domain of the states that texts like "California (US)" mean: none without brackets.

        :param operator: a positive one, for the name before the brackets
        :param value: a text, or several
        """
        single = "=" if operator == "in" else operator
        texts = [value] if isinstance(value, str) else value or ()
        pairs = filter(None, (_state_and_country(text) for text in texts if isinstance(text, str)))
        return expression.OR(
            [
                ("name", single, name),
                "|",
                ("country_id.name", "ilike", country),
                ("country_id.code", "=ilike", escape_psql(country)),
            ]
            for name, country in pairs
        )

    @api.depends("country_id")
    def _compute_display_name(self):
        """Tell the country too."""
        for state in self:
            state.display_name = f"{state.name} ({state.country_id.code})"
