"""``res.groups``: groups of users, and the groups they imply."""

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.osv import expression
from odoo.tools import SQL, SetDefinitions, ormcache
from odoo.tools.translate import _

#: the groups that tell what kind of user somebody is: everybody is in exactly one of them
USER_TYPES = ("base.group_user", "base.group_portal", "base.group_public")


class Groups(models.Model):
    """A group of users. Who is in a group is in the groups that it implies as well."""

    _name = "res.groups"
    _description = "Access Groups"
    _rec_name = "full_name"
    _order = "name"
    _allow_sudo_commands = False

    name = fields.Char(required=True, translate=True)
    users = fields.Many2many("res.users", "res_groups_users_rel", "gid", "uid")
    model_access = fields.One2many("ir.model.access", "group_id", string="Access Controls", copy=True)
    rule_groups = fields.Many2many(
        "ir.rule",
        "rule_group_rel",
        "group_id",
        "rule_group_id",
        string="Rules",
        domain="[('global', '=', False)]",
    )
    menu_access = fields.Many2many("ir.ui.menu", "ir_ui_menu_group_rel", "gid", "menu_id", string="Access Menu")
    view_access = fields.Many2many("ir.ui.view", "ir_ui_view_group_rel", "group_id", "view_id", string="Views")
    comment = fields.Text(translate=True)
    category_id = fields.Many2one("ir.module.category", string="Application", index=True)
    color = fields.Integer(string="Color Index")
    full_name = fields.Char(compute="_compute_full_name", string="Group Name", search="_search_full_name")
    share = fields.Boolean(string="Share Group", help="Made to share some data with a few users.")
    api_key_duration = fields.Float(
        string="API Keys maximum duration days",
        help="For how many days keys of members are valid at most.",
    )
    implied_ids = fields.Many2many(
        "res.groups",
        "res_groups_implied_rel",
        "gid",
        "hid",
        string="Inherits",
        help="Users of this group are members of these groups too.",
    )
    trans_implied_ids = fields.Many2many(
        "res.groups",
        string="Transitively inherits",
        compute="_compute_trans_implied",
        recursive=True,
    )

    _sql_constraints = [
        ("name_uniq", "unique (category_id, name)", "An application has one group of a name."),
        ("check_api_key_duration", "CHECK(api_key_duration >= 0)", "The duration of API keys is zero or more days."),
    ]

    @api.depends("category_id.name", "name")
    def _compute_full_name(self):
        """Put the application before the name."""
        for group in self.sudo():
            category = group.category_id.name
            group.full_name = f"{category} / {group.name}" if category else group.name

    def _search_full_name(self, operator, operand):
        """Search by application, name, or both with a slash between."""
        operands = [operand] if isinstance(operand, (str, bool)) else operand
        domains = []
        for value in operands:
            if not isinstance(value, str):
                domains.append([("name", operator, value)])
                continue
            category, slash, name = value.partition("/")
            both = [("category_id.name", operator, category.strip()), ("name", operator, name.strip())]
            either = [[("name", operator, value)], [("category_id.name", operator, value)]]
            if slash:
                combine = expression.AND if not expression.is_negative_operator(operator) else expression.OR
                domains.append(combine([[leaf] for leaf in both]))
            else:
                combine = expression.AND if expression.is_negative_operator(operator) else expression.OR
                domains.append(combine(either))
        negative = expression.is_negative_operator(operator)
        return (expression.AND if negative else expression.OR)(domains)

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None):
        """Sort by the full name, which is not stored, where asked to."""
        if not (order and order.split(",")[0].strip().startswith("full_name")):
            return super()._search(domain, offset, limit, order)
        groups = self.search(domain).sorted("full_name", reverse=order.strip().lower().endswith("desc"))
        groups = groups[offset : offset + limit] if limit else groups[offset:]
        return groups._as_query(order)

    @api.depends("implied_ids.trans_implied_ids")
    def _compute_trans_implied(self):
        """Follow the implications."""
        for group in self:
            group.trans_implied_ids = group.implied_ids | group.implied_ids.trans_implied_ids

    @api.constrains("users")
    def _check_one_user_type(self):
        """Refuse users of several kinds."""
        self.users._check_one_user_type()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_settings_group(self):
        """Refuse to delete groups that settings switch."""
        classified = self.env["res.config.settings"]._get_classified_fields()
        used = {implied for _name, groups, implied in classified["group"]}
        if any(group in used for group in self):
            raise UserError(_("A group that a setting switches cannot be deleted."))

    # changes

    def copy_data(self, default=None):
        """Copies get another name."""
        vals_list = super().copy_data(default)
        if not (default or {}).get("name"):
            for group, vals in zip(self, vals_list, strict=True):
                vals["name"] = _("%s (copy)", group.name)
        return vals_list

    @api.model_create_multi
    def create(self, vals_list: list[dict]) -> "Groups":
        """Create groups; their users join the groups implied."""
        groups = super().create(vals_list)
        self.env.registry.clear_cache("groups")
        if any("users" in vals for vals in vals_list):
            self.env["ir.model.access"].call_cache_clearing_methods()
            groups._add_implied_users()
        return groups

    def write(self, values):
        """Update groups; their users join the groups implied, and leave none.

        :raise UserError: for a name that would read as an option of a group specification
        """
        if (values.get("name") or "").startswith("-"):
            raise UserError(_("The name of a group does not start with a dash."))
        self.env["ir.model.access"].call_cache_clearing_methods()
        if "implied_ids" in values or "users" in values:
            result = super().write(values)
            self._add_implied_users()
        else:
            result = super().write(values)
        self.env.registry.clear_cache("groups")
        return result

    def unlink(self):
        """Delete groups and forget cached ones."""
        result = super().unlink()
        self.env.registry.clear_cache("groups")
        return result

    def _add_implied_users(self):
        """Make the users of the groups, and of those that imply them, members of all that these imply."""
        if not self.ids:
            return
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """WITH RECURSIVE above(gid) AS (
                    SELECT unnest(%(ids)s::int[])
                    UNION SELECT i.gid FROM res_groups_implied_rel i JOIN above ON i.hid = above.gid
               ), implied(gid, hid) AS (
                    SELECT i.gid, i.hid FROM res_groups_implied_rel i JOIN above ON i.gid = above.gid
                    UNION SELECT implied.gid, i.hid FROM implied JOIN res_groups_implied_rel i ON i.gid = implied.hid
               )
               INSERT INTO res_groups_users_rel (gid, uid)
                    SELECT DISTINCT implied.hid, r.uid FROM implied JOIN res_groups_users_rel r ON r.gid = implied.gid
                    EXCEPT SELECT gid, uid FROM res_groups_users_rel
                 RETURNING uid""",
                ids=list(self.ids),
            )
        )
        joined = {uid for [uid] in self.env.cr.fetchall()}
        if not joined:
            return
        self.invalidate_model(["users"])
        users = self.env["res.users"].with_context(active_test=False).browse(joined)
        users.invalidate_model(["groups_id"])
        users.modified(["groups_id"])
        self.env.registry.clear_cache()
        users._check_one_user_type()

    def _implying(self, implied_group) -> "Groups":
        """Return those of the groups that imply another one themselves."""
        return self.filtered(lambda group: implied_group in group.implied_ids)

    def _apply_group(self, implied_group) -> None:
        """Make the groups imply another one, unless they do already."""
        (self - self._implying(implied_group)).write({"implied_ids": [Command.link(implied_group.id)]})

    def _remove_group(self, implied_group) -> None:
        """Make the groups imply another one no more; users who are in it for no other reason leave it."""
        groups = self._implying(implied_group)
        if not groups:
            return
        groups.write({"implied_ids": [Command.unlink(implied_group.id)]})
        # who is a member through a remaining implication stays
        staying = (
            (self.search([]).filtered(lambda group: implied_group in group.trans_implied_ids))
            .with_context(active_test=False)
            .users
        )
        leaving = groups.with_context(active_test=False).users - staying
        implied_group.with_context(active_test=False).write(
            {
                "users": [Command.unlink(user.id) for user in leaving],
            }
        )

    # by application

    @api.private
    @api.model
    def get_application_groups(self, domain):
        """Return the groups that the applications' part of the user form shows."""
        return self.search([*domain, ("share", "=", False)])

    @api.private
    @api.model
    def get_groups_by_application(self):
        """Return the groups by application, as (category, ``selection`` or ``boolean``, groups, section).

        An application whose groups imply each other in a row is shown as one choice, whose order is that of the row.
        The section is that of the category above the application, as (sequence, name).
        """
        by_category: dict = {}
        others = self.browse()
        for group in self.get_application_groups([]):
            if group.category_id:
                by_category[group.category_id] = by_category.get(group.category_id, self.browse()) + group
            else:
                others += group
        ordered = sorted(by_category.items(), key=lambda item: (item[0].sequence, item[0].id))
        result = []
        for category, groups in ordered:
            above = category.parent_id
            section = (above.sequence, above.name) if above else self._section_of_others()
            result.append((category, *groups._in_a_row(category), section))
        if others:
            result.append((self.env["ir.module.category"], "boolean", others, self._section_of_others()))
        return result

    def _section_of_others(self) -> tuple:
        """Return the section of the form for applications that belong nowhere else, the last one."""
        return (100, _("Other"))

    def _in_a_row(self, category) -> tuple:
        """Return how the groups of an application are chosen, and the groups in the order of the choice."""
        if category.xml_id == "base.module_category_user_type":
            return "selection", self.sorted("id")
        rank = {group: len(group.trans_implied_ids & self) for group in self}
        ordered = self.sorted(key=rank.get)
        if [rank[group] for group in ordered] == list(range(len(self))):
            return "selection", ordered
        return "boolean", self

    # set algebra

    @api.model
    @ormcache(cache="groups")
    def _get_group_definitions(self):
        """Return the definitions of all groups, to calculate with sets of users: what each implies and excludes."""
        groups = self.sudo().search([], order="id")
        id_to_ref = groups.get_external_id()
        user_types = {xmlid: self.env["ir.model.data"]._xmlid_to_res_id(xmlid) for xmlid in USER_TYPES}
        types = [type_id for type_id in user_types.values() if type_id]
        return SetDefinitions(
            {
                group.id: {
                    "ref": id_to_ref[group.id] or str(group.id),
                    "supersets": group.implied_ids.ids,
                    "disjoints": [type_id for type_id in types if type_id != group.id] if group.id in types else [],
                }
                for group in groups
            }
        )

    @api.model
    def _is_feature_enabled(self, group_reference):
        """Tell whether internal users are in the group with an external id, as when a setting switched it on."""
        return self.env["res.users"].sudo().browse(self.env.uid)._has_group(group_reference)
