"""The methods of a model that are called because of their marks: constraints, deletion, changes in forms."""

import logging
from functools import partial
from typing import Any

from ..overrides import marked_methods

__all__ = ["constraint_methods", "onchange_methods", "ondelete_methods"]

_logger = logging.getLogger("odoo.models")


def constraint_methods(model: Any) -> list[tuple[str, tuple]]:
    """Return ``(method name, field names)`` of the ``@api.constrains`` methods of ``model``, a recordset."""
    found = []
    fields = model._fields
    for name, names in marked_methods(type(model), "_constrains"):
        names = tuple(names(model.sudo()) if callable(names) else names)
        for field_name in names:
            field = fields.get(field_name)
            if field is None:
                _logger.warning(
                    "%s.%s is called for changes of %r, which is no field of the model", model._name, name, field_name
                )
            elif not (field.store or field.inverse or field.inherited):
                _logger.warning(
                    "%s.%s is called for changes of %r, which nobody can write", model._name, name, field_name
                )
        found.append((name, names))
    return found


def ondelete_methods(model_class: Any) -> list[tuple[str, bool]]:
    """Return ``(method name, whether also at uninstall)`` of the ``@api.ondelete`` methods of a registry class."""
    return marked_methods(model_class, "_ondelete")


def onchange_methods(model_class: Any) -> dict[str, list]:
    """Return ``{field name: functions}``: the ``@api.onchange`` methods of a registry class.

    Fields with ``change_default`` have one more, which gives the record the users' defaults for their value.
    """
    found: dict = {}
    fields = model_class._fields
    for name, names in marked_methods(model_class, "_onchange"):
        for field_name in names:
            if field_name not in fields:
                _logger.warning(
                    "%s.%s reacts to %r, which is no field of the model", model_class._name, name, field_name
                )
            found.setdefault(field_name, []).append(getattr(model_class, name))
    for field_name, field in fields.items():
        if field.change_default:
            found.setdefault(field_name, []).append(partial(_apply_conditional_defaults, field))
    return found


def _apply_conditional_defaults(field: Any, record: Any) -> None:
    """Give a record in memory the defaults that users set for records with its value of ``field``."""
    value = field.convert_to_write(record[field.name], record)
    record.update(record.pool.services.defaults.of_model(record, f"{field.name}={value}"))
