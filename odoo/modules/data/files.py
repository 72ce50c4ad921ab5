"""Dispatch of a data file to the loader of its kind."""

from __future__ import annotations

import os
from typing import Any

from odoo.orm.environment import Environment
from odoo.tools.misc import file_open

from .csv_loader import convert_csv_import
from .errors import ParseError
from .sql_loader import convert_sql_import
from .xml_loader import convert_xml_import


def convert_file(
    env: Environment,
    module: str,
    filename: str,
    idref: dict[str, Any] | None,
    mode: str = "update",
    noupdate: bool = False,
    kind: str | None = None,
    pathname: str | None = None,
) -> None:
    """Load a data file of a module.

    :param str module: module that owns the records of the file
    :param str filename: path below the module's directory
    :param dict idref: external ids loaded so far, completed in place
    :param str mode: ``init`` when the module is being installed, ``update`` otherwise
    :param bool noupdate: whether the records are left alone by later updates
    :param str kind: ignored, kept for callers that pass it
    :param str pathname: path of the file when it is not below the module's directory
    :raise ParseError: when the content cannot be loaded, or the file does not exist or has an unknown extension
    """
    pathname = pathname or os.path.join(module, filename)
    extension = os.path.splitext(filename)[1].lower()
    if extension == ".js":
        return
    if extension not in (".xml", ".csv", ".sql"):
        raise ParseError(
            f"cannot load this kind of file ({extension or 'no extension'}); known are .xml, .csv, .sql",
            filename=pathname,
        )
    try:
        file = file_open(pathname, "rb", env=env)
    except FileNotFoundError as error:
        raise ParseError(f"module {module!r} names a data file that does not exist", filename=pathname) from error
    with file:
        if extension == ".csv":
            convert_csv_import(env, module, pathname, file.read(), idref, mode, noupdate)
        elif extension == ".sql":
            convert_sql_import(env, file)
        else:
            convert_xml_import(env, module, file, idref, mode, noupdate)
