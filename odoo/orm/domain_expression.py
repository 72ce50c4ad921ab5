"""The compiler object that addons of the list era use: ``expression(domain, model, alias, query)``."""

from odoo.tools import SQL

from .domain import Domain
from .query import Query

__all__ = ["SQL_OPERATORS", "expression", "get_unaccent_wrapper"]

SQL_OPERATORS = {
    "=": SQL("="),
    "!=": SQL("!="),
    "<=": SQL("<="),
    "<": SQL("<"),
    ">": SQL(">"),
    ">=": SQL(">="),
    "in": SQL("IN"),
    "not in": SQL("NOT IN"),
    "=like": SQL("LIKE"),
    "=ilike": SQL("ILIKE"),
    "like": SQL("LIKE"),
    "ilike": SQL("ILIKE"),
    "not like": SQL("NOT LIKE"),
    "not ilike": SQL("NOT ILIKE"),
}


class expression:
    """A domain compiled for a model.

    :param domain: domain list
    :param model: empty recordset of the model
    :param alias: alias of the model's table in the query
    :param query: query that joins are added to; a new one by default
    :raise ValueError: when the domain does not suit the model

    After construction ``expression`` holds the normalised domain list, ``result`` the condition, and ``query`` the
    query with the condition added.
    """

    def __init__(self, domain, model, alias: "str | None" = None, query: "Query | None" = None):
        self.root_model = model
        self.root_alias = alias or model._table
        self.domain = Domain(domain).optimize(model)
        self.expression = list(self.domain)
        self.query = Query(model.env, model._table, model._table_sql) if query is None else query
        self.result = SQL()
        self.parse()

    def parse(self):
        """Compile the domain and add its condition to the query."""
        self.result = self.domain._to_sql(self.root_model, self.root_alias, self.query)
        self.query.add_where(self.result)


def get_unaccent_wrapper(cr):
    """Return the function that takes accents away from an SQL expression, where the database can."""
    from .registry import Registry

    return Registry(cr.dbname).unaccent
