"""The hierarchy operators of domains, ``child_of`` and ``parent_of``, resolved to ids."""

from typing import Any

from odoo.exceptions import MissingError

from .domain import Domain, DomainCondition
from .domain_values import EMPTY, to_ids

__all__ = ["hierarchy_domain"]


def hierarchy_domain(condition: DomainCondition, field: Any, model: Any) -> Domain:
    """Return the domain without hierarchy operator that a condition on ``id`` or a relation stands for.

    On a many2one to the model itself, the tree is the one of that field and the condition is on the records themselves.

    :raise ValueError: when the value is neither ids nor names
    """
    if field.name == "id":
        name, comodel, parent_name = "id", model, model._parent_name
    else:
        comodel = model.env[field.comodel_name]
        if field.type == "many2one" and comodel._name == model._name:
            name, parent_name = "id", field.name
        else:
            name, parent_name = field.name, comodel._parent_name
    ids = _roots(condition, comodel, model)
    if not ids:
        return Domain.FALSE
    if parent_name not in comodel._fields:
        raise condition.error(f"model {comodel._name!r} has no field {parent_name!r} to find parents with", model)
    tree = comodel.sudo().with_context(active_test=False)
    walk = _descendants if condition.operator == "child_of" else _ancestors
    return Domain(name, "in", walk(tree.browse(ids), parent_name))


def _roots(condition: DomainCondition, comodel: Any, model: Any) -> list:
    """Return the ids that a hierarchy condition starts from; names are looked up."""
    value = condition.value
    if hasattr(value, "subselect"):
        return list(value)
    ids = to_ids(value)
    if ids is None:
        names = [value] if isinstance(value, str) else value
        if not all(isinstance(name, str) for name in names):
            raise condition.error("the value must be ids or names", model)
        named = Domain.OR([("display_name", "ilike", name)] for name in names if name)
        return list(comodel.with_context(active_test=False)._search(list(named)))
    return [id_ for id_ in ids if id_ is not EMPTY]


def _paths(records: Any) -> list:
    """Return the parent paths of those records that are in the database."""
    try:
        return [record.parent_path for record in records if record.parent_path]
    except MissingError:
        return [record.parent_path for record in records.exists() if record.parent_path]


def _descendants(records: Any, parent_name: str) -> list:
    """Return the ids of the records and of everything below them."""
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
    if records._parent_store and parent_name == records._parent_name:
        return list(dict.fromkeys(int(id_) for path in _paths(records) for id_ in path.split("/")[:-1]))
    found = dict.fromkeys(records._ids)
    level = records
    while level:
        level = level[parent_name]
        level = level.browse([id_ for id_ in level._ids if id_ not in found])
        found.update(dict.fromkeys(level._ids))
    return list(found)
