"""What relational fields share, and many2one fields."""

import logging

from ..identifiers import NewId
from ..overrides import original
from .base import SENTINEL, Field
from .descriptor import PrefetchMany2one, ToOneDescriptor

__all__ = ["Many2one", "PrefetchMany2one", "Relational"]

_logger = logging.getLogger("odoo.fields")


class Relational(Field):
    """Field whose value is a recordset of ``comodel_name``.

    :param domain: restricts what the client proposes; a list, a string the client evaluates, or a function
    :param context: passed on to the comodel by the client and when the relation is read
    :param check_company: the related records must belong to the record's company or to none
    """

    relational = True
    domain: object = []
    context: dict = {}
    check_company = False
    _related_extra = ("domain", "context")

    def setup_nonrelated(self, model):
        """Replace a comodel that is not there by one that has no records."""
        super().setup_nonrelated(model)
        self.comodel_name = self._existing_comodel(model.pool.models)

    def _existing_comodel(self, models) -> str:
        """Return the name of the comodel, or of the model that stands for what is not among ``models``."""
        if self.comodel_name in models:
            return self.comodel_name
        _logger.warning("Field %s points to a model that does not exist: %r", self, self.comodel_name)
        return "_unknown"

    def get_domain_list(self, model) -> list:
        """Return the field's own domain as a list (one that only the client can evaluate restricts nothing)."""
        domain = self.domain(model) if callable(self.domain) else self.domain
        return domain if isinstance(domain, list) else []

    def _describe(self, env):
        return {
            "relation": self.comodel_name,
            "context": self.context,
            "domain": self._description_domain(env),
        }

    def _description_domain(self, env):
        domain = self.domain(env[self.model_name]) if callable(self.domain) else self.domain
        if not self.check_company:
            return domain
        return self._company_domain(env, domain)

    def _company_domain(self, env, domain) -> str:
        """Return a client-side domain that adds the company restriction."""
        if self.company_dependent:
            company = "companies.active_id"
        else:
            company = env[self.model_name]._own_company_expression()
        if company is None:
            return domain if isinstance(domain, str) else str(domain)
        company_domain = env[self.comodel_name]._check_company_domain(_Verbatim(company))
        if not company_domain:
            return str(domain)
        text = str([tuple(term) if isinstance(term, (list, tuple)) else term for term in company_domain])
        return f"{text} + ({domain or []})"

    def _get(self, record):
        return self.mapped(record) if len(record._ids) > 1 else super()._get(record)


class _Verbatim(str):
    """Text of an expression, without quotes in the text of a domain."""

    __slots__ = ()

    def __repr__(self):
        return str(self)


