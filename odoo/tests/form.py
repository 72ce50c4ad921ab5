"""Simulation of what a user does in a form view: defaults, onchanges, checks of modifiers, saving."""

from __future__ import annotations

import collections
import logging
from datetime import UTC, datetime, time

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.fields import Command
from odoo.sandbox.evaluate import safe_eval

from .form_values import (
    Dotter,
    M2MValue,
    O2MValue,
    UpdateDict,
    X2MValue,
    convert_read_to_form,
    is_virtual,
    new_virtual_id,
)
from .form_view import MODIFIER_ALIASES, get_static_context, load_form_view  # noqa: F401

__all__ = ["Form", "M2MProxy", "O2MForm", "O2MProxy"]

_onchange_logger = logging.getLogger("odoo.tests.common.onchange")
_X2MANY = ("one2many", "many2many")


class Form:
    """A form view on a record, or on a new one: fields are read and assigned as attributes.

    Assigning calls the onchange of the field, as leaving it does in the client; what the view makes readonly or
    invisible cannot be
    assigned, what it requires must be there when saving. One2many and many2many fields give proxies to edit their lines
    with.
    As a context manager the form saves itself at the end of the block::

        with Form(env["sale.order"]) as order_form:
            order_form.partner_id = partner
            with order_form.order_line.new() as line_form:
                line_form.product_id = product
        order = order_form.record

    :param record: record to edit, or an empty recordset for a new one
    :param view: id, external id or record of the view; the default form view of the model without
    """

    def __init__(self, record, view=None) -> None:
        assert len(record) <= 1, f"a form shows one record, got {record!r}"
        env = record.env
        if isinstance(view, str):
            view = env.ref(view)
        view_id = view if isinstance(view, int) and view is not False else (view.id if view else False)
        self._set(
            _record=record,
            _env=env,
            _values=UpdateDict(),
            _view=load_form_view(record.browse(), view_id or False),
        )
        self._load()

    @classmethod
    def from_action(cls, env, action: dict) -> Form:
        """Return the form an action opens.

        :param action: dict of a window action
        """
        assert action["type"] == "ir.actions.act_window", f"only a window action opens a form, got {action['type']!r}"
        context = action.get("context", {})
        if isinstance(context, str):
            context = safe_eval(context, {"uid": env.uid, "context": env.context})
        record = env[action["res_model"]].with_context(**context).browse(action.get("res_id") or ())
        view_id = next((view for view, kind in action.get("views") or () if kind == "form"), None)
        if view_id is None and action.get("view_id"):
            view = action["view_id"]
            view_id = view[0] if isinstance(view, (list, tuple)) else view
        return cls(record, view_id or None)

    def _set(self, **attributes):
        for name, value in attributes.items():
            object.__setattr__(self, name, value)

    def _load(self):
        if self._record:
            self._init_from_record()
        else:
            self._init_from_defaults()

    def _init_from_record(self):
        """Take the values of the record."""
        assert self._record.id, "a form edits records that are in the database"
        [values] = self._record.web_read(self._view["fields_spec"])
        self._env.flush_all()
        self._env.invalidate_all()
        self._set(_values=UpdateDict(convert_read_to_form(values, self._view["fields"])))

    def _init_from_defaults(self):
        """Take the defaults of a new record, with their onchanges."""
        values = UpdateDict()
        for name, info in self._view["fields"].items():
            if info["type"] == "one2many":
                dict.__setitem__(values, name, O2MValue())
            elif info["type"] == "many2many":
                dict.__setitem__(values, name, M2MValue())
            else:
                dict.__setitem__(values, name, False)
        self._set(_values=values)
        self._perform_onchange()
        # a new record saves whatever it shows
        self._values._changed.update(self._view["fields"])

    # reading and assigning

    def _field_info(self, name):
        info = self._view["fields"].get(name)
        assert info is not None, f"{name!r} was not found in the view"
        return info

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self[name]

    def __getitem__(self, name):
        info = self._field_info(name)
        value = self._values[name]
        if info["type"] == "many2one":
            return self._env[info["relation"]].browse(value or ())
        if info["type"] == "one2many":
            return O2MProxy(self, name)
        if info["type"] == "many2many":
            return M2MProxy(self, name)
        if info["type"] == "reference" and value:
            model, _comma, id_ = value.partition(",")
            return self._env[model].browse(int(id_))
        return value

    def __setattr__(self, name, value):
        self[name] = value

    def __setitem__(self, name, value):
        info = self._field_info(name)
        assert info["type"] != "one2many", f"{name!r} cannot be assigned: edit its lines with new(), edit(), remove()"
        self._assert_editable(name)
        if info["type"] == "many2many":
            M2MProxy(self, name).set(value)
            return
        self._values[name] = self._from_user(name, info, value)
        self._perform_onchange(name)

    def _assert_editable(self, name):
        assert not self._get_modifier(name, "readonly"), f"can't write on readonly field {name!r}"
        assert not self._get_modifier(name, "invisible"), f"can't write on invisible field {name!r}"

    @staticmethod
    def _from_user(name, info, value):
        """Return an assigned value in the form values are kept in."""
        kind = info["type"]
        if kind == "many2one":
            if not value:
                return False
            assert hasattr(value, "_name"), f"{name!r} takes a record, got {value!r}"
            assert value._name == info["relation"], f"{name!r} takes a record of {info['relation']}, got {value!r}"
            value.ensure_one()
            return value.id
        if kind == "reference":
            return f"{value._name},{value.id}" if value and hasattr(value, "_name") else value or False
        if kind == "date":
            return fields.Date.to_date(value) or False
        if kind == "datetime":
            return fields.Datetime.to_datetime(value) or False
        if kind == "boolean":
            return bool(value)
        return value

    def __str__(self):
        return f"<{type(self).__name__} {self._record._name}({self._record.id or 'new'})>"

    __repr__ = __str__

    # modifiers and contexts

    def _get_modifier(self, name, modifier, view=None, values=None, parent=None) -> bool:
        """Return the value of a modifier of a field.

        :param view: view of the field; by default the form's
        :param values: values the expression sees; by default the form's
        """
        view = view or self._view
        expression = view["modifiers"][name].get(modifier, "False")
        result = self._eval_modifier(expression, values, parent)
        if modifier == "invisible" and not result:
            column = view["modifiers"][name].get("column_invisible")
            result = bool(column) and self._eval_modifier(column, values, parent)
        return result

    def _eval_modifier(self, expression, values, parent) -> bool:
        if expression in ("True", "False"):
            return expression == "True"
        return bool(safe_eval(expression, self._get_eval_context(values, parent)))

    def _get_eval_context(self, values=None, parent=None) -> dict:
        """Return the names that expressions in views see."""
        values = self._values if values is None else values
        record = self._record
        today = fields.Date.context_today(record)
        context = {
            "id": record.id,
            "active_id": record.id,
            "active_ids": record.ids,
            "active_model": record._name,
            "uid": self._env.uid,
            "context": dict(self._env.context),
            "True": True,
            "False": False,
            "None": None,
            "current_date": today.strftime("%Y-%m-%d"),
            "today": today.strftime("%Y-%m-%d"),
            "now": datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S"),
            "allowed_company_ids": self._env.companies.ids,
            "current_company_id": self._env.company.id,
            "datetime": _Datetimes,
            "relativedelta": relativedelta,
            "time": _Datetimes,
            "context_today": lambda: today,
            "true": True,
            "false": False,
        }
        context.update((name, list(value) if isinstance(value, X2MValue) else value) for name, value in values.items())
        if is_virtual(context["id"]):
            # as in the client, what is not in the database has no id
            context["id"] = False
        if parent is None:
            parent = self._parent_values()
        if parent is not None:
            context["parent"] = Dotter(parent)
        return context

    def _parent_values(self):
        return None

    def _get_context(self, name) -> dict:
        """Return the value of the context of a field."""
        expression = self._view["contexts"][name]
        return dict(safe_eval(expression, self._get_eval_context())) if expression.strip() != "{}" else {}

    # onchange

    def _get_onchange_values(self) -> dict:
        """Return the values the client would send with an onchange: all of a new record, of another what changed."""
        return self._collect(self._view, self._values, everything=not self._record)

    def _collect(self, view, values, everything=False, only=None) -> dict:
        """Return values in the form ``onchange`` and ``write`` take them.

        :param everything: also what did not change
        :param only: function of a field's name that tells whether to take it
        """
        result = {}
        for name, value in values.items():
            info = view["fields"].get(name)
            if info is None or name == "id" or not (everything or values.is_changed(name)) or (only and not only(name)):
                continue
            if info["type"] in _X2MANY:
                value = value.to_commands(lambda line, info=info: self._collect_line(info, line))
            result[name] = value
        return result

    def _collect_line(self, info, line) -> dict:
        line_view = info.get("edition_view")
        known = info.get("line_fields") or {}
        everything = is_virtual(line.get("id"))
        return (
            {
                name: value.to_commands() if isinstance(value, X2MValue) else value
                for name, value in line.items()
                if name != "id" and name in known and (everything or line.is_changed(name))
            }
            if known or line_view is None
            else self._collect(line_view, line, everything)
        )

    def _perform_onchange(self, field_name=None):
        """Call the onchange of a field, or that of a new record, and take over what it gives."""
        if field_name is not None and not self._view["onchange"].get(field_name):
            return
        record = self._record
        if field_name is not None:
            record = record.with_context(**self._get_context(field_name))
        result = record.onchange(
            self._onchange_input(field_name), [field_name] if field_name else [], self._view["fields_spec"]
        )
        # the client's next call comes in another transaction
        self._env.flush_all()
        self._env.invalidate_all()
        if warning := result.get("warning"):
            _onchange_logger.warning("%(title)s %(message)s", warning)
        if values := result.get("value"):
            self._apply_onchange({name: value for name, value in values.items() if name in self._view["fields"]})

    def _onchange_input(self, field_name) -> dict:
        return self._get_onchange_values() if field_name is not None else {}

    def _apply_onchange(self, values):
        for name, value in values.items():
            info = self._view["fields"][name]
            if info["type"] in _X2MANY:
                _apply_commands(self._values[name], value, info)
                self._values._changed.add(name)
            else:
                self._values[name] = convert_read_to_form({name: value}, {name: info})[name]

    # saving

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        if exc_type is None:
            self.save()

    @property
    def record(self):
        """The record that the form shows.

        :raise AssertionError: when there is something to save, as the record lacks it
        """
        changed = [name for name in self._values if self._values.is_changed(name)]
        assert not changed, f"the form is to be saved first: {', '.join(changed)} changed"
        return self._record

    def save(self):
        """Check the required fields, create or write the record, and show it as it is then.

        :return: the record
        :raise AssertionError: when a required field is empty
        """
        values = self._get_save_values()
        record = self._record
        if not record or values:
            [saved] = record.web_save(values, self._view["fields_spec"])
            self._env.flush_all()
            self._env.invalidate_all()
            if not record:
                record = record.browse(saved["id"])
                self._set(_record=record)
        self._init_from_record()
        return record

    def _get_save_values(self) -> dict:
        """Return the values to save.

        :raise AssertionError: when a required field is empty
        """
        self._check_required(self._view, self._values)
        values = self._collect(
            self._view,
            self._values,
            everything=not self._record,
            only=lambda name: self._view["fields"][name]["force_save"] or not self._get_modifier(name, "readonly"),
        )
        for name in values:
            info = self._view["fields"][name]
            if info["type"] == "one2many" and info.get("edition_view"):
                values[name] = self._values[name].to_commands(
                    lambda line, info=info: self._line_save_values(info, line)
                )
        return values

    def _check_required(self, view, values, parent=None):
        for name, info in view["fields"].items():
            if info["type"] == "boolean" or name == "id" or name not in values:
                continue
            value = values[name]
            # an empty text is for the server to refuse
            if value is not False and value is not None and not (isinstance(value, X2MValue) and not len(value)):
                continue
            if self._get_modifier(name, "required", view, values, parent) and not self._get_modifier(
                name, "invisible", view, values, parent
            ):
                raise AssertionError(f"{name} is a required field ({view['modifiers'][name]})")

    def _line_save_values(self, info, line) -> dict:
        """Return the values of a line to save: without those that are readonly in the view the line is edited in."""
        view = info["edition_view"]
        values = self._collect_line(info, line)
        parent = dict(self._values)
        return {
            name: value
            for name, value in values.items()
            if name not in view["fields"]
            or view["fields"][name]["force_save"]
            or not self._get_modifier(name, "readonly", view, line, parent)
        }


