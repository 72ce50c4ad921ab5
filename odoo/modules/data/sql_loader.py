"""SQL data files."""

from __future__ import annotations

from typing import IO

import psycopg2

from odoo.orm.environment import Environment

from .errors import ParseError


def convert_sql_import(env: Environment, fp: IO[bytes] | IO[str]) -> None:
    """Execute the statements of an open SQL file.

    :param fp: file opened for reading, binary or text
    :raise ParseError: when the database refuses a statement
    """
    content = fp.read()
    source = content.decode("utf-8") if isinstance(content, bytes) else content
    env.flush_all()
    try:
        with env.cr.savepoint(flush=False):
            env.cr.execute(source)
    except psycopg2.Error as error:
        position = error.diag.statement_position
        line = source.count("\n", 0, int(position) - 1) + 1 if position else None
        raise ParseError(str(error).strip(), filename=getattr(fp, "name", None), line=line) from error
    env.invalidate_all(flush=False)
