"""Boolean, integer, float and monetary fields."""

from odoo.tools.float_utils import float_compare, float_is_zero, float_repr, float_round
from odoo.tools.suggestions import nearest

from .base import SENTINEL, Field

__all__ = ["Boolean", "Float", "Id", "Integer", "Many2oneReference", "Monetary"]

MAX_INT4 = 2**31 - 1


class Boolean(Field):
    """True or false; an empty column reads as false."""

    type = "boolean"
    column_type = ("bool", "bool")

    def convert_to_column(self, value, record, values=None, validate=True):
        """Return a truth value: the column has no empty ones."""
        return bool(value)

    def convert_to_cache(self, value, record, validate=True):
        """Return a truth value, whatever is written."""
        return bool(value)

    def convert_to_export(self, value, record):
        """Return a truth value: ``False`` is a value here, and no empty cell."""
        return bool(value)

    def convert_to_display_name(self, value, record):
        """Return ``"True"`` or ``"False"``."""
        return str(bool(value))


class Integer(Field):
    """Whole number; an empty column reads as 0."""

    type = "integer"
    column_type = ("int4", "int4")
    aggregator = "sum"
    falsy = 0

    def convert_to_column(self, value, record, values=None, validate=True):
        """Return a whole number, 0 for nothing."""
        return int(value or 0)

    def convert_to_cache(self, value, record, validate=True):
        """Return a whole number, 0 for nothing; the id of a many2one value of the client."""
        if isinstance(value, dict):
            # a many2one value of the client
            return value.get("id", False)
        try:
            return int(value or 0)
        except (TypeError, ValueError, OverflowError) as error:
            raise self.wrong_value(value, error) from error

    def convert_to_read(self, value, record, use_display_name=True):
        """Return the number, as a float when it is beyond 32 bits."""
        # XML-RPC knows integers of 32 bits only
        return float(value) if value and value > MAX_INT4 else value

    def convert_to_read_multi(self, values, records, use_display_name=True):
        """Return numbers, as floats when they are beyond 32 bits."""
        return [0 if value is None else value if value <= MAX_INT4 else float(value) for value in values]

    def convert_to_export(self, value, record):
        """Return the number: 0 is a value, and no empty cell."""
        return value if value or value == 0 else ""


class Id(Field):
    """The identifier of a record; it reads as ``False`` for a record that is not in the database."""

    type = "integer"
    column_type = ("int4", "int4")
    string = "ID"
    readonly = True
    prefetch = False
    copy = False

    def __get__(self, record, owner=None):
        if record is None:
            return self
        ids = record._ids
        if not ids:
            return False
        if len(ids) > 1:
            record.ensure_one()
        return ids[0]

    def __set__(self, record, value):
        raise TypeError("field 'id' cannot be assigned")

    def _cache_value(self, record):
        return record._ids[0] if record._ids else None

    def cache_values(self, records):
        """Return the ids, which every recordset has."""
        return list(records._ids)

    mapped = cache_values

    def update_db(self, model, columns):
        """Leave the column alone: the table is made with it."""
        return False

    def convert_to_record(self, value, record):
        """Return the id of ``record`` itself, ``False`` for none."""
        return record.ensure_one()._ids[0] if record else False

    def convert_to_read_multi(self, values, records, use_display_name=True):
        """Return the ids of ``records`` themselves."""
        return list(records._ids)


class Float(Field):
    """Number with an optional precision.

    :param digits: ``(total, decimals)`` or the name of a ``decimal.precision`` record
    """

    type = "float"
    aggregator = "sum"
    falsy = 0.0
    _digits = None
    _related_extra = ("_digits",)

    def __init__(self, string=SENTINEL, digits=SENTINEL, **kwargs):
        super().__init__(string=string, _digits=digits, **kwargs)

    @property
    def column_type(self):
        """An exact number where digits are given, else one of floating point."""
        if self.company_dependent:
            return ("jsonb", "jsonb")
        return (
            ("numeric", "numeric")
            if self._digits is not None and self._digits is not False
            else ("float8", "double precision")
        )

    def get_digits(self, env):
        """Return ``(total, decimals)`` or ``None``."""
        digits = self._digits or None
        return (16, env["decimal.precision"].precision_get(digits)) if isinstance(digits, str) else digits

    def _describe(self, env):
        return {"digits": self.get_digits(env)}

    def convert_to_column(self, value, record, values=None, validate=True):
        """Round to the field's digits."""
        # the database rounds to nothing else
        return self.convert_to_cache(value, record)

    def convert_to_cache(self, value, record, validate=True):
        """Return a number, rounded to the field's digits when they are given."""
        try:
            number = float(value or 0.0)
        except (TypeError, ValueError, OverflowError) as error:
            raise self.wrong_value(value, error) from error
        if self._digits and validate:
            _total, decimals = self.get_digits(record.env)
            number = float_round(number, precision_digits=decimals)
        return number

    def convert_to_export(self, value, record):
        """Return the number: 0.0 is a value, and no empty cell."""
        return value if value or value == 0.0 else ""

    round = staticmethod(float_round)
    is_zero = staticmethod(float_is_zero)
    compare = staticmethod(float_compare)