class _Datetimes:
    """The part of :mod:`datetime` and :mod:`time` that expressions in views use."""

    datetime = datetime
    time = time

    @staticmethod
    def strftime(format):
        """Return the present moment as text."""
        return datetime.now().strftime(format)


def _apply_commands(lines, commands, info):
    """Do to the lines of an x2many field what an onchange says.

    :param lines: :class:`~odoo.tests.form_values.X2MValue`
    :param commands: the commands
    :param info: description of the field
    """
    line_fields = info.get("line_fields") or {}
    for code, id_, *rest in commands:
        argument = rest[0] if rest else None
        if code == Command.CREATE:
            lines.create(
                {
                    **_empty_line(line_fields),
                    **convert_read_to_form(argument, line_fields),
                    "id": id_ or new_virtual_id(),
                }
            )
        elif code == Command.UPDATE:
            _update_line(lines, id_, argument, line_fields)
        elif code in (Command.DELETE, Command.UNLINK):
            if id_ in lines:
                lines.remove(id_)
        elif code == Command.LINK:
            values = convert_read_to_form(argument, line_fields) if isinstance(argument, dict) else {}
            lines.add(id_, {**_empty_line(line_fields), **values})
        elif code == Command.CLEAR:
            lines.clear()
        elif code == Command.SET:
            for line_id in [line_id for line_id in lines if line_id not in argument]:
                lines.remove(line_id)
            for line_id in argument:
                lines.add(line_id, _empty_line(line_fields))


