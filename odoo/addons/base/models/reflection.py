"""Keeping the tables that describe the code (models, fields, ...) in step with the registry, a statement at a time."""

from psycopg2.extras import Json

from odoo.tools import SQL


def _row_source(table: str, rows: list[dict]) -> SQL:
    """Return a FROM item that yields ``rows``, typed like the columns of ``table``."""
    return SQL("jsonb_populate_recordset(NULL::%s, %s)", SQL.identifier(table), Json(rows))


def query_insert(cr, table: str, rows: dict | list[dict]) -> list[int]:
    """Insert one row or several with the same columns into a table; return their ids."""
    rows = [rows] if isinstance(rows, dict) else rows
    if not rows:
        return []
    comma = SQL(", ")
    columns = comma.join(SQL.identifier(name) for name in rows[0])
    values = comma.join(SQL("%s", tuple(row[name] for name in rows[0])) for row in rows)
    cr.execute(SQL("INSERT INTO %s (%s) VALUES %s RETURNING id", SQL.identifier(table), columns, values))
    return [id_ for (id_,) in cr.fetchall()]


def upsert(
    cr, table: str, keys: tuple[str, ...], rows: list[dict], translated: tuple[str, ...] = (), stamped: bool = True
) -> dict[tuple, int]:
    """Make ``table`` contain ``rows``: insert the missing ones, update the ones that differ.

    :param keys: the columns that identify a row; all values of the first one are looked at
    :param rows: dicts with the same keys each
    :param translated: columns that hold a source term, kept under ``en_US`` of a JSON column
    :param stamped: the table has the four access log columns
    :return: ids of all ``rows`` by their tuple of key values
    """
    if not rows:
        return {}
    columns = [name for name in rows[0] if name not in keys]
    source = [
        {name: {"en_US": value} if name in translated and value is not None else value for name, value in row.items()}
        for row in rows
    ]
    match = SQL(" AND ").join(SQL("%s = %s", SQL.identifier("t", key), SQL.identifier("x", key)) for key in keys)
    if columns:
        _update_changed(cr, table, columns, source, match, translated, stamped)
    _insert_missing(cr, table, [*keys, *columns], source, match, stamped)
    first = keys[0]
    cr.execute(
        SQL(
            "SELECT id, %s FROM %s WHERE %s = ANY(%s)",
            SQL(", ").join(map(SQL.identifier, keys)),
            SQL.identifier(table),
            SQL.identifier(first),
            list({row[first] for row in rows}),
        )
    )
    wanted = {tuple(row[key] for key in keys) for row in rows}
    return {tuple(key): id_ for id_, *key in cr.fetchall() if tuple(key) in wanted}


def _update_changed(cr, table, columns, source, match, translated, stamped):
    """Update the rows of ``table`` that differ from their counterpart in ``source``."""

    def assignment(name):
        column, new = SQL.identifier(name), SQL.identifier("x", name)
        if name in translated:
            old = SQL.identifier("t", name)
            return SQL(
                "%s = NULLIF(COALESCE(%s, '{}'::jsonb) || COALESCE(%s, '{}'::jsonb), '{}'::jsonb)", column, old, new
            )
        return SQL("%s = %s", column, new)

    def comparable(alias, name):
        term = SQL.identifier(alias, name)
        return SQL("%s->>'en_US'", term) if name in translated else term

    assignments = [assignment(name) for name in columns]
    if stamped:
        assignments.append(SQL("write_date = now() AT TIME ZONE 'UTC', write_uid = 1"))
    cr.execute(
        SQL(
            "UPDATE %s AS t SET %s FROM %s AS x WHERE %s AND (%s) IS DISTINCT FROM (%s)",
            SQL.identifier(table),
            SQL(", ").join(assignments),
            _row_source(table, source),
            match,
            SQL(", ").join(comparable("t", name) for name in columns),
            SQL(", ").join(comparable("x", name) for name in columns),
        )
    )


def _insert_missing(cr, table, columns, source, match, stamped):
    """Insert the rows of ``source`` that have no counterpart in ``table``."""
    targets, values = [SQL.identifier(name) for name in columns], [SQL.identifier("x", name) for name in columns]
    if stamped:
        targets.append(SQL("create_date, create_uid, write_date, write_uid"))
        values.append(SQL("now() AT TIME ZONE 'UTC', 1, now() AT TIME ZONE 'UTC', 1"))
    cr.execute(
        SQL(
            "INSERT INTO %s (%s) SELECT %s FROM %s AS x WHERE NOT EXISTS (SELECT 1 FROM %s AS t WHERE %s)",
            SQL.identifier(table),
            SQL(", ").join(targets),
            SQL(", ").join(values),
            _row_source(table, source),
            SQL.identifier(table),
            match,
        )
    )
