"""What can be reached from outside: routes, services and methods, and with which rights, as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from odoo.orm.rpc import public_methods

from . import common, db

if TYPE_CHECKING:
    from odoo.orm.environment import Environment

#: between these lines of a page stands what is made from a database
BEGIN = "<!-- begin: made by `make audit` -->"
END = "<!-- end: made by `make audit` -->"
#: who calls, and the group that stands for them
ROLES = {
    "anonymous": "base.group_public",
    "portal": "base.group_portal",
    "user": "base.group_user",
    "access rights": "base.group_erp_manager",
    "settings": "base.group_system",
}
#: the operations on records, as columns of access rights, and their letters
OPERATIONS = {"perm_create": "c", "perm_read": "r", "perm_write": "w", "perm_unlink": "d"}


def describe(env: Environment) -> str:
    """Return what a database lets callers reach, as lines of Markdown between :data:`BEGIN` and :data:`END`.

    :param env: the superuser's environment
    """
    parts = [BEGIN, *_routes(env), *_services(), *_methods_of_all(env), *_models(env), END]
    return "\n".join(parts) + "\n"


def replaced(page: str, description: str) -> str:
    """Return a page with another description in the place of the one it has.

    :raise ValueError: the page has no such place
    """
    head, begin, rest = page.partition(BEGIN)
    _old, end, tail = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"The page has no place for the description: a line {BEGIN!r} and a line {END!r}")
    return head + description.rstrip("\n") + tail


def _table(*columns: str) -> list[str]:
    return [_row(*columns), _row(*["---"] * len(columns))]


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _code(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


# routes


def _routes(env: Environment) -> Iterator[str]:
    yield from ("", "## Routes", "")
    yield from _table("paths", "type", "who", "methods", "traits")
    endpoints: dict[Any, list[str]] = {}
    for rule in env["ir.http"].routing_map().iter_rules():
        endpoints.setdefault(rule.endpoint, []).append(rule.rule)
    rows = sorted((sorted(paths), endpoint) for endpoint, paths in _by_routing(endpoints))
    for paths, routing in rows:
        yield _row(_code(paths), *routing)


def _by_routing(endpoints: dict[Any, list[str]]) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    """Yield what is said of each endpoint, and its paths."""
    for endpoint, paths in endpoints.items():
        routing = endpoint.routing
        methods = " ".join(sorted(routing["methods"])) if routing["methods"] else "any"
        yield (routing["type"], routing["auth"], methods, ", ".join(_traits(routing))), paths


def _traits(routing: dict[str, Any]) -> Iterator[str]:
    """Yield what is special about a route."""
    if routing["type"] == "http" and not routing["csrf"]:
        yield "no CSRF token"
    if routing["readonly"]:
        yield "reads, or asks the method" if callable(routing["readonly"]) else "reads"
    if routing.get("cors"):
        yield f"CORS {routing['cors']}"
    if not routing["save_session"]:
        yield "no session"


# services and methods


def _services() -> Iterator[str]:
    yield from ("", "## Services of XML-RPC and JSON-RPC", "")
    yield from _table("service", "methods")
    yield _row("`common`", _code(_exposed(common)))
    yield _row("`db`", _code(_exposed(db)))
    yield _row("`object`", _code(("execute", "execute_kw")))


def _exposed(module: Any) -> list[str]:
    return sorted(name.removeprefix("exp_") for name in vars(module) if name.startswith("exp_"))


def _methods_of_all(env: Environment) -> Iterator[str]:
    yield from ("", "## Methods that every model has", "")
    yield _code(public_methods(env["base"]))


# models


def _models(env: Environment) -> Iterator[str]:
    yield from ("", "## Models", "")
    yield from _table("model", *ROLES, "further methods")
    rights = {role: _rights(env, xmlid) for role, xmlid in ROLES.items()}
    common_methods = set(public_methods(env["base"]))
    for name in sorted(env.registry):
        model = env[name]
        methods = [method for method in public_methods(model) if method not in common_methods]
        letters = [rights[role].get(name, "") for role in ROLES]
        if methods or any(letters):
            yield _row(f"`{name}`", *letters, _code(methods))


def _rights(env: Environment, xmlid: str) -> dict[str, str]:
    """Return the letters of the operations that access rights grant to the members of a group, by model."""
    group = env.ref(xmlid)
    mine = group | group.trans_implied_ids
    granted: dict[str, set[str]] = {}
    for right in env["ir.model.access"].search([("group_id", "in", [*mine.ids, False])]):
        letters = (letter for column, letter in OPERATIONS.items() if right[column])
        granted.setdefault(right.model_id.model, set()).update(letters)
    return {model: "".join(letter for letter in "crwd" if letter in letters) for model, letters in granted.items()}
