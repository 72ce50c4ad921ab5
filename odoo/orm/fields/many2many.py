"""Many2many fields: pairs of records in a table of their own."""

import itertools
import logging

from odoo import sql as ddl
from odoo.sql import SQL
from odoo.tools.iteration import unique

from ..commands import Command
from .base import SENTINEL
from .x2many import RelationalMulti, updated_ids

__all__ = ["Many2many"]

_schema = logging.getLogger("odoo.schema")

#: the statements that make a relation table
_RELATION_TABLE = (
    "CREATE TABLE %(relation)s (%(own)s int4 NOT NULL, %(other)s int4 NOT NULL, PRIMARY KEY (%(own)s, %(other)s))",
    "CREATE INDEX ON %(relation)s (%(other)s, %(own)s)",
    "COMMENT ON TABLE %(relation)s IS %(comment)s",
)


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
        updated = comodel.browse(updated_ids(records_commands_list))
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
            model.env.transaction.link(model._cr, self, added, removed)
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
        mirrors = model.env.cache.mirrors
        joining, leaving = _by_other_side(added), _by_other_side(removed)
        for inverse in inverses:
            allowed = None
            if inverse.get_domain_list(comodel):
                allowed = set(inverse._matching(model.browse(tuple(unique(pair[0] for pair in added))))._ids)
            for other, ids in joining.items():
                mirrors.join(inverse, other, ids if allowed is None else [id_ for id_ in ids if id_ in allowed])
            for other, ids in leaving.items():
                mirrors.leave(inverse, (other,), ids.keys())
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
            for _id, other in added:
                if not other.origin:
                    model.env.cache.mirrors.begin(inverse, other)
        self._update_inverses(model, model.env[self.comodel_name], added, removed)


def _by_other_side(pairs) -> dict:
    """Return ``{id on the other side: ids, as keys}`` of pairs of an id and one of the other side."""
    groups: dict = {}
    for id_, other in pairs:
        groups.setdefault(other, {})[id_] = None
    return groups