def _update_line(lines, id_, changes, line_fields):
    if id_ not in lines:
        return
    current = lines.get_vals(id_)
    plain = {}
    for name, value in changes.items():
        line_info = line_fields.get(name)
        if line_info and line_info["type"] in _X2MANY and isinstance(current.get(name), X2MValue):
            _apply_commands(current[name], value, line_info)
        else:
            plain[name] = value
    lines.update(id_, convert_read_to_form(plain, line_fields))


def _empty_line(line_fields) -> dict:
    empty = {"one2many": O2MValue, "many2many": M2MValue}
    return {
        name: empty[info["type"]]() if info["type"] in empty else False
        for name, info in line_fields.items()
        if name != "id"
    }


class O2MForm(Form):
    """The form of one line of a one2many field.

    :param proxy: the proxy of the field
    :param index: position of the line, ``None`` for a new one
    """

    def __init__(self, proxy, index=None):
        form, name = proxy._form, proxy._field
        info = form._view["fields"][name]
        assert info.get("edition_view"), f"the lines of {name!r} cannot be edited in this view"
        comodel = form._env[info["relation"]].with_context(**form._get_context(name))
        self._set(
            _proxy=proxy,
            _index=index,
            _env=comodel.env,
            _view=info["edition_view"],
            _record=comodel,
            _values=UpdateDict(),
        )
        if index is None:
            self._init_from_defaults()
            return
        line_id = proxy._lines[index]
        stored = proxy._lines.get_vals(line_id)
        values = UpdateDict({**_empty_line(self._view["fields"]), **_copied(stored)})
        values._changed = set(stored._changed)
        self._set(_values=values, _record=comodel if is_virtual(line_id) else comodel.browse(line_id))
        missing = {name: spec for name, spec in self._view["fields_spec"].items() if name not in stored}
        if self._record and missing:
            # the list shows fewer fields than the form it opens
            [read] = self._record.web_read(missing)
            for name, value in convert_read_to_form(read, self._view["fields"]).items():
                dict.__setitem__(values, name, value)

    def _parent_values(self):
        return {**self._proxy._form._values, "id": self._proxy._form._record.id}

    def _onchange_input(self, field_name) -> dict:
        """Return the values of the line, with those that the parent has now where the line refers to it."""
        values = super()._onchange_input(field_name)
        relation_field = self._proxy._info.get("relation_field")
        if relation_field:
            parent = self._proxy._form
            parent_values = parent._get_onchange_values()
            if parent._record:
                parent_values["id"] = parent._record.id
            values[relation_field] = parent_values
        return values

    def save(self):
        """Check the required fields and put the line into the field of the parent form, whose onchange is called."""
        self._check_required(self._view, self._values)
        lines, proxy = self._proxy._lines, self._proxy
        if self._index is None:
            lines.create({**_empty_line(proxy._info.get("line_fields") or {}), **self._values, "id": new_virtual_id()})
        else:
            line_id = lines[self._index]
            lines.update(line_id, dict(self._values.changed_items()))
            for name, value in self._values.items():
                if name not in self._values._changed:
                    dict.__setitem__(lines.get_vals(line_id), name, value)
        proxy._form._values._changed.add(proxy._field)
        proxy._form._perform_onchange(proxy._field)


