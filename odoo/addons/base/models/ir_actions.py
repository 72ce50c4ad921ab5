"""Actions: what clients do when a menu, a button or a binding is used."""

import ast
import base64
import collections
import re
from typing import NamedTuple

from odoo import Command, api, fields, models, tools
from odoo.exceptions import MissingError, ValidationError
from odoo.sandbox.modules import pytz
from odoo.tools import SQL, float_compare, frozendict
from odoo.tools import sql as ddl
from odoo.tools.safe_eval import datetime, dateutil, safe_eval, time
from odoo.tools.translate import html_translate
from odoo.views.former_names import type_of_today, types_of_today

VIEW_TYPES = [
    ("list", "List"),
    ("form", "Form"),
    ("graph", "Graph"),
    ("pivot", "Pivot"),
    ("calendar", "Calendar"),
    ("kanban", "Kanban"),
]
_PATH = re.compile(r"[a-z][a-z0-9_-]*")

#: keys an action dictionary may have that are not fields of the action
_CLIENT_KEYS = frozenset({"flags", "close_on_report_download", "cache"})


class _Bound(NamedTuple):
    """An action that views offer, and to whom: members of the groups, if any, who may read the target, if any."""

    kind: str
    values: frozendict
    groups: frozenset
    target: str | None


class IrActions(models.Model):
    """What all actions have in common. The table of each kind inherits from this one's, so that ids are unique."""

    _name = "ir.actions.actions"
    _description = "Actions"
    _table = "ir_actions"
    _order = "name"
    _allow_sudo_commands = False

    name = fields.Char(string="Action Name", required=True, translate=True)
    type = fields.Char(string="Action Type", required=True)
    xml_id = fields.Char(compute="_compute_xml_id", string="External ID")
    path = fields.Char(string="Path to show in the URL")
    help = fields.Html(
        string="Action Description", translate=html_translate, help="What the client shows when there is no record."
    )
    binding_model_id = fields.Many2one("ir.model", ondelete="cascade", help="The model whose views offer the action.")
    binding_type = fields.Selection([("action", "Action"), ("report", "Report")], required=True, default="action")
    binding_view_types = fields.Char(default="list,form")

    _sql_constraints = [("path_unique", "unique(path)", "Another action has this path already.")]

    # ------------------------------------------------------------------ table

    def _create_table(self):
        """Create the table of an action type as a child of ``ir_actions``: its rows are actions, with their ids."""
        parent = self.env["ir.actions.actions"]
        if self._table == parent._table:
            return super()._create_table()
        if not ddl.table_exists(self._cr, parent._table):
            parent._auto_init()
        self._cr.execute(
            SQL(
                "CREATE TABLE %s (PRIMARY KEY(id)) INHERITS (%s)",
                SQL.identifier(self._table),
                SQL.identifier(parent._table),
            )
        )
        return None

    def _copy_rows(self, columns, count):
        """Insert rows one batch of INSERT after the other: ids come from the sequence of the parent table."""
        return self._insert_rows(columns, count)

    # ------------------------------------------------------------------ fields

    @api.constrains("path")
    def _check_path(self):
        """Refuse paths that cannot be told apart from other parts of an URL, or that another action has."""
        for action in self:
            path = action.path
            if not path:
                continue
            if not _PATH.fullmatch(path):
                raise ValidationError(
                    self.env._(
                        'The path %r must be made of lower-case letters, digits, "_" and "-", and begin with a letter.',
                        path,
                    )
                )
            if path.startswith(("m-", "action-")) or path == "new":
                raise ValidationError(
                    self.env._('The path %r is reserved: it must not be "new" nor begin with "m-" or "action-".', path)
                )
            self.env["ir.actions.actions"].flush_model(["path"])
            self.env.cr.execute(SQL("SELECT count(*) FROM ir_actions WHERE path = %s AND id != %s", path, action.id))
            if self.env.cr.fetchone()[0]:
                raise ValidationError(self.env._("Another action has the path %r already.", path))

    def _compute_xml_id(self):
        xmlids = self.get_external_id()
        for record in self:
            record.xml_id = xmlids.get(record.id)

    @api.model_create_multi
    def create(self, vals_list):
        """Create actions."""
        actions = super().create(vals_list)
        self.env.registry.clear_cache()
        return actions

    def write(self, vals):
        """Write actions."""
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        """Delete actions, with what refers to them: the database cannot, their rows are in several tables."""
        for model in ("ir.actions.todo", "ir.filters", "ir.embedded.actions"):
            self._referring(model).unlink()
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    @api.ondelete(at_uninstall=True)
    def _unlink_check_home_action(self):
        """Users whose home action this was get the default one."""
        self._referring("res.users").write({"action_id": False})

    def _referring(self, model_name):
        """Return the records of a model, archived ones too, whose action is one of these."""
        model = self.env[model_name].sudo().with_context(active_test=False)
        return model.search([("action_id", "in", self.ids)])

    # ------------------------------------------------------------------ use

    @api.model
    def _get_eval_context(self, action=None):
        """Return the names that expressions and code of actions can use."""
        return {
            "uid": self._uid,
            "user": self.env.user,
            "time": time,
            "datetime": datetime,
            "dateutil": dateutil,
            "timezone": pytz.timezone,
            "float_compare": float_compare,
            "b64encode": base64.b64encode,
            "b64decode": base64.b64decode,
            "Command": Command,
        }

    @api.model
    def get_bindings(self, model_name):
        """Return the actions that views of a model offer to the user.

        :return: ``{binding type: [action dict]}``, ordered
        """
        mine = frozenset(self.env.user._get_group_ids())
        may_read = self.env["ir.model.access"].check
        offered = collections.defaultdict(list)
        for action in self._get_bindings(model_name):
            admitted = not action.groups or action.groups & mine
            if admitted and (not action.target or may_read(action.target, mode="read", raise_exception=False)):
                offered[action.kind].append(dict(action.values))
        return dict(offered)

    @tools.ormcache("model_name", "self.env.lang")
    def _get_bindings(self, model_name):
        """Return what is bound to a model, for whomever, in the order in which it is offered."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
            SELECT a.id, a.type, a.binding_type FROM ir_actions a
              JOIN ir_model m ON a.binding_model_id = m.id
             WHERE m.model = %s ORDER BY a.id
            """,
                model_name,
            )
        )
        bindings = []
        for action_id, model, kind in self.env.cr.fetchall():
            action = self.env[model].sudo().browse(action_id)
            names = ["name", "binding_view_types"]
            names += [name for name in ("groups_id", "res_model", "sequence", "domain") if name in action._fields]
            try:
                values = action.read(names, load=None)[0]
            except (MissingError, IndexError):
                continue
            if domain := values.pop("domain", None) and action._binding_domain():
                values["domain"] = domain
            groups, target = frozenset(values.pop("groups_id", None) or ()), values.pop("res_model", None)
            bindings.append(_Bound(kind, frozendict(values), groups, target))
        return tuple(sorted(bindings, key=lambda action: action.values.get("sequence", 0)))

    def _binding_domain(self):
        """Return the condition on records under which a bound action is offered, as text."""
        return self.domain

    @api.model
    def _for_xml_id(self, full_xml_id):
        """Return an action as a dictionary.

        :param full_xml_id: ``module.name``
        :raise ValueError: when it is not an action, or does not exist
        """
        record = self.env.ref(full_xml_id)
        if not isinstance(record, self.env.registry["ir.actions.actions"]) and not record._name.startswith(
            "ir.actions."
        ):
            raise ValueError(f"{full_xml_id!r} designates a record of {record._name}, not an action")
        return record._get_action_dict()

    def _get_action_dict(self):
        """Return the action as clients get it."""
        self.ensure_one()
        [values] = self.sudo().read(self._names_for_clients())
        return values

    def _names_for_clients(self):
        """Return the names of those fields that clients may get."""
        readable = self._get_readable_fields()
        return [name for name in self._fields if name in readable]

    def _get_readable_fields(self):
        """Return the names of the fields (and other keys) that clients may get."""
        return {
            "binding_model_id",
            "binding_type",
            "binding_view_types",
            "display_name",
            "help",
            "id",
            "name",
            "path",
            "type",
            "xml_id",
        }


