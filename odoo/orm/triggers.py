"""Which fields depend on which: trees that tell what to recompute when values change.

The tree of a field has at its root the fields to recompute on the changed records themselves; each edge is a relational
field to follow *backwards*, from the changed records to the records whose relation contains them.
"""

import warnings
from collections import defaultdict

__all__ = ["InverseMap", "TriggerTree", "broken_path", "build_triggers", "field_ranks", "refuse_circles"]


class InverseMap:
    """The fields that mirror each relational field."""

    def __init__(self):
        self._fields: dict = {}

    def __getitem__(self, field) -> tuple:
        return self._fields.get(field, ())

    def get(self, field, default=()):
        """Return the fields noted for ``field``, or ``default``."""
        return self._fields.get(field, default)

    def add(self, field, inverse):
        """Note that ``inverse`` mirrors ``field``."""
        known = self._fields.get(field, ())
        if inverse not in known:
            self._fields[field] = (*known, inverse)

    def __iter__(self):
        return iter(self._fields)

    def items(self):
        """Return the pairs of a field and what is noted for it."""
        return self._fields.items()


class TriggerTree(dict):
    """Edges (relational field -> subtree) and ``root``, the fields to recompute where one stands."""

    __slots__ = ("root", "_parts")

    def __init__(self, root=()):
        super().__init__()
        self.root = dict.fromkeys(root)
        self._parts = None

    def __bool__(self):
        return bool(self.root) or len(self) > 0

    def __repr__(self):
        return f"TriggerTree(root={list(self.root)}, {super().__repr__()})"

    def add(self, path, fields):
        """Add ``fields`` at the end of ``path``, a sequence of edges."""
        node = self
        for edge in path:
            node = node.setdefault(edge, TriggerTree())
        node.root.update(dict.fromkeys(fields))

    def depth_first(self):
        """Yield every node."""
        yield self
        for subtree in self.values():
            yield from subtree.depth_first()

    def affects(self, cache) -> bool:
        """Tell whether there is anything to do: a stored field to recompute, or a value in ``cache`` to forget.

        Not to be called before the tree is complete.
        """
        # fast path of _mark_dependents(): there is nothing to mark
        if self._parts is None:
            fields = {field for node in self.depth_first() for field in node.root}
            stored = any(field.store and field.compute for field in fields)
            self._parts = stored, tuple(field for field in fields if not (field.store and field.compute))
        stored, forgettable = self._parts
        return stored or any(cache.contains_field(field) for field in forgettable)

    def merge(self, other, select=bool):
        """Add the nodes of ``other``, keeping the root fields that ``select`` accepts."""
        self.root.update(dict.fromkeys(field for field in other.root if select(field)))
        for edge, subtree in other.items():
            self.setdefault(edge, TriggerTree()).merge(subtree, select)

    def pruned(self):
        """Drop branches without fields; return the tree."""
        for edge in list(self):
            if not self[edge].pruned():
                del self[edge]
        return self


def build_triggers(registry) -> dict:
    """Return ``{field: {path: [fields that depend on it through path]}}`` for direct dependencies.

    A path goes from the changed record outwards, so it is the dependency's path reversed.
    """
    triggers: dict = defaultdict(lambda: defaultdict(dict))
    for model_class in registry.models.values():
        if model_class._abstract:
            continue
        for field in model_class._fields.values():
            for dependency in field.resolve_depends(registry):
                *path, source = dependency
                if field.precompute:
                    _warn_of_late_source(field, path, source)
                triggers[source][tuple(reversed(path))][field] = None
    return triggers


def _warn_of_late_source(field, path, source):
    """Warn when a precomputed field depends on what is only computed once its record, or a line of it, is inserted.

    :param path: the relations that lead to the field ``source``
    """
    late = source.store and source.compute and not source.precompute
    # other relations lead to records that are there already
    if late and all(relation.type == "one2many" for relation in path):
        warnings.warn(
            f"Field {field} is precomputed, but depends on {source}, which is computed after the insert", stacklevel=2
        )


def broken_path(registry, model_name, dotted) -> str | None:
    """Tell why ``dotted``, a path of field names that starts at a model, cannot be followed; ``None`` when it can."""
    *relations, last = dotted.split(".")
    for name in relations:
        field = registry[model_name]._fields.get(name)
        if field is not None and field.type == "properties":
            return None
        if field is None or not field.relational or field.comodel_name not in registry.models:
            return f"{dotted!r} goes through {model_name}.{name}, which is no relation"
        model_name = field.comodel_name
    if last not in registry[model_name]._fields:
        return f"{dotted!r} leads to {model_name}.{last}, which does not exist"
    return None


def transitive_tree(triggers, field) -> TriggerTree:
    """Return the tree of everything that a change of ``field`` makes stale, through any number of fields."""
    tree = TriggerTree()

    def visit(source, prefix, seen):
        for path, targets in triggers.get(source, {}).items():
            full = _joined(prefix, path)
            tree.add(full, targets)
            for target in targets:
                if target not in seen:
                    visit(target, full, (*seen, target))

    visit(field, (), (field,))
    return tree


def _joined(path1, path2) -> tuple:
    """Concatenate two backward paths; going to lines through their parent and back again stays in place."""
    # fast path of _backward() twice
    if path1 and path2:
        outward, inward = path1[-1], path2[0]
        if (
            outward.type == "many2one"
            and inward.type == "one2many"
            and not inward.related
            and not inward.compute
            and inward.inverse_name == outward.name
            and inward.comodel_name == outward.model_name
        ):
            return _joined(path1[:-1], path2[1:])
    return (*path1, *path2)


def refuse_circles(fields, depends):
    """Raise ``ValueError`` when fields of a record are computed from each other in a circle.

    Fields that can be assigned (editable, or with an inverse) may depend on each other, as one of them is given.

    :param fields: the fields of one model, by name
    :param depends: the dotted names that each field depends on
    """
    graph = {}
    for field in fields.values():
        if field.compute and not field.related and not field.inverse and not (field.store and not field.readonly):
            graph[field] = [fields[name] for name in depends.get(field, ()) if name in fields]
    done: set = set()

    def visit(field, path):
        if field in path:
            circle = path[path.index(field) :]
            if len({other.compute for other in circle}) > 1:
                names = " -> ".join(str(other) for other in (*circle, field))
                raise ValueError(f"Computed fields depend on each other in a circle: {names}")
            return
        if field in done or field not in graph:
            return
        for source in graph[field]:
            visit(source, (*path, field))
        done.add(field)

    for field in graph:
        visit(field, ())


def field_ranks(triggers) -> dict:
    """Return ``{field: rank}`` such that a field ranks after the stored fields it depends on (cycles aside)."""
    dependencies: dict = defaultdict(dict)
    for source, paths in triggers.items():
        for targets in paths.values():
            for target in targets:
                dependencies[target][source] = None
    ranks: dict = {}

    def rank(field, active):
        known = ranks.get(field)
        if known is not None:
            return known
        if field in active:
            return 0
        active = active | {field}
        value = max((rank(source, active) + 1 for source in dependencies.get(field, ())), default=0)
        ranks[field] = value
        return value

    for field in list(dependencies):
        rank(field, frozenset())
    return ranks
