"""Records as trees: cycles, and the path of ancestors that each record of a model with ``_parent_store`` keeps."""

from collections import defaultdict

from odoo.exceptions import UserError
from odoo.sql import SQL
from odoo.tools.containers import OrderedSet

__all__ = ["TreeMixin", "create_paths", "move_paths", "moved_by"]


class TreeMixin:
    """Records that refer to others of their model."""

    __slots__ = ()

    def _has_cycle(self, field_name=None) -> bool:
        """Tell whether following a many2one or many2many (the parent by default) from these records leads back."""
        field = self._fields.get(field_name or self._parent_name)
        if field is None or field.comodel_name != self._name or field.type not in ("many2one", "many2many"):
            raise ValueError(f"Invalid field_name: {field_name!r}")
        self.flush_model([field.name])
        if field.type == "many2one":
            table, source, target = self._table, "id", field.name
        else:
            table, source, target = field.relation, field.column1, field.column2
        path = {}
        frontier = OrderedSet(self.ids)
        edges = defaultdict(set)
        while frontier:
            rows = self.env.execute_query(
                SQL(
                    "SELECT %s, %s FROM %s WHERE %s = ANY(%s) AND %s IS NOT NULL",
                    SQL.identifier(source),
                    SQL.identifier(target),
                    SQL.identifier(table),
                    SQL.identifier(source),
                    list(frontier),
                    SQL.identifier(target),
                )
            )
            path.update(dict.fromkeys(frontier))
            frontier = OrderedSet()
            for id1, id2 in rows:
                edges[id1].add(id2)
                if id2 not in path:
                    frontier.add(id2)
        return _cyclic(edges, self.ids)

    def _check_recursion(self, parent=None) -> bool:
        return not self._has_cycle(parent)

    def _check_m2m_recursion(self, field_name) -> bool:
        return not self._has_cycle(field_name)

    def _parent_store_compute(self):
        """Compute ``parent_path`` of all records of the model."""
        if not self._parent_store:
            return
        self.env.execute_query(
            SQL(
                """ WITH RECURSIVE tree(id, path) AS (
                    SELECT id, concat(id, '/') FROM %(table)s WHERE %(parent)s IS NULL
                    UNION ALL
                    SELECT child.id, concat(tree.path, child.id, '/')
                    FROM %(table)s child JOIN tree ON child.%(parent)s = tree.id)
                UPDATE %(table)s node SET parent_path = tree.path
                FROM tree WHERE node.id = tree.id RETURNING node.id """,
                table=SQL.identifier(self._table),
                parent=SQL.identifier(self._parent_name),
            )
        )
        field = self._fields.get("parent_path")
        if field is not None:
            self.env.cache.invalidate([(field, None)])


def _cyclic(edges, starts) -> bool:
    """Tell whether the directed graph has a cycle that can be reached from ``starts``."""
    state: dict = {}
    for start in starts:
        stack = [(start, iter(edges.get(start, ())))]
        if state.get(start):
            continue
        state[start] = 1
        while stack:
            node, targets = stack[-1]
            for target in targets:
                if state.get(target) == 1:
                    return True
                if not state.get(target):
                    state[target] = 1
                    stack.append((target, iter(edges.get(target, ()))))
                    break
            else:
                state[node] = 2
                stack.pop()
    return False


def moved_by(records, vals):
    """Return the records whose parent changes."""
    field = records._fields[records._parent_name]
    parent = field.convert_to_cache(vals[records._parent_name], records)
    return records.filtered(lambda record: record[records._parent_name]._ids[:1] != ((parent,) if parent else ()))


def create_paths(records):
    """Set ``parent_path`` of records just created."""
    if not records._parent_store:
        return
    rows = records.env.execute_query(
        SQL(
            """ UPDATE %(table)s node SET parent_path = concat(
                (SELECT parent.parent_path FROM %(table)s parent WHERE parent.id = node.%(parent)s), node.id, '/')
            WHERE node.id = ANY(%(ids)s) RETURNING node.id, node.parent_path """,
            table=SQL.identifier(records._table),
            parent=SQL.identifier(records._parent_name),
            ids=list(records._ids),
        )
    )
    _cache_paths(records, rows)


def move_paths(records):
    """Bring ``parent_path`` up to date where these records, which have got one parent, were moved with all below.

    :raise UserError: when a record would be its own ancestor
    """
    whole = records.sudo()
    above = whole[:1][records._parent_name].parent_path or ""
    if not set(map(str, records._ids)).isdisjoint(above.split("/")):
        raise UserError(records.env._("A record cannot be its own ancestor."))
    siblings = defaultdict(list)
    for record in whole:
        own = f"{record.id}/"
        path = record.parent_path or own
        siblings[path[: -len(own)]].append((record.id, path))
    changed = records.browse()
    # one that was below another leaves it first
    for old in sorted(siblings, key=len, reverse=True):
        ids, paths = zip(*siblings[old], strict=True)
        below = SQL(" OR ").join(SQL("parent_path LIKE %s", f"{path}%") for path in paths)
        rows = records.env.execute_query(
            SQL(
                "UPDATE %s SET parent_path = concat(%s, substr(coalesce(parent_path, concat(id, '/')), %s)) "
                "WHERE id = ANY(%s) OR %s RETURNING id, parent_path",
                SQL.identifier(records._table),
                above,
                len(old) + 1,
                list(ids),
                below,
            )
        )
        changed |= _cache_paths(records, rows)
    changed.modified(["parent_path"])


def _cache_paths(records, rows):
    """Put paths that the database worked out into the cache; return their records, none without a field for it.

    :param rows: pairs of the id of a record and its path
    """
    field = records._fields.get("parent_path")
    if field is None:
        return records.browse()
    records = records.browse([id_ for id_, _path in rows])
    records.env.cache.update(records, field, [path for _id, path in rows])
    return records
