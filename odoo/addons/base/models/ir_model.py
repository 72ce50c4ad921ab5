"""``base``, parent of all models, and ``ir.model``: the models of the registry as records, custom ones included."""

import logging
import re
from collections.abc import Iterable

from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.orm.model_class import build_model
from odoo.tools import SQL, ormcache, sql
from odoo.tools.translate import _

from .installed_modules import installed_modules_of
from .ir_model_names import (
    MODULE_UNINSTALL_FLAG,
    constraint_xmlid,
    field_xmlid,
    inherit_xmlid,
    model_xmlid,
    selection_xmlid,
)
from .reflection import query_insert, upsert

__all__ = [
    "MODULE_UNINSTALL_FLAG",
    "constraint_xmlid",
    "field_xmlid",
    "inherit_xmlid",
    "model_xmlid",
    "query_insert",
    "selection_xmlid",
]

_logger = logging.getLogger(__name__)

#: a term of a model's default order: field, optional direction and null placement
ORDER_TERM = re.compile(r"^\s*(?P<field>[a-z_][a-z0-9_]*)(\s+(asc|desc))?(\s+nulls\s+(first|last))?\s*$", re.I)

#: columns of ir.model, and the attributes of models that they keep
_ATTRIBUTES = {"model": "_name", "name": "_description", "order": "_order", "transient": "_transient"}


class BaseModel(models.AbstractModel):
    """Parent of every model: what is added here, all models have."""

    _name = "base"
    _description = "Base"

    @api.model
    def _is_virtual_field(self, name: str) -> bool:
        """Tell whether views may show a field ``name`` that no class declares: the model reads and writes it itself."""
        return False


class Unknown(models.AbstractModel):
    """Stands for the comodel of relations whose model does not exist."""

    _name = "_unknown"
    _description = "Unknown"


