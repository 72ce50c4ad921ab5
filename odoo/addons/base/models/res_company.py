"""``res.company``: the companies whose business the database keeps, and their branches."""

import base64
import logging

from odoo import SUPERUSER_ID, Command, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.osv import expression
from odoo.tools import file_open, html2plaintext, ormcache
from odoo.tools.image import image_process
from odoo.tools.translate import _, html_translate

_logger = logging.getLogger(__name__)

#: pixels
WEB_LOGO_WIDTH = 180


def at_partner(name: str):
    """Return the method that stores the values of a field of companies at their partners."""

    def inverse(self):
        """Store the value at the partner."""
        for company in self:
            company.partner_id[name] = company[name]

    return inverse


class Company(models.Model):
    """A company, or a branch of one. Its name and addresses are those of its partner."""

    _name = "res.company"
    _description = "Companies"
    _order = "sequence, name"
    _inherit = ["format.address.mixin", "format.vat.label.mixin"]
    _parent_store = True

    def copy(self, default=None):
        """Refuse: what belongs to a company cannot be copied with it.

        :raise UserError: always
        """
        raise UserError(_("A company cannot be duplicated: create a new one."))

    def _own_companies(self):
        """Return the company itself."""
        return self

    def _own_company_expression(self):
        """Return what the client calls the company that is edited."""
        return "id"

    def _get_logo(self):
        """Return the logo that companies start with."""
        with file_open("base/static/img/res_company_logo.png", "rb") as file:
            return base64.b64encode(file.read())

    def _default_currency_id(self):
        """Return the currency of the user's company."""
        return self.env.user.company_id.currency_id

    name = fields.Char(related="partner_id.name", string="Company Name", required=True, store=True, readonly=False)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(help="The order in which companies are proposed.", default=10)
    parent_id = fields.Many2one("res.company", string="Parent Company", index=True, ondelete="restrict")
    child_ids = fields.One2many("res.company", "parent_id", string="Branches")
    all_child_ids = fields.One2many("res.company", "parent_id", context={"active_test": False})
    parent_path = fields.Char(index=True)
    parent_ids = fields.Many2many("res.company", compute="_compute_parent_ids", compute_sudo=True)
    root_id = fields.Many2one("res.company", compute="_compute_parent_ids", compute_sudo=True)
    partner_id = fields.Many2one("res.partner", string="Partner", required=True)
    report_header = fields.Html(
        string="Company Tagline",
        translate=html_translate,
        help="What the head of documents says beside the logo.",
    )
    report_footer = fields.Html(
        string="Report Footer",
        translate=html_translate,
        help="What the foot of documents says.",
    )
    company_details = fields.Html(
        string="Company Details",
        translate=html_translate,
        help="What the head of documents says under the logo.",
    )
    is_company_details_empty = fields.Boolean(compute="_compute_empty_company_details")
    logo = fields.Binary(
        related="partner_id.image_1920",
        default=_get_logo,
        string="Company Logo",
        readonly=False,
    )
    # a small version that is served to anybody
    logo_web = fields.Binary(compute="_compute_logo_web", store=True, attachment=False)
    uses_default_logo = fields.Boolean(compute="_compute_uses_default_logo", store=True)
    currency_id = fields.Many2one(
        "res.currency",
        string="Currency",
        required=True,
        default=lambda self: self._default_currency_id(),
    )
    user_ids = fields.Many2many("res.users", "res_company_users_rel", "cid", "user_id", string="Accepted Users")
    street = fields.Char(compute="_compute_address", inverse="_inverse_street")
    street2 = fields.Char(compute="_compute_address", inverse="_inverse_street2")
    zip = fields.Char(compute="_compute_address", inverse="_inverse_zip")
    city = fields.Char(compute="_compute_address", inverse="_inverse_city")
    state_id = fields.Many2one(
        "res.country.state",
        compute="_compute_address",
        inverse="_inverse_state",
        string="Fed. State",
        domain="[('country_id', '=?', country_id)]",
    )
    bank_ids = fields.One2many(related="partner_id.bank_ids", readonly=False)
    country_id = fields.Many2one(
        "res.country",
        compute="_compute_address",
        inverse="_inverse_country",
        string="Country",
    )
    country_code = fields.Char(related="country_id.code", depends=["country_id"])
    email = fields.Char(related="partner_id.email", store=True, readonly=False)
    phone = fields.Char(related="partner_id.phone", store=True, readonly=False)
    mobile = fields.Char(related="partner_id.mobile", store=True, readonly=False)
    website = fields.Char(related="partner_id.website", readonly=False)
    vat = fields.Char(related="partner_id.vat", string="Tax ID", readonly=False)
    company_registry = fields.Char(related="partner_id.company_registry", string="Company ID", readonly=False)
    paperformat_id = fields.Many2one(
        "report.paperformat",
        "Paper format",
        default=lambda self: self.env.ref("base.paperformat_euro", raise_if_not_found=False),
    )
    external_report_layout_id = fields.Many2one("ir.ui.view", "Document Template")
    font = fields.Selection(
        [
            ("Lato", "Lato"),
            ("Roboto", "Roboto"),
            ("Open_Sans", "Open Sans"),
            ("Montserrat", "Montserrat"),
            ("Oswald", "Oswald"),
            ("Raleway", "Raleway"),
            ("Tajawal", "Tajawal"),
            ("Fira_Mono", "Fira Mono"),
        ],
        default="Lato",
    )
    primary_color = fields.Char()
    secondary_color = fields.Char()
    color = fields.Integer(compute="_compute_color", inverse="_inverse_color")
    layout_background = fields.Selection(
        [("Blank", "Blank"), ("Demo logo", "Demo logo"), ("Custom", "Custom")],
        default="Blank",
        required=True,
    )
    layout_background_image = fields.Binary("Background Image")
    uninstalled_l10n_module_ids = fields.Many2many("ir.module.module", compute="_compute_uninstalled_l10n_module_ids")

    _sql_constraints = [
        ("name_uniq", "unique (name)", "There is a company with this name already."),
    ]

    def init(self):
        """Give companies the paper that most of the world uses, where they have none."""
        paper = self.env.ref("base.paperformat_euro", raise_if_not_found=False)
        if paper:
            self.search([("paperformat_id", "=", False)]).write({"paperformat_id": paper.id})

    # branches

    def _get_company_root_delegated_field_names(self):
        """Return the names of the fields that branches have from their company; extended by other modules."""
        return ["currency_id"]

    @api.depends("parent_path")
    def _compute_parent_ids(self):
        """Follow the path to the top."""
        for company in self:
            path = filter(None, (company.parent_path or "").split("/"))
            ancestors = self.browse(map(int, path)) or company
            company.update({"parent_ids": ancestors, "root_id": ancestors[0]})

    def _differences_from_parent(self) -> list[str]:
        """Return the names of the fields that the company has from the one above it, and where it differs from that."""
        self.ensure_one()
        names = self._get_company_root_delegated_field_names() if self.parent_id else []
        return [name for name in names if self[name] != self.parent_id[name]]

    @api.onchange("parent_id")
    def _onchange_parent_id(self) -> None:
        """Take over what branches have from their company."""
        self.update({name: self.parent_id[name] for name in self._differences_from_parent()})

    @api.constrains(lambda self: [*self._get_company_root_delegated_field_names(), "parent_id"])
    def _check_root_delegated_fields(self) -> None:
        """Refuse branches that differ from their company in what they have from it."""
        different = {name for company in self for name in company._differences_from_parent()}
        if different:
            labels = self.fields_get(different, ["string"]).values()
            raise ValidationError(
                _("A branch has the %s of its company.", ", ".join(sorted(label["string"] for label in labels)))
            )

    @api.depends("root_id")
    def _compute_color(self) -> None:
        """Branches have the colour of their company."""
        for root, companies in self.grouped("root_id").items():
            # colours are the numbers 0 to 11
            companies.color = root.partner_id.color or root._origin.id % 12

    def _inverse_color(self):
        """Store the colour at the company."""
        for company in self:
            company.root_id.partner_id.color = company.color

    def _accessible_branches(self):
        """Return those of the company and the branches below it that are switched on for the user."""
        self.ensure_one()
        return self.browse(self.__accessible_branches())

    @ormcache("tuple(self.env.companies.ids)", "self.id", "self.env.uid")
    def __accessible_branches(self):
        """Return the ids for :meth:`_accessible_branches`, the company first."""
        accessible = self.env.companies
        current = self.sudo()
        return tuple(id_ for id_ in self.sudo().search([("id", "child_of", current.id)])._ids if id_ in accessible._ids)

    def _all_branches_selected(self):
        """Tell whether the company and all of its branches are switched on."""
        return self == self.sudo().search([("id", "child_of", self.root_id.ids)])

    def action_all_company_branches(self):
        """Return the action that shows the branches."""
        self.ensure_one()
        return {
            "name": _("Branches"),
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "view_mode": "list,kanban,form",
            "domain": [("parent_id", "=", self.id)],
            "context": {"default_parent_id": self.id, "active_test": False},
        }

    # addresses and logos

    def _get_company_address_field_names(self):
        """Return the names of the fields that are those of the partner's address; extended by other modules."""
        return ["street", "street2", "city", "zip", "state_id", "country_id"]

    def _get_company_address_update(self, partner):
        """Return the values of the address of ``partner``."""
        return {name: partner[name] for name in self._get_company_address_field_names()}

    @api.depends(lambda self: [f"partner_id.{name}" for name in self._get_company_address_field_names()])
    def _compute_address(self):
        """Show the partner's address."""
        for company in self:
            partner = company.partner_id.sudo()
            contact = partner.browse(partner.address_get(["contact"])["contact"])
            company.update(company._get_company_address_update(contact))

    _inverse_street = at_partner("street")
    _inverse_street2 = at_partner("street2")
    _inverse_zip = at_partner("zip")
    _inverse_city = at_partner("city")
    _inverse_state = at_partner("state_id")
    _inverse_country = at_partner("country_id")

    @api.depends("partner_id.image_1920")
    def _compute_logo_web(self):
        """Scale the logo down."""
        for company in self:
            logo = base64.b64decode(company.partner_id.image_1920 or b"")
            company.logo_web = base64.b64encode(image_process(logo, size=(WEB_LOGO_WIDTH, 0))) or False

    @api.depends("partner_id.image_1920")
    def _compute_uses_default_logo(self) -> None:
        """Tell companies that have chosen no logo."""
        unchosen = (False, None, self._get_logo())
        for company in self:
            company.uses_default_logo = company.logo in unchosen

    @api.depends("company_details")
    def _compute_empty_company_details(self):
        """Editors leave elements behind that show nothing."""
        for company in self:
            company.is_company_details_empty = not html2plaintext(company.company_details or "")

    @api.onchange("state_id")
    def _onchange_state(self):
        """A state tells the country."""
        if self.state_id.country_id:
            self.country_id = self.state_id.country_id

    @api.onchange("country_id")
    def _onchange_country_id(self):
        """A country tells the currency, and is none of the state's if it is another one."""
        if self.country_id:
            self.currency_id = self.country_id.currency_id or self.currency_id
            if self.state_id.country_id != self.country_id:
                self.state_id = False

    # modules for a country

    @api.depends("country_id")
    def _compute_uninstalled_l10n_module_ids(self):
        """Find the modules for the companies' countries that would install themselves and are not installed."""
        modules = self.env["ir.module.module"].sudo()
        by_country: dict = {}
        if "country_ids" in modules._fields:
            for module in modules.search(
                [
                    ("auto_install", "=", True),
                    ("country_ids", "in", self.country_id.ids),
                    ("state", "not in", ("installed", "to install", "to upgrade", "uninstallable")),
                ]
            ):
                for country in module.country_ids:
                    by_country[country] = by_country.get(country, modules.browse()) + module
        for company in self:
            company.uninstalled_l10n_module_ids = by_country.get(company.country_id, modules.browse())

    @api.private
    def install_l10n_modules(self):
        """Install the modules for the companies' countries; tell whether there are any."""
        if not self.env.registry.ready or self.env.context.get("install_mode"):
            return False
        modules = self.uninstalled_l10n_module_ids
        if modules:
            modules.button_immediate_install()
        return bool(modules)

    # views and search

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Show what branches have from their company read-only."""
        arch, view = super()._get_view(view_id, view_type, **options)
        for name in self._get_company_root_delegated_field_names():
            for node in arch.iterfind(f".//field[@name='{name}']"):
                own = node.get("readonly")
                node.set("readonly", f"parent_id or ({own})" if own else "parent_id")
        return arch, view

    @api.model
    def _search_display_name(self, operator, value):
        """Search only the user's own companies in forms of users, whatever else the user may see."""
        domain = super()._search_display_name(operator, value)
        if self.env.context.get("user_preference"):
            ids = self.env.user.company_ids.ids
            domain = expression.AND([domain, [("id", "in", ids)]])
        return domain

    # changes

    @api.model_create_multi
    def create(self, vals_list):
        """Create companies with their partners; who creates them works in them."""
        vals_list = self._with_delegated_values(self._with_partners(vals_list))
        self.env.registry.clear_cache()
        companies = super().create(vals_list)
        if companies:
            founders = (self.env.user | self.env["res.users"].browse(SUPERUSER_ID)).sudo()
            founders.company_ids = [Command.link(id_) for id_ in companies.ids]
            companies.sudo()._activate_currencies()
            companies.filtered("country_id").install_l10n_modules()
        return companies

    def _with_partners(self, vals_list: list[dict]) -> list[dict]:
        """Return values of new companies with partners, made for those that have a name only."""
        alone = [index for index, vals in enumerate(vals_list) if vals.get("name") and not vals.get("partner_id")]
        if not alone:
            return vals_list
        partners = (
            self.env["res.partner"]
            .with_context(default_parent_id=False)
            .create([self._partner_values(vals_list[index]) for index in alone])
        )
        # values of the company may depend on those of its partner
        partners.flush_model()
        completed = list(vals_list)
        for index, partner in zip(alone, partners, strict=True):
            completed[index] = {**vals_list[index], "partner_id": partner.id}
        return completed

    def _partner_values(self, vals: dict) -> dict:
        """Return the values of the partner of a new company."""
        shared = {name: vals.get(name) for name in ("name", "email", "phone", "website", "vat", "country_id")}
        return {**shared, "is_company": True, "image_1920": vals.get("logo") or self._get_logo()}

    def _with_delegated_values(self, vals_list: list[dict]) -> list[dict]:
        """Return values of new companies in which branches have what they have from the company above them."""
        names = self._get_company_root_delegated_field_names()
        parents = [self.browse(vals.get("parent_id")) for vals in vals_list]
        shared = [
            {name: self._fields[name].convert_to_write(parent[name], parent) for name in names if parent}
            for parent in parents
        ]
        return [{**values, **vals} for values, vals in zip(shared, vals_list, strict=True)]

    def _activate_currencies(self) -> None:
        """Activate the currencies of the companies."""
        self.currency_id.filtered(lambda currency: not currency.active).active = True

    @api.private
    def cache_invalidation_fields(self):
        """Return the names of the fields that cached values depend on; extended by other modules."""
        return {"active", "sequence", "user_ids"}

    def write(self, values):
        """Update companies and what branches have from them.

        :raise UserError: when a company would become a branch or the other way round
        """
        cached = bool(values.keys() & self.cache_invalidation_fields())
        if cached:
            self.env.registry.clear_cache()
        if "parent_id" in values and any(company.parent_id.id != (values["parent_id"] or False) for company in self):
            raise UserError(_("A company stays what it is: a branch of its company, or none."))
        result = super().write(values)
        if cached:
            # the check of the access rights has cached anew what held before
            self.env.registry.clear_cache()
        if values.get("currency_id"):
            self._activate_currencies()
        delegated = [name for name in self._get_company_root_delegated_field_names() if name in values]
        if delegated:
            for company in self:
                branches = self.sudo().search([("id", "child_of", company.id), ("id", "!=", company.id)])
                if branches:
                    branches.write({name: values[name] for name in delegated})
        if values.get("country_id"):
            self.install_l10n_modules()
        if values.keys() & set(self._get_company_address_field_names()):
            # the related values of the address are read again
            self.invalidate_model(values.keys() & set(self._get_company_address_field_names()))
        if values.keys() & {"country_id", "currency_id"}:
            self.env.registry.clear_cache("templates")
        return result

    @api.constrains("active")
    def _check_active(self):
        """Refuse to archive companies that users work in, and active branches of archived companies."""
        for company in self:
            if company.active:
                continue
            users = self.env["res.users"].search_count([("company_id", "=", company.id), ("active", "=", True)])
            if users:
                raise ValidationError(
                    _(
                        "Company %(company)s cannot be archived: %(count)s active users work there.",
                        company=company.name,
                        count=users,
                    )
                )
            company.sudo().child_ids.active = False

    @api.model
    def _get_main_company(self):
        """Return the company that the database started with, or else the oldest one."""
        companies = self.env[self._name].sudo()
        main = companies.env.ref("base.main_company", raise_if_not_found=False)
        return main or companies.search([], order="id", limit=1)

    def _get_public_user(self):
        """Return the user who stands for anybody in the company, made when there is none."""
        self.ensure_one()
        public_users = self.env.ref("base.group_public").sudo().with_context(active_test=False).users
        for user in public_users:
            if user.company_id == self:
                return user
        name = _("Public user for %s", self.name)
        return (
            self.env.ref("base.public_user")
            .sudo()
            .copy(
                {
                    "name": name,
                    "login": f"public-user@company-{self.id}.com",
                    "company_id": self.id,
                    "company_ids": [Command.set([self.id])],
                }
            )
        )