def _copied(values) -> dict:
    """Return values whose x2many lines can be edited apart: what is not saved must not be seen by the parent."""
    copied = {}
    for name, value in values.items():
        if isinstance(value, X2MValue):
            duplicate = type(value)()
            duplicate._given = list(value._given)
            duplicate._data = {id_: line.copy() for id_, line in value._data.items()}
            value = duplicate
        copied[name] = value
    return copied


class X2MProxy:
    """The lines of an x2many field of a form.

    :param form: the form
    :param field_name: the field
    """

    def __init__(self, form, field_name):
        self._form = form
        self._field = field_name
        self._info = form._view["fields"][field_name]

    @property
    def _lines(self) -> X2MValue:
        return self._form._values[self._field]

    @property
    def ids(self) -> list:
        """Ids of the lines that are in the database."""
        return [id_ for id_ in self._lines if not is_virtual(id_)]

    def _assert_editable(self):
        for modifier in ("readonly", "invisible"):
            forbidden = self._form._get_modifier(self._field, modifier)
            assert not forbidden, f"nobody can change the lines of field {self._field!r}: it is {modifier}"

    def _changed(self):
        self._form._values._changed.add(self._field)
        self._form._perform_onchange(self._field)


class O2MProxy(X2MProxy):
    """The lines of a one2many field of a form."""

    @property
    def _records(self):
        """The values of the lines, a dict each, as tests of addons read them."""
        return [{**self._lines.get_vals(id_), "id": id_} for id_ in self._lines]

    def __len__(self):
        return len(self._lines)

    def new(self):
        """Return the form of a new line.

        :raise AssertionError: when the field is readonly
        """
        self._assert_editable()
        return O2MForm(self)

    def edit(self, index):
        """Return the form of the line at a position.

        :raise AssertionError: when the field is readonly
        """
        self._assert_editable()
        return O2MForm(self, index)

    def remove(self, index):
        """Remove the line at a position.

        :raise AssertionError: when the field is readonly
        """
        self._assert_editable()
        self._lines.remove(self._lines[index])
        self._changed()


