"""CSV data files: one model per file, one record per row, the column ``id`` holding external ids."""

from __future__ import annotations

import csv
import io
import logging
import os
from typing import Any

from odoo.orm.environment import Environment
from odoo.tools.suggestions import nearest

from .errors import ParseError

_logger = logging.getLogger("odoo.tools.convert")


def convert_csv_import(
    env: Environment,
    module: str,
    fname: str,
    csvcontent: bytes,
    idref: dict[str, Any] | None = None,
    mode: str = "init",
    noupdate: bool = False,
) -> None:
    """Load the rows of a CSV file; the file's name up to ``-`` or ``.csv`` is the model. Texts are source texts.

    :param str fname: path of the file
    :param bytes csvcontent: its content, UTF-8
    :param dict idref: unused, external ids are looked up in the database
    :param str mode: ``init`` or ``update``
    :param bool noupdate: whether the records are left alone by later updates
    :raise ParseError: when the model does not exist, there is no column ``id``, or a row is refused
    """
    model_name = os.path.splitext(os.path.basename(fname))[0].split("-")[0]
    if model_name not in env:
        raise ParseError(
            f"model {model_name!r} does not exist{nearest(model_name, env.registry)}; the name of a CSV "
            "file is the name of its model",
            filename=fname,
        )
    reader = csv.reader(io.StringIO(csvcontent.decode("utf-8-sig")), quotechar='"', delimiter=",")
    fields = next(reader, [])
    if "id" not in fields:
        raise ParseError(
            "the first line must name the columns, among them 'id' for external ids",
            filename=fname,
            line=1,
            model=model_name,
        )
    # columns such as name@fr are translations, read by the translation loader
    kept = [index for index, field in enumerate(fields) if "@" not in field]
    names = [fields[index] for index in kept]
    _check_columns(env[model_name], names, fname)
    rows, lines = _read_rows(reader, len(fields), kept, fname, model_name)
    if not rows:
        return
    model = env[model_name].with_context(
        lang=None,
        mode=mode,
        module=module,
        install_module=module,
        install_filename=fname,
        noupdate=noupdate,
    )
    messages = model.load(names, rows)["messages"]
    for message in messages:
        if message["type"] != "error":
            _logger.warning("%s: %s", fname, message["message"])
    errors = [message for message in messages if message["type"] == "error"]
    if errors:
        raise ParseError("\n".join(_describe(error, names, rows, lines, fname) for error in errors), model=model_name)


def _read_rows(reader, width, kept, fname, model_name):
    """Return the values of the rows that are not empty, in the columns kept, and the lines they are on."""
    rows, lines = [], []
    for row in reader:
        if any(row):
            if len(row) < width:
                raise ParseError(
                    f"{len(row)} values for {width} columns",
                    filename=fname,
                    line=reader.line_num,
                    model=model_name,
                )
            rows.append([row[index] for index in kept])
            lines.append(reader.line_num)
    return rows, lines


def _check_columns(model, names, fname):
    """Refuse columns that name no field; paths such as ``parent_id/id`` are checked by their first part."""
    for name in names:
        first = name.replace(".", "/").replace(":", "/").split("/")[0]
        if first not in model._fields and first != "id":
            raise ParseError(
                f"column {name!r}: the model has no field {first!r}{nearest(first, model._fields)}",
                filename=fname,
                line=1,
                model=model._name,
            )


def _describe(error, names, rows, lines, fname):
    """Return one line of text for a message of ``load``."""
    index = error.get("record", (error.get("rows") or {}).get("from"))
    where = fname
    if isinstance(index, int) and index < len(rows):
        where = f"{fname}:{lines[index]}: record {rows[index][names.index('id')]!r}"
    field = error.get("field")
    return f"{where}: {f'field {field!r}: ' if field else ''}{error['message']}"
