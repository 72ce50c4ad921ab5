"""``ir.property``: the values of company-dependent fields, as records of the older editions.

Nothing is kept here. A value is in the column of its record, what companies fall back on is in ``ir.default``; this
model shows both as rows, and writes them there.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

#: type of field -> the field of a property that has its value
_VALUE_FIELDS = {
    "char": "value_text",
    "text": "value_text",
    "html": "value_text",
    "selection": "value_text",
    "float": "value_float",
    "integer": "value_integer",
    "boolean": "value_integer",
    "many2one": "value_reference",
    "date": "value_datetime",
    "datetime": "value_datetime",
}
#: what makes a property another one
_KEYS = frozenset({"fields_id", "company_id", "res_id"})
#: bits of the id of a property for the ids of its field, company and record: 53 in all, what JavaScript can count;
#: what has larger ids is no property
_FIELD_BITS, _COMPANY_BITS, _RECORD_BITS = 17, 10, 26


class IrProperty(models.Model):
    """The value of a company-dependent field on one record (``res_id``), or what all others of the company have."""

    _name = "ir.property"
    _description = "Company Property"
    _auto = False
    _order = "fields_id, company_id, id"
    _allow_sudo_commands = False

    name = fields.Char(readonly=True)
    res_id = fields.Char(string="Resource", help='"model,id" of the record; empty for the default.')
    company_id = fields.Many2one("res.company", string="Company")
    fields_id = fields.Many2one("ir.model.fields", string="Field", required=True)
    type = fields.Char(readonly=True)
    value = fields.Text(compute="_compute_value", help="The value as text; of a record, its model and id.")
    value_text = fields.Text()
    value_float = fields.Float()
    value_integer = fields.Integer()
    value_datetime = fields.Datetime()
    value_reference = fields.Char()

    @property
    def _table_query(self):
        """Return the values of all records, then the defaults."""
        described = self.env["ir.model.fields"].sudo()
        numbers = {field: described._get(field.model_name, field.name).id for field in self._properties()}
        numbers = {field: number for field, number in numbers.items() if not number >> _FIELD_BITS}
        rows = [self._rows_of(field, number) for field, number in numbers.items()]
        self.env["ir.default"].flush_model()
        rows.append(
            SQL(
                "SELECT (d.field_id::int8 << %s) + (COALESCE(d.company_id, 0)::int8 << %s), f.name, NULL, "
                "d.company_id, d.field_id, f.ttype, f.relation, d.json_value::jsonb "
                "FROM ir_default d JOIN ir_model_fields f ON d.field_id = f.id "
                "WHERE f.id = ANY(%s) AND d.user_id IS NULL AND d.condition IS NULL AND COALESCE(d.company_id, 0) < %s",
                _RECORD_BITS + _COMPANY_BITS,
                _RECORD_BITS,
                list(numbers.values()),
                1 << _COMPANY_BITS,
            )
        )
        return SQL(
            "SELECT id, name, res_id, company_id, fields_id, type, "
            "CASE WHEN type IN ('char', 'text', 'html', 'selection') THEN value #>> '{}' END AS value_text, "
            "CASE WHEN type = 'float' THEN (value #>> '{}')::float8 END AS value_float, "
            "CASE type WHEN 'integer' THEN (value #>> '{}')::int4 WHEN 'boolean' THEN (value = 'true')::int4 END "
            "AS value_integer, "
            "CASE WHEN type IN ('date', 'datetime') THEN (value #>> '{}')::timestamp END AS value_datetime, "
            "CASE WHEN type = 'many2one' THEN relation || ',' || (value #>> '{}') END AS value_reference "
            "FROM (%s) AS p(id, name, res_id, company_id, fields_id, type, relation, value)",
            SQL(" UNION ALL ").join(rows),
        )

    def _properties(self):
        """Return the fields whose values are properties."""
        return [
            field
            for model in self.pool.values()
            if model._auto and not model._abstract
            for field in model._fields.values()
            if field.company_dependent and field.store and field.type in _VALUE_FIELDS
        ]

    def _rows_of(self, field, number):
        """Return the query of the values that records have for a field, whose description has the id ``number``."""
        model = self.env[field.model_name]
        model.flush_model([field.name])
        return SQL(
            "SELECT (%(number)s::int8 << %(bits)s) + (e.key::int8 << %(record_bits)s) + t.id, %(name)s, "
            "%(model)s || ',' || t.id, e.key::int4, %(number)s, %(type)s, %(relation)s, e.value "
            "FROM %(table)s t, jsonb_each(t.%(column)s) e WHERE t.id < %(records)s AND e.key::int4 < %(companies)s",
            records=1 << _RECORD_BITS,
            companies=1 << _COMPANY_BITS,
            number=number,
            bits=_RECORD_BITS + _COMPANY_BITS,
            record_bits=_RECORD_BITS,
            name=field.name,
            model=field.model_name,
            type=field.type,
            relation=field.comodel_name if field.relational else None,
            table=SQL.identifier(model._table),
            column=SQL.identifier(field.name),
        )

    @api.depends("type", *dict.fromkeys(_VALUE_FIELDS.values()))
    def _compute_value(self):
        """Take the value from where its type has it."""
        for record in self:
            record.value = record[_VALUE_FIELDS[record.type]] if record.type in _VALUE_FIELDS else False

    # ------------------------------------------------------------------ writing

    @api.model_create_multi
    def create(self, vals_list):
        """Set values and defaults: ``value``, or the field for values of the type.

        :raise UserError: when a field is not company-dependent
        """
        self.browse().check_access("create")
        return self.browse([self._set(vals) for vals in vals_list])

    def write(self, vals):
        """Set other values; with another field, company or record, the value moves there."""
        self.check_access("write")
        moved = not _KEYS.isdisjoint(vals)
        other = self.env["ir.model.fields"].browse(vals.get("fields_id"))
        for record in self:
            # the fields for values of other types give none
            given = "value" in vals or _VALUE_FIELDS.get(other.ttype or record.type) in vals
            if not (moved or given):
                continue
            kept = record._convert_to_write({name: record[name] for name in (*_KEYS, "value")})
            if given:
                del kept["value"]
            if moved:
                record.unlink()
            record._set({**kept, **vals})
        self.invalidate_model()
        return True

    def unlink(self):
        """Have the records fall back on the default again, and forget defaults."""
        self.check_access("unlink")
        for record in self:
            field, owner = record._place(record.fields_id, record.res_id, record.company_id)
            if owner:
                owner[field.name] = field.get_company_dependent_fallback(owner)
            else:
                record._default_of(record.fields_id, record.company_id).unlink()
        self.invalidate_model()
        return True

    def _load_records(self, data_list, update=False):
        """Set what data files say. External ids name the defaults, where these are kept."""
        loaded = self.browse()
        for data in data_list:
            xml_id, of_record = data.get("xml_id"), data["values"].get("res_id")
            if update and data.get("noupdate") and (of_record or not xml_id or self.env.ref(xml_id, False)):
                self.pool.loaded_xmlids.add(xml_id)
                continue
            record = self.create([data["values"]])
            loaded += record
            if xml_id and not of_record:
                default = self._default_of(record.fields_id, record.company_id)
                named = {"xml_id": xml_id, "record": default, "noupdate": data.get("noupdate")}
                self.env["ir.model.data"]._update_xmlids([named], update)
        return loaded

    def _set(self, vals):
        """Set one value or default; return the id of its property.

        :raise UserError: ids are too large, or the field is not company-dependent
        """
        description = self.env["ir.model.fields"].browse(vals.get("fields_id"))
        company = self.env["res.company"].browse(vals.get("company_id") or ())
        field, owner = self._place(description, vals.get("res_id"), company)
        company_id = (company or self.env.company).id if owner else company.id or 0
        if description.id >> _FIELD_BITS or company_id >> _COMPANY_BITS or (owner.id or 0) >> _RECORD_BITS:
            raise UserError(self.env._("Properties cannot tell %s: its id is too large.", owner or field))
        own = _VALUE_FIELDS[field.type]
        value = vals["value"] if "value" in vals else vals.get(own, False)
        if field.type == "many2one" and isinstance(value, str):
            value = int(value.rpartition(",")[2] or 0)
        if owner:
            owner[field.name] = value
        else:
            self.env["ir.default"].set(field.model_name, field.name, value or False, company_id=company.id)
        self.invalidate_model()
        return (((description.id << _COMPANY_BITS) + company_id) << _RECORD_BITS) + (owner.id or 0)

    def _place(self, description, res_id, company):
        """Return ``(field, record that has the value)``; the record is empty for the default.

        :param res_id: ``"model,id"`` or nothing
        """
        field = self.env[description.model]._fields[description.name] if description.model in self.env else None
        if field is None or not field.company_dependent or field.type not in _VALUE_FIELDS:
            raise UserError(self.env._("%s is no company-dependent field: it has no properties.", description.name))
        model = self.env[description.model].with_company(company)
        return field, model.browse(int(res_id.rpartition(",")[2]) if res_id else ())

    def _default_of(self, description, company):
        keys = {"field_id": description.id, "company_id": company.id, "user_id": False, "condition": False}
        return self.env["ir.default"].search([(name, "=", value) for name, value in keys.items()], limit=1)

    # ------------------------------------------------------------------ by field

    @api.model
    def _get(self, name, model, res_id=False):
        """Return the value of a field on a record of the current company (``"model,id"`` or an id), or the default."""
        owner = self.env[model].browse(int(str(res_id).rpartition(",")[2]) if res_id else ())
        return owner[name] if owner else owner._fields[name].get_company_dependent_fallback(owner)

    @api.model
    def _get_multi(self, name, model, ids):
        """Return ``{id: value}`` of a field in the current company."""
        return {record.id: record[name] for record in self.env[model].browse(ids)}

    @api.model
    def _set_default(self, name, model, value, company=False):
        """Set the default of a field, for one company or for all."""
        value = getattr(value, "id", value)
        self.env["ir.default"].set(model, name, value, company_id=getattr(company, "id", company))

    @api.model
    def _set_multi(self, name, model, values, default_value=None):
        """Set ``{id: value}`` of a field in the current company."""
        for record in self.env[model].browse(values):
            record[name] = values[record.id]
