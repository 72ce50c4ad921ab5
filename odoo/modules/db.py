"""First content of a database: the modules known on disk, and the few rows everything else refers to."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from psycopg2.extras import Json

from odoo.db.cursor import BaseCursor
from odoo.db.extensions import FunctionStatus as FunctionStatus
from odoo.db.extensions import create_accent_function
from odoo.db.extensions import has_trigram as has_trigram
from odoo.db.extensions import has_unaccent as has_unaccent
from odoo.orm.environment import Environment
from odoo.sql import SQL, table_exists

from .graph import ModuleGraph, ModuleGraphError
from .manifest import ManifestError, direct_dependencies, triggers_installation
from .module import (
    MissingDependency,
    check_manifest_dependencies,
    get_manifest,
    get_modules,
)

_logger = logging.getLogger(__name__)

_SUPERUSER_ID = 1

#: what the rows of `bootstrap` and `initialize` go into
_COMPUTED_MODELS = ("res.currency", "res.partner", "res.company", "res.users")
_FIRST_MODELS = (
    "ir.model.data",
    "ir.module.category",
    "ir.module.module",
    "ir.module.module.dependency",
    "ir.module.module.exclusion",
    *_COMPUTED_MODELS,
)

_CURRENCY_ID = _COMPANY_ID = _COMPANY_PARTNER_ID = 1
_SUPERUSER_PARTNER_ID = 2
_PARTNER_DEFAULTS = {"lang": "en_US", "type": "contact", "color": 0}
#: the rows of `bootstrap` in the order of their references: name of the external id in base, model, values
_FIRST_ROWS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    (
        "EUR",
        "res.currency",
        {
            "id": _CURRENCY_ID,
            "name": "EUR",
            "symbol": "€",
            "full_name": "Euro",
            "rounding": 0.01,
            "decimal_places": 2,
            "active": True,
            "position": "after",
        },
    ),
    (
        "main_partner",
        "res.partner",
        {
            **_PARTNER_DEFAULTS,
            "id": _COMPANY_PARTNER_ID,
            "name": "My Company",
            "complete_name": "My Company",
            "is_company": True,
            "active": True,
        },
    ),
    (
        "main_company",
        "res.company",
        {
            "id": _COMPANY_ID,
            "name": "My Company",
            "partner_id": _COMPANY_PARTNER_ID,
            "currency_id": _CURRENCY_ID,
            "active": True,
            "parent_path": f"{_COMPANY_ID}/",
            "sequence": 0,
            "layout_background": "Blank",
            "font": "Lato",
        },
    ),
    (
        "partner_root",
        "res.partner",
        {
            **_PARTNER_DEFAULTS,
            "id": _SUPERUSER_PARTNER_ID,
            "name": "System",
            "complete_name": "My Company, System",
            "company_id": _COMPANY_ID,
            "is_company": False,
            "active": False,
            "email": "root@example.com",
        },
    ),
    (
        "user_root",
        "res.users",
        {
            "id": _SUPERUSER_ID,
            "login": "__system__",
            "partner_id": _SUPERUSER_PARTNER_ID,
            "company_id": _COMPANY_ID,
            "active": False,
            "share": False,
            "notification_type": "email",
        },
    ),
)


def is_initialized(cr: BaseCursor) -> bool:
    """Return whether the database holds the bookkeeping of modules."""
    return table_exists(cr, "ir_module_module")


def create_first_rows(env: Environment) -> int:
    """Create, in an empty database, the tables and rows that the reflection of models and foreign keys rely on.

    :param env: environment of the superuser, with the models of base set up
    :return: database id of the module base
    """
    for model_name in _FIRST_MODELS:
        env[model_name]._auto_init()
    create_accent_function(env.cr)
    env.registry.look_for_unaccent(env.cr)
    bootstrap(env.cr)
    initialize(env.cr)
    env.cr.execute("SELECT id FROM ir_module_module WHERE name = 'base'")
    return env.cr.fetchone()[0]


def compute_first_rows(env: Environment) -> None:
    """Give the rows of :func:`bootstrap` the values of their stored computed fields."""
    env.invalidate_all(flush=False)
    for model_name in _COMPUTED_MODELS:
        records = env[model_name].with_context(active_test=False).search([])
        for field in records._fields.values():
            if field.compute and field.store:
                env.add_to_compute(field, records)
    env.flush_all()


def initialize(cr: BaseCursor) -> None:
    """Record all modules on disk, and mark for installation base and what installs itself along with it.

    To be called once per database, when the tables of base exist.
    """
    auto = []
    for name in get_modules():
        try:
            manifest = get_manifest(name)
        except ManifestError as error:
            _logger.warning("module %s is left out of the list: %s", name, error)
            continue
        module_id = insert_module(cr, name, manifest)
        if manifest["installable"] and manifest["auto_install"] is not False and not manifest["countries"]:
            auto.append((name, module_id, manifest))
    cr.execute("UPDATE ir_module_module SET state = 'to install' WHERE name = 'base'")
    _mark_auto_install(cr, auto)


def insert_module(cr: BaseCursor, name: str, manifest: Mapping[str, Any]) -> int:
    """Insert the rows that describe a module: itself, its category, dependencies and external id.

    :return: database id of the module
    """
    category_id = create_categories(cr, manifest["category"].split("/")) if manifest["category"] else None
    values = {
        "name": name,
        "author": manifest["author"],
        "website": manifest["website"],
        "shortdesc": Json({"en_US": manifest["name"]}),
        "summary": Json({"en_US": manifest["summary"]}),
        "description": Json({"en_US": manifest["description"]}),
        "category_id": category_id,
        "auto_install": manifest["auto_install"] is not False,
        "state": "uninstalled" if manifest["installable"] else "uninstallable",
        "license": manifest["license"],
        "application": bool(manifest["application"]),
        "icon": manifest["icon"],
        "sequence": manifest["sequence"],
        "demo": False,
        "to_buy": False,
    }
    module_id = _insert(cr, "ir_module_module", values)
    for dependency in direct_dependencies(name, manifest):
        required = triggers_installation(dependency, manifest)
        _insert(
            cr,
            "ir_module_module_dependency",
            {"module_id": module_id, "name": dependency, "auto_install_required": required},
            log=False,
        )
    for excluded in manifest.get("excludes", ()):
        _insert(cr, "ir_module_module_exclusion", {"module_id": module_id, "name": excluded})
    _insert_xmlid(cr, "base", f"module_{name}", "ir.module.module", module_id)
    return module_id


def _mark_auto_install(cr, candidates):
    """Mark the modules among `candidates` whose triggers are all marked, with what they depend on."""
    marked = {"base"}
    graph = ModuleGraph()
    pending = list(candidates)
    progress = True
    while progress:
        progress = False
        for candidate in list(pending):
            name, _module_id, manifest = candidate
            if not manifest["auto_install"] <= marked:
                continue
            pending.remove(candidate)
            progress = True
            try:
                graph.add(name)
                for needed in _closure(graph[name]):
                    check_manifest_dependencies(needed.manifest)
            except (ModuleGraphError, MissingDependency) as error:
                _logger.warning("module %s does not install itself: %s", name, error)
                continue
            marked.update(node.name for node in _closure(graph[name]))
    cr.execute("UPDATE ir_module_module SET state = 'to install' WHERE name = ANY(%s)", [sorted(marked)])


def _closure(node):
    """Return the nodes that `node` needs, itself included."""
    found, todo = {}, [node]
    while todo:
        current = todo.pop()
        if current.name not in found:
            found[current.name] = current
            todo += current.depends
    return list(found.values())


def category_xmlid(path: Iterable[str]) -> str:
    """Return the name of the external id of a category, given the names from the top down."""
    return "module_category_" + "_".join(part.strip().lower() for part in path).replace("&", "and").replace(" ", "_")


def create_categories(cr: BaseCursor, categories: Iterable[str]) -> int | None:
    """Return the id of a category, creating it and those above when needed.

    :param categories: names from the top down
    """
    parent_id, path = None, []
    for name in categories:
        path.append(name)
        xmlid = category_xmlid(path)
        cr.execute(
            "SELECT res_id FROM ir_model_data WHERE module = 'base' AND name = %s AND model = 'ir.module.category'",
            [xmlid],
        )
        if row := cr.fetchone():
            parent_id = row[0]
            continue
        parent_id = _insert(
            cr,
            "ir_module_category",
            {
                "name": Json({"en_US": name.strip()}),
                "parent_id": parent_id,
                "visible": True,
                "sequence": 0,
            },
        )
        _insert_xmlid(cr, "base", xmlid, "ir.module.category", parent_id)
    return parent_id


def bootstrap(cr: BaseCursor) -> None:
    """Insert the currency, company, partners and user that every other record refers to.

    To be called once per database, when the tables of base exist and are empty.
    """
    for name, model, values in _FIRST_ROWS:
        _insert_xmlid(cr, "base", name, model, _insert(cr, model.replace(".", "_"), values))
    cr.execute("INSERT INTO res_company_users_rel (cid, user_id) VALUES (%s, %s)", [_COMPANY_ID, _SUPERUSER_ID])
    for table in dict.fromkeys(model.replace(".", "_") for _name, model, _values in _FIRST_ROWS):
        identifier = SQL.identifier(table)
        cr.execute(SQL("SELECT setval(pg_get_serial_sequence(%s, 'id'), (SELECT max(id) FROM %s))", table, identifier))


def _insert(cr, table, values, log=True):
    """Insert a row, leaving out values for columns that the table does not have, and return its id."""
    columns = _columns(cr, table)
    if log:
        now = SQL("(now() AT TIME ZONE 'UTC')")
        values = {
            **values,
            "create_uid": _SUPERUSER_ID,
            "create_date": now,
            "write_uid": _SUPERUSER_ID,
            "write_date": now,
        }
    values = {name: value for name, value in values.items() if name in columns}
    row = SQL(", ").join(value if isinstance(value, SQL) else SQL("%s", value) for value in values.values())
    names = SQL(", ").join(SQL.identifier(name) for name in values)
    cr.execute(SQL("INSERT INTO %s (%s) VALUES (%s) RETURNING id", SQL.identifier(table), names, row))
    return cr.fetchone()[0]


def _columns(cr, table):
    known = cr.cache.setdefault("odoo.modules.db columns", {})
    if table not in known:
        cr.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
            [table],
        )
        known[table] = {row[0] for row in cr.fetchall()}
    return known[table]


def _insert_xmlid(cr, module, name, model, res_id):
    _insert(cr, "ir_model_data", {"module": module, "name": name, "model": model, "res_id": res_id, "noupdate": True})