class IrModel(models.Model):
    """A model of the registry."""

    _name = "ir.model"
    _description = "Models"
    _order = "model"
    _rec_names_search = ["name", "model"]
    _allow_sudo_commands = False

    def _default_field_id(self):
        """Return the name field that a new custom model starts with."""
        name_field = {"name": "x_name", "ttype": "char", "field_description": "Name", "copied": True}
        # data files tell all fields of the models they bring
        return [] if self.env.context.get("install_mode") else [Command.create(name_field)]

    name = fields.Char(string="Model Description", translate=True, required=True)
    model = fields.Char(default="x_", required=True)
    order = fields.Char(
        string="Order",
        default="id",
        required=True,
        help="Fields that records are sorted by when nothing else is asked, in the syntax of SQL: x_date desc, id",
    )
    info = fields.Text(string="Information")
    field_id = fields.One2many(
        "ir.model.fields",
        "model_id",
        string="Fields",
        required=True,
        copy=True,
        default=_default_field_id,
    )
    inherited_model_ids = fields.Many2many(
        "ir.model",
        compute="_inherited_models",
        string="Inherited models",
        help="Models that this one extends.",
    )
    state = fields.Selection(
        [("manual", "Custom Object"), ("base", "Base Object")],
        string="Type",
        default="manual",
        readonly=True,
        copy=False,
    )
    access_ids = fields.One2many("ir.model.access", "model_id", string="Access")
    rule_ids = fields.One2many("ir.rule", "model_id", string="Record Rules")
    transient = fields.Boolean(string="Transient Model")
    modules = fields.Char(
        compute="_in_modules",
        string="In Apps",
        help="Modules that define or extend the model.",
    )
    view_ids = fields.One2many("ir.ui.view", compute="_view_ids", string="Views")
    count = fields.Integer(compute="_compute_count", string="Count (Incl. Archived)", help="Number of records.")

    _sql_constraints = [
        ("obj_name_uniq", "UNIQUE (model)", "There is a model with this name already."),
    ]

    @api.depends()
    def _inherited_models(self):
        """Find the records of the models given by ``_inherits``."""
        for model in self:
            parents = sorted(self.env[model.model]._inherits) if model.model in self.env else ()
            model.inherited_model_ids = self.browse(filter(None, map(self._get_id, parents)))

    @api.depends()
    def _in_modules(self):
        """List the installed modules that the models have external ids from."""
        modules = installed_modules_of(self)
        for model in self:
            model.modules = modules.get(model.id, "")

    @api.depends()
    def _view_ids(self):
        """Find the views of the models."""
        views = self.env["ir.ui.view"].search([("model", "in", self.mapped("model"))]).grouped("model")
        for model in self:
            model.view_ids = views.get(model.model, False)

    @api.depends()
    def _compute_count(self):
        """Count the rows of the models' tables."""
        in_registry = [self.env[name] for name in self.mapped("model") if name in self.env]
        tables = {records._name: records._table for records in in_registry if records._auto and not records._abstract}
        queries = [SQL("SELECT %s, COUNT(*) FROM %s", name, SQL.identifier(table)) for name, table in tables.items()]
        counts = dict(self.env.execute_query(SQL(" UNION ALL ").join(queries))) if queries else {}
        for model in self:
            model.count = counts.get(model.model, 0)

    @api.constrains("model")
    def _check_model_name(self):
        """Refuse names that no table could have, and custom models without the prefix of custom things."""
        invalid = ", ".join(name for name in self.mapped("model") if not models.check_object_name(name))
        if invalid:
            raise ValidationError(
                _("Models are named with lowercase letters, digits, underscores and dots, unlike %s.", invalid)
            )
        for name in self.filtered_domain([("state", "=", "manual")]).mapped("model"):
            self._check_manual_name(name)

    @api.constrains("order", "field_id")
    def _check_order(self):
        """Refuse orders that name fields which are stored neither here nor where they are inherited from."""
        for model in self:
            stored = {field.name for field in model.field_id if field.store} | set(models.MAGIC_COLUMNS)
            if model.model in self.env:
                stored |= {name for name, field in self.env[model.model]._fields.items() if field.base_field.store}
            for term in model.order.split(","):
                match = ORDER_TERM.match(term)
                if not match:
                    raise ValidationError(_("The order %s of model %s is not valid.", model.order, model.model))
                if match["field"] not in stored:
                    raise ValidationError(
                        _(
                            "Model %(model)s cannot be ordered by %(field)s: it is not a stored field.",
                            model=model.model,
                            field=match["field"],
                        )
                    )

    @api.model
    def _check_manual_name(self, name: str):
        """Check that ``name`` starts like a custom model's.

        :raise ValidationError: when it does not
        """
        if not name.startswith("x_"):
            raise ValidationError(_("The name of a custom model must start with 'x_', unlike %s.", name))

    def _get(self, name):
        """Return the (sudoed) record of the model called ``name``, empty when there is none."""
        model_id = self._get_id(name) if name else False
        return self.sudo().browse(model_id)

    def _get_id(self, name):
        """Return the id of the model called ``name``, ``False`` when there is none."""
        return self._ids_by_model().get(name, False)

    @ormcache(cache="stable")
    def _ids_by_model(self):
        """Return the ids of all models by name."""
        return dict(self.env.execute_query(SQL("SELECT model, id FROM ir_model")))

    # changes

    def _drop_table(self):
        """Drop the tables or views of the models."""
        for model in self:
            records = self.env.get(model.model)
            if records is None:
                _logger.info("table of %s is not dropped: the model is not in the registry", model.model)
                continue
            if records._abstract:
                continue
            kind = sql.table_kind(self.env.cr, records._table)
            if kind == sql.TableKind.View:
                self.env.cr.execute(SQL("DROP VIEW %s", SQL.identifier(records._table)))
            elif kind == sql.TableKind.Regular:
                self.env.cr.execute(SQL("DROP TABLE %s CASCADE", SQL.identifier(records._table)))

    @api.ondelete(at_uninstall=False)
    def _unlink_if_manual(self):
        """Refuse to delete models that code defines."""
        for model in self:
            if model.state != "manual":
                raise UserError(
                    _(
                        "Model %s is part of an installed module and cannot be deleted on its own.",
                        model.name,
                    )
                )

    def unlink(self):
        """Delete the models with their tables, and set the registry up without them."""
        crons = self.env["ir.cron"].with_context(active_test=False).search([("model_id", "in", self.ids)])
        crons.unlink()
        relations = self.env["ir.model.relation"].search([("model", "in", self.ids)])
        self.env.cr.execute(SQL("DELETE FROM ir_model_data WHERE model = ANY(%s)", self.mapped("model") or [""]))
        relations._module_data_uninstall()
        self._drop_table()
        result = super().unlink()
        if not self.env.context.get(MODULE_UNINSTALL_FLAG):
            # the registry is being taken apart when modules are uninstalled: it is set up once at the end
            self.env.flush_all()
            self.pool.setup_models(self.env.cr)
        return result

    def write(self, vals):
        """Update the models; name, kind and transience never change.

        :raise UserError: when they would
        """
        for name, what in [("model", _("name")), ("state", _("type")), ("transient", _("transience"))]:
            if name in vals and any(model[name] != vals[name] for model in self):
                raise UserError(_("The %s of a model cannot be changed.", what))
        # fields are set up with the model below
        result = super(IrModel, self.with_context(_skip_setup=True)).write(vals)
        if any(name in vals for name in ("field_id", "order")):
            self._set_up_registry(self.mapped("model"))
        return result

    @api.model_create_multi
    def create(self, vals_list):
        """Create models; custom ones get a table and join the registry."""
        # the registry is set up once, with the fields of the models
        created = super(IrModel, self.with_context(_skip_setup=True)).create(vals_list).with_env(self.env)
        self.env.registry.clear_cache("stable")
        manual = [vals["model"] for vals in vals_list if vals.get("state", "manual") == "manual"]
        if manual:
            self.env.flush_all()
            self._set_up_registry(manual)
        return created

    def _set_up_registry(self, model_names: Iterable[str]):
        """Set the registry up again and create or update the tables of the named models and those below them."""
        self.env.flush_all()
        self.pool.setup_models(self.env.cr)
        names = [name for name in model_names if name in self.pool]
        self.pool.init_models(
            self.env.cr,
            self.pool.descendants(names, "_inherits"),
            dict(
                self.env.context,
                update_custom_fields=True,
            ),
        )

    @api.model
    def name_create(self, name):
        """Create a custom model from its description."""
        technical = "x_" + "_".join(re.sub(r"[^a-z0-9 ]", "", name.lower()).split())
        model = self.create({"name": name, "model": technical})
        return model.id, model.display_name

    # description of the code

    def _reflect_model_params(self, model):
        """Return the columns that describe ``model``."""
        columns = {column: getattr(model, attribute) for column, attribute in _ATTRIBUTES.items()}
        columns["state"] = "manual" if model._custom else "base"
        columns["info"] = next((text for text in (cls.__doc__ for cls in type(model).__mro__) if text), None)
        return columns

    def _reflect_models(self, model_names):
        """Make the records of the named models describe them, and name them by external ids."""
        rows = [self._reflect_model_params(self.env[name]) for name in model_names]
        ids = upsert(self.env.cr, "ir_model", ("model",), rows, translated=("name",))
        self.invalidate_model(flush=False)
        self.env.registry.clear_cache("stable")
        module = self.env.context.get("module")
        if module:
            self.env["ir.model.data"]._update_xmlids(
                [
                    {"xml_id": model_xmlid(module, name), "record": self.browse(model_id)}
                    for (name,), model_id in ids.items()
                    if self.env[name]._module == module
                ]
            )

    # custom models

    @api.model
    def _instanciate(self, model_data):
        """Return a model definition class for the columns of a custom model."""
        attributes = {attribute: model_data[column] for column, attribute in _ATTRIBUTES.items()}
        attributes.update(_custom=True, _module=False, __doc__=model_data["info"])
        # a column without value is false
        attributes["_transient"] = bool(attributes["_transient"])
        return type(models.Model)("CustomModel", (models.Model,), attributes)

    def _add_manual_models(self):
        """Add the custom models to the registry; works before the fields of models are set up."""
        self.env.cr.execute("SELECT *, name->>'en_US' AS name FROM ir_model WHERE state = 'manual' ORDER BY id")
        for model_data in self.env.cr.dictfetchall():
            model_class = build_model(self._instanciate(model_data), self.pool)
            if sql.table_kind(self.env.cr, model_class._table) not in (sql.TableKind.Regular, None):
                # made of a view that somebody put into the database
                model_class._auto = False
                columns = sql.table_columns(self.env.cr, model_class._table)
                model_class._log_access = set(models.LOG_ACCESS_COLUMNS) <= columns.keys()

    def _is_manual_name(self, name):
        """Tell whether ``name`` is one of a custom thing."""
        return name.startswith("x_")
