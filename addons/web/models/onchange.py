"""The dialogue of a form with the server while it is edited: what changes when the user changes a field."""

from odoo import Command, models
from odoo.models import NewId


class Base(models.AbstractModel):
    """Onchange."""

    _inherit = "base"

    def onchange(self, values: dict, field_names: list[str], fields_spec: dict):
        """Return what changes in a form after some of its fields were changed.

        :param values: values of the form's fields, x2many ones as commands
        :param field_names: the fields that were changed; none when a form opens on a new record, which gets defaults
        :param fields_spec: the form's fields, see ``web_read``
        :return: ``{"value": changed values, "warning": {"title", "message", "type"}}``
        """
        if any(name not in self._fields for name in field_names):
            return {}
        # records in memory read from the database what they do not know
        self.env.flush_all()
        return _FormSession(self, values, field_names, fields_spec).run()


class _FormSession:
    """One call of ``onchange``: a record in memory that mirrors the form, looked at before and after."""

    def __init__(self, model, values, field_names, fields_spec):
        self.model = model
        # addons put fields into a model for the time of one call, for which records have no place
        passing = {name for name, field in model._fields.items() if field.name is None}
        self.spec = {name: spec for name, spec in fields_spec.items() if name not in passing}
        self.opening = not field_names
        self.values = {name: value for name, value in values.items() if name not in passing}
        self.changed = [name for name in field_names if name not in passing]
        if self.opening:
            self._add_defaults()

    def _add_defaults(self):
        """Complete the values of a new record; given values and defaults count as changed by the user."""
        self.changed = [name for name in self.values if name != "id"]
        missing = [name for name in self.spec if name not in self.values and name != "id"]
        defaults = self.model.default_get(missing)
        for name in missing:
            self.values[name] = defaults.get(name, False)
            if name in defaults:
                self.changed.append(name)

    def run(self) -> dict:
        """Apply the changes and return the answer for the client."""
        record = self._make_record()
        before = _Snapshot(record, self.spec, fetch=not self.opening)
        # only now: computed values must see that these values changed
        changes = {name: self.values[name] for name in self.changed}
        with record.env.protecting([record._fields[name] for name in self.changed if name in record._fields], record):
            record._update_cache(changes)
        for name in self.changed:
            before.take(name)
        self._propagate(record)
        warnings = _Warnings()
        self._call_onchange_methods(record, before, warnings)
        after = _Snapshot(record, self.spec)
        result = {"value": after.difference(before, everything=self.opening)}
        warning = warnings.merged(record.env)
        if warning:
            result["warning"] = warning
        return result

    def _make_record(self):
        """Return the record in memory with the form's values, but for the changed ones: stored ones, else empty."""
        model = self.model
        unchanged = {name: value for name, value in self.values.items() if name not in self.changed}
        if not model:
            unchanged |= dict.fromkeys(self.changed, False)
        for parent_name in model._inherits.values():
            # an empty parent would lose the values that the form shows of it
            if not unchanged.get(parent_name, True):
                del unchanged[parent_name]
        unchanged.pop("id", None)
        if model:
            # the mirror in memory asks no more
            model.check_access("read")
            # stored lines come from the record when they are needed: all of them, those that nobody is shown too
            shown = [model._fields[name] for name in self.spec if name in model._fields and name != "id"]
            stored = {field.name: model[field.name] for field in shown if not (field.store and _is_x2many(field))}
            record = model.new(stored, origin=model)
            record._update_cache(unchanged, validate=False)
        else:
            record = model.new(unchanged, origin=model)
        self._update_parents(record, unchanged)
        return record

    def _update_parents(self, record, names):
        """Give the form's values of inherited fields to the parent records, which computed fields read them from."""
        for name in names:
            field = record._fields.get(name)
            if field is not None and field.inherited:
                parent_name, parent_field = field.related.split(".", 1)
                parent = record[parent_name]
                if parent:
                    parent._update_cache({parent_field: record[name]}, validate=False)

    def _propagate(self, record):
        """Recompute what depends on the changed fields, leaving what the user entered."""
        fields = record._fields
        names = list(dict.fromkeys([*self.changed, *self.spec])) if self.opening else self.changed
        names = [name for name in names if name in fields and name != "id"]
        with record.env.protecting([fields[name] for name in self.changed if name in fields], record):
            record.modified(names)
            for name in names:
                field = fields[name]
                if field.inherited:
                    parent = record[field.related.split(".")[0]]
                    parent[name] = record[name]

    def _call_onchange_methods(self, record, before, warnings):
        """Call the onchange methods of the changed fields, then of those that they changed, each field once."""
        collected = {"warnings": warnings}
        fields = record._fields
        todo = list(dict.fromkeys([*self.changed, *self.spec])) if self.opening else self.changed
        done: set = set()
        while todo:
            for name in todo:
                if name in fields:
                    record._apply_onchange_methods(name, collected)
                done.add(name)
            if not record.env.context.get("recursive_onchanges", True):
                break
            todo = [name for name in self.spec if name not in done and before.has_changed(name)]


