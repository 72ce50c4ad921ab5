"""``mail.tracking.value``: what a field of a document was, and became."""

from datetime import datetime, time

from odoo import api, fields, models
from odoo.tools.translate import _

#: type of a field -> the pair of columns that keeps its values
_COLUMNS = {
    "boolean": "integer",
    "char": "char",
    "date": "datetime",
    "datetime": "datetime",
    "float": "float",
    "integer": "integer",
    "many2many": "char",
    "many2one": "integer",
    "monetary": "float",
    "one2many": "char",
    "selection": "char",
    "text": "text",
}


class MailTracking(models.Model):
    """One change of one field, told by a message."""

    _name = "mail.tracking.value"
    _description = "Mail Tracking Value"
    _rec_name = "field_id"
    _order = "id DESC"

    field_id = fields.Many2one("ir.model.fields", readonly=True, index=True, ondelete="set null")
    field_info = fields.Json("Removed field information")
    old_value_integer = fields.Integer("Old Value Integer", readonly=True)
    old_value_float = fields.Float("Old Value Float", readonly=True)
    old_value_char = fields.Char("Old Value Char", readonly=True)
    old_value_text = fields.Text("Old Value Text", readonly=True)
    old_value_datetime = fields.Datetime("Old Value DateTime", readonly=True)
    new_value_integer = fields.Integer("New Value Integer", readonly=True)
    new_value_float = fields.Float("New Value Float", readonly=True)
    new_value_char = fields.Char("New Value Char", readonly=True)
    new_value_text = fields.Text("New Value Text", readonly=True)
    new_value_datetime = fields.Datetime("New Value Datetime", readonly=True)
    currency_id = fields.Many2one("res.currency", "Currency", readonly=True, ondelete="set null")
    mail_message_id = fields.Many2one("mail.message", "Message ID", required=True, index=True, ondelete="cascade")

    # who may see them

    def _filter_has_field_access(self, env):
        """Return those whose field the user of ``env`` may see."""

        def may_see(tracking):
            if not tracking.field_id:
                return env.is_system()
            model = env.get(tracking.field_id.model)
            field = model is not None and model._fields.get(tracking.field_id.name)
            return bool(field) and field.is_accessible(env)

        return self.filtered(may_see)

    def _filter_free_field_access(self):
        """Return those whose field everybody may see."""
        free = self.browse()
        for tracking in self:
            model = self.env.get(tracking.field_id.model) if tracking.field_id else None
            field = None if model is None else model._fields.get(tracking.field_id.name)
            if field is not None and not field.groups:
                free |= tracking
        return free

    # making them

    @api.model
    def _create_tracking_values(self, initial_value, new_value, col_name, col_info, record):
        """Return the values of the record that keeps a change.

        :param initial_value: what the field was
        :param new_value: what it is
        :param col_name: name of the field
        :param col_info: its description, as ``fields_get`` gives it
        :param record: the document
        :raise NotImplementedError: for types that are not kept
        :raise ValueError: for a field that is not there
        """
        field = self.env["ir.model.fields"]._get(record._name, col_name)
        if not field:
            raise ValueError(f"{record._name} has no field {col_name}")
        kind = col_info["type"]
        column = _COLUMNS.get(kind)
        if column is None:
            raise NotImplementedError(f"changes of fields of type {kind} are not kept ({record._name}.{col_name})")
        values = {"field_id": field.id}
        for side, value in (("old", initial_value), ("new", new_value)):
            kept, label = self._kept(kind, value, col_info)
            values[f"{side}_value_{column}"] = kept
            if kind == "many2one":
                values[f"{side}_value_char"] = label
        if kind == "monetary":
            currency_field = col_info.get("currency_field") or record._fields[col_name].get_currency_field(record)
            values["currency_id"] = record[currency_field].id if currency_field else False
        return values

    def _kept(self, kind, value, col_info):
        """Return what is kept of a value, and the name of what a many2one leads to."""
        if kind == "many2one":
            return value.id if value else 0, value.sudo().display_name if value else ""
        if kind in ("one2many", "many2many"):
            return ", ".join(value.sudo().mapped("display_name")) if value else "", None
        if kind == "selection":
            return (value and dict(col_info["selection"]).get(value, value)) or "", None
        if kind == "date":
            return value and fields.Datetime.to_string(datetime.combine(fields.Date.to_date(value), time.min)), None
        if kind == "boolean":
            return int(bool(value)), None
        return value, None

    # showing them

    def _tracking_value_format(self):
        """Return what clients show of changes, those of the fields that come first, first.

        :return: list of dicts with ``changedField``, ``id``, ``fieldName``, ``fieldType``, ``newValue`` and
            ``oldValue``, both of them dicts with ``currencyId`` and ``value``
        """
        shown = []
        for tracking in self:
            described = tracking._described_field()
            shown.append(
                (
                    (described["sequence"], described["name"]),
                    {
                        "changedField": described["desc"],
                        "id": tracking.id,
                        "fieldName": described["name"],
                        "fieldType": described["type"],
                        "newValue": tracking._shown("new", described["type"]),
                        "oldValue": tracking._shown("old", described["type"]),
                    },
                )
            )
        return [values for _key, values in sorted(shown, key=lambda item: item[0])]

    def _described_field(self):
        """Return ``name``, ``desc``, ``type`` and ``sequence`` of the field, or of what it was."""
        unknown = {"name": "unknown", "desc": _("Unknown"), "type": "char", "sequence": 100}
        if not self.field_id:
            return {**unknown, **(self.field_info or {})}
        model = self.env.get(self.field_id.model)
        field = None if model is None else model._fields.get(self.field_id.name)
        if field is None:
            return {**unknown, "name": self.field_id.name, "desc": self.field_id.field_description}
        description = model.fields_get([field.name], ["string", "type"]).get(field.name) or {}
        return {
            "name": field.name,
            "desc": description.get("string") or self.field_id.field_description,
            "type": field.type,
            "sequence": model._mail_track_get_field_sequence(field.name),
        }

    def _shown(self, side, kind):
        """Return the old or new value for clients."""
        column = "char" if kind == "many2one" else _COLUMNS.get(kind, "char")
        value = self[f"{side}_value_{column}"]
        if kind == "boolean":
            value = bool(value)
        elif kind == "datetime":
            value = value and f"{fields.Datetime.to_string(value)}Z"
        elif kind == "date":
            value = value and fields.Date.to_string(value)
        return {"currencyId": self.currency_id.id, "value": value}