class Many2one(ToOneDescriptor, Relational):
    """Reference to one record of the comodel.

    :param ondelete: what deleting the related record does: ``set null``, ``restrict`` or ``cascade``
    :param auto_join: search through a JOIN instead of a sub-search, which skips the comodel's record rules
    :param delegate: make the comodel's fields available on this model (as ``_inherits`` does)
    """

    type = "many2one"
    column_type = ("int4", "int4")
    ondelete = None
    auto_join = False
    delegate = False
    write_order = 1

    def __init__(self, comodel_name=SENTINEL, string=SENTINEL, **kwargs):
        super().__init__(comodel_name=comodel_name, string=string, **kwargs)

    def _apply_args(self, model_class):
        super()._apply_args(model_class)
        if not self.delegate and self.name in (model_class._inherits or {}).values():
            self.delegate = True
        if self.delegate:
            self.auto_join = True
        if self.company_dependent:
            self.column_type = ("jsonb", "jsonb")

    def setup_nonrelated(self, model):
        """Choose what happens when the other record is deleted, and refuse what a required field cannot do."""
        super().setup_nonrelated(model)
        if self.ondelete is None:
            self.ondelete = self._required_ondelete(model) if self.required else "set null"
        elif self.ondelete == "set null" and self.required:
            raise ValueError(
                f"The m2o field {self.name} of model {model._name} is required, so deleting the record that it "
                "refers to cannot set it to null: its ondelete must be 'restrict' or 'cascade'."
            )

    def _required_ondelete(self, model) -> str:
        """Return what becomes of records of ``model`` that must have a value when the related record is deleted."""
        comodel = model.pool.models.get(self.comodel_name)
        # temporary records must not keep others from being deleted
        return "cascade" if model.is_transient() and comodel and not comodel.is_transient() else "restrict"

    # schema

    def update_db_column(self, model, column):
        """Make the column, and its foreign key once the comodel has its table."""
        super().update_db_column(model, column)
        if not self.company_dependent:
            model.pool.post_init(self.update_db_foreign_key, model, column)

    def update_db_foreign_key(self, model, column):
        """Bring the foreign key up to date, where both sides are ordinary tables."""
        if self.comodel_name not in model.env:
            return
        comodel = model.env[self.comodel_name]
        if not model.pool.is_an_ordinary_table(model) or not model.pool.is_an_ordinary_table(comodel):
            return
        model.pool.add_foreign_key(
            model._table, self.name, comodel._table, "id", self.ondelete or "set null", model, self._module
        )

    # conversions

    def convert_to_column(self, value, record, values=None, validate=True):
        """Return the id, ``None`` for none."""
        return self.convert_to_cache(value, record, False) or None

    def to_columns(self, values, model):
        """Return the ids, ``None`` for none; those of fields that depend on the company by company."""
        return self.company_columns(values, model) if self.company_dependent else [value or None for value in values]

    def convert_to_cache(self, value, record, validate=True):
        """Return the id that a record, an id or the client's pair of id and name mean, ``None`` for none."""
        kind = type(value)
        if kind is NewId:
            return value
        # fast path of _id_of(): a number is an id
        id_ = (value or None) if kind is int else self._id_of(value, record, validate)
        if id_ and self.delegate and record and not any(record._ids):
            # a record in memory has its parent in memory
            return NewId(id_)
        return id_

    checks_written = True

    def check_written(self, value, records):
        """Refuse what stands for no record; the values of a new one are looked at when it is made."""
        if value and type(value) is not int and not isinstance(value, dict):
            self._id_of(value, records)

    def _id_of(self, value, record, validate=True):
        """Return the id that ``value`` stands for, or ``None``: a record, the values of one, a pair with a name.

        :raise ValueError: for anything else; for records of another model, or several, when they are to be checked
        """
        if hasattr(value, "_ids"):
            if validate and (value._name != self.comodel_name or len(value._ids) > 1):
                raise ValueError(f"Wrong value for {self}: {value!r}")
            return value._ids[0] if value._ids else None
        if isinstance(value, (list, tuple)):
            return value[0] if value else None
        if isinstance(value, dict):
            return self._id_of_values(value, record)
        if value and (value is True or not isinstance(value, int)):
            raise ValueError(f"Wrong value for {self}: {value!r} (a record or an id is expected)")
        return value or None

    def _id_of_values(self, values, record):
        """Return the id of a record in memory with the given values, which mirrors the one whose id is among them.

        Nothing that is done to it reaches the database, as the values may be a form's. To a database record only the
        id means something.
        """
        id_ = values.get("id") or None
        if id_ and all(record._ids):
            return id_
        origin, ref = (id_, None) if type(id_) is int else (None, id_)
        return record.env[self.comodel_name].new(values, origin=origin, ref=ref)._ids[0]

    @original
    def convert_to_record(self, value, record):
        """Return the other record, which is prefetched with those of the records around."""
        env = record.env
        if value is None:
            return env.registry.models[self.comodel_name](env, (), ())
        return env.registry.models[self.comodel_name](env, (value,), PrefetchMany2one(record, self))

    def convert_to_record_multi(self, values, records):
        """Return the other records as one recordset, each of them once."""
        env = records.env
        ids = tuple(dict.fromkeys(value for value in values if value is not None))
        return env.registry.models[self.comodel_name](env, ids, PrefetchMany2one(records, self))

    def _fill(self, record):
        if self.delegate and not record.id and not record._origin and not self.compute:
            self._make_parent(record)
        else:
            super()._fill(record)

    def _make_parent(self, record):
        """Give a record in memory the record that it delegates to, with the values that it has for that one."""
        values = {}
        for field in record.env.cache.get_fields(record):
            entered = field.inherited and not (field.base_field.compute and field.readonly)
            if entered and field.related.split(".")[0] == self.name:
                value = record.env.cache.get(record, field)
                values[field.related_field.name] = False if value is None else value
        parent = record.env[self.comodel_name].new(values)
        record._update_cache({self.name: parent}, validate=False)

    def _from_origin(self, value, record):
        return NewId(value) if value and self.delegate else value

    def convert_to_read(self, value, record, use_display_name=True):
        """Return the pair of id and display name of the other record, or its id; ``False`` for none."""
        if not use_display_name:
            return value.id
        # reading the name of a record that can be referred to is always allowed; one that is gone has none
        named = value.sudo()._display_names()
        return next(iter(named.items()), False)

    def convert_to_read_multi(self, values, records, use_display_name=True):
        """Return pairs of id and display name, the names read for all records at once."""
        if not use_display_name:
            return [value or False for value in values]
        env = records.env
        comodel = env[self.comodel_name].sudo()
        ids = tuple(dict.fromkeys(value for value in values if value is not None))
        names = comodel.browse(ids)._display_names()
        return [(value, names[value]) if value in names else False for value in values]

    def convert_to_write(self, value, record):
        """Return the id of the other record, ``False`` for none."""
        id_ = value if type(value) is NewId else self._id_of(value, record)
        return False if id_ is None else id_

    def convert_to_export(self, value, record):
        """Return the name of the other record."""
        return value.display_name if value else ""

    def convert_to_display_name(self, value, record):
        """Return the name of the other record, ``False`` for none."""
        return value.display_name if value else False

    def _related_value(self, value, env):
        # the target is read in superuser mode; what the user gets must be in the user's environment
        return value.with_env(env)

    # writing

    def write_computed(self, records, value):
        """Assign what was computed; the one2many fields that mirror this one have other lines by that.

        Whatever else depends on this field was marked together with it.
        """
        mirrors = records.pool.mirrors_tree(self) if self.recomputed else None
        if mirrors:
            value = self.convert_to_cache(value, records)
            changed = records.env.cache.get_records_different_from(records, self, value)
            changed._mark_dependents(mirrors)
            self.write(records, value)
            changed._mark_dependents(mirrors)
        else:
            self.write(records, value)

    def _change(self, records, value):
        inverses = records.pool.field_inverses[self]
        if inverses:
            self._leave_inverses(records, inverses)
        super()._change(records, value)
        if inverses:
            self._join_inverses(records, value, inverses)

    def _leave_inverses(self, records, inverses):
        """Take ``records`` out of the cached inverse fields of the records they point to now."""
        cache = records.env.cache
        column = cache.field_data(records, self)
        gone = set(records._ids)
        targets = {column.get(id_) for id_ in records._ids} - {None}
        for inverse in inverses:
            cache.mirrors.leave(inverse, targets, gone)

    def _join_inverses(self, records, value, inverses):
        """Add ``records`` to the cached inverse fields of the record they point to from now on."""
        if value is None:
            return
        mirrors = records.env.cache.mirrors
        for inverse in inverses:
            added = inverse._matching(records)._ids
            if value:
                mirrors.join(inverse, value, added)
                continue
            if not value.origin:
                # the relation of a record in memory has no database to come from
                mirrors.begin(inverse, value)
            mirrors.join_later(inverse, value, added)