class Monetary(Field):
    """Amount in the currency of another field, rounded to it.

    :param currency_field: name of the many2one to ``res.currency``; ``currency_id`` or ``x_currency_id`` by default
    """

    type = "monetary"
    column_type = ("numeric", "numeric")
    aggregator = "sum"
    falsy = 0.0
    write_order = 2
    currency_field = None

    def __init__(self, string=SENTINEL, currency_field=SENTINEL, **kwargs):
        super().__init__(string=string, currency_field=currency_field, **kwargs)

    def get_currency_field(self, model):
        """Return the name of the currency field on ``model``."""
        return self.currency_field or (
            "currency_id"
            if "currency_id" in model._fields
            else "x_currency_id"
            if "x_currency_id" in model._fields
            else None
        )

    def setup_nonrelated(self, model):
        """Check that the field of the currency is there."""
        super().setup_nonrelated(model)
        self._check_currency_field(model)

    def setup_related(self, model):
        """Take the currency of the parent's amount when the field is inherited, then check that its field is there."""
        super().setup_related(model)
        if self.inherited:
            parent = self.related_field
            self.currency_field = parent.get_currency_field(model.env[parent.model_name])
        self._check_currency_field(model)

    def _check_currency_field(self, model) -> None:
        """Check that the field with the currency exists.

        :raise ValueError: with the name most like it, when it does not
        """
        name = self.get_currency_field(model)
        if name not in model._fields:
            raise ValueError(
                f"The currency of field {self} should be in field {name!r}, which does not exist"
                f"{nearest(self.currency_field or 'currency_id', model._fields)}"
            )

    def _describe(self, env):
        return {"currency_field": self.get_currency_field(env[self.model_name])}

    checks_written = True

    def check_written(self, value, records):
        """Refuse what is no number."""
        self._amount(value)

    def _amount(self, value) -> float:
        """Return a value as a number, 0.0 for nothing."""
        try:
            return float(value or 0.0)
        except (TypeError, ValueError, OverflowError) as error:
            raise self.wrong_value(value, error) from error

    def _currency(self, record, values=None):
        """Return the currency to round with: that of ``values`` when it is being written, else the record's."""
        name = self.get_currency_field(record)
        field = record._fields[name]
        if values and name in values:
            value = field.convert_to_cache(values[name], record, validate=False)
            return field.convert_to_record(value, record).with_env(record.env)
        if not record:
            return record.env[field.comodel_name]
        return record.sudo()[:1].with_context(prefetch_fields=False)[name].with_env(record.env)

    def convert_to_column(self, value, record, values=None, validate=True):
        """Round to the decimals of the currency, as for an INSERT."""
        return self.convert_to_column_insert(value, record, values, validate)

    def convert_to_column_insert(self, value, record, values=None, validate=True):
        """Return the amount as text with the decimals of the currency, which ``values`` may give."""
        value = float(value or 0.0)
        currency = self._currency(record, values)
        amount = self._rounded(value, currency)
        return float_repr(amount, currency.sudo().decimal_places) if currency else amount

    @staticmethod
    def _rounded(amount, currency) -> float:
        """Return an amount rounded to a currency, whoever may read that; as it is for an empty one."""
        return currency.sudo().round(amount) if currency else amount

    def convert_to_cache(self, value, record, validate=True):
        """Return the amount, rounded by the currency of ``record`` when it has one."""
        value = self._amount(value)
        return self._rounded(value, self._currency(record)) if value and validate and record else value

    def create_column(self, vals_list, model):
        """Return the amounts, rounded to the currency that is given with them or computed from what is given."""
        name = self.get_currency_field(model)
        if name not in vals_list[0] and model._fields[name].compute:
            records = model.concat(*(model.new(vals) for vals in vals_list))
            currencies = [self._currency(record) for record in records]
        else:
            currencies = [self._currency(model, vals) for vals in vals_list]
        amounts = [self._amount(vals[self.name]) for vals in vals_list]
        return list(map(self._rounded, amounts, currencies))

    def write(self, records, value):
        """Write an amount on records of several currencies, rounded once for each of them."""
        if not value or len(records) <= 1:
            return super().write(records, value)
        # fast path of write() for each record: one rounding for each currency
        amount = self._amount(value)
        for currency, group in records.sudo().grouped(self.get_currency_field(records)).items():
            self.write_converted(group.with_env(records.env), self._rounded(amount, currency))
        return None

    def convert_to_export(self, value, record):
        """Return the amount: 0.0 is a value, and no empty cell."""
        return value if value or value == 0.0 else ""


class Many2oneReference(Integer):
    """Id of a record whose model name is in another field.

    :param model_field: name of the char field with the model name
    """

    type = "many2one_reference"
    model_field = None
    aggregator = None
    _related_extra = ("model_field",)

    def convert_to_cache(self, value, record, validate=True):
        """Return an id; a record stands for its own."""
        # a record stands for its id
        id_ = next(iter(getattr(value, "_ids", (value,))), None)
        return super().convert_to_cache(id_, record, validate)

    def _describe(self, env):
        return {"model_field": self.model_field}