class M2MProxy(X2MProxy, collections.abc.Sequence):
    """The records of a many2many field of a form: a sequence of records."""

    def __getitem__(self, index):
        return self._form._env[self._info["relation"]].browse(self._lines[index])

    def __len__(self):
        return len(self._lines)

    def __iter__(self):
        return iter(self[:])

    def __contains__(self, record):
        assert record._name == self._info["relation"], (
            f"{self._field!r} holds records of {self._info['relation']}, got {record!r}"
        )
        return record.id in self._lines

    def add(self, record):
        """Add a record.

        :raise AssertionError: when the field is readonly
        """
        self._assert_editable()
        assert record._name == self._info["relation"], (
            f"{self._field!r} holds records of {self._info['relation']}, got {record!r}"
        )
        record.ensure_one()
        if record.id not in self._lines:
            self._lines.add(record.id, self._read(record))
            self._changed()

    def _read(self, record) -> dict:
        spec = self._form._view["fields_spec"][self._field].get("fields") or {}
        if not spec:
            return {}
        [values] = record.web_read(spec)
        return convert_read_to_form(values, self._info.get("line_fields") or {})

    def set(self, records):
        """Replace the records.

        :param records: recordset
        :raise AssertionError: when the field is readonly, or for records of another model
        """
        self._assert_editable()
        assert getattr(records, "_name", None) == self._info["relation"], (
            f"{self._field!r} takes records of {self._info['relation']}, got {records!r}"
        )
        if list(self._lines) == records.ids:
            return
        self._lines.clear()
        for record in records:
            self._lines.add(record.id, self._read(record))
        self._changed()

    def remove(self, id=None, index=None):
        """Remove a record by its id or position.

        :raise AssertionError: when the field is readonly, or not exactly one of id and position is given
        """
        self._assert_editable()
        assert (id is None) != (index is None), "give either id or index"
        self._lines.remove(self._lines[index] if id is None else id)
        self._changed()

    def clear(self):
        """Remove all records.

        :raise AssertionError: when the field is readonly
        """
        self._assert_editable()
        self._lines.clear()
        self._changed()
