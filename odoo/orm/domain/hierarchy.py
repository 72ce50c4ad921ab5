"""The hierarchy operators of domains, ``child_of`` and ``parent_of``, resolved to ids."""

import logging
from typing import Any

from odoo.exceptions import MissingError

from .tree import Domain, DomainCondition
from .values import EMPTY, to_ids

__all__ = ["hierarchy_domain"]

# the name that those who watch for wrong domains know
_logger = logging.getLogger("odoo.osv.expression")


def hierarchy_domain(condition: DomainCondition, field: Any, model: Any) -> Domain:
    """Return the domain without hierarchy operator that a condition on ``id`` or a relation stands for.

    On a many2one or one2many to the model itself, the tree is the one of that field and the condition is on the records
    themselves, those in the value included. A many2many leads to a tree, of which it shows the active records only.

    :raise ValueError: when the value is neither ids nor names, or the related records make no tree
    """
    if field.name == "id":
        name, comodel, parent_name = "id", model, model._parent_name
    else:
        comodel = model.env[field.comodel_name].with_context(**field.context)
        if field.type != "many2many" and comodel._name == model._name:
            name, parent_name = "id", field.name
        else:
            name, parent_name = field.name, comodel._parent_name
    ids = _roots(condition, comodel, field, model)
    if not ids:
        if condition.value is False or condition.value is None:
            _logger.warning(
                "%s; the term is taken as false", condition.error("nothing is above or below no record", model)
            )
        return Domain.FALSE
    _check_tree(condition, comodel, parent_name, field, model)
    tree = comodel.sudo().with_context(active_test=False)
    walk = _descendants if condition.operator == "child_of" else _ancestors
    found = walk(tree.browse(ids), parent_name)
    return Domain(name, "any", Domain("id", "in", found)) if field.type == "many2many" else Domain(name, "in", found)


def _check_tree(condition: DomainCondition, comodel: Any, parent_name: str, field: Any, model: Any) -> None:
    """Check that there is a field to walk along.

    :raise ValueError: when there is none, or the parents of the lines of ``field`` are not of their own model
    """
    parent = comodel._fields.get(parent_name)
    if parent is None:
        raise condition.error(f"model {comodel._name!r} has no field {parent_name!r} to find parents with", model)
    if field.type in ("one2many", "many2many") and parent.comodel_name != comodel._name:
        raise condition.error(f"the records of {comodel._name!r} make no tree: {parent} leads to another model", model)


def _roots(condition: DomainCondition, comodel: Any, field: Any, model: Any) -> list:
    """Return the ids that a hierarchy condition starts from; names are looked up."""
    value = condition.value
    if hasattr(value, "subselect"):
        return list(value)
    ids = to_ids(value)
    if ids is not None:
        return [id_ for id_ in ids if id_ is not EMPTY]
    names = [value] if isinstance(value, str) else value
    if not all(isinstance(name, str) for name in names):
        raise condition.error("the value must be ids or names", model)
    named = Domain.OR([("display_name", "ilike", name)] for name in names if name)
    if field.type not in ("one2many", "many2many"):
        # a single record refers to archived ones too
        comodel = comodel.with_context(active_test=False)
    return list(comodel._search(list(named)))


def _paths(records: Any) -> list:
    """Return the parent paths of those records that are in the database."""
    try:
        return [record.parent_path for record in records if record.parent_path]
    except MissingError:
        return [record.parent_path for record in records.exists() if record.parent_path]


def _descendants(records: Any, parent_name: str) -> list:
    """Return the ids of the records and of everything below them."""
    # fast path of what is below: one search
    if records._parent_store and parent_name == records._parent_name:
        domain = Domain.OR([("parent_path", "=like", path + "%")] for path in _paths(records))
        return list(records._search(list(domain)))
    found = dict.fromkeys(records._ids)
    level = records
    while level:
        children = level.search([(parent_name, "in", level.ids)], order="id")
        level = children.browse([id_ for id_ in children._ids if id_ not in found])
        found.update(dict.fromkeys(level._ids))
    return list(found)


def _ancestors(records: Any, parent_name: str) -> list:
    """Return the ids of the records and of everything above them."""
    # fast path of what is below: no search
    if records._parent_store and parent_name == records._parent_name:
        return list(dict.fromkeys(int(id_) for path in _paths(records) for id_ in path.split("/")[:-1]))
    found = dict.fromkeys(records._ids)
    level = records
    while level:
        level = level[parent_name]
        level = level.browse([id_ for id_ in level._ids if id_ not in found])
        found.update(dict.fromkeys(level._ids))
    return list(found)
