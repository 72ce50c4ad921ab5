"""What the cache has and the database has not yet."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, KeysView
from typing import Any

__all__ = ["Changes"]


class Changes:
    """The values to write, and the records whose log columns say so.

    ``ids``: ``ids(field)`` gives the ids of the field to write as the keys of a dict, ``None`` when there are none;
    ``marks``: ``marks(field)`` gives that dict in any case, the fast door to mark one: ``marks(field)[id_] = None``;
    ``writers``: ``writers(model_name)`` gives ``{id: uid of the last writer}``, the fast door to note one.
    """

    __slots__ = ("ids", "marks", "writers", "_dirty", "_touched", "_values")

    ids: Callable[[Any], "dict | None"]
    marks: Callable[[Any], dict]
    writers: Callable[[str], dict]

    def __init__(self) -> None:
        #: field -> ids to write, as keys
        self._dirty: dict = defaultdict(dict)
        #: field with a context level -> {id: {context key: value}} to write
        self._values: dict = defaultdict(dict)
        #: model name -> {id: uid of the last writer}
        self._touched: dict = defaultdict(dict)
        self.ids = self._dirty.get
        self.marks = self._dirty.__getitem__
        self.writers = self._touched.__getitem__

    def __bool__(self) -> bool:
        return bool(self._dirty or self._touched)

    # noting

    def mark(self, field: Any, ids: Collection) -> None:
        """Note that the values of ``field`` on ``ids`` are to be written."""
        if ids:
            self._dirty[field].update(dict.fromkeys(ids))

    def mark_values(self, field: Any, id_: Any, values: dict) -> None:
        """Note that a field with a context level is to be written: ``values``, ``{context key: value}``."""
        self._dirty[field][id_] = None
        self._values[field].setdefault(id_, {}).update(values)

    def touch(self, model_name: str, ids: Collection, uid: int) -> None:
        """Note that the user ``uid`` writes the records ``ids`` of a model."""
        if ids:
            self._touched[model_name].update(dict.fromkeys(ids, uid))

    # looking

    def has_values(self) -> bool:
        """Tell whether values are to be written, whatever is touched."""
        return bool(self._dirty)

    def fields(self) -> KeysView:
        """Return the fields with values to write."""
        return self._dirty.keys()

    def fields_with_context(self) -> KeysView:
        """Return those of :meth:`fields` whose values depend on the context."""
        return self._values.keys()

    def values(self, field: Any, id_: Any) -> dict:
        """Return the ``{context key: value}`` to write of a field with a context level; nobody may change it."""
        return self._values[field].get(id_, {}) if field in self._values else {}

    def includes_any(self, fields: Iterable, ids: Iterable) -> bool:
        """Tell whether one of ``fields`` is to be written on one of ``ids``."""
        dirty = self._dirty
        return any(not dirty[field].keys().isdisjoint(ids) for field in fields if field in dirty)

    def includes(self, model_name: str) -> bool:
        """Tell whether something is to be written on records of a model."""
        return bool(self._touched.get(model_name)) or any(field.model_name == model_name for field in self._dirty)

    def models(self) -> Iterable[str]:
        """Return the names of the models to write, in the order in which their values became dirty."""
        return dict.fromkeys((*(field.model_name for field in self._dirty), *self._touched))

    # handing out and forgetting

    def take(self, model_name: str) -> tuple[dict, dict, dict]:
        """Return what is to be written on a model, and forget it.

        :return: ``{field: ids}``; of the fields with a context level ``{field: {id: {context key: value}}}``; and
            ``{id: uid of the last writer}``
        """
        fields = [field for field in self._dirty if field.model_name == model_name]
        values = {field: self._values.pop(field) for field in fields if field in self._values}
        return {field: self._dirty.pop(field) for field in fields}, values, self._touched.pop(model_name, {})

    def take_field(self, field: Any) -> dict:
        """Forget what is to be written of ``field``, and return the ids."""
        self._values.pop(field, None)
        return self._dirty.pop(field, {})

    def forget(self, field: Any, ids: Iterable) -> None:
        """Forget what is to be written of ``field`` on ``ids``."""
        for register in (self._dirty.get(field), self._values.get(field)):
            if register:
                for id_ in ids:
                    register.pop(id_, None)

    def forget_values(self, field: Any, ids: Iterable) -> None:
        """Forget what is to be written of a field with a context level on ``ids``, in whatever context."""
        waiting = self._values.get(field)
        if waiting:
            for id_ in ids:
                waiting.pop(id_, None)

    def clear(self) -> None:
        """Forget everything."""
        self._dirty.clear()
        self._values.clear()
        self._touched.clear()
