"""What modules put into the database beside columns: constraints, relation tables, and inheritance links."""

import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL, sql
from odoo.tools.translate import _

from .ir_model_names import MODULE_UNINSTALL_FLAG, constraint_xmlid, inherit_xmlid
from .reflection import upsert

_logger = logging.getLogger("odoo.addons.base.models.ir_model")


class IrModelConstraint(models.Model):
    """A database constraint or foreign key, and the module it comes from."""

    _name = "ir.model.constraint"
    _description = "Model Constraint"
    _allow_sudo_commands = False

    name = fields.Char(string="Constraint", required=True, index=True, help="Name of the constraint in the database.")
    definition = fields.Char(help="Definition in SQL.")
    message = fields.Char(translate=True, help="What the user is told when the constraint is violated.")
    model = fields.Many2one("ir.model", required=True, ondelete="cascade", index=True)
    module = fields.Many2one("ir.module.module", required=True, index=True, ondelete="cascade")
    type = fields.Char(
        string="Constraint Type",
        required=True,
        size=1,
        index=True,
        help="f: foreign key, u: another constraint",
    )
    write_date = fields.Datetime()
    create_date = fields.Datetime()

    _sql_constraints = [
        ("module_name_uniq", "unique(name, module)", "A module describes a constraint once."),
    ]

    def unlink(self):
        """Delete the records that describe constraints.

        :raise AccessError: for other callers than the uninstallation of modules
        """
        self.check_access("unlink")
        return super().unlink()

    def copy_data(self, default=None):
        """Copies get another name."""
        return [
            dict(vals, name=f"{constraint.name}_copy")
            for constraint, vals in zip(self, super().copy_data(default=default), strict=True)
        ]

    def _module_data_uninstall(self):
        """Drop the constraints from the database, unless another module has them too.

        :raise AccessError: when the user is no administrator
        """
        if not self.env.is_system():
            raise AccessError(_("Only administrators may uninstall modules."))
        for constraint in self.sorted("id", reverse=True):
            if self.sudo().search_count([("name", "=", constraint.name), ("id", "not in", self.ids)], limit=1):
                continue
            model = self.env.get(constraint.model.model)
            if model is not None and sql.constraint_definition(self.env.cr, model._table, constraint.name):
                sql.drop_constraint(self.env.cr, model._table, constraint.name)
                _logger.info("Dropped constraint %s of %s", constraint.name, model._table)
        self.with_context(**{MODULE_UNINSTALL_FLAG: True}).unlink()

    def _reflect_constraints(self, model_names):
        """Describe the constraints that the module being loaded declares on the named models."""
        module = self.env.context.get("module")
        self.env.cr.execute(SQL("SELECT id FROM ir_module_module WHERE name = %s", module))
        row = self.env.cr.fetchone()
        if not row:
            return
        ir_model = self.env["ir.model"]
        rows = {}
        for model_name in model_names:
            model = self.env[model_name]
            if model._abstract:
                continue
            for key, definition, message in self._declared_constraints(model, module):
                name = f"{model._table}_{key}"
                rows[name] = {
                    "name": name,
                    "module": row[0],
                    "model": ir_model._get_id(model_name),
                    "type": "u",
                    "definition": definition,
                    "message": message if isinstance(message, str) else None,
                }
        ids = upsert(self.env.cr, "ir_model_constraint", ("name", "module"), list(rows.values()), ("message",))
        self.invalidate_model(flush=False)
        self.env["ir.model.data"]._update_xmlids(
            [
                {"xml_id": constraint_xmlid(module, name), "record": self.browse(id_)}
                for (name, _module), id_ in ids.items()
            ]
        )

    @api.model
    def _message_of(self, model_name, name):
        """Return the message of a constraint in the language of the environment, ``None`` when it has none.

        :param model_name: the model that it is declared on
        :param name: its name in the database
        """
        domain = [("model.model", "=", model_name), ("name", "=", name), ("message", "!=", False)]
        return self.sudo().search(domain, order="id desc", limit=1).message or None

    @api.model
    def _declared_constraints(self, model, module):
        """Return the ``_sql_constraints`` that classes of ``module`` declare on ``model``."""
        return [
            constraint
            for cls in reversed(type(model).__mro__)
            if cls.__dict__.get("_module") == module
            for constraint in cls.__dict__.get("_sql_constraints") or ()
        ]

    def _reflect_constraint(self, model, conname, type, definition, module, message=None):
        """Describe one constraint, such as a foreign key, of ``module``."""
        self._reflect_each([(model, conname, type, definition, module)], message)

    def _reflect_each(self, constraints, message=None):
        """Describe constraints; those of modules that the database does not know are left out.

        :param constraints: tuples of model, name, type, definition and name of the module
        :param message: what all of them tell the user
        """
        names = list({module for *_rest, module in constraints})
        self.env.cr.execute(SQL("SELECT name, id FROM ir_module_module WHERE name = ANY(%s)", names))
        module_ids = dict(self.env.cr.fetchall())
        rows = {
            (name, module): {
                "name": name,
                "module": module_ids[module],
                "model": self.env["ir.model"]._get_id(model._name),
                "type": kind,
                "definition": definition,
                "message": message,
            }
            for model, name, kind, definition, module in constraints
            if module in module_ids
        }
        upsert(self.env.cr, "ir_model_constraint", ("name", "module"), list(rows.values()), translated=("message",))


