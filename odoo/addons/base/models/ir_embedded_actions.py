"""Actions that are offered inside of another one, above its views."""

import ast

from odoo import api, fields, models
from odoo.exceptions import UserError

#: how external ids begin that no module gave
MADE_BY_USERS = ("__custom__", "__export__")


class IrEmbeddedActions(models.Model):
    """An action, or a method that returns one, offered with the records of a parent action."""

    _name = "ir.embedded.actions"
    _description = "Embedded Actions"
    _order = "sequence, id"

    name = fields.Char(translate=True)
    sequence = fields.Integer()
    parent_action_id = fields.Many2one(
        "ir.actions.act_window", string="Parent Action", required=True, ondelete="cascade"
    )
    parent_res_id = fields.Integer(string="Active Parent Id")
    parent_res_model = fields.Char(string="Active Parent Model", required=True)
    action_id = fields.Many2one("ir.actions.actions", string="Action", ondelete="cascade")
    python_method = fields.Char(help="Name of a method of the parent model that returns an action.")
    user_id = fields.Many2one(
        "res.users", string="User", ondelete="cascade", help="The user who sees it; everybody when it is empty."
    )
    is_deletable = fields.Boolean(compute="_compute_is_deletable")
    default_view_mode = fields.Char(string="Default View")
    filter_ids = fields.One2many("ir.filters", "embedded_action_id")
    is_visible = fields.Boolean(string="Embedded visibility", compute="_compute_is_visible")
    domain = fields.Char(default="[]")
    context = fields.Char(default="{}")
    groups_ids = fields.Many2many("res.groups", help="Only members see it; everybody when it is empty.")

    _sql_constraints = [
        (
            "check_only_one_action_defined",
            "CHECK ((action_id IS NOT NULL AND python_method IS NULL) "
            "OR (action_id IS NULL AND python_method IS NOT NULL))",
            "An embedded action has either an action or a method.",
        ),
        (
            "check_python_method_requires_name",
            "CHECK (NOT (python_method IS NOT NULL AND name IS NULL))",
            "An embedded action with a method needs a name.",
        ),
    ]

    @api.model_create_multi
    def create(self, vals_list):
        """Create embedded actions; a method comes before an action, of which the name is taken over."""
        vals_list = [dict(vals) for vals in vals_list]
        for vals in vals_list:
            if "name" not in vals and vals.get("action_id"):
                vals["name"] = self.env["ir.actions.actions"].browse(vals["action_id"]).name
            if vals.get("python_method"):
                vals["action_id"] = False
        return super().create(vals_list)

    def _compute_is_deletable(self):
        defined = {
            record_id
            for record_id, xmlids in self._get_external_ids().items()
            if not all(xmlid.startswith(MADE_BY_USERS) for xmlid in xmlids)
        }
        for record in self:
            record.is_deletable = record.id not in defined

    def _compute_is_visible(self):
        active_id = self.env.context.get("active_id")
        groups = set(self.env.user._get_group_ids())
        for record in self:
            allowed = not record.groups_ids or not groups.isdisjoint(record.groups_ids.ids)
            tied = not record.parent_res_id or record.parent_res_id == active_id
            mine = not record.user_id or record.user_id.id == self.env.uid
            record.is_visible = allowed and tied and mine and record._parent_matches(active_id)

    def _parent_matches(self, active_id):
        """Does the parent record satisfy the domain of the embedded action?"""
        domain = ast.literal_eval(self.domain or "[]")
        if not domain or not active_id or self.parent_res_model not in self.env:
            return True
        parent = self.env[self.parent_res_model].browse(active_id)
        return bool(parent.filtered_domain(domain))

    @api.ondelete(at_uninstall=False)
    def _unlink_if_action_deletable(self):
        """Keep what modules define."""
        for record in self:
            if not record.is_deletable:
                raise UserError(self.env._("The embedded action %s belongs to a module.", record.name))

    def _get_readable_fields(self):
        """Return the names of the fields that clients get."""
        return {
            "name",
            "parent_action_id",
            "parent_res_id",
            "parent_res_model",
            "action_id",
            "python_method",
            "user_id",
            "is_deletable",
            "default_view_mode",
            "filter_ids",
            "domain",
            "context",
            "groups_ids",
        }