class IrActionsActWindow(models.Model):
    """Opens views of a model."""

    _name = "ir.actions.act_window"
    _description = "Action Window"
    _table = "ir_act_window"
    _inherit = ["ir.actions.actions"]
    _order = "name"
    _allow_sudo_commands = False

    type = fields.Char(default="ir.actions.act_window")
    view_id = fields.Many2one("ir.ui.view", string="View Ref.", ondelete="set null")
    domain = fields.Char(string="Domain Value")
    context = fields.Char(string="Context Value", default={}, required=True)
    res_id = fields.Integer(string="Record ID", help="The record to open, for a form alone.")
    res_model = fields.Char(string="Destination Model", required=True)
    target = fields.Selection(
        [
            ("current", "Current Window"),
            ("new", "New Window"),
            ("inline", "Inline Edit"),
            ("fullscreen", "Full Screen"),
            ("main", "Main action of Current Window"),
        ],
        default="current",
        string="Target Window",
    )
    view_mode = fields.Char(required=True, default="list,form", help="View types, separated by commas.")
    mobile_view_mode = fields.Char(default="kanban", help="The first view on small screens.")
    usage = fields.Char(string="Action Usage")
    view_ids = fields.One2many("ir.actions.act_window.view", "act_window_id", string="No of Views")
    views = fields.Binary(compute="_compute_views")
    limit = fields.Integer(default=80, help="Number of records on a page.")
    groups_id = fields.Many2many("res.groups", "ir_act_window_group_rel", "act_id", "gid", string="Groups")
    search_view_id = fields.Many2one("ir.ui.view", string="Search View Ref.", ondelete="set null")
    embedded_action_ids = fields.One2many("ir.embedded.actions", compute="_compute_embedded_actions")
    filter = fields.Boolean()

    @api.constrains("res_model", "binding_model_id")
    def _check_model(self):
        """Refuse models that do not exist."""
        for action in self:
            for name in (action.res_model, action.binding_model_id.model):
                if name and name not in self.env:
                    raise ValidationError(
                        self.env._(
                            "The action %(action)s is about the model %(model)s, which does not exist.",
                            action=action.name,
                            model=name,
                        )
                    )

    @api.depends("view_ids.view_mode", "view_mode", "view_id.type")
    def _compute_views(self):
        """Pair each view type with the id of its view: chosen one by one, by ``view_id``, or none."""
        for action in self:
            views = {line.view_mode: line.view_id.id for line in action.view_ids}
            modes = [mode for mode in (action.view_mode or "").split(",") if mode]
            if action.view_id.type in modes:
                views.setdefault(action.view_id.type, action.view_id.id)
            for mode in modes:
                views.setdefault(mode, False)
            action.views = [(view_id, mode) for mode, view_id in views.items()]

    @api.constrains("view_mode")
    def _check_view_mode(self):
        """Refuse repeated and misspelt view types."""
        for action in self:
            modes = action.view_mode.split(",")
            if len(modes) != len(set(modes)):
                raise ValidationError(self.env._("The view types of an action must differ: %s", action.view_mode))
            if " " in action.view_mode:
                raise ValidationError(self.env._("No space is allowed between view types: %r", action.view_mode))

    @api.depends("res_model")
    def _compute_embedded_actions(self):
        """Find the embedded actions the user can see."""
        embedded = self.env["ir.embedded.actions"].search([("parent_action_id", "in", self.ids)])
        by_parent = embedded.filtered("is_visible").grouped("parent_action_id")
        for action in self:
            action.embedded_action_ids = by_parent.get(action, self.env["ir.embedded.actions"])

    def read(self, fields=None, load="_classic_read"):
        """Read; the help text is completed by the model."""
        rows = super().read(fields, load=load)
        for row in rows:
            if "help" in row and row.get("res_model") in self.env:
                target = self.with_context(**self._help_context(row)).env[row["res_model"]]
                row["help"] = target.get_empty_list_help(row["help"] or "")
        return rows

    def _help_context(self, values):
        """Return the context of the action as far as it does not depend on the client."""
        try:
            context = ast.literal_eval(values.get("context") or "{}")
        except (ValueError, SyntaxError):
            return {}
        return {key: value for key, value in context.items() if isinstance(key, str)}

    @api.model_create_multi
    def create(self, vals_list):
        """Create actions; the name defaults to that of the model, view types may have names of former versions."""
        return super().create([_with_types_of_today(self._named(vals)) for vals in vals_list])

    def write(self, vals):
        """Write actions; view types may have names of former versions."""
        return super().write(_with_types_of_today(vals))

    def _named(self, vals):
        """Return ``vals`` with a name: that of the model for want of another one."""
        target = vals.get("res_model")
        if vals.get("name") or target not in self.env:
            return vals
        return {**vals, "name": self.env[target]._description}

    def exists(self):
        """Return the actions that exist, of which the ids are known without asking the database."""
        ids = self._existing()
        return self.filtered(lambda action: action.id in ids)

    @api.model
    @tools.ormcache()
    def _existing(self):
        self._cr.execute(SQL("SELECT id FROM %s", SQL.identifier(self._table)))
        return frozenset(row[0] for row in self._cr.fetchall())

    def _get_readable_fields(self):
        """Add what describes a window."""
        return (
            super()._get_readable_fields()
            | {
                "context",
                "mobile_view_mode",
                "domain",
                "embedded_action_ids",
                "filter",
                "groups_id",
                "limit",
                "res_id",
                "res_model",
                "search_view_id",
                "target",
                "view_id",
                "view_mode",
                "views",
            }
            | _CLIENT_KEYS
        )

    def _get_action_dict(self):
        """Return the action with its embedded actions as dictionaries."""
        result = super()._get_action_dict()
        if result["embedded_action_ids"]:
            embedded = self.env["ir.embedded.actions"].browse(result["embedded_action_ids"])
            readable = embedded._get_readable_fields()
            result["embedded_action_ids"] = embedded.read([name for name in embedded._fields if name in readable])
        return result


