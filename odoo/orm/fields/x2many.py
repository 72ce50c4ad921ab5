"""One2many and many2many fields."""

import itertools
import logging
from collections import defaultdict
from collections.abc import Iterable

from odoo import sql as ddl
from odoo.exceptions import UserError
from odoo.sql import SQL
from odoo.tools.iteration import unique

from ..commands import Command
from ..identifiers import NewId
from .base import SENTINEL
from .one2many_lines import LineWork
from .relational import Relational

__all__ = ["Many2many", "One2many", "PrefetchX2many"]

_logger = logging.getLogger("odoo.fields")
_schema = logging.getLogger("odoo.schema")


#: the statements that make a relation table
_RELATION_TABLE = (
    "CREATE TABLE %(relation)s (%(own)s int4 NOT NULL, %(other)s int4 NOT NULL, PRIMARY KEY (%(own)s, %(other)s))",
    "CREATE INDEX ON %(relation)s (%(other)s, %(own)s)",
    "COMMENT ON TABLE %(relation)s IS %(comment)s",
)


class PrefetchX2many:
    """Lazy collection of the ids of an x2many field, over the prefetch ids of a record."""

    __slots__ = ("record", "field")

    def __init__(self, record, field):
        self.record, self.field = record, field

    def _ids_of(self, prefetch_ids):
        column = self.record.env.cache.field_data(self.record, self.field)
        return unique(id_ for prefetch_id in prefetch_ids for id_ in column.get(prefetch_id) or ())

    def __iter__(self):
        return self._ids_of(self.record._prefetch_ids)

    def __reversed__(self):
        return self._ids_of(reversed(self.record._prefetch_ids))


