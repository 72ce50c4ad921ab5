"""``ir.model.fields``: how the fields that users define become fields of models."""

import logging

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.orm.model_class import add_field
from odoo.tools import ormcache
from odoo.tools import safe_eval as safe_modules
from odoo.tools.safe_eval import safe_eval
from odoo.tools.translate import _

from .ir_model_fields_traits import FLAGS, HTML_FLAGS, TEXTS

_logger = logging.getLogger("odoo.addons.base.models.ir_model")


class IrModelFields(models.Model):
    """Fields that users made: they are built from their records."""

    _inherit = "ir.model.fields"

    @api.model
    @ormcache(cache="stable")
    def _manual_fields_by_model(self):
        """Return the columns of all custom fields: model name -> field name -> columns."""
        self.env.cr.execute(
            """SELECT *, field_description->>'en_US' AS field_description, help->>'en_US' AS help
                 FROM ir_model_fields WHERE state = 'manual' ORDER BY id""",
        )
        by_model: dict = {}
        for data in self.env.cr.dictfetchall():
            by_model.setdefault(data["model"], {})[data["name"]] = data
        return by_model

    def _get_manual_field_data(self, model_name):
        """Return the columns of the custom fields of a model, by field name."""
        return self._manual_fields_by_model().get(model_name, {})

    def _instanciate_attrs(self, field_data):
        """Return the parameters of a custom field, ``None`` when it cannot exist in the current registry."""
        attrs = {"manual": True}
        attrs.update((name, field_data[column]) for column, name in TEXTS.items())
        attrs.update((name, bool(field_data[column])) for column, name in FLAGS.items())
        kind = field_data["ttype"]
        if field_data["compute"]:
            attrs.update(self._compute_attrs(field_data))
        if kind in ("char", "text", "html"):
            attrs["translate"] = bool(field_data["translate"])
            if kind == "char":
                attrs["size"] = field_data["size"] or None
            if kind == "html":
                attrs.update((name, field_data[name]) for name in HTML_FLAGS if field_data[name] is not None)
        elif kind in ("selection", "reference"):
            attrs["selection"] = self.env["ir.model.fields.selection"]._get_selection_data(field_data["id"])
            if kind == "selection":
                attrs["group_expand"] = bool(field_data["group_expand"])
        elif kind in ("many2one", "one2many", "many2many"):
            return self._relational_attrs(attrs, kind, field_data)
        elif kind == "monetary":
            attrs["currency_field"] = field_data["currency_field"] or None
        return attrs

    def _relational_attrs(self, attrs, kind, field_data):
        """Complete the parameters of a custom relation, ``None`` when its other end does not exist yet."""
        if not self.pool.loaded and field_data["relation"] not in self.env:
            return None
        attrs["comodel_name"] = field_data["relation"]
        attrs["domain"] = safe_eval(field_data["domain"] or "[]", {"uid": self.env.uid, "context": {}})
        if kind == "many2one":
            attrs["ondelete"] = field_data["on_delete"] or None
            attrs["group_expand"] = "_read_group_expand_full" if field_data["group_expand"] else None
        elif kind == "one2many":
            comodel = self.pool.models.get(field_data["relation"])
            exists = comodel is not None and (
                field_data["relation_field"] in comodel._fields
                or field_data["relation_field"] in self._get_manual_field_data(field_data["relation"])
            )
            if not self.pool.loaded and not exists:
                return None
            attrs["inverse_name"] = field_data["relation_field"]
        else:
            table, column1, column2 = self._many2many_names(field_data["model"], field_data["relation"])
            attrs["relation"] = field_data["relation_table"] or table
            attrs["column1"] = field_data["column1"] or column1
            attrs["column2"] = field_data["column2"] or column2
        return attrs

    def _compute_attrs(self, field_data):
        """Return the parameters of a custom computed field: its code becomes a function."""
        code = field_data["compute"]
        names = tuple(filter(None, map(str.strip, (field_data["depends"] or "").split(","))))

        @api.depends(*names)
        def compute(records):
            names = {
                "self": records,
                "datetime": safe_modules.datetime,
                "dateutil": safe_modules.dateutil,
                "time": safe_modules.time,
            }
            safe_eval(code, names, mode="exec")

        return {"compute": compute}

    def _instanciate(self, field_data):
        """Return a new field for the columns of a custom field, ``None`` when it cannot exist now."""
        make = fields.Field.by_type[field_data["ttype"]]
        attrs = self._instanciate_attrs(field_data)
        return None if attrs is None else make(**attrs)

    def _add_manual_fields(self, model):
        """Add the custom fields of ``model``, a recordset, to its class."""
        for name, field_data in self._get_manual_field_data(model._name).items():
            if name in model._fields or field_data["state"] != "manual":
                continue
            if reason := self._unfit_as_name(name, type(model)):
                _logger.error("The custom field %s.%s is left out: %s", model._name, name, reason)
                self.pool.left_out[model._name, name] = reason
                continue
            try:
                definition = self._instanciate(field_data)
            except Exception as error:
                self.pool.leave_out(model._name, name, error)
                continue
            if definition is not None:
                definition.name, definition.model_name = name, model._name
                add_field(type(model), name, fields.Field.assembled([definition], type(model), name))

    def _unfit_as_name(self, name, model_class) -> str | None:
        """Tell why a custom field cannot have a name that nobody may have checked, ``None`` when it can."""
        if not self.env["ir.model"]._is_manual_name(name):
            return "the name of a custom field starts with 'x_'"
        try:
            models.check_pg_name(name)
        except ValidationError as error:
            return str(error)
        # a value may be None
        if hasattr(model_class, name) and not isinstance(getattr(model_class, name), fields.Field):
            return "the model has a method or an attribute of this name"
        return None

    def _check_set_up(self):
        """Check that the custom fields found a place in the models.

        :raise UserError: when one did not, with the reason
        """
        for field in self:
            reason = self.pool.left_out.get((field.model, field.name))
            if reason:
                raise UserError(
                    _(
                        "Field %(field)s of %(model)s cannot be used like this: %(reason)s",
                        field=field.name,
                        model=field.model,
                        reason=reason,
                    )
                )