class IrModelRelation(models.Model):
    """A table of a many2many relation, and the module it comes from."""

    _name = "ir.model.relation"
    _description = "Relation Model"
    _allow_sudo_commands = False

    name = fields.Char(string="Relation Name", required=True, index=True, help="Name of the table.")
    model = fields.Many2one("ir.model", required=True, index=True, ondelete="cascade")
    module = fields.Many2one("ir.module.module", required=True, index=True, ondelete="cascade")
    write_date = fields.Datetime()
    create_date = fields.Datetime()

    def _module_data_uninstall(self):
        """Drop the tables, unless another module has them too.

        :raise AccessError: when the user is no administrator
        """
        if not self.env.is_system():
            raise AccessError(_("Only administrators may uninstall modules."))
        for relation in self:
            shared = self.sudo().search_count([("name", "=", relation.name), ("id", "not in", self.ids)], limit=1)
            if not shared and sql.table_exists(self.env.cr, relation.name):
                self.env.cr.execute(SQL("DROP TABLE %s CASCADE", SQL.identifier(relation.name)))
                _logger.info("Dropped table %s", relation.name)
        self.unlink()

    def _reflect_model_relations(self, model_names):
        """Describe the relation tables of the named models' many2many fields, but for custom fields: these go alone."""
        models_ = [self.env[name] for name in model_names]
        self._reflect_relations(
            [
                (model, field.relation, field._module)
                for model in models_
                if model._auto and not model._abstract
                for field in model._fields.values()
                if field.type == "many2many" and field.store and field.relation and not field.manual
            ]
        )

    def _reflect_relation(self, model, table, module):
        """Describe the relation table of a field of ``model`` that ``module`` defines."""
        self._reflect_relations([(model, table, module)])

    def _reflect_relations(self, relations):
        """Describe relation tables, given as (model, table, module name): once for a module, with the first model."""
        if not relations:
            return
        names = list({module for *_rest, module in relations if module})
        self.env.cr.execute(SQL("SELECT name, id FROM ir_module_module WHERE name = ANY(%s)", names))
        module_ids = dict(self.env.cr.fetchall())
        self.env.cr.execute(
            SQL("SELECT name, module FROM ir_model_relation WHERE module = ANY(%s)", list(module_ids.values()))
        )
        known = set(self.env.cr.fetchall())
        ir_model = self.env["ir.model"]
        rows: dict = {}
        for model, table, module in relations:
            key = (table, module_ids.get(module))
            if key[1] and key not in known:
                model_id = ir_model._get_id(model._name)
                rows.setdefault(key, {"name": table, "module": key[1], "model": model_id})
        upsert(self.env.cr, "ir_model_relation", ("name", "module"), list(rows.values()))


class IrModelInherit(models.Model):
    """A model extends or delegates to another one."""

    _name = "ir.model.inherit"
    _description = "Model Inheritance Tree"
    _log_access = False

    model_id = fields.Many2one("ir.model", required=True, ondelete="cascade")
    parent_id = fields.Many2one("ir.model", required=True, ondelete="cascade")
    parent_field_id = fields.Many2one("ir.model.fields", ondelete="cascade", help="Set when the model delegates.")

    _sql_constraints = [
        ("uniq", "UNIQUE(model_id, parent_id)", "A model inherits from another one once."),
    ]

    def _reflect_inherits(self, model_names):
        """Describe which models the named ones extend and delegate to."""
        ir_model, ir_fields = self.env["ir.model"], self.env["ir.model.fields"]
        rows, names = {}, {}
        for name in model_names:
            model_id = ir_model._get_id(name)
            for parent, field_name in self._parents(self.env[name]):
                parent_id = ir_model._get_id(parent)
                if not parent_id:
                    continue
                field_id = ir_fields._get_ids(name).get(field_name) if field_name else None
                rows[model_id, parent_id] = {
                    "model_id": model_id,
                    "parent_id": parent_id,
                    "parent_field_id": field_id,
                }
                names[model_id, parent_id] = (name, parent)
        ids = upsert(self.env.cr, "ir_model_inherit", ("model_id", "parent_id"), list(rows.values()), stamped=False)
        module = self.env.context.get("module")
        if module:
            self.env["ir.model.data"]._update_xmlids(
                [
                    {"xml_id": inherit_xmlid(module, *names[key]), "record": self.browse(id_)}
                    for key, id_ in ids.items()
                    if self.env[names[key][0]]._module == module
                ]
            )

    @api.model
    def _parents(self, model):
        """Return the models that ``model`` extends or delegates to, as (name, field name or ``None``)."""
        found = {}
        for cls in type(model).__mro__:
            inherit = cls.__dict__.get("_inherit") or ()
            for parent in [inherit] if isinstance(inherit, str) else inherit:
                if parent not in (model._name, "base"):
                    found[parent] = None
        found.update(model._inherits)
        return found.items()
