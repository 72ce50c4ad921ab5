"""Descriptions of sparse fields."""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.sql import SQL
from odoo.tools.translate import _


class IrModelFields(models.Model):
    """Fields whose values another field may keep."""

    _inherit = "ir.model.fields"

    ttype = fields.Selection(selection_add=[("serialized", "serialized")], ondelete={"serialized": "cascade"})
    serialization_field_id = fields.Many2one(
        "ir.model.fields",
        "Serialization Field",
        ondelete="cascade",
        domain="[('ttype', '=', 'serialized'), ('model_id', '=', model_id)]",
        help="The field whose dictionary has the values of this one, which has no column then.",
    )

    def write(self, vals):
        """Change fields, but not where values are kept.

        :raise UserError: the values of a field would be looked for elsewhere
        """
        for field in self:
            if "serialization_field_id" in vals and field.serialization_field_id.id != vals["serialization_field_id"]:
                raise UserError(_("Field %s: where its values are kept cannot be changed.", field.name))
            if field.serialization_field_id and field.name != vals.get("name", field.name):
                raise UserError(_("Field %s: its values are kept by its name, which cannot be changed.", field.name))
        return super().write(vals)

    def _reflect_fields(self, model_names):
        """Tell which field keeps the values of a sparse one.

        :raise UserError: that one does not exist
        """
        super()._reflect_fields(model_names)
        sparse = [field for name in model_names for field in self.env[name]._fields.values() if field.sparse]
        keepers = {field: self._get(field.model_name, field.sparse) for field in sparse}
        for field, keeper in keepers.items():
            if not keeper:
                raise UserError(
                    _("Field %(field)s: there is no field %(name)s to keep it.", field=field, name=field.sparse)
                )
        own = [self._get(field.model_name, field.name).id for field in sparse]
        self.env.cr.execute(
            SQL(
                """UPDATE ir_model_fields f SET serialization_field_id = keeper.id
                FROM (SELECT unnest(%s::int[]) AS field, unnest(%s::int[]) AS id) keeper
                WHERE f.id = keeper.field AND f.serialization_field_id IS DISTINCT FROM keeper.id""",
                own,
                [keeper.id for keeper in keepers.values()],
            )
        )
        self.env.cr.execute(
            SQL(
                """UPDATE ir_model_fields SET serialization_field_id = NULL
                WHERE model = ANY(%s) AND serialization_field_id IS NOT NULL AND NOT id = ANY(%s)""",
                list(model_names),
                own,
            )
        )
        self.invalidate_model(["serialization_field_id"], flush=False)

    def _instanciate_attrs(self, field_data):
        """Return the parameters of a custom field, which may be sparse."""
        attrs = super()._instanciate_attrs(field_data)
        if attrs is not None and field_data.get("serialization_field_id"):
            attrs["sparse"] = self.browse(field_data["serialization_field_id"]).sudo().name
        return attrs