def _with_types_of_today(vals):
    """Return values of a window action with each view type under its name of today."""
    lists = ("view_mode", "mobile_view_mode", "binding_view_types")
    return vals | {name: types_of_today(vals[name]) for name in lists if vals.get(name)}


class IrActionsActWindowView(models.Model):
    """The view to use for one view type of a window action."""

    _name = "ir.actions.act_window.view"
    _description = "Action Window View"
    _table = "ir_act_window_view"
    _rec_name = "view_id"
    _order = "sequence,id"
    _allow_sudo_commands = False

    sequence = fields.Integer()
    view_id = fields.Many2one("ir.ui.view", string="View", ondelete="set null")
    view_mode = fields.Selection(VIEW_TYPES, string="View Type", required=True)
    act_window_id = fields.Many2one("ir.actions.act_window", string="Action", ondelete="cascade")
    multi = fields.Boolean(string="On Multiple Doc.")

    _sql_constraints = [
        (
            "unique_mode_per_action",
            "UNIQUE(act_window_id, view_mode)",
            "A window action shows each type of view once.",
        ),
    ]

    @api.model_create_multi
    def create(self, vals_list):
        """Create lines; the view type may have its name of former versions."""
        return super().create([self._with_type_of_today(vals) for vals in vals_list])

    def write(self, vals):
        """Write lines; the view type may have its name of former versions."""
        return super().write(self._with_type_of_today(vals))

    def _with_type_of_today(self, vals):
        return vals | {"view_mode": type_of_today(vals["view_mode"])} if "view_mode" in vals else vals


