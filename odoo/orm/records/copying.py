"""Copying records, with the lines and translations that belong to them."""

from .. import decorators as api
from ..commands import Command
from ..names import MAGIC_COLUMNS

__all__ = ["CopyMixin"]


class CopyMixin:
    """Copies of records."""

    __slots__ = ()

    def copy_data(self, default=None):
        """Return the values that copies of these records are created with.

        :param default: values to use instead of the records' own
        """
        values_list = []
        default = dict(default or {})
        given = _given_by_parents(self, default)
        names = [
            name
            for name, field in self._fields.items()
            if field.copy
            and not (name in default or name in given or name in MAGIC_COLUMNS or name == "parent_path")
            and field.is_accessible(self.env)
        ]
        for record in self:
            # a line must not copy the document that is copying it
            seen = record._context.get("__copy_data_seen", {})
            if record.id in seen.get(self._name, ()):
                values_list.append(None)
                continue
            record = record.with_context(__copy_data_seen={**seen, self._name: {*seen.get(self._name, ()), record.id}})
            values = dict(default)
            for name in names:
                values[name] = _copied_value(record, self._fields[name])
            values_list.append(values)
        return values_list

    @api.returns("self")
    def copy(self, default=None):
        """Duplicate the records; return the copies.

        :param default: values to use instead of the records' own
        """
        values_list = self.with_context(active_test=False).copy_data(default)
        clean = self.with_context({key: value for key, value in self._context.items() if key != "__copy_data_seen"})
        copies = clean.create([values for values in values_list if values is not None])
        for old, new in zip(self, copies, strict=False):
            old.copy_translations(new, excluded=default or ())
        return copies

    @api.private
    def copy_translations(self, new, excluded=()):
        """Copy the translations of this record's fields, and of its copied lines, to ``new``."""
        old = self
        for name, field in self._fields.items():
            if not field.copy or name in excluded:
                continue
            if field.inherited:
                continue
            if field.type == "one2many":
                for old_line, new_line in zip(old[name].sorted("id"), new[name].sorted("id"), strict=False):
                    old_line.copy_translations(new_line)
            elif field.translate and field.store:
                _copy_field_translations(self, field, new)
        for link in self._inherits.values():
            if link not in excluded and new[link] != old[link]:
                old[link].copy_translations(new[link], excluded=excluded)


def _given_by_parents(model, default) -> set:
    """Return the names that a copy does not have from this model.

    These are the links to parents at any depth, which are copied with it, and the fields of those parents that
    ``default`` gives.
    """
    names: set = set()
    own = {name for name, field in model._fields.items() if not field.inherited}
    models = [model]
    while models:
        for parent_name, link in models.pop()._inherits.items():
            parent = model.env[parent_name]
            names.add(link)
            if link in default:
                names.update(set(parent._fields) - own)
            else:
                models.append(parent)
    return names


def _copied_value(record, field):
    value = record[field.name]
    if field.type == "one2many":
        lines = value.sorted("id").copy_data()
        return [Command.create(line) for line in lines if line]
    if field.type == "many2many":
        return [Command.set(value.ids)]
    return field.convert_to_write(value, record)


def _copy_field_translations(old, field, new):
    stored = field._get_stored_translations(old)
    if not stored or len(stored) < 2:
        return
    lang = old.env._lang.removeprefix("_")
    active = {"en_US", lang, *old.pool.services.languages.codes(old.env)}
    stored = {code: value for code, value in stored.items() if code.removeprefix("_") in active}
    current = field._get_stored_translations(new) or {}
    own = current.get(lang, current.get("en_US"))
    if callable(field.translate):
        values = {**stored, lang: own} if own == stored.get(lang, stored.get("en_US")) else current
    else:
        values = {**current, **{code: value for code, value in stored.items() if code != lang}}
    new._write_translations(field, values)