class RelationalMulti(Relational):
    """What one2many and many2many fields share: values are tuples of ids, changed by commands."""

    context_keys = ()
    # commands may look at the other values
    write_order = 3

    def _setup_context_keys(self, model):
        super()._setup_context_keys(model)
        if self.store or not self.compute:
            self.context_keys = ()

    def setup_related(self, model):
        super().setup_related(model)
        # commands mean something where the lines are, so they are not turned into a value on their way
        self.hands_on = not self.store and self.inverse == self._inverse_related

    def _null(self, record):
        return ()

    def get_depends(self, model):
        depends, context_keys = super().get_depends(model)
        if not self.compute:
            depends = tuple(dict.fromkeys((*depends, *self._domain_paths(), *self._inverse_paths(model.pool))))
        return depends, context_keys

    def resolve_depends(self, registry):
        """Yield what decides which records are in the relation; of the relation itself, writing it tells all."""
        return (path for path in super().resolve_depends(registry) if path != (self,))

    def _inverse_paths(self, registry) -> list:
        """Return the paths to the field that the relation mirrors, where changing it does not change the relation."""
        return []

    def _membership_fields(self, registry) -> list:
        comodel = registry.models.get(self.comodel_name)
        # who computes a many2many decides on archived records
        computed = self.type == "many2many" and self.compute
        if comodel is None or not comodel._active_name or computed:
            return []
        return [comodel._fields[comodel._active_name]]

    def _domain_paths(self) -> list:
        """Return the paths to what decides whether a record of the comodel is in the relation."""
        terms = self.domain if isinstance(self.domain, list) else ()
        heads = [term[0] for term in terms if isinstance(term, (tuple, list))]
        return [f"{self.name}.{head}" for head in heads if isinstance(head, str) and head != "id"]

    # reading

    def _comodel_to_read(self, env):
        """Return the comodel to fetch the relation from: archived records are in it, whoever may read them."""
        return env[self.comodel_name].with_context(**{**self.context, "active_test": False}).sudo()

    def _filtered_by(self, comodel) -> list:
        """Return the names of the columns that tell who sees a related record, which are fetched with the relation."""
        field = comodel._fields.get(comodel._active_name)
        # in the context of the field archived records are always, or never, seen
        if field is None or "active_test" in self.context or not (field.store and field.column_type):
            return []
        return [] if field.context_keys else [field.name]

    def _cache_pairs(self, records, pairs: Iterable) -> None:
        """Put the relation of ``records`` into the cache.

        :param pairs: pairs of the id of a record and the id of one that it is related to, in the order of the latter
        """
        groups: dict = defaultdict(list)
        for id_, related_id in pairs:
            groups[id_].append(related_id)
        records.env.cache.insert_missing(records, self, [tuple(groups.get(id_, ())) for id_ in records._ids])

    # conversions

    def convert_to_cache(self, value, record, validate=True):
        """Convert a recordset, a list of ids or a list of commands to the ids of the relation.

        Commands apply to the current relation of ``record``; for a record in memory they make records in memory.
        """
        if hasattr(value, "_ids"):
            if validate and value._name != self.comodel_name:
                raise ValueError(f"Wrong value for {self}: {value!r}")
            if record and not any(record._ids):
                # records in memory are related to records in memory
                return tuple(id_ and NewId(id_) for id_ in value._ids)
            return tuple(value._ids)
        if isinstance(value, (list, tuple)):
            return self._commands_to_cache(value, record, validate)
        if not value:
            return ()
        raise ValueError(f"Wrong value for {self}: {value!r}")

    def _commands_to_cache(self, commands, record, validate):
        comodel = record.env[self.comodel_name]
        memory = bool(record) and not record.id
        make = (lambda id_: id_ and NewId(id_)) if memory else (lambda id_: id_)
        ids = dict.fromkeys(self._known_ids(record, memory) if record and (validate or record._origin) else ())
        unseen = self._unseen_ids(record, ids) if memory and any(map(_replaces_all, commands)) else ()
        for command in commands:
            if not isinstance(command, (tuple, list)):
                ids[self._bare_id(command, comodel, make)] = None
                continue
            code = command[0]
            if code == Command.CREATE:
                ids[comodel.new(command[2], ref=command[1]).id] = None
            elif code == Command.UPDATE:
                line_id = make(command[1])
                ids[self._update_in_memory(comodel, line_id, command, ids, validate) if memory else line_id] = None
            elif code in (Command.DELETE, Command.UNLINK):
                ids.pop(make(command[1]), None)
            elif code == Command.LINK:
                ids[make(command[1])] = None
            elif code in (Command.CLEAR, Command.SET):
                ids = dict.fromkeys((*unseen, *(make(id_) for id_ in command[2] or ())))
            else:
                raise ValueError(f"Wrong value for {self}: unknown command {command!r}")
        return tuple(ids)

    def _known_ids(self, record, memory):
        """Return the present ids of the relation of ``record``; of one in memory, with those that it does not show."""
        return self._cache_value(record) if memory else record[self.name]._ids

    def _unseen_ids(self, record, ids):
        """Return those of ``ids``, in the relation of ``record``, that the field does not show: they stay in it."""
        shown = set(record[self.name]._ids) if ids else ()
        return tuple(id_ for id_ in ids if id_ not in shown)

    @staticmethod
    def _bare_id(item, comodel, make):
        """Return the id of the line that ``item``, no command among commands, means by its id or its values."""
        if isinstance(item, dict):
            return comodel.new(item, ref=item.get("id")).id
        return item if isinstance(item, NewId) else make(item)

    @staticmethod
    def _update_in_memory(comodel, line_id, command, ids, validate):
        """Apply an update to a line in memory, which a client may have named but not sent before; return its id."""
        name, values = command[1], {key: value for key, value in command[2].items() if key != "id"}
        line = comodel.browse((line_id,))
        if line_id not in ids and isinstance(name, str):
            line = comodel.new(values, ref=name)
        elif validate:
            line.update(values)
        else:
            line._update_cache(values, validate=False)
        return line.id

    def convert_to_record(self, value, record):
        env = record.env
        comodel_class = env.registry.models[self.comodel_name]
        records = comodel_class(env, value or (), PrefetchX2many(record, self))
        return self._active_only(records)

    def convert_to_record_multi(self, values, records):
        env = records.env
        ids = tuple(dict.fromkeys(id_ for value in values for id_ in value or ()))
        related = env.registry.models[self.comodel_name](env, ids, PrefetchX2many(records, self))
        return self._active_only(related)

    def _visible(self, records):
        """Return ``records`` of the comodel without those that the record rules hide from the user, or mirrors of them.

        Records in memory that mirror none are not hidden.
        """
        env = records.env
        if env.su or not records._ids:
            return records
        domain = env["ir.rule"]._compute_domain(self.comodel_name, "read")
        stored = domain and records._origin
        if not stored:
            return records
        allowed = set(stored.sudo().with_context(active_test=False).filtered_domain(domain)._ids)
        if len(allowed) == len(stored):
            return records
        origins = ((id_, id_ or id_.origin) for id_ in records._ids)
        ids = tuple(id_ for id_, origin in origins if not origin or origin in allowed)
        return records.browse(ids).with_prefetch(ids)

    def _active_only(self, records):
        """Return ``records`` without hidden ones, and without archived ones unless the context or the field's asks."""
        records = self._visible(records)
        active = records._active_name
        if active and self.context.get("active_test", records.env.context.get("active_test", True)):
            return records.filtered(active).with_prefetch(records._prefetch_ids)
        return records

    def mapped(self, records):
        if self.awaited is not None:
            self.recompute(records)
        column = records.env.cache.field_data(records, self)
        try:
            values = [column[id_] for id_ in records._ids]
        except KeyError:
            values = [self._cache_value(record) for record in records]
        return self.convert_to_record_multi(values, records)

    def _fill(self, record):
        super()._fill(record)
        if not record._ids[0]:
            record.env.cache.apply_patches(record, self)

    def _from_origin(self, value, record):
        return tuple(id_ and NewId(id_) for id_ in value)

    def convert_to_read(self, value, record, use_display_name=True):
        return value.ids

    def convert_to_read_multi(self, values, records, use_display_name=True):
        if records.env.su and not records.env[self.comodel_name]._active_name:
            return [[id_ for id_ in value or () if id_] for value in values]
        active = set(self.convert_to_record_multi(values, records)._ids)
        return [[id_ for id_ in value or () if id_ in active] for value in values]

    def convert_to_write(self, value, record):
        if isinstance(value, tuple) and all(map(self._is_id, value)):
            value = record.env[self.comodel_name].browse(value)
        if isinstance(value, (list, tuple)):
            # a list of ids sets the relation, commands and data of new lines go as they are
            if all(isinstance(item, int) for item in value):
                return [Command.set(value)]
            return list(value)
        if not value:
            return [Command.clear()]
        if not (hasattr(value, "_ids") and value._name == self.comodel_name):
            raise ValueError(f"Wrong value for {self}: {value!r}")
        kept, commands = [], []
        # the relation that is being converted leads back from its lines
        back = {inverse.name for inverse in record.pool.field_inverses[self]}
        for line in value:
            origin = line._origin
            if origin:
                kept.append(origin.id)
            if line.id:
                continue
            names = [name for name in line._cached_names() if name not in back]
            values = {name: line[name] for name in names if not origin or _differs(line[name], origin[name])}
            if values and origin:
                commands.append(Command.update(origin.id, line._convert_to_write(values)))
            elif not origin:
                commands.append(Command.create(line._convert_to_write(values)))
        return [Command.set(kept) if kept else Command.clear(), *commands]

    def convert_to_export(self, value, record):
        return ",".join(value.mapped("display_name")) if value else ""

    def convert_to_display_name(self, value, record):
        raise NotImplementedError(f"{self} cannot be a display name")

    def _related_value(self, value, env):
        return value.with_env(env)

    # writing

    @staticmethod
    def _is_id(value) -> bool:
        return isinstance(value, (int, NewId))

    def _write_value(self, value, records):
        if isinstance(value, list) or (isinstance(value, tuple) and not all(map(self._is_id, value))):
            # commands work on the present relation
            return list(value)
        return super()._write_value(value, records)

    def create(self, record_values):
        self.write_batch([(record, value) for record, value in record_values], create=True)

    def write(self, records, value):
        records.env.remove_to_compute(self, records)
        self.write_batch([(records, value)])

    checks_written = True

    def check_written(self, value, records):
        """Refuse what is neither commands nor records of the comodel."""
        self._to_commands(value)

    def _to_commands(self, value) -> list:
        """Return the commands that a written value stands for: commands, a recordset, ids, or nothing.

        :raise ValueError: for anything else
        """
        if isinstance(value, tuple) and not any(isinstance(item, (tuple, list)) for item in value):
            return [Command.set(value)]
        if hasattr(value, "_ids") and value._name == self.comodel_name:
            return [Command.set(value._ids)]
        if value is None or value is False:
            return [Command.clear()]
        if not isinstance(value, (list, tuple)):
            raise ValueError(f"Wrong value for {self}: {value!r}")
        if value and not any(isinstance(item, (tuple, list, dict)) for item in value):
            return [Command.set(tuple(value))]
        commands = [Command.create(command) if isinstance(command, dict) else tuple(command) for command in value]
        for command in commands:
            if not command or command[0] not in _COMMAND_CODES:
                raise ValueError(f"Wrong value for {self}: unknown command {command!r}")
        return commands

    def write_batch(self, records_commands_list, create=False):
        """Apply ``[(records, commands or recordset or ids)]``; ``create``: the records were just created."""
        real, new = [], []
        for records, commands in [(records, self._to_commands(value)) for records, value in records_commands_list]:
            if not commands:
                continue
            real_ids = tuple(id_ for id_ in records._ids if id_)
            new_ids = tuple(id_ for id_ in records._ids if not id_)
            if real_ids:
                real.append((records.browse(real_ids), commands))
            if new_ids:
                new.append((records.browse(new_ids), commands))
        if new:
            self.write_new(new)
        if real and self.store:
            self.write_real(real, create)
        elif real:
            self._write_cache_only(real)

    def _ids_before(self, record, commands) -> tuple:
        """Return the ids that a record in memory has before ``commands``: those that replace all look at no other."""
        if _replaces(commands):
            return record.env.cache.field_data(record, self).get(record._ids[0]) or ()
        return self._cache_value(record)

    def write_through(self, records, value):
        """Write ``value`` on the records that the field's path leads to, each of them once."""
        memory = records.browse(tuple(id_ for id_ in records._ids if not id_))
        if memory:
            self.write(memory, value)
            self.determine_inverse(memory)
        real = records - memory
        targets = records.env[self.related_field.model_name].union(
            *(self.traverse_related(record)[0] for record in real)
        )
        targets.write({self.related_field.name: value})
        records.env.cache.invalidate([(self, real._ids)])

    def _write_cache_only(self, records_commands_list):
        """Assign a relation that is not stored; of its lines, those that commands update are written."""
        for records, commands in records_commands_list:
            comodel = self._check_sudo_commands(records.env[self.comodel_name].with_context(**self.context))
            for command in commands:
                if command[0] == Command.UPDATE:
                    comodel.browse(command[1]).write(command[2])
            for record in records:
                ids = self._commands_to_cache(commands, record, validate=not _replaces(commands))
                records.env.cache.set(record, self, ids)

    def _check_sudo_commands(self, comodel):
        """Return ``comodel`` in the environment that commands run in.

        It is that of the user whom the chain of environments began with, where the comodel takes no rights from
        superuser mode or from another user on the way.
        """
        if comodel._allow_sudo_commands:
            return comodel
        # nobody stands at the beginning of the superuser's environments, nor of those without a user
        return comodel.sudo(False).with_user(comodel.env.uid_origin)