class IrActionsActWindowClose(models.Model):
    """Closes the current dialog."""

    _name = "ir.actions.act_window_close"
    _description = "Action Window Close"
    _inherit = ["ir.actions.actions"]
    _table = "ir_actions"
    _allow_sudo_commands = False

    type = fields.Char(default="ir.actions.act_window_close")

    def _get_readable_fields(self):
        """Add what a closing dialog can hand over."""
        return super()._get_readable_fields() | {"effect", "infos"}


class IrActionsActUrl(models.Model):
    """Opens an URL."""

    _name = "ir.actions.act_url"
    _description = "Action URL"
    _table = "ir_act_url"
    _inherit = ["ir.actions.actions"]
    _order = "name"
    _allow_sudo_commands = False

    type = fields.Char(default="ir.actions.act_url")
    url = fields.Text(string="Action URL", required=True)
    target = fields.Selection(
        [("new", "New Window"), ("self", "This Window"), ("download", "Download")],
        string="Action Target",
        default="new",
        required=True,
    )

    def _get_readable_fields(self):
        """Add what describes an URL."""
        return super()._get_readable_fields() | {"target", "url", "close"}


class IrActionsActClient(models.Model):
    """Runs code of the client, found by its tag."""

    _name = "ir.actions.client"
    _description = "Client Action"
    _inherit = ["ir.actions.actions"]
    _table = "ir_act_client"
    _order = "name"
    _allow_sudo_commands = False

    type = fields.Char(default="ir.actions.client")
    tag = fields.Char(string="Client action tag", required=True, help="Name under which the client knows the code.")
    target = fields.Selection(
        [
            ("current", "Current Window"),
            ("new", "New Window"),
            ("fullscreen", "Full Screen"),
            ("main", "Main action of Current Window"),
        ],
        default="current",
        string="Target Window",
    )
    res_model = fields.Char(string="Destination Model")
    context = fields.Char(string="Context Value", default="{}", required=True)
    params = fields.Binary(compute="_compute_params", inverse="_inverse_params", string="Supplementary arguments")
    params_store = fields.Binary(string="Params storage", readonly=True, attachment=False)

    @api.depends("params_store")
    def _compute_params(self):
        """Read the stored arguments."""
        for record, stored in zip(self, self.with_context(bin_size=False), strict=True):
            text = stored.params_store
            text = text.decode() if isinstance(text, bytes) else text
            record.params = text and safe_eval(text, {"uid": self._uid})

    def _inverse_params(self):
        """Store the arguments as the literal that they are read from again."""
        for record in self:
            literal = not record.params or isinstance(record.params, (str, bytes))
            record.params_store = record.params if literal else repr(record.params)

    def _get_default_form_view(self):
        """Leave the arguments out: they are not text."""
        form = super()._get_default_form_view()
        for name in ("params", "params_store"):
            for node in form.xpath(f".//field[@name='{name}']"):
                node.getparent().remove(node)
        return form

    def _get_readable_fields(self):
        """Add what describes a client action."""
        return super()._get_readable_fields() | {"context", "params", "res_model", "tag", "target"}


