"""``res.partner``: companies and people."""

import base64
import logging
from collections import Counter
from datetime import datetime
from urllib.parse import urlsplit

import pytz

from odoo import SUPERUSER_ID, Command, api, fields, models, tools
from odoo.exceptions import RedirectWarning, UserError, ValidationError
from odoo.tools.translate import _

from .res_partner_address import PartnerAddress

_logger = logging.getLogger(__name__)

WARNING_MESSAGE = [
    ("no-message", "No Message"),
    ("warning", "Warning"),
    ("block", "Blocking Message"),
]
WARNING_HELP = "Warning shows a message to the user, Blocking Message refuses to go on as well."

#: symbols of addresses, by type; people have another
ADDRESS_SYMBOLS = {"delivery": "truck", "invoice": "bill", "other": "puzzle"}

#: time zones with their names, those without a place at the end
_tzs = [(name, name) for name in sorted(pytz.all_timezones, key=lambda name: (name.startswith("Etc/"), name))]


def _tz_get(self):
    """Return the options of fields with a time zone."""
    return _tzs


def _lang_get(self):
    """Return the options of fields with a language."""
    return self.env["res.lang"].get_installed()


class Partner(models.Model, PartnerAddress):
    """A company, a person, or an address of one of them.

    A contact of a company shares its commercial fields; one of the type ``contact`` shares its address as well.
    """

    _name = "res.partner"
    _description = "Contact"
    _inherit = ["format.address.mixin", "format.vat.label.mixin", "avatar.mixin"]
    _order = "complete_name ASC, id DESC"
    _rec_names_search = ["complete_name", "email", "ref", "vat", "company_registry"]
    _allow_sudo_commands = False
    _check_company_domain = models.check_company_domain_parent_of
    #: types whose label stands for a missing name
    _complete_name_displayed_types = ("invoice", "delivery", "other")

    def _default_category(self):
        """Return the tag in the context."""
        return self.env["res.partner.category"].browse(self.env.context.get("category_id"))

    name = fields.Char(index=True, default_export_compatible=True)
    complete_name = fields.Char(compute="_compute_complete_name", store=True, index=True)
    title = fields.Many2one("res.partner.title")
    parent_id = fields.Many2one("res.partner", string="Related Company", index=True)
    parent_name = fields.Char(related="parent_id.name", readonly=True, string="Parent name")
    child_ids = fields.One2many(
        "res.partner",
        "parent_id",
        string="Contact",
        domain=[("active", "=", True)],
        context={"active_test": False},
    )
    ref = fields.Char(string="Reference", index=True)
    lang = fields.Selection(
        _lang_get,
        string="Language",
        help="The language of all that is sent to the contact.",
    )
    active_lang_count = fields.Integer(compute="_compute_active_lang_count")
    tz = fields.Selection(
        _tzs,
        string="Timezone",
        default=lambda self: self.env.context.get("tz"),
        help="Dates and times are shown as they are at the contact's place. That of the browser is used where it is "
        "empty.",
    )
    tz_offset = fields.Char(compute="_compute_tz_offset", string="Timezone offset")
    user_id = fields.Many2one(
        "res.users",
        string="Salesperson",
        compute="_compute_user_id",
        precompute=True,
        readonly=False,
        store=True,
        help="Who takes care of the contact.",
    )
    vat = fields.Char(string="Tax ID", index=True, help="The tax number. A slash tells that there is none.")
    vat_label = fields.Char(string="Tax ID Label", compute="_compute_vat_label")
    same_vat_partner_id = fields.Many2one(
        "res.partner",
        string="Partner with same Tax ID",
        compute="_compute_same_vat_partner_id",
        store=False,
    )
    same_company_registry_partner_id = fields.Many2one(
        "res.partner",
        string="Partner with same Company Registry",
        compute="_compute_same_vat_partner_id",
        store=False,
    )
    company_registry = fields.Char(
        string="Company ID",
        compute="_compute_company_registry",
        store=True,
        readonly=False,
        help="The number in the register of companies, where it differs from the tax number.",
    )
    bank_ids = fields.One2many("res.partner.bank", "partner_id", string="Banks")
    website = fields.Char("Website Link")
    comment = fields.Html(string="Notes")
    category_id = fields.Many2many(
        "res.partner.category",
        column1="partner_id",
        column2="category_id",
        string="Tags",
        default=_default_category,
    )
    active = fields.Boolean(default=True)
    employee = fields.Boolean(help="The contact works for the house.")
    function = fields.Char(string="Job Position")
    type = fields.Selection(
        [
            ("contact", "Contact"),
            ("invoice", "Invoice Address"),
            ("delivery", "Delivery Address"),
            ("other", "Other Address"),
        ],
        string="Address Type",
        default="contact",
        help="Contact: somebody who works for the company. Invoice and delivery addresses are used for these. Other: "
        "anything else.",
    )
    street = fields.Char()
    street2 = fields.Char()
    zip = fields.Char(change_default=True)
    city = fields.Char()
    state_id = fields.Many2one(
        "res.country.state",
        string="State",
        ondelete="restrict",
        domain="[('country_id', '=?', country_id)]",
    )
    country_id = fields.Many2one("res.country", string="Country", ondelete="restrict")
    country_code = fields.Char(related="country_id.code", string="Country Code")
    partner_latitude = fields.Float(string="Geo Latitude", digits=(10, 7))
    partner_longitude = fields.Float(string="Geo Longitude", digits=(10, 7))
    email = fields.Char()
    email_formatted = fields.Char("Formatted Email", compute="_compute_email_formatted", help='"Name <address>"')
    phone = fields.Char(unaccent=False)
    mobile = fields.Char(unaccent=False)
    is_company = fields.Boolean(string="Is a Company", default=False, help="A company, rather than a person.")
    is_public = fields.Boolean(compute="_compute_is_public", compute_sudo=True)
    industry_id = fields.Many2one("res.partner.industry", "Industry")
    # a radio button in the form
    company_type = fields.Selection(
        string="Company Type",
        selection=[("person", "Individual"), ("company", "Company")],
        compute="_compute_company_type",
        inverse="_write_company_type",
    )
    company_id = fields.Many2one("res.company", "Company", index=True)
    color = fields.Integer(string="Color Index", default=0)
    user_ids = fields.One2many("res.users", "partner_id", string="Users", auto_join=True)
    partner_share = fields.Boolean(
        "Share Partner",
        compute="_compute_partner_share",
        store=True,
        help="No user, or one from outside: a customer or supplier.",
    )
    contact_address = fields.Char(compute="_compute_contact_address", string="Complete Address")
    # the company that deals are made with, for all of its contacts
    commercial_partner_id = fields.Many2one(
        "res.partner",
        string="Commercial Entity",
        compute="_compute_commercial_partner",
        store=True,
        recursive=True,
        index=True,
    )
    commercial_company_name = fields.Char(
        "Company Name Entity",
        compute="_compute_commercial_company_name",
        store=True,
    )
    company_name = fields.Char("Company Name")
    barcode = fields.Char(help="Identifies the contact when scanned.", copy=False, company_dependent=True)
    # for widgets that show several fields of the record at once
    self = fields.Many2one(comodel_name="res.partner", compute="_compute_get_ids")

    _sql_constraints = [
        (
            "check_name",
            "CHECK( (type='contact' AND name IS NOT NULL) or (type!='contact') )",
            "A contact needs a name.",
        ),
    ]

    @api.model
    def default_get(self, default_fields):
        """Take the parent's language over, and the kind from where the form was opened."""
        values = super().default_get(default_fields)
        if "lang" in default_fields and values.get("parent_id"):
            values["lang"] = self.browse(values["parent_id"]).lang or values.get("lang")
        # the type that menus ask for may belong to another model with the same context key
        if values.get("type") not in (None, *(value for value, _label in self._fields["type"].selection)):
            values["type"] = None
        return values

    # names and pictures

    @api.depends("name", "user_ids.share", "image_1920", "is_company", "type")
    def _compute_avatar_1920(self):
        """See :class:`~.avatar_mixin.AvatarMixin`."""
        super()._compute_avatar_1920()

    @api.depends("name", "user_ids.share", "image_1024", "is_company", "type")
    def _compute_avatar_1024(self):
        """See :class:`~.avatar_mixin.AvatarMixin`."""
        super()._compute_avatar_1024()

    @api.depends("name", "user_ids.share", "image_512", "is_company", "type")
    def _compute_avatar_512(self):
        """See :class:`~.avatar_mixin.AvatarMixin`."""
        super()._compute_avatar_512()

    @api.depends("name", "user_ids.share", "image_256", "is_company", "type")
    def _compute_avatar_256(self):
        """See :class:`~.avatar_mixin.AvatarMixin`."""
        super()._compute_avatar_256()

    @api.depends("name", "user_ids.share", "image_128", "is_company", "type")
    def _compute_avatar_128(self):
        """See :class:`~.avatar_mixin.AvatarMixin`."""
        super()._compute_avatar_128()

    def _compute_avatar(self, avatar_field, image_field):
        """Draw initials for users only, a symbol of the kind for the others."""
        internal = self.filtered(lambda partner: partner.user_ids and partner.type == "contact")
        super(Partner, internal)._compute_avatar(avatar_field, image_field)
        pictures: dict = {}
        for partner in self - internal:
            if partner[image_field]:
                partner[avatar_field] = partner[image_field]
                continue
            path = partner._avatar_get_placeholder_path()
            if path not in pictures:
                pictures[path] = base64.b64encode(partner._avatar_get_placeholder())
            partner[avatar_field] = pictures[path]

    def _avatar_get_placeholder_path(self):
        """Return the path of the symbol for the kind."""
        symbol = "company_image" if self.is_company else ADDRESS_SYMBOLS.get(self.type)
        return f"base/static/img/{symbol}.png" if symbol else super()._avatar_get_placeholder_path()

    def _get_complete_name(self):
        """Return the name with that of the company before it."""
        self.ensure_one()
        belongs = bool(self.parent_id or self.company_name)
        own = self.name or (belongs and self._name_of_address()) or ""
        if belongs and not self.is_company and not self.env.context.get("partner_display_name_hide_company"):
            company = self.commercial_company_name or self.sudo().parent_id.name
            own = f"{company}, {own}"
        return own.strip()

    def _name_of_address(self):
        """Return what an address without a name is called: its kind, or nothing when it should have a name."""
        if self.type not in self._complete_name_displayed_types:
            return ""
        return dict(self._fields["type"]._description_selection(self.env))[self.type]

    @api.depends("is_company", "name", "parent_id.name", "type", "company_name", "commercial_company_name")
    def _compute_complete_name(self):
        """Keep the name that partners are sorted and searched by, in the source language."""
        for partner in self:
            partner.complete_name = partner.with_context({})._get_complete_name()

    @api.depends(
        # what is named is fetched along
        *("complete_name", "name", "is_company", "parent_id", "type", "company_name", "commercial_company_name"),
        *("email", "vat", "state_id", "country_id"),
    )
    @api.depends_context("show_address", "partner_show_db_id", "address_inline", "show_email", "show_vat", "lang")
    def _compute_display_name(self):
        """Show what the context asks for beside the name: id, address, e-mail, tax number."""
        context = self.env.context
        for partner in self:
            name = partner.with_context(lang=self.env.lang)._get_complete_name()
            if context.get("partner_show_db_id"):
                name = f"{name} ({partner.id})"
            if context.get("show_email") and partner.email:
                name = f"{name} <{partner.email}>"
            if context.get("show_address"):
                name = f"{name}\n{partner._display_address(without_company=True)}"
            if context.get("show_vat") and partner.vat:
                name = f"{name} ‒ {partner.vat}"
            lines = [line for line in name.split("\n") if line.strip()]
            partner.display_name = ", ".join(lines) if context.get("address_inline") else "\n".join(lines)

    # other computed fields

    @api.depends("lang")
    def _compute_active_lang_count(self):
        """Count the languages: with one, nobody has to choose."""
        self.active_lang_count = len(self.env["res.lang"].get_installed())

    @api.depends("tz")
    def _compute_tz_offset(self):
        """Tell the present offset of the time zone."""
        now = datetime.now(pytz.utc)
        for partner in self:
            local = now.astimezone(pytz.timezone(partner.tz or "GMT"))
            partner.tz_offset = f"{local:%z}"

    @api.depends("parent_id")
    def _compute_user_id(self):
        """People are taken care of by who takes care of their company."""
        for partner in self:
            if partner.company_type == "person" and not partner.user_id:
                partner.user_id = partner.parent_id.user_id

    @api.depends("user_ids.share", "user_ids.active")
    def _compute_partner_share(self):
        """Partners of internal users belong to the house."""
        root = self.env["res.users"].browse(SUPERUSER_ID).partner_id
        for partner in self:
            partner.partner_share = partner != root and all(partner.user_ids.mapped("share"))

    def _compute_vat_label(self):
        """Tell what the tax number is called at the current company's place."""
        self.vat_label = self.env.company.country_id.vat_label or _("Tax ID")

    @api.depends("vat", "company_id", "company_registry")
    def _compute_same_vat_partner_id(self):
        """Find other partners with the same numbers, to tell users that they may enter somebody twice."""
        for partner in self:
            partner_id = partner._origin.id
            others = self.with_context(active_test=False).sudo()
            base = [("company_id", "in", [False, partner.company_id.id])] if partner.company_id else []
            if partner_id:
                base += [("id", "!=", partner_id), "!", ("id", "child_of", partner_id)]
            single = partner.vat and len(partner.vat) == 1
            partner.same_vat_partner_id = (
                bool(partner.vat)
                and not single
                and not partner.parent_id
                and others.search([("vat", "=", partner.vat), *base], limit=1)
            )
            partner.same_company_registry_partner_id = (
                bool(partner.company_registry)
                and not partner.parent_id
                and (others.search([("company_registry", "=", partner.company_registry), *base], limit=1))
            )

    def _compute_company_registry(self):
        """Nothing to derive the number from here; extended by other modules."""
        for partner in self:
            partner.company_registry = partner.company_registry

    @api.depends("is_company", "parent_id.commercial_partner_id")
    def _compute_commercial_partner(self):
        """Find the company above: the partner itself, if it is a company or nothing is above."""
        for partner in self:
            above = not partner.is_company and partner.parent_id.commercial_partner_id
            partner.commercial_partner_id = above or partner

    @api.depends("company_name", "parent_id.is_company", "commercial_partner_id.name")
    def _compute_commercial_company_name(self):
        """Tell the name of the company above, or the one that was entered without making a company."""
        for partner in self:
            known = partner.commercial_partner_id.filtered("is_company").mapped("name")
            partner.commercial_company_name = next(filter(None, [*known, partner.company_name]), False)

    @api.depends("name", "email")
    def _compute_email_formatted(self):
        """Put the name before the addresses; what is none is shown as the domain of one."""
        for partner in self:
            # domains are encoded one by one
            addresses = [tools.formataddr(("", address)) for address in tools.email_normalize_all(partner.email)]
            if partner.email and not addresses:
                addresses = [f"@{partner.email}"]
            pair = (partner.name or "False", ",".join(addresses))
            partner.email_formatted = tools.formataddr(pair) if addresses else False

    @api.depends("is_company")
    def _compute_company_type(self):
        """Tell the kind as an option."""
        for partner in self:
            partner.company_type = "company" if partner.is_company else "person"

    def _write_company_type(self):
        """Store the kind."""
        for partner in self:
            partner.is_company = partner.company_type == "company"

    @api.depends("user_ids.active")
    def _compute_is_public(self):
        """Tell the partner that stands for anybody, whose user is archived as a rule."""
        for partner in self.with_context(active_test=False):
            partner.is_public = bool(partner.user_ids.filtered(lambda user: user._is_public()))

    @api.depends_context("uid")
    def _compute_get_ids(self):
        """Point to the record itself."""
        for partner in self:
            partner.self = partner.id

    # checks

    @api.constrains("parent_id")
    def _check_parent_id(self):
        """Refuse a contact of itself."""
        if self._has_cycle():
            raise ValidationError(_("A contact cannot be a contact of itself."))

    @api.constrains("company_id")
    def _check_partner_company(self):
        """Refuse the partner of a company of the database in another of these companies."""
        bound = self.filtered(lambda partner: partner.is_company and partner.company_id)
        if not bound:
            return
        own_houses = self.env["res.company"].search([("partner_id", "in", bound.ids)]).grouped("partner_id")
        for partner in bound:
            houses = own_houses.get(partner, partner.company_id)
            if houses != partner.company_id:
                names = ", ".join(houses.mapped("name"))
                raise ValidationError(_("The contact of company %s can belong to this company only.", names))

    @api.constrains("barcode")
    def _check_barcode_unicity(self):
        """Refuse barcodes that another contact has."""
        barcodes = list(filter(None, self.mapped("barcode")))
        holders = barcodes and self.search([("barcode", "in", barcodes)])
        taken = Counter(holder.barcode for holder in holders)
        for barcode, count in taken.items():
            if count > 1:
                raise ValidationError(_("Another contact has the barcode %s already.", barcode))

    # forms

    @api.private
    @api.onchange("parent_id")
    def onchange_parent_id(self):
        """Show the company's address in the form of its contact."""
        if not self.parent_id:
            return None
        result = {}
        if self._origin.parent_id and self._origin.parent_id != self.parent_id:
            result["warning"] = {
                "title": _("Warning"),
                "message": _(
                    "The contact moves to another company and takes its address and numbers over. Create a "
                    "new contact for somebody who changed the employer."
                ),
            }
        if self.type == "contact" or self._origin.type == "contact":
            names = self._address_fields()
            if any(self.parent_id[name] for name in names):
                result["value"] = {
                    name: self._fields[name].convert_to_write(self.parent_id[name], self.parent_id) for name in names
                }
        return result

    @api.onchange("parent_id")
    def _onchange_parent_id_for_lang(self):
        """Propose the company's language, else that of new contacts."""
        if self.parent_id:
            self.lang = self.parent_id.lang or self.default_get(["lang"]).get("lang") or self.env.lang

    @api.onchange("country_id")
    def _onchange_country_id(self):
        """A state of another country is none."""
        if self.country_id and self.country_id != self.state_id.country_id:
            self.state_id = False

    @api.onchange("state_id")
    def _onchange_state(self):
        """A state tells the country."""
        self.country_id = self.state_id.country_id or self.country_id

    @api.private
    @api.onchange("email")
    def onchange_email(self):
        """Extended by other modules, as to look for a picture."""

    @api.onchange("parent_id", "company_id")
    def _onchange_company_id(self):
        """Contacts belong to the company of the database that their company belongs to."""
        if self.parent_id:
            self.company_id = self.parent_id.company_id.id

    @api.private
    @api.onchange("company_type")
    def onchange_company_type(self):
        """Store the kind at once."""
        self.is_company = self.company_type == "company"

    # changes

    def _clean_website(self, website):
        """Return an address with its protocol."""
        return website if urlsplit(website).scheme else f"http://{website.lstrip('/')}"

    @api.model_create_multi
    def create(self, vals_list):
        """Create partners and bring them in line with their companies."""
        if self.env.context.get("import_file"):
            self._check_import_consistency(vals_list)
        vals_list = self._with_languages_of_parents([self._tidied(vals) for vals in vals_list])
        partners = super().create(vals_list)
        if not self.env.context.get("_partners_skip_fields_sync"):
            partners._sync_each(vals_list)
            for partner in partners:
                partner._handle_first_contact_creation()
        return partners

    def _tidied(self, vals):
        """Return a copy of ``vals`` as they are stored: a website with its protocol, one company rather than two."""
        tidied = dict(vals)
        if vals.get("website"):
            tidied["website"] = self._clean_website(vals["website"])
        if vals.get("parent_id"):
            tidied["company_name"] = False
        return tidied

    def _with_languages_of_parents(self, vals_list):
        """Return values of new partners with the language of the parent, where they have none of their own."""
        parents = self.browse({vals["parent_id"] for vals in vals_list if vals.get("parent_id") and "lang" not in vals})
        # who may add a contact need not see all that it has from its company
        langs = {parent.id: {"lang": parent.lang} for parent in parents.sudo() if parent.lang}
        return [{**langs.get(vals.get("parent_id"), {}), **vals} for vals in vals_list]

    def _sync_each(self, vals_list):
        """Bring each partner in line with its company after its own of ``vals_list``."""
        for partner, vals in zip(self, vals_list, strict=True):
            partner._fields_sync(vals)

    def write(self, vals):
        """Update partners and bring contacts and companies in line."""
        if not self:
            return True
        if vals.get("active") is False:
            self._check_no_active_user()
        if vals.get("company_id"):
            self._check_company_of_users(vals["company_id"])
        vals = self._tidied(vals)
        if "company_id" in vals and (children := self.child_ids):
            children.write({"company_id": vals["company_id"]})
        # what follows from the kind may be more than managers of contacts can write
        if "is_company" in vals and not self.env.su and self.env.user.has_group("base.group_partner_manager"):
            super(Partner, self.sudo()).write({"is_company": vals.pop("is_company")})
        super().write(vals)
        for partner in self:
            if any(user._is_internal() for user in partner.user_ids if user != self.env.user):
                self.env["res.users"].check_access("write")
            if self.env.context.get("_address_from_company"):
                partner._children_sync(vals)
            else:
                partner._fields_sync(vals)
        return True

    def _check_no_active_user(self):
        """Check that no active user has the partners.

        :raise RedirectWarning: when one has and the current user may archive users
        :raise ValidationError: when one has
        """
        if users := self._active_users():
            names = ", ".join(users.mapped("display_name"))
            refusal = _("A contact of an active user cannot be archived: archive %s first.", names)
            raise self._refusal_for_users(users, refusal)

    def _active_users(self):
        """Return the active users of the partners, whether or not the current user may see them."""
        return self.env["res.users"].sudo().search([("partner_id", "in", self.ids)])

    def _refusal_for_users(self, users, message):
        """Return an error that says ``message``, with the way to ``users`` for who may change users."""
        if self.env["res.users"].sudo(False).has_access("write"):
            return RedirectWarning(message, users._action_show(), _("Go to users"))
        return ValidationError(message)

    def _check_company_of_users(self, company_id):
        """Check that the partners' users work in a company.

        :raise UserError: when one does not
        """
        company = self.env["res.company"].browse(company_id)
        for partner in self:
            if partner.user_ids:
                companies = {user.company_id for user in partner.user_ids}
                if len(companies) > 1 or company not in companies:
                    raise UserError(_("The company of a contact is that of its user: %s", partner.display_name))

    @api.model
    def _check_import_consistency(self, vals_list):
        """Complete imported values: a state tells the country where they do not fit."""
        states = self.env["res.country.state"].browse({vals["state_id"] for vals in vals_list if vals.get("state_id")})
        country_of = {state.id: state.country_id.id for state in states}
        for vals in vals_list:
            if vals.get("state_id"):
                country_id = vals.get("country_id")
                state = states.browse(vals["state_id"])
                if country_id and country_of[state.id] != country_id:
                    found = self.env["res.country.state"].search(
                        [("country_id", "=", country_id), ("code", "=", state.code)], limit=1
                    )
                    vals["state_id"] = found.id

    def _load_records_create(self, vals_list):
        """Bring imported partners in line once all of them are there."""
        partners = super(Partner, self.with_context(_partners_skip_fields_sync=True))._load_records_create(vals_list)
        partners = partners.with_env(self.env)
        partners._sync_each(vals_list)
        return partners

    @api.ondelete(at_uninstall=False)
    def _unlink_except_user(self):
        """Refuse to delete partners of users."""
        if users := self._active_users():
            names = ", ".join(users.mapped("display_name"))
            refusal = _("A contact of a user cannot be deleted: archive %s instead.", names)
            raise self._refusal_for_users(users, refusal)

    def copy_data(self, default=None):
        """Copies get another name, unless ``default`` names them."""
        given = default or {}
        copies = super().copy_data(default)
        for partner, values in zip(self, copies, strict=True):
            values["name"] = given["name"] if "name" in given else _("%s (copy)", partner.name)
        return copies

    def create_company(self):
        """Make a company of the company name, and the partner its contact."""
        self.ensure_one()
        if self.company_name:
            new_company = self.create(
                {
                    "name": self.company_name,
                    "is_company": True,
                    "vat": self.vat,
                    **self._convert_fields_to_values(self._address_fields()),
                }
            )
            self.write(
                {
                    "parent_id": new_company.id,
                    "child_ids": [
                        Command.update(child_id, {"parent_id": new_company.id}) for child_id in self.child_ids.ids
                    ],
                }
            )
        return True

    def open_commercial_entity(self):
        """Return the action that shows the company."""
        self.ensure_one()
        return self.commercial_partner_id._get_records_action(context={})

    # finding

    @api.model
    def name_create(self, name):
        """Create a partner from a name, an e-mail address, or both.

        :raise ValidationError: when an address is needed and there is none
        """
        default_type = self.env.context.get("default_type")
        if default_type and default_type not in dict(self._fields["type"].selection):
            self = self.with_context({key: value for key, value in self.env.context.items() if key != "default_type"})
        values = self._values_from_text(name)
        if self.env.context.get("force_email") and "email" not in values:
            raise ValidationError(_("%s is no e-mail address, which the contact needs.", name))
        partner = self.create(values)
        return partner.id, partner.display_name

    def _values_from_text(self, text):
        """Return the values of a contact that is entered as a name, an e-mail address, or both in one text."""
        name, email = tools.parse_contact_from_email(text)
        values = {self._rec_name: name or email}
        return {**values, "email": email} if email else values

    @api.model
    @api.returns("self", lambda value: value.id)
    def find_or_create(self, email, assert_valid_email=False):
        """Return the partner with an e-mail address, created when there is none.

        :param email: an address, maybe with a name
        :raise ValueError: when there is no address, if ``assert_valid_email``
        """
        if not email:
            raise ValueError(_("An e-mail address is needed to find a contact."))
        values = self._values_from_text(email)
        if "email" in values:
            return self.search([("email", "=ilike", values["email"])], limit=1) or self.create(values)
        if assert_valid_email:
            raise ValueError(_("%s is no e-mail address.", email))
        return self.create(values)

    @api.model
    def view_header_get(self, view_id, view_type):
        """Tell the tag in the title of its partners."""
        category = self._default_category()
        if not category:
            return super().view_header_get(view_id, view_type)
        return _("Partners: %(category)s", category=category.name)

    @api.model
    def get_import_templates(self):
        """Return the files that users may start an import from; extended by other modules."""
        return []