class _Warnings:
    """The warnings of onchange methods, each once."""

    def __init__(self):
        self._triples: dict = {}

    def add(self, triple):
        """Add ``(title, message, type)``."""
        self._triples[triple] = None

    def merged(self, env) -> "dict | None":
        """Return one warning that says everything."""
        triples = list(self._triples)
        if not triples:
            return None
        if len(triples) == 1:
            title, message, kind = triples[0]
            return {"title": title, "message": message, "type": kind or "dialog"}
        text = "\n\n".join(f"{title}\n\n{message}" for title, message, _kind in triples)
        return {"title": env._("Warnings"), "message": text, "type": "dialog"}


class _Snapshot:
    """The values of a form's fields at one moment; those of lines are snapshots of the lines."""

    def __init__(self, record, spec, fetch=True):
        self.record = record
        self.spec = spec
        self.values: dict = {}
        if fetch:
            for name in spec:
                self.take(name)

    def take(self, name):
        """Note the present value of a field."""
        if name not in self.record._fields or name == "id":
            return
        field = self.record._fields[name]
        if not _is_x2many(field):
            self.values[name] = self.record[name]
            return
        spec = self.spec.get(name) or {}
        lines = self.record[name].with_context(**spec.get("context", {}))
        self.values[name] = {line._ids[0]: _Snapshot(line, spec.get("fields") or {}) for line in lines}

    def has_changed(self, name) -> bool:
        """Tell whether the record has another value for a field than at the moment of the snapshot."""
        if name not in self.values:
            return True
        field = self.record._fields[name]
        known = self.values[name]
        if not _is_x2many(field):
            return known != self.record[name]
        lines = self.record[name]
        if len(lines) != len(known) or set(lines._ids) != set(known):
            return True
        return any(snapshot.has_changed(line_name) for snapshot in known.values() for line_name in snapshot.values)

    def difference(self, other: "_Snapshot | None", everything=False) -> dict:
        """Return the values that differ from those of another snapshot, as the client takes them.

        :param other: ``None`` for a record that the client does not know yet
        :param everything: return all values
        """
        plain, lines = {}, {}
        other_values = other.values if other is not None else {}
        for name, value in self.values.items():
            if not everything and name in other_values and _same(value, other_values[name]):
                continue
            (lines if _is_x2many(self.record._fields[name]) else plain)[name] = self.spec.get(name) or {}
        result = self.record.web_read(plain)[0] if plain else {}
        result.pop("id", None)
        for name, spec in lines.items():
            commands = self._commands(name, spec, {} if everything else other_values.get(name, {}))
            if commands:
                result[name] = commands
        return result

    def _commands(self, name, spec, other: dict) -> list:
        """Return the commands that lead from the lines of another snapshot to these."""
        remove = Command.delete if self.record._fields[name].type == "one2many" else Command.unlink
        present = self.values[name]
        # lines of a database record are known in memory by new ids
        other = {NewId(id_) if id_ else id_: snapshot for id_, snapshot in other.items()}
        mine = {NewId(id_) if id_ else id_: snapshot for id_, snapshot in present.items()}
        commands = [remove(_client_id(id_)) for id_ in other if id_ not in mine]
        for id_, snapshot in mine.items():
            if id_ in other:
                changes = snapshot.difference(other[id_])
                if changes:
                    commands.append(Command.update(_client_id(id_), changes))
            elif not id_.origin:
                commands.append((Command.CREATE, _client_id(id_), snapshot.difference(None)))
            else:
                commands += self._link(id_, snapshot, spec)
        return commands

    @staticmethod
    def _link(id_, snapshot, spec) -> list:
        """Return the commands that add a line of the database, and what differs on it from the database."""
        line = snapshot.record._origin or snapshot.record
        fields_spec = spec.get("fields") or {}
        commands = [(Command.LINK, id_.origin, line.web_read(fields_spec)[0])]
        if not snapshot.record.id:
            changes = snapshot.difference(_Snapshot(line, snapshot.spec))
            if changes:
                commands.append(Command.update(id_.origin, changes))
        return commands


def _same(value, other) -> bool:
    """Tell whether two values of snapshots are equal; those of lines are when the lines are, in any order."""
    if not isinstance(value, dict) or not isinstance(other, dict):
        return value == other
    if not all(isinstance(item, _Snapshot) for item in (*value.values(), *other.values())):
        return value == other
    mine = {NewId(id_) if id_ else id_: snapshot for id_, snapshot in value.items()}
    theirs = {NewId(id_) if id_ else id_: snapshot for id_, snapshot in other.items()}
    return mine.keys() == theirs.keys() and all(
        _same(line_value, theirs[id_].values.get(name, _MISSING))
        for id_, snapshot in mine.items()
        for name, line_value in snapshot.values.items()
    )


_MISSING = object()


def _is_x2many(field) -> bool:
    return field.type in ("one2many", "many2many")


def _client_id(id_):
    """Return what the client knows a line by: its database id or its virtual id."""
    return id_.origin or id_.ref or 0
