"""Saving for the web client, which tells what it had read of what it changes."""

import json

from odoo import Command, api, models
from odoo.addons.web.exceptions import SaveConflict
from odoo.exceptions import AccessError, UserError
from odoo.tools.json import json_default

#: key of the context under which a save says what it had read:
#: ``{"model": name, "id": id, "values": {field: value, x2many field: {id of a line: {field: value}}}}``
KNOWN = "web_save_known"
#: lines that are saved at once
MOST_LINES = 1000
#: commands that need the line that they name
_OF_LINES = (Command.UPDATE, Command.DELETE, Command.UNLINK)


class Base(models.AbstractModel):
    """Saving."""

    _inherit = "base"

    def web_save(self, vals, specification: dict[str, dict], next_id=None) -> list[dict]:
        """Write on the record, or create it when there is none, and read it or the record ``next_id``.

        :raise SaveConflict: the context has ``web_save_known``, and a field that ``vals`` changes has another value now
        """
        if KNOWN in self.env.context:
            self, vals = self._web_compared(vals, specification)
        saved = self._web_store(vals)
        shown = self.browse(next_id) if next_id else saved
        return shown.with_context(bin_size=True).web_read(specification)

    @api.model
    def web_save_lines(self, lines: list[dict]) -> list[int]:
        """Save several records at once, all of them or none: a block that was pasted into a list.

        :param lines: ``{"id": id of the record, or False for a new one, "values": {field: value}}``
        :return: ids of the records, in their order
        :raise UserError: there are more lines than are saved at once, or one is not understood
        """
        if len(lines) > MOST_LINES:
            raise UserError(self.env._("At most %(count)s lines are saved at once.", count=MOST_LINES))
        if not all(isinstance(line, dict) and isinstance(line.get("values"), dict) for line in lines):
            raise UserError(self.env._("Lines to be saved have an id and values."))
        saved = []
        for line in lines:
            record = self.browse(line.get("id") or ())
            saved += record._web_store(line["values"]).ids
        return saved

    def _web_store(self, vals):
        """Return the record with its new values, a new one when there was none."""
        if not self:
            return self.create(vals)
        self.write(vals)
        return self

    def _web_compared(self, vals, specification):
        """Return the record without what it was told, and the values without commands to lines that are gone.

        The transaction sees one state of the database: who writes on the record after that makes it begin anew.

        :raise SaveConflict:
        """
        known = self.env.context[KNOWN]
        record = self.with_context({key: value for key, value in self.env.context.items() if key != KNOWN})
        if not isinstance(known, dict) or not isinstance(known.get("values"), dict):
            raise UserError(self.env._("What a save says to have read is not understood."))
        if len(self) != 1 or known.get("model") != self._name or known.get("id") != self.id:
            # meant for another record, which is saved on the way
            return record, vals
        comparison = _Comparison(record.with_context(bin_size=True), specification)
        vals = comparison.compare(vals, known["values"])
        if comparison.values or comparison.lines:
            raise comparison.conflict()
        return record, vals