_COMMAND_CODES = frozenset(int(code) for code in Command)


def _differs(value, stored) -> bool:
    """Tell whether a value of a record in memory is another than that of its origin; records count by their origins."""
    return getattr(value, "_origin", value) != stored


def _replaces(commands) -> bool:
    return bool(commands) and _replaces_all(commands[0])


def _replaces_all(command) -> bool:
    return isinstance(command, (tuple, list)) and command[0] in (Command.CLEAR, Command.SET)


def _updated_ids(records_commands_list) -> tuple:
    """Return the ids of the lines that commands update."""
    every = itertools.chain.from_iterable(commands for _records, commands in records_commands_list)
    return tuple(command[1] for command in every if command[0] == Command.UPDATE)


class One2many(RelationalMulti):
    """The records of the comodel whose many2one ``inverse_name`` points to the record."""

    type = "one2many"
    inverse_name = None
    auto_join = False
    copy = False

    def __init__(self, comodel_name=SENTINEL, inverse_name=SENTINEL, string=SENTINEL, **kwargs):
        super().__init__(comodel_name=comodel_name, inverse_name=inverse_name, string=string, **kwargs)

    def setup_nonrelated(self, model):
        """Find the field of the comodel that points back."""
        super().setup_nonrelated(model)
        if not self.inverse_name:
            return
        comodel_class = model.pool.models.get(self.comodel_name)
        if comodel_class is None:
            return
        inverse = comodel_class._fields.get(self.inverse_name)
        if inverse is None:
            raise KeyError(
                f"No inverse field {self.inverse_name!r} found for {self.comodel_name!r} (one2many {self})"
                f"{model._nearest_name(self.inverse_name, comodel_class._fields)}"
            )

    def _membership_fields(self, registry) -> list:
        return [*registry.field_inverses[self], *super()._membership_fields(registry)]

    def register_inverses(self, registry):
        """Tell the registry which field this one mirrors."""
        if not self.inverse_name or not (self.store or not self.compute) or self.related:
            return
        comodel_class = registry.models.get(self.comodel_name)
        inverse = comodel_class and comodel_class._fields.get(self.inverse_name)
        if inverse is None:
            return
        if inverse.type in ("many2one", "many2one_reference"):
            registry.field_inverses.add(self, inverse)
        if inverse.type != "many2one" or inverse.comodel_name == self.model_name:
            registry.field_inverses.add(inverse, self)
        if inverse.type == "many2one" and not self.recomputed:
            self.awaited = inverse if inverse.recomputed else None
            in_cache = inverse.store and not inverse.recomputed and not inverse.company_dependent
            self.plain_inverse = inverse if in_cache else None

    def _inverse_paths(self, registry) -> list:
        comodel_class = registry.models.get(self.comodel_name)
        inverse = comodel_class and comodel_class._fields.get(self.inverse_name)
        return [f"{self.name}.{self.inverse_name}"] if inverse is not None and not inverse.store else []

    def recompute(self, records):
        """Compute what is pending: of lines, where they belong."""
        if self.recomputed:
            super().recompute(records)
        else:
            records.env[self.comodel_name]._recompute_field(self.awaited)

    def _describe(self, env):
        return {**super()._describe(env), "relation_field": self.inverse_name}

    def get_domain_list(self, records):
        """Return the domain; a field that can point to any model must name this one."""
        domain = super().get_domain_list(records)
        if self.comodel_name and self.inverse_name:
            inverse = records.env[self.comodel_name]._fields[self.inverse_name]
            if inverse.type == "many2one_reference":
                domain = [*domain, (inverse.model_field, "=", records._name)]
        return domain

    def update_db(self, model, columns):
        """Check that the comodel has the field that points back; there is no column to make."""
        comodel = model.pool.models.get(self.comodel_name)
        if comodel is not None and self.inverse_name not in comodel._fields:
            raise UserError(
                model.env._(
                    "“%(field)s” lists records of “%(comodel)s”, which has no field “%(inverse)s” that leads back.",
                    field=self,
                    comodel=self.comodel_name,
                    inverse=self.inverse_name,
                )
            )
        return False

    def _matching(self, records):
        """Return those ``records`` of the comodel that satisfy the field's domain."""
        domain = self.get_domain_list(records.env[self.model_name])
        return records.filtered_domain(domain) if domain else records

    def read(self, records):
        """Fetch the relation of ``records`` with one search on the comodel."""
        comodel = self._comodel_to_read(records.env)
        inverse = comodel._fields[self.inverse_name]
        domain = self.get_domain_list(records)
        if inverse._is_searchable():
            domain = [*domain, (self.inverse_name, "in", records.ids)]
        else:
            _logger.warning("%s is read by computing %s, which cannot be searched, for all records", self, inverse)
        lines = comodel.search_fetch(domain, [self.inverse_name, *self._filtered_by(comodel)])
        if inverse.store:
            column = lines.env.cache.field_data(lines, inverse)
            self._cache_pairs(records, ((column.get(line_id), line_id) for line_id in lines._ids))
        else:
            self._cache_pairs(records, ((inverse._cache_value(line), line.id) for line in lines))

    # writing

    def write_real(self, records_commands_list, create=False):
        """Apply commands to database records: create, link and unlink in as few batches as their order allows."""
        model = records_commands_list[0][0].browse()
        comodel = self._check_sudo_commands(model.env[self.comodel_name].with_context(**self.context))
        work = LineWork(self, model, comodel, create)
        work.to_update = _updated_ids(records_commands_list)
        for records, commands in records_commands_list:
            for command in commands:
                work.apply(records, command)
            work.end_of(records)
        work.flush()

    def _from_origin(self, value, record):
        ids = super()._from_origin(value, record)
        if self.inverse_name:
            # lines mirrored for a record in memory belong to that record
            self._link_in_memory(record, ids)
        return ids

    def write_new(self, records_commands_list):
        """Apply commands to records in memory; the lines in memory that come and go point to their new parents."""
        cache = records_commands_list[0][0].env.cache
        for records, commands in records_commands_list:
            for record in records:
                before = self._ids_before(record, commands)
                ids = self._commands_to_cache(commands, record, validate=True)
                cache.set(record, self, ids)
                if self.inverse_name:
                    self._link_in_memory(record, ids, before)

    def _link_in_memory(self, record, ids, before=()):
        """Make lines in memory point to the record that has them, and those that it had ``before`` to none."""
        comodel = record.env[self.comodel_name]
        inverse = comodel._fields[self.inverse_name]
        if inverse.type != "many2one":
            return
        column = record.env.cache.field_data(comodel, inverse)
        parent = record._ids[0]
        moved = []
        for id_ in ids:
            # nothing was computed from what nobody looked at
            if not id_ and column.setdefault(id_, parent) != parent:
                moved.append(id_)
        gone = [id_ for id_ in set(before).difference(ids) if not id_ and column.get(id_) == parent]
        if moved:
            comodel.browse(moved)[self.inverse_name] = record
        if gone:
            comodel.browse(gone)[self.inverse_name] = False