class IrActionsTodo(models.Model):
    """A configuration step: an action to be launched once."""

    _name = "ir.actions.todo"
    _description = "Configuration Wizards"
    _rec_name = "action_id"
    _order = "sequence, id"
    _allow_sudo_commands = False

    action_id = fields.Many2one("ir.actions.actions", string="Action", required=True, index=True)
    sequence = fields.Integer(default=10)
    state = fields.Selection(
        [("open", "To Do"), ("done", "Done")], string="Status", default="open", required=True, copy=False
    )
    name = fields.Char()

    @api.model_create_multi
    def create(self, vals_list):
        """Create steps; one alone is open."""
        todos = super().create(vals_list)
        self._settle(todos.mapped("state"))
        return todos

    def write(self, vals):
        """Write steps; one alone is open."""
        written = super().write(vals)
        self._settle([vals.get("state")])
        return written

    @api.model
    def _settle(self, states):
        """Leave one step open, after steps have got some states."""
        if "open" in states:
            self.ensure_one_open_todo()

    @api.private
    @api.model
    def ensure_one_open_todo(self):
        """Mark as done all open steps but the first one; of several with its number, the newest counts as first."""
        waiting = self.search([("state", "=", "open")]).sorted(lambda todo: (todo.sequence, -todo.id))
        waiting[1:].write({"state": "done"})

    def unlink(self):
        """Delete steps; the one that opens the client's menu only by name."""
        menu = self.env.ref("base.open_menu", raise_if_not_found=False)
        if menu and menu in self:
            menu.write({"action_id": self.env.ref("base.action_client_base_menu").id})
            self -= menu
        return super(IrActionsTodo, self).unlink()  # noqa: UP008  (self was replaced)

    def action_launch(self):
        """Launch the step and mark it as done.

        :return: the action
        """
        self.ensure_one()
        self.write({"state": "done"})
        action = self.env[self.action_id.type].browse(self.action_id.id)
        values = action.read()[0]
        if values.get("type") != "ir.actions.act_window":
            return values
        context = safe_eval(values["context"] or "{}", {"user": self.env.user})
        values["context"] = {key: value for key, value in context.items() if key != "res_id"}
        values["res_id"] = context.get("res_id") or values.get("res_id")
        return values

    def action_open(self):
        """Mark the step as to be done."""
        return self.write({"state": "open"})


# it extends a model defined above, and addons take it from here
from .ir_actions_server import IrActionsServer  # noqa: E402,F401
