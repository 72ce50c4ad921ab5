"""SQL data files."""

from .errors import ParseError


def convert_sql_import(env, fp):
    """Execute the statements of an open SQL file.

    :param fp: file opened for reading, binary or text
    :raise ParseError: when the database refuses a statement
    """
    import psycopg2

    source = fp.read()
    if isinstance(source, bytes):
        source = source.decode("utf-8")
    env.flush_all()
    try:
        with env.cr.savepoint(flush=False):
            env.cr.execute(source)
    except psycopg2.Error as error:
        position = error.diag.statement_position
        line = source.count("\n", 0, int(position) - 1) + 1 if position else None
        raise ParseError(str(error).strip(), filename=getattr(fp, "name", None), line=line) from error
    env.invalidate_all(flush=False)
