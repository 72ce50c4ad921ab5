"""The compiler object that addons of the list era use: ``expression(domain, model, alias, query)``."""

from collections.abc import Callable
from typing import Any

from odoo.sql import SQL

from ..environment import Transaction
from ..query import Query
from .tree import Domain

__all__ = ["expression", "get_unaccent_wrapper"]


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

    def __init__(self, domain: Any, model: Any, alias: "str | None" = None, query: "Query | None" = None) -> None:
        self.root_model = model
        self.root_alias = alias or model._table
        self.domain = Domain(domain).optimize(model)
        self.expression = list(self.domain)
        self.query = Query(model.env, model._table, model._table_sql) if query is None else query
        self.result = SQL()
        self.parse()

    def parse(self) -> None:
        """Compile the domain and add its condition to the query."""
        self.result = self.domain._to_sql(self.root_model, self.root_alias, self.query)
        self.query.add_where(self.result)


def get_unaccent_wrapper(cr: Any) -> Callable[[SQL], SQL]:
    """Return the function that takes accents away from an SQL expression, where the database can."""
    transaction = cr.transaction or Transaction.begin(cr)
    return transaction.registry.unaccent
