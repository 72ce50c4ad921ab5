"""``res.users``: who uses the database."""

import logging

from markupsafe import Markup

from odoo import SUPERUSER_ID, Command, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.http import request
from odoo.osv import expression
from odoo.tools import frozendict, is_html_empty, ormcache
from odoo.tools.translate import _

from .reified_groups import (
    get_boolean_group,
    get_selection_groups,
    is_boolean_group,
    is_reified_group,
    is_selection_groups,
    name_boolean_group,
    name_selection_groups,
)
from .res_groups import USER_TYPES
from .res_users_identity import CheckIdentity, check_identity

__all__ = [
    "CheckIdentity",
    "Users",
    "UsersLog",
    "check_identity",
    "get_boolean_group",
    "get_selection_groups",
    "is_boolean_group",
    "is_reified_group",
    "is_selection_groups",
    "name_boolean_group",
    "name_selection_groups",
]

_logger = logging.getLogger(__name__)

#: fields that nobody reads, not even administrators
USER_PRIVATE_FIELDS = ["password", "new_password"]

#: fields that users change in their preferences, but for the picture
OWN_PREFERENCES = ("name", "email", "phone", "lang", "tz", "signature", "company_id", "action_id", "api_key_ids")
#: fields of the picture, entered or drawn, in all sizes
OWN_PICTURES = tuple(f"{kind}_{size}" for kind in ("image", "avatar") for size in (1920, 1024, 512, 256, 128))
#: fields that users only read of themselves
OWN_ACCOUNT = ("login", "display_name", "partner_id", "groups_id", "share", "device_ids", "tz_offset", "write_date")

#: fields that count something of the groups of users, and the way to it
ACCESS_COUNTERS = {
    "groups_count": "groups_id",
    "accesses_count": "groups_id.model_access",
    "rules_count": "groups_id.rule_groups",
}


def _reads_further(spec) -> bool:
    """Tell whether the specification of a field asks for more of the related records than their names."""
    return bool(set(spec.get("fields") or ()) - {"display_name"})


class UsersLog(models.Model):
    """A login. The creation columns tell who and when."""

    _name = "res.users.log"
    _order = "id desc"
    _description = "Users Log"

    @api.autovacuum
    def _gc_user_logs(self):
        """Keep the last login of each user."""
        self.env.cr.execute("""
            DELETE FROM res_users_log earlier WHERE EXISTS (
                SELECT 1 FROM res_users_log later
                 WHERE earlier.create_uid = later.create_uid AND earlier.create_date < later.create_date
            )""")
        _logger.info("%d former logins forgotten", self.env.cr.rowcount)


