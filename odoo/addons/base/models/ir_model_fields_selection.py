"""``ir.model.fields.selection``: the options of selection fields as records."""

import logging

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL
from odoo.tools.translate import _

from .ir_model_names import MODULE_UNINSTALL_FLAG, selection_xmlid
from .reflection import upsert

_logger = logging.getLogger("odoo.addons.base.models.ir_model")


class IrModelFieldsSelection(models.Model):
    """An option of a selection field."""

    _name = "ir.model.fields.selection"
    _description = "Fields Selection"
    _order = "sequence, id"
    _allow_sudo_commands = False

    field_id = fields.Many2one(
        "ir.model.fields",
        required=True,
        ondelete="cascade",
        index=True,
        domain=[("ttype", "in", ["selection", "reference"])],
    )
    value = fields.Char(required=True)
    name = fields.Char(translate=True, required=True)
    sequence = fields.Integer(default=1000)

    _sql_constraints = [
        ("selection_field_uniq", "UNIQUE (field_id, value)", "A field has at most one option of a value."),
    ]

    def _get_selection(self, field_name):
        """Return the options of a field of this model, as (value, label) pairs."""
        field = self.env["ir.model.fields"]._get(self._name, field_name)
        return self._get_selection_data(field.id)

    def _get_selection_data(self, field_id):
        """Return the options of the field record with id ``field_id``, as (value, source label) pairs; none of none."""
        if not field_id:
            return []
        self.env.cr.execute(
            SQL(
                "SELECT value, name->>'en_US' FROM ir_model_fields_selection WHERE field_id = %s ORDER BY sequence, id",
                field_id,
            )
        )
        return self.env.cr.fetchall()

    def _reflect_selections(self, model_names):
        """Make the records of the options of the named models' fields describe them, and name them."""
        described = [
            field
            for name in model_names
            for field in self.env[name]._fields.values()
            if field.type in ("selection", "reference") and isinstance(field.selection, list)
        ]
        if not described:
            return
        field_ids = self.env["ir.model.fields"]
        rows, modules = [], {}
        for field in described:
            field_id = field_ids._get_ids(field.model_name)[field.name]
            origins = self._option_modules(field)
            for sequence, (value, label) in enumerate(field.selection):
                rows.append({"field_id": field_id, "value": value, "name": label or "", "sequence": sequence})
                modules[field_id, value] = (field, origins.get(value, ()))
        ids = upsert(self.env.cr, "ir_model_fields_selection", ("field_id", "value"), rows, translated=("name",))
        self.invalidate_model(flush=False)
        self._drop_gone_options(ids)
        module = self.env.context.get("module")
        if module:
            self.env["ir.model.data"]._update_xmlids(
                [
                    {
                        "xml_id": selection_xmlid(module, field.model_name, field.name, value),
                        "record": self.browse(ids[field_id, value]),
                    }
                    for (field_id, value), (field, origins) in modules.items()
                    if module in origins
                ]
            )

    def _option_modules(self, field) -> dict:
        """Return the modules that define each option of ``field``: value -> set of names."""
        origins: dict = {}
        for definition in field._definitions or (field,):
            options = definition.args.get("selection")
            if not isinstance(options, list):
                options = []
            for option in [*options, *(definition.args.get("selection_add") or ())]:
                origins.setdefault(option[0], set()).add(definition._module)
        return origins

    def _drop_gone_options(self, ids):
        """Forget options without external id that fields of the code no longer have."""
        self.env.cr.execute(
            SQL(
                """DELETE FROM ir_model_fields_selection s USING ir_model_fields f
                WHERE s.field_id = f.id AND f.state = 'base' AND f.id = ANY(%s) AND s.id != ALL(%s)
                  AND NOT EXISTS (SELECT 1 FROM ir_model_data d
                                   WHERE d.model = 'ir.model.fields.selection' AND d.res_id = s.id)""",
                list({field_id for field_id, _value in ids}),
                list(ids.values()),
            )
        )

    def _update_selection(self, model_name, field_name, selection):
        """Set the options of a field to the (value, label) pairs of ``selection``."""
        field_id = self.env["ir.model.fields"]._get(model_name, field_name).id
        current = {option.value: option for option in self.search([("field_id", "=", field_id)])}
        missing = []
        for sequence, (value, label) in enumerate(selection):
            option = current.pop(value, None)
            if option is None:
                missing.append({"field_id": field_id, "value": value, "name": label, "sequence": sequence})
            elif option.name != label or option.sequence != sequence:
                option.write({"name": label, "sequence": sequence})
        self.create(missing)
        self.browse().union(*current.values()).unlink()

    @api.model_create_multi
    def create(self, vals_list):
        """Add options; fields of code get them from code only.

        :raise UserError: for such fields
        """
        field_ids = {vals["field_id"] for vals in vals_list}
        for field in self.env["ir.model.fields"].browse(field_ids):
            if field.state != "manual":
                raise UserError(
                    _(
                        "The options of field %s come from a module: they are changed by code.",
                        field.name,
                    )
                )
        created = super().create(vals_list)
        self._set_up_again()
        return created

    def write(self, vals):
        """Update options; records with a renamed value are updated.

        :raise UserError: when an option of code would get another value
        """
        if not self:
            return True
        if "value" in vals:
            if any(option.field_id.state != "manual" for option in self):
                raise UserError(_("The value of an option that comes from a module cannot be changed."))
            for option in self:
                option._rename_stored_value(vals["value"])
        result = super().write(vals)
        self._set_up_again()
        return result

    def _rename_stored_value(self, value):
        """Replace the option's value by ``value`` in the column of its field."""
        model = self.env[self.field_id.model]
        field = model._fields[self.field_id.name]
        if self.value == value or not field.store:
            return
        self.env.flush_all()
        name = SQL.identifier(field.name)
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET %s = %s WHERE %s = %s",
                SQL.identifier(model._table),
                name,
                value,
                name,
                self.value,
            )
        )
        model.invalidate_model([field.name])

    @api.ondelete(at_uninstall=False)
    def _unlink_if_manual(self):
        """Refuse to delete options that code defines."""
        defined = self.field_id.filtered_domain([("state", "!=", "manual")])
        if defined and self.pool.ready:
            names = ", ".join(defined.mapped("name"))
            raise UserError(_("Options that come from a module cannot be deleted on their own: those of %s.", names))

    def unlink(self):
        """Delete options after giving the records that have them another value."""
        self._process_ondelete()
        result = super().unlink()
        if not self.env.context.get(MODULE_UNINSTALL_FLAG):
            self._set_up_again()
        return result

    def _set_up_again(self):
        """Set the registry up with the current options."""
        self.env.flush_all()
        self.pool.setup_models(self.env.cr)

    def _process_ondelete(self):
        """Apply the ``ondelete`` policies of the options: what becomes of the records that have them."""
        for option in self:
            model = self.env.get(option.field_id.model)
            field = model is not None and model._fields.get(option.field_id.name)
            if not field or not field.store or model._abstract or field.type != "selection":
                continue
            policy = (getattr(field, "ondelete", None) or {}).get(option.value)
            if policy is None and not field.manual:
                # the field goes together with the option: only extensions of fields have policies
                continue
            records = option._get_records()
            if records:
                option._apply_policy(policy, field, records)

    def _apply_policy(self, policy, field, records):
        """Treat ``records``, which have the option, as ``policy`` says.

        :raise ValidationError: for an unknown policy
        """
        if callable(policy):
            policy(records)
        elif policy is None or policy == "set null":
            records._write_ondelete(field.name, False)
        elif policy == "set default":
            records._write_ondelete(field.name, field.convert_to_write(field.default(records), records))
        elif policy == "cascade":
            records.unlink()
        elif isinstance(policy, str) and policy.startswith("set "):
            records._write_ondelete(field.name, policy[4:])
        else:
            raise ValidationError(
                _("Unknown ondelete policy %(policy)s of field %(field)s.", policy=policy, field=field)
            )

    def _get_records(self):
        """Return all records that have the option."""
        model = self.env[self.field_id.model]
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "SELECT id FROM %s WHERE %s = %s",
                SQL.identifier(model._table),
                SQL.identifier(self.field_id.name),
                self.value,
            )
        )
        return model.browse(id_ for [id_] in self.env.cr.fetchall())


class OndeleteWriter(models.AbstractModel):
    """Writing in place of a deleted option, also where the model's own rules would refuse it."""

    _inherit = "base"

    def _write_ondelete(self, field_name, value):
        """Write ``value``; straight to the database when the model does not let it be written, for whatever reason."""
        try:
            with self.env.cr.savepoint():
                self.write({field_name: value})
        except Exception as error:
            # the option goes in any case: nothing may refer to it
            _logger.warning(
                "%s.%s is set to %r in the database, as it cannot be written: %s", self, field_name, value, error
            )
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s = %s WHERE id = ANY(%s)",
                    SQL.identifier(self._table),
                    SQL.identifier(field_name),
                    value or None,
                    list(self.ids),
                )
            )
            self.invalidate_recordset([field_name])
