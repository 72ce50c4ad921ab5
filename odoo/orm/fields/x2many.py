"""What one2many and many2many fields share: relations to several records, and commands."""

import enum
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from odoo.tools.iteration import unique

from ..commands import Command
from ..identifiers import NewId
from .descriptor import Prefetch
from .relational import Relational

__all__ = ["PrefetchX2many"]


class PrefetchX2many(Prefetch):
    """Those in an x2many field."""

    __slots__ = ()

    def _ids_of(self, prefetch_ids):
        column = self.record.env.cache.field_data(self.record, self.field)
        return unique(id_ for prefetch_id in prefetch_ids for id_ in column.get(prefetch_id) or ())


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
        # fast path of fetch(): whether related records are archived comes with the relation
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
        commands = [self._completed(item) if isinstance(item, (tuple, list)) else item for item in commands]
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
            else:
                ids = dict.fromkeys((*unseen, *map(make, command[2])))
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
        domain = env.registry.services.access.domain(records, "read")
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

    def _fill(self, record):
        super()._fill(record)
        if not record._ids[0]:
            record.env.cache.mirrors.settle(self, record._ids[0])

    def _from_origin(self, value, record):
        return tuple(id_ and NewId(id_) for id_ in value)

    def convert_to_read(self, value, record, use_display_name=True):
        return value.ids

    def convert_to_read_multi(self, values, records, use_display_name=True):
        # fast path of convert_to_record_multi(): nobody hides related records
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
        if value is None or value is False:
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
        return [Command.set(kept), *commands]

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
        # fast path of write(): the relations of new records are empty
        self.write_batch([(record, value) for record, value in record_values], create=True)

    def write(self, records, value):
        records.env.remove_to_compute(self, records)
        self.write_batch([(records, value)])

    checks_written = True

    def check_written(self, value, records):
        """Refuse what is neither commands nor records of the comodel."""
        self._to_commands(value, stored=not records._ids or any(records._ids))

    def _to_commands(self, value, stored=False) -> list:
        """Return the commands that a written value stands for: commands, a recordset, ids, or nothing.

        :param stored: they are for records of the database, which have no lines that a client has named
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
        commands = [Command.create(item) if isinstance(item, dict) else self._completed(item) for item in value]
        for command in commands if stored else ():
            code, id_, argument = command
            if (code != Command.CREATE and isinstance(id_, str)) or (code == Command.SET and _has_text(argument)):
                raise ValueError(f"Wrong value for {self}: command {command!r} means records that are not stored")
        return commands

    def _completed(self, command) -> tuple:
        """Return a command as a triple, the ids that it sets as a tuple; what it does not need may be missing.

        :raise ValueError: it is no command, or what it needs is missing or of another kind
        """
        known = isinstance(command, (tuple, list)) and command and isinstance(command[0], int)
        kind = _KINDS.get(command[0]) if known else None
        if kind is None:
            raise ValueError(f"Wrong value for {self}: unknown command {command!r}")
        if kind is _Kind.NOTHING:
            return (command[0], 0, ())
        id_, argument = command[1] if len(command) > 1 else _MISSING, command[2] if len(command) > 2 else _MISSING
        if kind is _Kind.IDS:
            if isinstance(argument, Iterator):
                # whoever goes through it is the last one
                return (command[0], 0, argument)
            ids = tuple(argument or ()) if _is_collection(argument) else (_MISSING,)
            if all(map(_names_line, ids)):
                return (command[0], 0, ids)
            raise ValueError(f"Wrong value for {self}: command {command!r} sets what is no list of ids")
        if kind is not _Kind.NEW_LINE and not _names_line(id_):
            raise ValueError(f"Wrong value for {self}: command {command!r} does not say the id of a record")
        if kind is not _Kind.LINE and not isinstance(argument, Mapping):
            raise ValueError(f"Wrong value for {self}: command {command!r} has no dictionary of values")
        return (command[0], id_, argument)

    def write_batch(self, records_commands_list, create=False):
        """Apply ``[(records, commands or recordset or ids)]``; ``create``: the records were just created."""
        real, new = [], []
        for records, value in records_commands_list:
            commands = self._to_commands(value, stored=any(records._ids))
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


class _Kind(enum.Enum):
    """What a command needs beside its code."""

    NEW_LINE = enum.auto()
    VALUES = enum.auto()
    LINE = enum.auto()
    NOTHING = enum.auto()
    IDS = enum.auto()


_KINDS = {
    Command.CREATE: _Kind.NEW_LINE,
    Command.UPDATE: _Kind.VALUES,
    Command.DELETE: _Kind.LINE,
    Command.UNLINK: _Kind.LINE,
    Command.LINK: _Kind.LINE,
    Command.CLEAR: _Kind.NOTHING,
    Command.SET: _Kind.IDS,
}
_MISSING = object()


def _names_line(id_) -> bool:
    """Tell whether a value may be the id of a record: clients name those that they have not sent before by a text."""
    return isinstance(id_, (int, NewId, str)) or id_ is None


def _has_text(ids) -> bool:
    return isinstance(ids, tuple) and any(isinstance(id_, str) for id_ in ids)


def _is_collection(value) -> bool:
    return not value or (isinstance(value, Iterable) and not isinstance(value, (str, bytes, Mapping)))


def _differs(value, stored) -> bool:
    """Tell whether a value of a record in memory is another than that of its origin; records count by their origins."""
    return getattr(value, "_origin", value) != stored


def _replaces(commands) -> bool:
    return bool(commands) and _replaces_all(commands[0])


def _replaces_all(command) -> bool:
    return isinstance(command, (tuple, list)) and command[0] in (Command.CLEAR, Command.SET)


def updated_ids(records_commands_list) -> tuple:
    """Return the ids of the lines that commands update."""
    every = itertools.chain.from_iterable(commands for _records, commands in records_commands_list)
    return tuple(command[1] for command in every if command[0] == Command.UPDATE)