class Users(models.Model):
    """A user: a partner who logs in."""

    _name = "res.users"
    _description = "User"
    _inherits = {"res.partner": "partner_id"}
    _order = "name, login"
    _allow_sudo_commands = False

    def _check_company_domain(self, companies):
        """Return the domain of the users who may work in one of ``companies``."""
        if not companies:
            return []
        ids = companies if isinstance(companies, str) else models.to_company_ids(companies)
        return [("company_ids", "in", ids)]

    def _foreign_to(self, companies):
        """Return the users who may not work in all of ``companies``."""
        return self.filtered(lambda user: companies and not companies <= user.company_ids)

    @property
    def SELF_READABLE_FIELDS(self) -> list[str]:
        """Names of the fields that users may read of themselves; extended by other modules."""
        return [*OWN_PREFERENCES, *OWN_PICTURES, *OWN_ACCOUNT]

    @property
    def SELF_WRITEABLE_FIELDS(self) -> list[str]:
        """Names of the fields that users may change of themselves; extended by other modules."""
        return [*OWN_PREFERENCES, "image_1920"]

    def _default_groups(self):
        """Return the groups of new users: those of the template."""
        template = self.env.ref("base.default_user", raise_if_not_found=False)
        return (template or self.env["res.users"]).sudo().groups_id

    partner_id = fields.Many2one(
        "res.partner",
        required=True,
        ondelete="restrict",
        auto_join=True,
        index=True,
        string="Related Partner",
        help="The partner with the user's address.",
    )
    login = fields.Char(required=True, help="Used to log into the system")
    password = fields.Char(
        compute="_compute_password",
        inverse="_set_password",
        copy=False,
        help="Leave empty for users who may not log in.",
    )
    new_password = fields.Char(
        string="Set Password",
        compute="_compute_password",
        inverse="_set_new_password",
        help="A new password; leave empty to keep the present one.",
    )
    signature = fields.Html(
        string="Email Signature",
        compute="_compute_signature",
        readonly=False,
        store=True,
    )
    active = fields.Boolean(default=True)
    active_partner = fields.Boolean(related="partner_id.active", readonly=True, string="Partner is Active")
    action_id = fields.Many2one(
        "ir.actions.actions",
        string="Home Action",
        help="What is opened after the login, beside the menu.",
    )
    groups_id = fields.Many2many(
        "res.groups",
        "res_groups_users_rel",
        "uid",
        "gid",
        string="Groups",
        default=lambda self: self._default_groups(),
    )
    log_ids = fields.One2many("res.users.log", "create_uid", string="User log entries")
    device_ids = fields.One2many("res.device", "user_id", string="User devices")
    login_date = fields.Datetime(related="log_ids.create_date", string="Latest authentication", readonly=False)
    share = fields.Boolean(
        compute="_compute_share",
        compute_sudo=True,
        string="Share User",
        store=True,
        help="Somebody from outside with limited access, as to share documents.",
    )
    companies_count = fields.Integer(compute="_compute_companies_count", string="Number of Companies")
    tz_offset = fields.Char(compute="_compute_tz_offset", string="Timezone offset")
    res_users_settings_ids = fields.One2many("res.users.settings", "user_id")
    res_users_settings_id = fields.Many2one(
        "res.users.settings",
        string="Settings",
        compute="_compute_res_users_settings_id",
        search="_search_res_users_settings_id",
    )
    company_id = fields.Many2one(
        "res.company",
        string="Company",
        required=True,
        default=lambda self: self.env.company.id,
        context={"user_preference": True},
        help="The company the user works for as a rule.",
    )
    company_ids = fields.Many2many(
        "res.company",
        "res_company_users_rel",
        "user_id",
        "cid",
        string="Companies",
        default=lambda self: self.env.company.ids,
    )
    # the user form writes these two while it may not write the rest of the partner
    name = fields.Char(related="partner_id.name", inherited=True, readonly=False)
    email = fields.Char(related="partner_id.email", inherited=True, readonly=False)
    accesses_count = fields.Integer("# Access Rights", compute="_compute_accesses_count", compute_sudo=True)
    rules_count = fields.Integer("# Record Rules", compute="_compute_accesses_count", compute_sudo=True)
    groups_count = fields.Integer("# Groups", compute="_compute_accesses_count", compute_sudo=True)

    _sql_constraints = [
        ("login_key", "UNIQUE (login)", "Another user has this login already."),
    ]

    # computed fields

    @api.depends("name")
    def _compute_signature(self):
        """Sign with the name, unless there is a signature."""
        for user in self.filtered("name"):
            if is_html_empty(user.signature):
                user.signature = Markup("--<br />%s") % user.name

    @api.depends("groups_id")
    def _compute_share(self):
        """Who is not in the group of internal users comes from outside; before there is this group, nobody does."""
        internal_id = self.env["ir.model.data"]._xmlid_to_res_id("base.group_user")
        for user in self:
            user.share = bool(internal_id) and internal_id not in user.groups_id.ids

    @api.depends("company_id")
    def _compute_companies_count(self):
        """Count all companies."""
        self.companies_count = self.env["res.company"].sudo().search_count([])

    @api.depends("tz")
    def _compute_tz_offset(self):
        """Tell the present offset of the time zone."""
        for user in self:
            user.tz_offset = fields.Datetime.context_timestamp(
                user.with_context(tz=user.tz or "GMT"), fields.Datetime.now()
            ).strftime("%z")

    @api.depends("groups_id")
    def _compute_accesses_count(self):
        """Count the groups of the users, and what they permit and restrict."""
        for user in self:
            for counter, path in ACCESS_COUNTERS.items():
                user[counter] = len(user.mapped(path))

    @api.depends("res_users_settings_ids")
    def _compute_res_users_settings_id(self):
        """There is at most one record of settings."""
        for user in self:
            user.res_users_settings_id = user.res_users_settings_ids[:1]

    @api.model
    def _search_res_users_settings_id(self, operator, operand):
        """Search by settings."""
        return [("res_users_settings_ids", operator, operand)]

    @api.private
    @api.onchange("login")
    def on_change_login(self):
        """A login that is an address becomes the e-mail as well."""
        if self.login and "@" in self.login and not self.email:
            self.email = self.login

    @api.private
    @api.onchange("parent_id")
    def onchange_parent_id(self):
        """Do as partners do."""
        return self.partner_id.onchange_parent_id()

    # checks

    @api.constrains("company_id", "company_ids", "active")
    def _check_company(self):
        """Refuse users whose company is not one of theirs."""
        for user in self.filtered("active"):
            if user.company_id not in user.company_ids:
                raise ValidationError(
                    _(
                        "%(company)s is not one of the companies of user %(user)s: %(companies)s.",
                        company=user.company_id.name,
                        user=user.name,
                        companies=", ".join(user.company_ids.mapped("name")),
                    )
                )

    @api.constrains("action_id")
    def _check_action_id(self):
        """Refuse home actions that only work inside of another one."""
        for action in self.action_id:
            if reason := self._unfit_as_home(action):
                raise ValidationError(reason)

    def _unfit_as_home(self, action) -> str | None:
        """Tell why an action cannot be opened after the login, ``None`` when it can."""
        if action.id == self.env["ir.model.data"]._xmlid_to_res_id("base.action_open_website"):
            return _("The website cannot be the first thing that is opened after the login.")
        if action.type not in self.env:
            return None
        details = self.env[action.type].sudo().browse(action.id)
        match action.type:
            case "ir.actions.client" if details.tag == "reload":
                return _("%s reloads the page: it cannot be opened after the login.", details.name)
            case "ir.actions.act_window" if "active_id" in f"{details.context} {details.domain}":
                return _("%s needs a record: it cannot be opened after the login.", details.name)
        return None

    @api.constrains("groups_id")
    def _check_one_user_type(self):
        """Refuse users of several kinds."""
        ids = [self.env["ir.model.data"]._xmlid_to_res_id(xmlid) for xmlid in USER_TYPES]
        types = self.env["res.groups"].browse([id_ for id_ in ids if id_])
        for user in self.with_context(active_test=False).sudo():
            found = user.groups_id & types
            if len(found) > 1:
                raise ValidationError(
                    _(
                        "User %(user)s cannot be in several of the groups %(groups)s.",
                        user=user.name,
                        groups=", ".join(found.mapped("display_name")),
                    )
                )

    # reading

    def _read_format_self(self, names) -> bool:
        """Tell whether this is the user reading fields about themselves."""
        readable = self.SELF_READABLE_FIELDS
        return self == self.env.user and all(name in readable or name.startswith("context_") for name in names)

    def read(self, fields=None, load="_classic_read"):
        """Let users read some fields about themselves without further rights."""
        if fields and self._read_format_self(fields):
            self = self.sudo()
        return super().read(fields=fields, load=load)

    @api.model
    def check_field_access_rights(self, operation, field_names):
        """Let users use some fields about themselves; passwords are for nobody."""
        if self.env.su:
            return super().check_field_access_rights(operation, field_names)
        if field_names and operation == "read" and self and self._read_format_self(field_names):
            return field_names
        return super().check_field_access_rights(operation, field_names)

    def _fetch_query(self, query, fields):
        """Hide what nobody reads."""
        records = super()._fetch_query(query, fields)
        if not set(USER_PRIVATE_FIELDS).isdisjoint(field.name for field in fields):
            for name in USER_PRIVATE_FIELDS:
                field = self._fields[name]
                for record in records:
                    self.env.cache.set(record, field, "********")
        return records

    def onchange(self, values, field_names, fields_spec):
        """Let users edit their preferences."""
        own = self.env.context.get("user_preference") and self._read_format_self({*values, *fields_spec})
        if own and not any(map(_reads_further, fields_spec.values())):
            self = self.sudo()
        return super().onchange(values, field_names, fields_spec)

    def _refuse_private(self, names):
        """Refuse to search or group by what nobody reads.

        :raise AccessError: when ``names`` have such a field
        """
        private = set(USER_PRIVATE_FIELDS).intersection(names)
        if private:
            raise AccessError(_("Users cannot be searched or grouped by %s.", ", ".join(private)))

    @api.model
    def _read_group_select(self, aggregate_spec, query):
        """Refuse to aggregate what nobody reads."""
        self._refuse_private([models.parse_read_group_spec(aggregate_spec)[0]])
        return super()._read_group_select(aggregate_spec, query)

    @api.model
    def _read_group_groupby(self, groupby_spec, query):
        """Refuse to group by what nobody reads."""
        self._refuse_private([models.parse_read_group_spec(groupby_spec)[0]])
        return super()._read_group_groupby(groupby_spec, query)

    @api.model
    def _where_calc(self, domain, active_test=True):
        """Refuse to search by what nobody reads."""
        if not self.env.su:
            self._refuse_private(term[0] for term in domain or () if isinstance(term, (list, tuple)))
        return super()._where_calc(domain, active_test)

    @api.model
    def name_search(self, name="", args=None, operator="ilike", limit=100):
        """Find users by their login first."""
        users = self._find_by_login(operator, name, args or [])
        if users:
            return [(user.id, user.display_name) for user in users.sudo()]
        return super().name_search(name, args or [], operator, limit)

    @api.model
    def _search_display_name(self, operator, value):
        """Search by login as well as by name."""
        users = self._find_by_login(operator, value, [])
        return [("id", "in", users.ids)] if users else super()._search_display_name(operator, value)

    def _find_by_login(self, operator, text, domain):
        """Return the users of ``domain`` whose whole login is ``text``, for operators that look for a text."""
        if not text or operator not in ("=", "ilike"):
            return self.browse()
        return self.search_fetch(expression.AND([[("login", "=", text)], domain]), ["display_name"])

    # changes

    @api.model_create_multi
    def create(self, vals_list):
        """Create users: their groups are completed by those implied, their partners made theirs."""
        vals_list = [self._complete_groups(vals) for vals in vals_list]
        users = super().create(vals_list)
        for user in users:
            if user.partner_id.company_id:
                user.partner_id.company_id = user.company_id
            user.partner_id.active = user.active
        return users

    def _complete_groups(self, vals):
        """Return ``vals`` of a new user with the groups that the given ones imply."""
        vals = self._remove_reified_groups(vals)
        if "groups_id" in vals:
            groups = self.new({"groups_id": vals["groups_id"]}).groups_id._origin
            implied = groups | groups.trans_implied_ids
            vals = dict(vals, groups_id=[Command.set(implied.ids)])
        return vals

    def write(self, values):
        """Update users; users may change some fields of themselves without further rights.

        :raise UserError: for the superuser, and when somebody locks themselves out
        """
        values = self._remove_reified_groups(values)
        if values.get("active") and SUPERUSER_ID in self._ids:
            raise UserError(_("The superuser cannot be activated."))
        if values.get("active") is False and self.env.uid in self._ids:
            raise UserError(_("You cannot archive yourself."))
        if values.get("active"):
            # users cannot log in with an archived partner
            self.mapped("partner_id").filtered(lambda partner: not partner.active).write({"active": True})
        self = self._with_own_rights(values)
        previous_groups = {user: user.groups_id for user in self} if "groups_id" in values else {}
        result = super().write(values)
        if "company_id" in values:
            self._follow_company(values["company_id"])
        if previous_groups:
            self._complete_changed_groups(previous_groups)
            self._share_groups_of_template(previous_groups)
        self._forget(values)
        return result

    def _with_own_rights(self, values):
        """Return self as the superuser's when the user changes permitted fields of themselves."""
        if self != self.env.user or self.env.su:
            return self
        writeable = self.SELF_WRITEABLE_FIELDS
        if not all(name in writeable or name.startswith("context_") for name in values):
            return self
        if "company_id" in values and values["company_id"] not in self.env.user.company_ids.ids:
            del values["company_id"]
        return self.sudo()

    def _follow_company(self, company_id):
        """Move the partners of the users, where they are in one company only."""
        for user in self:
            if user.partner_id.company_id and user.partner_id.company_id.id != company_id:
                user.partner_id.write({"company_id": user.company_id.id})

    def _complete_changed_groups(self, previous):
        """Add the groups that new ones imply; who is no internal user any more leaves what only these have."""
        internal = self.env.ref("base.group_user", raise_if_not_found=False)
        for user, groups in previous.items():
            if internal and internal in groups and internal not in user.groups_id:
                # what is left of an internal user's rights would be too much for somebody from outside
                kinds = self.env["res.groups"].browse(
                    filter(None, (self.env["ir.model.data"]._xmlid_to_res_id(xmlid) for xmlid in USER_TYPES))
                )
                kept = user.groups_id & kinds
                if kept:
                    super(Users, user).write({"groups_id": [Command.set((kept | kept.trans_implied_ids).ids)]})
            implied = user.groups_id | user.groups_id.trans_implied_ids
            missing = implied - user.groups_id
            if missing:
                super(Users, user).write({"groups_id": [Command.link(group.id) for group in missing]})

    def _share_groups_of_template(self, previous):
        """Give the groups that were added to the template of internal users to those there are."""
        template = self.env.ref("base.default_user", raise_if_not_found=False)
        added = template and template in previous and template.groups_id - previous[template]
        if added and self._apply_groups_to_existing_employees():
            everybody = self.env.ref("base.group_user").with_context(active_test=False).users
            everybody.write({"groups_id": [Command.link(group.id) for group in added]})

    def _forget(self, values):
        """Forget what was worked out from changed fields."""
        if "groups_id" in values:
            self.env["ir.model.access"].call_cache_clearing_methods()
        elif values.keys() & self._cache_invalidation_fields():
            self.env.registry.clear_cache()

    def _cache_invalidation_fields(self):
        """Return the names of the fields that cached values depend on."""
        return {
            "groups_id",
            "active",
            "lang",
            "tz",
            "company_id",
            "company_ids",
            *self._get_session_token_fields(),
            *(name for name in self._fields if name.startswith("context_")),
        }

    @api.ondelete(at_uninstall=True)
    def _unlink_except_master_data(self):
        """Refuse to delete the superuser and the templates."""
        id_of = self.env["ir.model.data"]._xmlid_to_res_id
        template = _("The templates of new users cannot be deleted.")
        reasons = {
            id_of("base.default_user"): template,
            id_of("base.template_portal_user_id"): template,
            id_of("base.user_admin"): _(
                "The first administrator is used by modules and cannot be deleted: archive it instead."
            ),
            SUPERUSER_ID: _("The superuser owns what the system makes and cannot be deleted."),
        }
        for user_id in self.ids:
            if user_id in reasons:
                raise UserError(reasons[user_id])
        self.env.registry.clear_cache()

    def copy_data(self, default=None):
        """Copies get another name and login, unless ``default`` tells who they are."""
        given = set(default or ())
        renamed = {"name", "login"} - given
        if "partner_id" in given:
            renamed.discard("name")
        copies = super().copy_data(default)
        for user, values in zip(self, copies, strict=True):
            values.update({name: _("%s (copy)", user[name]) for name in renamed})
        return copies

    def _apply_groups_to_existing_employees(self):
        """Tell whether groups added to the template are given to the present internal users as well."""
        return True

    # about the current user

    @api.model
    @ormcache("self.env.uid")
    def context_get(self):
        """Return the context of the user: language, time zone and id."""
        user = self.env.user
        names = [name for name in self._fields if name.startswith("context_")]
        values = {name[len("context_") :]: user[name] for name in names}
        values["lang"], values["tz"], values["uid"] = user.lang, user.tz, self.env.uid
        lang = values["lang"]
        if not lang or not self.env["res.lang"]._get_data(code=lang):
            values["lang"] = self._fallback_lang()
        values["tz"] = values["tz"] or False
        return frozendict(values)

    def _fallback_lang(self):
        """Return the language for users who have none: the browser's, their company's, or the first one there is."""
        installed = [code for code, _name in self.env["res.lang"].get_installed()]
        preferred = request.best_lang if request else None
        if preferred not in installed:
            preferred = self.env.user.sudo().company_id.partner_id.lang
        if preferred in installed:
            return preferred
        return "en_US" if "en_US" in installed or not installed else installed[0]

    @ormcache("self.id")
    def _get_company_ids(self):
        """Return the ids of the active companies that the user may work in."""
        companies = self.env["res.company"].sudo().with_context(active_test=True)
        return companies._search([("user_ids", "in", self.ids)]).get_result_ids()

    @api.model
    def action_get(self):
        """Return the action that shows the user's preferences."""
        return self.sudo().env.ref("base.action_res_users_my").sudo()._get_action_dict()

    def preference_save(self):
        """Return the action that makes the client take new preferences over."""
        return {"type": "ir.actions.client", "tag": "reload_context"}

    def _get_company_currency(self):
        """Return the currency of the user's company."""
        return self.env.company.currency_id

    @api.private
    @api.model
    def get_company_currency_id(self):
        """Return the id of the currency of the current company."""
        return self._get_company_currency().id

    # groups of users

    @api.readonly
    def has_groups(self, group_spec: str) -> bool:
        """Tell whether the user is in one of the groups of a specification, and in none of those with an ``!``.

        :param group_spec: external ids with commas between; ``.`` stands for nobody's group
        """
        if group_spec == ".":
            return False
        positives, negatives = [], []
        for xmlid in group_spec.split(","):
            xmlid = xmlid.strip()
            (negatives if xmlid.startswith("!") else positives).append(xmlid.lstrip("!"))
        if any(self.has_group(xmlid) for xmlid in negatives):
            return False
        return any(self.has_group(xmlid) for xmlid in positives) or not positives

    @api.readonly
    def has_group(self, group_ext_id: str) -> bool:
        """Tell whether the user is in a group; ``base.group_no_one`` counts in developer mode only.

        :raise AccessError: when somebody from outside asks about another user
        """
        asking = self.env.user
        if self != asking and not self.env.su and not asking._has_group("base.group_user"):
            raise AccessError(_("You can ask for your own groups only."))
        if group_ext_id == "base.group_no_one" and not (request and request.session.debug):
            return False
        return self._has_group(group_ext_id)

    def _has_group(self, group_ext_id: str) -> bool:
        """Tell whether the user is in a group, developer mode or not."""
        group_id = self.env["res.groups"]._get_group_definitions().get_id(group_ext_id)
        if self.id:
            return group_id in self._get_group_ids()
        # a user in memory is not in the cache of stored ones
        return any(group._origin.id == group_id for group in self.groups_id)

    @ormcache("self.id")
    def _get_group_ids(self):
        """Return the ids of the user's groups."""
        self.ensure_one()
        return frozenset(self.sudo().groups_id._ids)

    def _is_internal(self):
        """Tell whether the user belongs to the house."""
        self.ensure_one()
        return self.sudo()._has_group("base.group_user")

    def _is_portal(self):
        """Tell whether the user is a customer or the like."""
        self.ensure_one()
        return self._has_group("base.group_portal")

    def _is_public(self):
        """Tell whether the user stands for anybody."""
        self.ensure_one()
        return self._has_group("base.group_public")

    def _is_system(self):
        """Tell whether the user may change settings."""
        self.ensure_one()
        return self._has_group("base.group_system")

    def _is_admin(self):
        """Tell whether the user may administrate users and their rights."""
        self.ensure_one()
        return self._is_superuser() or self._has_group("base.group_erp_manager")

    def _is_superuser(self):
        """Tell whether this is the user whom no rule restricts."""
        self.ensure_one()
        return self.id == SUPERUSER_ID

    # actions of the user form

    def _action_show(self):
        """Return the action that shows the users, with the form for one of them."""
        view_id = self.env.ref("base.view_users_form").id
        action = {
            "type": "ir.actions.act_window",
            "res_model": "res.users",
            "name": _("Users"),
            "context": {"create": False},
            "view_mode": "form",
        }
        if len(self) > 1:
            action.update(
                view_mode="list,form", views=[[None, "list"], [view_id, "form"]], domain=[("id", "in", self.ids)]
            )
        else:
            action.update(views=[[view_id, "form"]], res_id=self.id)
        return action

    def _action_show_related(self, name, model_name, records):
        """Return the action that shows ``records`` that belong to the user."""
        self.ensure_one()
        return {
            "name": name,
            "view_mode": "list,form",
            "res_model": model_name,
            "type": "ir.actions.act_window",
            "context": {"create": False, "delete": False},
            "domain": [("id", "in", records.ids)],
            "target": "current",
        }

    def action_show_groups(self):
        """Return the action that shows the user's groups."""
        return self._action_show_related(_("Groups"), "res.groups", self.groups_id)

    def action_show_accesses(self):
        """Return the action that shows the permissions of the user's groups."""
        return self._action_show_related(_("Access Rights"), "ir.model.access", self.groups_id.model_access)

    def action_show_rules(self):
        """Return the action that shows the rules of the user's groups."""
        return self._action_show_related(_("Record Rules"), "ir.rule", self.groups_id.rule_groups)

    def _deactivate_portal_user(self, **post):
        """Archive users from outside who close their account, and put them on the list for deletion.

        :raise UserError: for internal users
        """
        others = self.filtered(lambda user: not user.share)
        if others:
            raise UserError(_("Only users from outside can close their account: %s.", ", ".join(others.mapped("name"))))
        if self.env.user in self and not self.env.su:
            self = self.sudo()
        for user in self:
            user.api_key_ids._remove()
            user.login = f"__deleted_user_{user.id}_{int(fields.Datetime.now().timestamp())}"
            user.password = ""
        self.env["res.users.deletion"].sudo().create([{"user_id": user.id} for user in self])
        for user in self:
            super(Users, user.sudo()).write({"active": False})
            user.partner_id.active = False

    def _remove_reified_groups(self, values):
        """Return ``values`` with the fields of the groups' part of the user form turned into groups."""
        return values