class Many2many(RelationalMulti):
    """Relation kept in a table of its own.

    :param relation, column1, column2: names of the table and of its columns to this model and to the comodel
    :param ondelete: what deleting a related record does to the link: ``cascade`` or ``restrict``
    """

    type = "many2many"
    relation = None
    column1 = None
    column2 = None
    auto_join = False
    ondelete = "cascade"
    _explicit = True

    def __init__(
        self, comodel_name=SENTINEL, relation=SENTINEL, column1=SENTINEL, column2=SENTINEL, string=SENTINEL, **kwargs
    ):
        super().__init__(
            comodel_name=comodel_name, relation=relation, column1=column1, column2=column2, string=string, **kwargs
        )

    def setup_nonrelated(self, model):
        """Name the table of the relation and its columns."""
        super().setup_nonrelated(model)
        if self.ondelete not in ("cascade", "restrict"):
            raise ValueError(f"{self}: ondelete is {self.ondelete!r}, but links can only be 'cascade' or 'restrict'.")
        if not self.store or self.comodel_name not in model.env:
            return
        comodel = model.env[self.comodel_name]
        if not self.relation:
            self._explicit = False
            tables = sorted([model._table, comodel._table])
            self._refuse_automatic_self_relation(model, tables)
            self.relation = "_".join([*tables, "rel"])
        self.column1 = self.column1 or f"{model._table}_id"
        self.column2 = self.column2 or f"{comodel._table}_id"
        self._register_relation(model)

    def _refuse_automatic_self_relation(self, model, tables):
        if tables[0] == tables[1]:
            raise ValueError(
                f"{self}: a many2many field of a model to itself needs an explicit relation and columns "
                "(their automatic names would be the same)"
            )

    def _register_relation(self, model):
        """Note the field among those of its table; several fields may only share one on purpose.

        :raise TypeError: when two fields would have the same table with the same columns without saying so
        """
        key = (self.relation, self.column1, self.column2)
        fields = model.pool.many2many_relations[key]
        for model_name, name in fields:
            if (model_name, name) == (self.model_name, self.name) or model_name not in model.env:
                continue
            other_model = model.env[model_name]
            other = other_model._fields.get(name)
            if other is None or other.type != "many2many" or other.relation != self.relation:
                continue
            if model_name == self.model_name:
                on_purpose = other.comodel_name == self.comodel_name and self._explicit and other._explicit
            else:
                on_purpose = not (model._auto and other_model._auto)
            if not on_purpose:
                raise TypeError(f"Many2many fields {other} and {self} have the same table with the same columns")
        fields.add((self.model_name, self.name))

    def register_inverses(self, registry):
        """Tell the registry about the many2many fields that see the same table from the other side."""
        if not self.store or not self.relation:
            return
        for model_name, name in registry.many2many_relations.get((self.relation, self.column2, self.column1), ()):
            model_class = registry.models.get(model_name)
            other = model_class and model_class._fields.get(name)
            if other is not None and other is not self and other.comodel_name == self.model_name:
                registry.field_inverses.add(self, other)
                registry.field_inverses.add(other, self)

    def update_db(self, model, columns):
        """Make the table of the relation, and its foreign keys once all tables are there."""
        missing = bool(self.relation) and not ddl.table_exists(model._cr, self.relation)
        if missing:
            self._create_relation(model._cr, model._table, model.env[self.comodel_name]._table)
        model.pool.post_init(self.update_db_foreign_keys, model)
        return missing

    def _create_relation(self, cr, table: str, other_table: str) -> None:
        """Create the relation table, found by the records of either side."""
        names = {
            "relation": SQL.identifier(self.relation),
            "own": SQL.identifier(self.column1),
            "other": SQL.identifier(self.column2),
            "comment": f"RELATION BETWEEN {table} AND {other_table}",
        }
        for statement in _RELATION_TABLE:
            cr.execute(SQL(statement, **names))
        _schema.debug("Table %r: created for the relation of %r and %r", self.relation, table, other_table)

    def update_db_foreign_keys(self, model):
        """Bring the two foreign keys of the relation table up to date."""
        registry = model.pool
        sides = (
            # the field on the other side, if any, has the say about the records of this one
            (self.column1, model, "cascade", False),
            (self.column2, model.env[self.comodel_name], self.ondelete, True),
        )
        for column, side, ondelete, force in sides:
            if registry.is_an_ordinary_table(side):
                target = (side._table, "id", ondelete)
                registry.add_foreign_key(self.relation, column, *target, model, self._module, force=force)

    def read(self, records):
        """Fetch the relation of ``records`` with one query, in the order of the comodel."""
        comodel = self._comodel_to_read(records.env)
        domain = self.get_domain_list(records)
        query = comodel._search(domain) if domain else comodel._search([], order=comodel._order)
        query.add_join(
            "JOIN",
            self.relation,
            self.relation,
            SQL("%s = %s", SQL.identifier(comodel._table, "id"), SQL.identifier(self.relation, self.column2)),
        )
        query.add_where(SQL("%s = ANY(%s)", SQL.identifier(self.relation, self.column1), list(records.ids)))
        terms = [SQL.identifier(self.relation, column) for column in (self.column1, self.column2)]
        flags = self._filtered_by(comodel)
        terms += [SQL.identifier(comodel._table, name) for name in flags]
        rows = records.env.execute_query(query.select(*terms))
        self._cache_pairs(records, (row[:2] for row in rows))
        if flags and rows:
            _ids, others, active = zip(*rows, strict=True)
            records.env.cache.add_fetched(comodel, comodel._fields[flags[0]], others, active)

    # writing

    def write_real(self, records_commands_list, create=False):
        """Apply commands to database records with one INSERT and one DELETE."""
        model = records_commands_list[0][0].browse()
        comodel = self._check_sudo_commands(model.env[self.comodel_name].with_context(**self.context))
        cache = model.env.cache
        everything = model.browse(
            tuple(unique(id_ for records, _commands in records_commands_list for id_ in records._ids))
        )
        if create:
            old = dict.fromkeys(everything._ids, ())
        else:
            column = cache.field_data(model, self)
            missing = tuple(id_ for id_ in everything._ids if id_ not in column)
            if missing:
                self.read(model.browse(missing))
            old = {id_: column[id_] for id_ in everything._ids}
        new = {id_: dict.fromkeys(ids) for id_, ids in old.items()}
        deleted: dict = {}
        updated = comodel.browse(_updated_ids(records_commands_list))
        for records, commands in records_commands_list:
            self._apply(updated, records, commands, new, deleted)
        if deleted:
            # their links go with them, as may other records and their links: what is left is read again
            comodel.browse(deleted).unlink()
        column = {} if deleted else cache.field_data(model, self)
        added, removed = [], []
        for id_, ids in new.items():
            before = old[id_]
            column[id_] = tuple(ids)
            known = {*before, *deleted}
            added += [(id_, other) for other in ids if other not in known]
            removed += [(id_, other) for other in before if not (other in ids or other in deleted)]
        if added or removed:
            # rows refer to records that may still be in the cache only
            comodel.flush_model([])
            model.env.transaction.relation_rows.change(
                model._cr, self.relation, self.column1, self.column2, added, removed
            )
        self._update_inverses(model, comodel, added, removed)

    def _apply(self, updated, records, commands, new, deleted):
        """Apply one list of commands to the sets of ids in ``new``; creations are batched.

        :param updated: all the records that commands update, read together
        :param deleted: gets the ids of the records to delete as keys
        """
        comodel = updated.browse()
        to_create = []
        for command in commands:
            code = command[0]
            if code == Command.CREATE:
                to_create.append(command[2])
                continue
            if code == Command.UPDATE:
                comodel.browse(command[1]).with_prefetch(updated._ids).write(command[2])
            elif code == Command.DELETE:
                deleted[command[1]] = None
            for id_ in records._ids:
                if code in (Command.UNLINK, Command.DELETE):
                    new[id_].pop(command[1], None)
                elif code == Command.LINK:
                    new[id_][command[1]] = None
                elif code in (Command.CLEAR, Command.SET):
                    # what the field does not show here stays
                    present = records.env[self.comodel_name].browse(new[id_])
                    hidden = present - self._active_only(present)
                    new[id_] = dict.fromkeys((*hidden._ids, *(command[2] or ())))
        if to_create:
            # one new record for each command, that all the records are linked to
            lines = comodel.create(to_create)
            for id_ in records._ids:
                new[id_].update(dict.fromkeys(lines._ids))

    def _update_inverses(self, model, comodel, added, removed):
        """Keep the cached fields of the other side in step, and mark what depends on them."""
        inverses = model.pool.field_inverses[self]
        if not inverses or not (added or removed):
            return
        cache = model.env.cache
        for inverse in inverses:
            allowed = None
            if inverse.get_domain_list(comodel):
                allowed = set(inverse._matching(model.browse(tuple(unique(pair[0] for pair in added))))._ids)
            for column in cache.columns(inverse):
                for id_, other in added:
                    ids = column.get(other)
                    if ids is not None and id_ not in ids and (allowed is None or id_ in allowed):
                        column[other] = (*ids, id_)
                for id_, other in removed:
                    ids = column.get(other)
                    if ids:
                        column[other] = tuple(value for value in ids if value != id_)
        touched = comodel.browse(tuple(unique(other for _id, other in itertools.chain(added, removed))))
        touched.modified([inverse.name for inverse in inverses])

    def _matching(self, records):
        """Return those ``records`` of the comodel that satisfy the field's domain."""
        domain = self.get_domain_list(records.env[self.model_name])
        return records.filtered_domain(domain) if domain else records

    def write_new(self, records_commands_list):
        """Apply commands to records in memory; those of the other side that are in memory, too, follow."""
        model = records_commands_list[0][0].browse()
        added, removed = [], []
        for records, commands in records_commands_list:
            for record in records:
                id_ = record._ids[0]
                before = dict.fromkeys(self._ids_before(record, commands))
                ids = dict.fromkeys(self._commands_to_cache(commands, record, validate=True))
                model.env.cache.set(record, self, tuple(ids))
                added += [(id_, other) for other in ids if not other and other not in before]
                removed += [(id_, other) for other in before if not other and other not in ids]
        for inverse in model.pool.field_inverses[self]:
            # what has no origin is nowhere else
            column = model.env.cache.field_data(model, inverse)
            for _id, other in added:
                if not other.origin:
                    column.setdefault(other, ())
        self._update_inverses(model, model.env[self.comodel_name], added, removed)
