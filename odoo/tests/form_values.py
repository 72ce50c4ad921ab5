"""Values of a simulated form: which of them changed, and what happened to the lines of x2many fields."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from odoo.fields import Command, Date, Datetime

__all__ = [
    "Dotter",
    "M2MValue",
    "O2MValue",
    "UpdateDict",
    "X2MValue",
    "convert_read_to_form",
    "is_virtual",
    "new_virtual_id",
]

_virtual_ids = itertools.count(1)


def new_virtual_id() -> str:
    """Return an id for a line that is not in the database."""
    return f"virtual_{next(_virtual_ids)}"


def is_virtual(line_id) -> bool:
    """Tell whether an id stands for a line that is not in the database."""
    return not isinstance(line_id, int) or not line_id


class UpdateDict(dict):
    """A dict that remembers which keys were assigned after it was made."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._changed = set()

    def __setitem__(self, key, value):
        super().__setitem__(key, value)
        self._changed.add(key)

    def __repr__(self):
        changed = ", ".join(sorted(self._changed))
        return f"{super().__repr__()} (changed: {changed})" if changed else super().__repr__()

    def changed_items(self):
        """Iterate over the items whose keys were assigned."""
        return ((key, value) for key, value in self.items() if key in self._changed)

    def is_changed(self, key) -> bool:
        """Tell whether a key was assigned, or lines of its x2many value were changed."""
        value = self.get(key)
        return key in self._changed or (isinstance(value, X2MValue) and value.is_changed())

    def update(self, *args, **kw):
        """Assign items; all of them count as changed."""
        for key, value in dict(*args, **kw).items():
            self[key] = value

    def clear(self):
        """Remove all items and forget what changed."""
        super().clear()
        self._changed.clear()

    def copy(self):
        """Return a dict with the same items and the same changes."""
        duplicate = UpdateDict(self)
        duplicate._changed = set(self._changed)
        return duplicate


class X2MValue(Sequence):
    """The lines of an x2many field: a sequence of ids, each with the values of its line.

    :param iterable_of_vals: dicts of values with ``id``, the lines at the beginning
    """

    def __init__(self, iterable_of_vals=()):
        self._data = {vals["id"]: UpdateDict(vals) for vals in iterable_of_vals}
        self._given = list(self._data)

    def __repr__(self):
        return f"{type(self).__name__}({self._data!r})"

    def __contains__(self, id_):
        return id_ in self._data

    def __getitem__(self, index):
        return list(self._data)[index]

    def __iter__(self):
        return iter(self._data)

    def __len__(self):
        return len(self._data)

    def __eq__(self, other):
        return list(self) == (list(other) if isinstance(other, (Sequence, X2MValue)) else other)

    __hash__ = None

    def get_vals(self, id_):
        """Return the values of a line."""
        return self._data[id_]

    def add(self, id_, vals):
        """Add an existing record."""
        if id_ not in self._data:
            self._data[id_] = UpdateDict({**vals, "id": id_})

    def remove(self, id_):
        """Remove a line."""
        self._data.pop(id_)

    def clear(self):
        """Remove all lines."""
        self._data.clear()

    def create(self, vals):
        """Add a new line; its values all count as changed.

        :return: its id
        """
        id_ = vals.get("id") or new_virtual_id()
        line = UpdateDict()
        line.update(vals)
        dict.__setitem__(line, "id", id_)
        line._changed.discard("id")
        self._data[id_] = line
        return id_

    def update(self, id_, changes, changed=()):
        """Change values of a line.

        :param changes: values
        :param changed: further keys that count as changed
        """
        line = self._data[id_]
        line.update(changes)
        line._changed.update(changed)

    def is_changed(self) -> bool:
        """Tell whether lines were added, removed or changed."""
        return list(self._data) != self._given or any(
            vals.is_changed(key) for vals in self._data.values() for key in vals if key != "id"
        )

    def to_list_of_vals(self):
        """Return the values of all lines."""
        return list(self._data.values())

    def to_commands(self, convert_values=lambda vals: vals):
        """Return what happened to the lines as commands, removals last.

        :param convert_values: function of the values of a line that returns those for the command
        """
        commands = []
        for id_, vals in self._data.items():
            if is_virtual(id_):
                commands.append((Command.CREATE, id_, convert_values(vals)))
                continue
            if id_ not in self._given:
                commands.append(Command.link(id_))
            if any(vals.is_changed(key) for key in vals if key != "id"):
                commands.append(Command.update(id_, convert_values(vals)))
        return commands + [self._removal(id_) for id_ in self._given if id_ not in self._data]


class O2MValue(X2MValue):
    """The lines of a one2many field: removed ones are deleted."""

    _removal = Command.delete


class M2MValue(X2MValue):
    """The records of a many2many field: removed ones are taken off."""

    _removal = Command.unlink


class Dotter:
    """Shows the items of a dict as attributes, for expressions like ``parent.state``.

    :param values: the dict
    """

    __slots__ = ("_values",)

    def __init__(self, values):
        self._values = values

    def __getattr__(self, key):
        try:
            value = self._values[key]
        except KeyError:
            raise AttributeError(key) from None
        return list(value) if isinstance(value, X2MValue) else value


def convert_read_to_form(values, fields) -> dict:
    """Return values as ``web_read`` gives them in the form this simulation keeps them: ids for many2one, X2MValue for
    x2many.

    :param values: dict of values
    :param fields: descriptions of the fields; those of x2many fields have ``edition_view`` and ``line_fields``
    """
    return {name: _convert(value, fields[name]) if name in fields else value for name, value in values.items()}


def _convert(value, info):
    if info["type"] == "many2one":
        if isinstance(value, dict):
            return value.get("id") or False
        return value[0] if isinstance(value, (tuple, list)) else value
    if info["type"] == "reference" and isinstance(value, dict):
        target = value.get("id") or value
        return f"{target['model']},{target['id']}" if target else False
    if info["type"] == "date":
        return Date.to_date(value) or False
    if info["type"] == "datetime":
        return Datetime.to_datetime(value) or False
    if info["type"] in ("one2many", "many2many"):
        kind = O2MValue if info["type"] == "one2many" else M2MValue
        line_fields = info.get("line_fields") or {}
        return kind(
            convert_read_to_form(line, line_fields) if isinstance(line, dict) else {"id": line} for line in value or ()
        )
    return value
