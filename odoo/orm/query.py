"""A SELECT under construction: tables, joins, conditions, order and limits, all as composable SQL."""

from collections.abc import Iterable, Iterator
from itertools import chain

from odoo.sql import SQL
from odoo.tools.sql import make_identifier

__all__ = ["Query"]

_JOIN_KINDS = ("", "JOIN", "LEFT JOIN")


def _table_sql(table: "str | SQL | None", alias: str) -> SQL:
    """Return the SQL of a table; it is called like its alias unless it is given."""
    return table if isinstance(table, SQL) else SQL.identifier(alias if table is None else table)


class Query:
    """A SELECT that is composed step by step and runs when its ids are asked for.

    :param env: environment that executes the query, may be ``None`` for a query that only becomes a subselect
    :param alias: alias of the main table
    :param table: the main table when it is not the one called ``alias``
    """

    # clauses that most queries go without
    groupby: SQL | None = None
    having: SQL | None = None
    limit: int | None = None
    offset: int | None = None
    _order: SQL | None = None
    #: the result, where it is known
    _ids: tuple | None = None

    def __init__(self, env, alias: str, table: "SQL | str | None" = None):
        self._env, self._alias = env, alias
        self._tables: dict[str, SQL] = {alias: _table_sql(table, alias)}
        #: alias -> kind, table and condition
        self._joins: dict[str, tuple[str, SQL, SQL]] = {}
        self._where_clauses: list[SQL] = []

    def __repr__(self):
        return f"<Query {self.select()!r}>"

    def __str__(self):
        return str(self.select())

    @staticmethod
    def make_alias(alias: str, link: str) -> str:
        """Return the alias of a table joined from ``alias`` by way of ``link``, short enough for PostgreSQL."""
        return make_identifier(f"{alias}__{link}")

    @property
    def env(self):
        """The environment that executes the query."""
        return self._env

    @property
    def table(self) -> str:
        """The alias of the main table."""
        return self._alias

    # tables

    def has_table(self, alias: str) -> bool:
        """Tell whether there is a table, joined or not, under this alias."""
        return alias in self._tables or alias in self._joins

    def add_table(self, alias: str, table: "SQL | str | None" = None):
        """Add a table to the FROM clause.

        :raise ValueError: when the alias is taken
        """
        if self.has_table(alias):
            raise ValueError(f"The query has a table {alias!r} already: {self.from_clause.code}")
        self._tables[alias] = _table_sql(table, alias)
        self._ids = None

    def add_join(self, kind: str, alias: str, table: "str | SQL | None", condition: SQL):
        """Join a table; joining the same one again does nothing.

        :param kind: ``JOIN``, ``LEFT JOIN`` or ``""`` for a table whose condition goes to the WHERE clause
        :param table: the table, when it is not the one called ``alias``
        :raise ValueError: for another kind, or an alias that is taken by a different join
        """
        kind = kind.upper()
        if kind not in _JOIN_KINDS:
            raise ValueError(f"Invalid kind of join {kind!r}, expected one of {list(_JOIN_KINDS)}")
        table = _table_sql(table, alias)
        known = self._joins.get(alias)
        if known is None and alias not in self._tables:
            self._joins[alias] = (kind, table, condition)
            self._ids = None
        elif known is None or known[1:] != (table, condition):
            raise ValueError(f"The query has a different table {alias!r} already: {self.from_clause.code}")

    def join(self, lhs_alias: str, lhs_column: str, rhs_table: "str | SQL", rhs_column: str, link: str) -> str:
        """Join ``rhs_table`` where its ``rhs_column`` is ``lhs_alias.lhs_column``.

        :param link: what the join stands for, usually a field name
        :return: the alias of the joined table
        :raise AssertionError: when the query has no table ``lhs_alias``
        """
        return self._equal_join("JOIN", lhs_alias, lhs_column, rhs_table, rhs_column, link)

    def left_join(self, lhs_alias: str, lhs_column: str, rhs_table: "str | SQL", rhs_column: str, link: str) -> str:
        """Like :meth:`join`, keeping the rows without a counterpart."""
        return self._equal_join("LEFT JOIN", lhs_alias, lhs_column, rhs_table, rhs_column, link)

    def _equal_join(self, kind, lhs_alias, lhs_column, rhs_table, rhs_column, link):
        if not self.has_table(lhs_alias):
            raise AssertionError(f"The query has no table {lhs_alias!r} to join with: {self.from_clause.code}")
        alias = self.make_alias(lhs_alias, link)
        condition = SQL(
            "%s = %s",
            SQL.identifier(lhs_alias, lhs_column),
            SQL.identifier(alias, rhs_column),
        )
        self.add_join(kind, alias, rhs_table, condition)
        return alias

    # conditions, order

    def add_where(self, where_clause: "str | SQL", where_params: Iterable = ()):
        """Add a condition that rows must meet."""
        self._where_clauses.append(SQL(where_clause, *where_params))
        self._ids = None

    @property
    def order(self) -> "SQL | None":
        """The ORDER BY terms."""
        return self._order

    @order.setter
    def order(self, value: "SQL | str | None"):
        self._order = None if value is None or value == "" else SQL(value)

    @property
    def from_clause(self) -> SQL:
        """The SQL after FROM."""
        items = []
        for alias, table in self._tables.items():
            items += [", ", _aliased(alias, table)]
        for alias, (kind, table, condition) in self._joins.items():
            if kind:
                items += [f" {kind} ", _aliased(alias, table), " ON (", condition, ")"]
            else:
                items += [", ", _aliased(alias, table)]
        return SQL.concat(items[1:])

    @property
    def where_clause(self) -> SQL:
        """The SQL after WHERE, empty without a condition."""
        clauses = [condition for kind, _table, condition in self._joins.values() if not kind] + self._where_clauses
        return clauses[0] if len(clauses) == 1 else SQL(" AND ").join(clauses)

    # statements

    def is_empty(self) -> bool:
        """Tell whether the query is known to have no result, without running it."""
        return self._ids is not None and not self._ids

    def select(self, *args: "str | SQL") -> SQL:
        """Return the SELECT of the given terms, of the ids by default."""
        return self._statement(self._terms(args), self._order)

    def subselect(self, *args: "str | SQL") -> SQL:
        """Return a SELECT in parentheses, or the list of ids when they are known, for use after ``IN``.

        The order is left out where it has no influence on the result.
        """
        if self._ids is not None and not args:
            return SQL("%s", self._ids) if self._ids else SQL("(SELECT 1 WHERE FALSE)")
        order = self._order if self.limit or self.offset else None
        return SQL.concat(("(", self._statement(self._terms(args), order), ")"))

    def _terms(self, args) -> SQL:
        if not args:
            return SQL.identifier(self._alias, "id")
        return SQL(args[0]) if len(args) == 1 else SQL(", ").join(map(SQL, args))

    def _statement(self, terms: SQL, order: "SQL | None") -> SQL:
        parts = ["SELECT ", terms, " FROM ", self.from_clause]
        where = self.where_clause
        if where:
            parts += [" WHERE ", where]
        if self.groupby:
            parts += [" GROUP BY ", SQL(self.groupby)]
        if self.having:
            parts += [" HAVING ", SQL(self.having)]
        if order:
            parts += [" ORDER BY ", order]
        if self.limit:
            parts += [" LIMIT ", SQL("%s", self.limit)]
        if self.offset:
            parts += [" OFFSET ", SQL("%s", self.offset)]
        return SQL.concat(parts)

    # results

    def get_result_ids(self) -> tuple:
        """Return the ids of the result; the statement is executed once."""
        if self._ids is None:
            self._ids = self._column(self.select())
        return self._ids

    def _column(self, statement: SQL) -> tuple:
        """Return what ``statement`` selects, a single column."""
        return tuple(chain.from_iterable(self._env.execute_query(statement)))

    def set_result_ids(self, ids: Iterable[int], ordered: bool = True):
        """Make the query return ``ids`` among the rows of its table.

        :param ordered: return them in the given order
        :raise ValueError: when the query is not a fresh one
        """
        if self._joins or self._where_clauses or self.limit or self.offset:
            raise ValueError("set_result_ids() takes a query without joins, conditions and limits")
        known = tuple(ids)
        if ordered and known:
            # a join with the list keeps its rows only, and tells the place of each
            listed = SQL("(SELECT * FROM unnest(%s) WITH ORDINALITY AS listed(id, place))", list(known))
            alias = self.join(self._alias, "id", listed, "id", "ids")
            self._order = SQL.identifier(alias, "place")
        else:
            self.add_where(SQL("%s = ANY(%s)", SQL.identifier(self._alias, "id"), list(known)))
        self._ids = known

    def __bool__(self):
        return bool(self.get_result_ids())

    def __len__(self):
        if self._ids is not None:
            return len(self._ids)
        if self.limit or self.offset:
            sql = SQL("SELECT COUNT(*) FROM (%s) t", self._statement(SQL("1"), None))
        else:
            sql = self._statement(SQL("COUNT(*)"), None)
        return self._column(sql)[0]

    def __iter__(self) -> Iterator[int]:
        return iter(self.get_result_ids())


def _aliased(alias: str, table: SQL) -> SQL:
    name = SQL.identifier(alias)
    return name if name == table else SQL("%s AS %s", table, name)