class _Comparison:
    """What a save changes beside what is stored: fields that have a third value by now."""

    def __init__(self, record, specification):
        self.record = record
        self.specification = specification
        #: ``{field: value as web_read gives it}``
        self.values: dict = {}
        #: ``{field: {id of a line: {"values": as above, "name": name of the line} or False}}``
        self.lines: dict = {}

    def compare(self, vals, known) -> dict:
        """Note what differs; return the values to write."""
        names = [name for name in vals if name in known]
        plain = [name for name in names if _is_comparable(self.record, name)]
        self.values = self._compare_values(plain, vals, known)
        result = dict(vals)
        for name in names:
            field = self.record._fields.get(name)
            if field is not None and field.type in ("one2many", "many2many"):
                result[name] = self._compare_lines(name, vals[name], known[name])
        return result

    def _compare_values(self, names, vals, known) -> dict:
        """Return the stored values of fields that differ."""
        transaction = self.record.env.transaction
        # the row is read once, with the names that are shown afterwards
        transaction.named = self.record._web_named(self.specification)
        try:
            changed = _changed(self.record, names, vals, known)
        except AccessError:
            # nothing that the user may not see is compared, nor told
            return {}
        finally:
            transaction.named = frozenset()
        return _shown(self.record, changed)

    def _compare_lines(self, name, commands, known):
        """Note lines that others changed, too, or deleted; return the commands without those to lines that are gone."""
        if not isinstance(commands, (list, tuple)) or not isinstance(known, dict):
            return commands
        ids = [command[1] for command in commands if command[0] in _OF_LINES and isinstance(command[1], int)]
        if not ids:
            return commands
        lines = self.record.env[self.record._fields[name].comodel_name].browse(dict.fromkeys(ids))
        fields_spec = (self.specification.get(name) or {}).get("fields") or {}
        found = lines.with_context(active_test=False).search_fetch([("id", "in", ids)], _columns(lines, fields_spec))
        gone = set((lines - found)._ids) - set((lines - found).exists()._ids)
        notes = {}
        for operation, id_, *data in commands:
            if operation != Command.UPDATE:
                continue
            if id_ in gone:
                notes[id_] = False
            elif id_ in found._ids:
                self._compare_line(notes, lines.browse(id_).with_prefetch(found._ids), data[0], known.get(str(id_)))
        if notes:
            self.lines[name] = notes
        return [command for command in commands if command[0] not in _OF_LINES or command[1] not in gone]

    @staticmethod
    def _compare_line(notes, line, vals, known):
        if not isinstance(known, dict):
            return
        plain = [name for name in vals if name in known and _is_comparable(line, name)]
        changed = _changed(line, plain, vals, known)
        if changed:
            notes[line.id] = {"values": _shown(line, changed), "name": line.display_name}

    def conflict(self) -> SaveConflict:
        """Return the error that tells what is stored, who stored it and when."""
        record = self.record
        stored = {"values": self.values, "lines": self.lines}
        log = [name for name in ("write_uid", "write_date") if name in record._fields]
        stored.update(_shown(record, [name for name in log if _is_readable(record, name)]))
        labels = [record._fields[name]._description_string(record.env) for name in (*self.values, *self.lines)]
        message = record.env._(
            "Somebody else has changed this meanwhile, too: %(fields)s. Nothing was saved.", fields=", ".join(labels)
        )
        return SaveConflict(message, json.loads(json.dumps(stored, default=json_default)))


def _is_readable(record, name) -> bool:
    field = record._fields[name]
    return record.env.su or not field.groups or field.is_accessible(record.env)


def _is_comparable(record, name) -> bool:
    """Tell whether a field has a value of its own, which the user may see; lines are compared one by one."""
    field = record._fields.get(name)
    if field is None or field.type in ("one2many", "many2many"):
        return False
    return bool(field.store or field.related) and _is_readable(record, name)


def _columns(record, specification) -> list:
    """Return the stored fields of a specification that the user may see, without those that have records."""
    fields = record._fields
    stored = [name for name in specification if name in fields and fields[name].store and fields[name].column_type]
    return [name for name in stored if _is_readable(record, name)]


def _changed(record, names, vals, known) -> list:
    """Return the fields whose stored value is neither what was known nor what is written."""
    result = []
    for name in names:
        field = record._fields[name]
        stored = _comparable(field, field.convert_to_read(record[name], record, False))
        if stored not in (_comparable(field, known[name]), _comparable(field, vals[name])):
            result.append(name)
    return result


def _comparable(field, value):
    """Return a value in a form that is the same for the client and the server."""
    if field.type == "properties" and isinstance(value, list):
        value = {item.get("name"): item.get("value") or False for item in value if isinstance(item, dict)}
    # empty texts, relations and so on have several forms
    return json.dumps(_plain(value or False), default=json_default, sort_keys=True)


def _plain(value):
    """Return a value whose numbers are of one type; JSON does not tell 4 from 4.0."""
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return {key: _plain(item) for key, item in value.items()} if isinstance(value, dict) else value


def _shown(record, names) -> dict:
    """Return the values of fields as ``web_read`` gives them."""
    named = ("many2one", "reference", "many2one_reference")
    spec = {name: {"fields": {"display_name": {}}} if record._fields[name].type in named else {} for name in names}
    values = record.web_read(spec)[0] if names else {}
    values.pop("id", None)
    return values
