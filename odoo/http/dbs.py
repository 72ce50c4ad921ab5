"""Which databases a host may see."""

from __future__ import annotations

import re
from collections.abc import Iterable

import odoo
from odoo.db.lifecycle import list_served
from odoo.tools.config import config

from .local import request


def db_list(force: bool = False, host: str | None = None) -> list[str]:
    """Return the names of the databases that the host may see.

    :param force: list them even when the server hides its list (`--no-database-list`)
    :param host: `Host` header, by default the one of the current request
    :raises odoo.exceptions.AccessDenied: the server hides its list and `force` is false
    """
    return db_filter(list_served(force), host)


def db_filter(dbs: Iterable[str], host: str | None = None) -> list[str]:
    """Return the databases of `dbs` that `dbfilter` (`%h` the host, `%d` its first label) or else `db_name` admit."""
    if config["dbfilter"]:
        return list(filter(_host_pattern(host).match, dbs))
    names = config["db_name"]
    if not names:
        return list(dbs)
    exposed = names.split(",") if isinstance(names, str) else names
    return sorted({name.strip() for name in exposed} & set(dbs))


def _host_pattern(host: str | None) -> re.Pattern:
    """Return the expression `dbfilter` with the host filled in, that of the current request when it is None."""
    if host is None:
        host = request.httprequest.environ.get("HTTP_HOST", "") if request else ""
    name = host.partition(":")[0].removeprefix("www.")
    parts = {"%h": name, "%d": name.partition(".")[0]}
    return re.compile(re.sub("%[hd]", lambda place: re.escape(parts[place[0]]), config["dbfilter"]))


def db_monodb(host: str | None = None) -> str | None:
    """Return the database of a host that sees exactly one, else None."""
    # Looked up on the face: that is the name that tests replace.
    names = odoo.http.db_list(force=True, host=host)
    return names[0] if len(names) == 1 else None
