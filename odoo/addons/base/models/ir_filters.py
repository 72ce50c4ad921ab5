"""Saved searches."""

import json

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, sql
from odoo.tools.safe_eval import datetime, safe_eval

#: what domains can use, besides ``uid``; the client has more
DOMAIN_NAMES = {"context_today": lambda: datetime.datetime.now(), "datetime": datetime}


class IrFilters(models.Model):
    """A search that a user (or everybody) can call back by its name."""

    _name = "ir.filters"
    _description = "Filters"
    _order = "model_id, name, id desc"

    name = fields.Char(string="Filter Name", required=True)
    user_id = fields.Many2one(
        "res.users",
        string="User",
        ondelete="cascade",
        help="The user who sees the filter; everybody does when it is empty.",
    )
    domain = fields.Text(default="[]", required=True)
    context = fields.Text(default="{}", required=True)
    sort = fields.Char(default="[]", required=True)
    model_id = fields.Selection(selection="_list_all_models", string="Model", required=True)
    is_default = fields.Boolean(string="Default Filter")
    action_id = fields.Many2one(
        "ir.actions.actions",
        string="Action",
        ondelete="cascade",
        help="The action whose views offer the filter; all those of the model when it is empty.",
    )
    embedded_action_id = fields.Many2one("ir.embedded.actions", ondelete="cascade", index="btree_not_null")
    embedded_parent_res_id = fields.Integer()
    active = fields.Boolean(default=True)

    _sql_constraints = [
        (
            "name_model_uid_unique",
            "unique (model_id, user_id, action_id, embedded_action_id, embedded_parent_res_id, name)",
            "There is already a filter of this name.",
        ),
        (
            "check_res_id_only_when_embedded_action",
            "CHECK (NOT (embedded_parent_res_id IS NOT NULL AND embedded_action_id IS NULL))",
            "A filter can only be tied to a record together with an embedded action.",
        ),
        (
            "check_sort_json",
            "CHECK (sort IS NULL OR jsonb_typeof(sort::jsonb) = 'array')",
            "The sort order must be a JSON list.",
        ),
    ]

    @api.model
    def _list_all_models(self):
        self.env.cr.execute(
            SQL("SELECT model, coalesce(name->>%s, name->>'en_US') FROM ir_model ORDER BY 2", self.env.lang or "en_US")
        )
        return self.env.cr.fetchall()

    def _auto_init(self):
        """Have names be unique also where some of the columns are empty."""
        result = super()._auto_init()
        sql.create_unique_index(
            self._cr,
            "ir_filters_name_model_uid_unique_action_index",
            self._table,
            [
                "model_id",
                "COALESCE(user_id, -1)",
                "COALESCE(action_id, -1)",
                "lower(name)",
                "COALESCE(embedded_parent_res_id, -1)",
                "COALESCE(embedded_action_id, -1)",
            ],
        )
        return result

    def copy_data(self, default=None):
        """Copy filters under a name of their own."""
        default = dict(default or {})
        return [
            values if "name" in default else dict(values, name=self.env._("%s (copy)", record.name))
            for record, values in zip(self, super().copy_data(default=default), strict=True)
        ]

    def write(self, vals):
        """Write filters; a shared default one is unique."""
        result = super().write(vals)
        if vals.get("is_default"):
            for record in self:
                if not record.user_id:
                    record._check_global_default()
        return result

    def _check_global_default(self):
        """Refuse a second shared default filter for the same action.

        :raise UserError: naming the present one
        """
        others = self.search(
            [
                ("id", "!=", self.id),
                ("model_id", "=", self.model_id),
                ("user_id", "=", False),
                ("is_default", "=", True),
                ("action_id", "=", self.action_id.id),
                ("embedded_action_id", "=", self.embedded_action_id.id),
                ("embedded_parent_res_id", "in", [self.embedded_parent_res_id, 0, False]),
            ],
            limit=1,
        )
        if others:
            raise UserError(
                self.env._(
                    "The shared filter %(name)s is the default of %(model)s already: no other one can be.",
                    name=others.name,
                    model=self.model_id,
                )
            )

    def _get_eval_domain(self):
        """Return the domain as a list."""
        self.ensure_one()
        return safe_eval(self.domain, {**DOMAIN_NAMES, "uid": self.env.uid})

    @api.model
    def _get_action_domain(self, action_id=None, embedded_action_id=None, embedded_parent_res_id=None):
        """Return the domain of the filters that an action offers."""
        domain = [("action_id", "in", [action_id, False])] if action_id else [("action_id", "=", False)]
        if embedded_action_id:
            domain += [("embedded_action_id", "=", embedded_action_id)]
            if embedded_parent_res_id:
                domain += [("embedded_parent_res_id", "in", [embedded_parent_res_id, 0, False])]
        else:
            domain += [("embedded_action_id", "=", False)]
        return domain

    @api.model
    def get_filters(self, model, action_id=None, embedded_action_id=None, embedded_parent_res_id=None):
        """Return the filters the user can choose for a model.

        :param model: model name
        :param action_id: action that shows it
        :return: list of dicts
        """
        domain = self._get_action_domain(action_id, embedded_action_id, embedded_parent_res_id)
        return self.with_context(lang=None).search_read(
            [*domain, ("model_id", "=", model), ("user_id", "in", [self.env.uid, False])],
            [
                "name",
                "is_default",
                "domain",
                "context",
                "user_id",
                "sort",
                "embedded_action_id",
                "embedded_parent_res_id",
            ],
        )

    @api.model
    @api.returns("self", lambda record: record.id)
    def create_or_replace(self, vals):
        """Save a filter; it replaces the one of the same name.

        :param vals: values of the filter
        :return: the filter
        """
        vals = dict(vals)
        action_id = vals.get("action_id")
        embedded = vals.get("embedded_action_id")
        parent = vals.get("embedded_parent_res_id")
        if not embedded:
            vals.pop("embedded_parent_res_id", None)
        for key in ("domain", "context"):
            if key in vals and not isinstance(vals[key], str):
                vals[key] = repr(vals[key])
        if "sort" in vals and not isinstance(vals["sort"], str):
            vals["sort"] = json.dumps(vals["sort"])
        same = [
            ("model_id", "=", vals["model_id"]),
            ("user_id", "=", vals.get("user_id") or False),
            ("action_id", "=", action_id or False),
            ("embedded_action_id", "=", embedded or False),
        ]
        if embedded:
            same.append(("embedded_parent_res_id", "in", [parent, 0, False] if parent else [0, False]))
        if vals.get("is_default"):
            if vals.get("user_id"):
                self.search([*same, ("is_default", "=", True)]).write({"is_default": False})
            else:
                self._refuse_other_default(vals, same)
        current = self.search([*same, ("name", "=ilike", vals["name"])], limit=1)
        if current:
            current.write(vals)
            return current
        return self.create(vals)

    def _refuse_other_default(self, vals, same):
        other = self.search([*same, ("is_default", "=", True)], limit=1)
        if other and other.name.lower() != vals["name"].lower():
            raise UserError(
                self.env._(
                    "The shared filter %(name)s is the default of %(model)s already: no other one can be.",
                    name=other.name,
                    model=vals["model_id"],
                )
            )
