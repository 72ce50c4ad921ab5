"""Searching: domains and orders compiled to queries, access rules included."""

from .. import decorators as api
from ..domain import Domain
from ..domain.sql import STRICT_SEARCH
from ..overrides import original
from ..plans.model_plans import Watched
from ..plans.search import is_plain, search_key
from ..query import Query

__all__ = ["SearchMixin"]

#: the largest number that a limit and an offset may be
MOST_ROWS = 2**63 - 1


class SearchMixin(metaclass=Watched):
    """From domains to records, through one query."""

    __slots__ = ()

    @api.model
    @api.readonly
    @api.returns("self")
    def search(self, domain, offset=0, limit=None, order=None):
        """Return the records that satisfy ``domain`` and that the user may read.

        :param order: order clause; the model's by default
        """
        return self.search_fetch(domain, [], offset=offset, limit=limit, order=order)

    @api.model
    @api.readonly
    @api.returns("self")
    def search_fetch(self, domain, field_names, offset=0, limit=None, order=None):
        """Like :meth:`search`, fetching the given fields of the records with the same query."""
        # fast path of search() and fetch()
        fields = self._determine_fields_to_fetch(field_names)
        records = self._fetch_query(
            self._search(domain, offset=offset, limit=limit, order=order or self._order),
            fields,
        )
        if not self.env.su and "_search" not in self._plans.overrides:
            self.env.transaction.note_found(records)
        return records

    @api.model
    @api.readonly
    def search_count(self, domain, limit=None):
        """Return how many records satisfy ``domain``, counting no further than ``limit``."""
        query = self._search(domain, limit=limit)
        return len(query)

    @api.model
    @original
    def _search(self, domain, offset=0, limit=None, order=None, *, active_test=True, bypass_access=False):
        """Return the query of the records that satisfy ``domain``, with access rules applied.

        Overrides may return any :class:`Query`; its result must only hold records the user may read.
        """
        checked = not (bypass_access or self.env.su)
        if checked:
            self.browse().check_access("read")
        self._flush_depends()
        query = self._where_calc(domain, active_test=active_test)
        if not query.is_empty():
            query.limit, query.offset = _rows("limit", limit), _rows("offset", offset) or None
            if checked:
                self._apply_ir_rules(query, "read")
            if order:
                query.order = self._order_to_sql(order, query)
        return query

    @api.model
    def _where_calc(self, domain, active_test=True):
        """Return the query for ``domain`` alone; archived records are left out unless the domain or context asks."""
        active_test = bool(self._active_name and active_test and self._context.get("active_test", True))
        query = self._all_rows()
        plans = self._plans
        # fast path of Domain.optimize() and _to_sql(): the same search was compiled before
        key = None if "_condition_to_sql" in plans.overrides else search_key(domain, active_test, self.env.su)
        if key is not None:
            try:
                query.add_where(plans.searches[key])
                return query
            except KeyError:
                pass
        domain = Domain(domain or [])
        if active_test and not domain.mentions(self._active_name):
            domain &= Domain(self._active_name, "=", True)
        if domain is Domain.TRUE:
            return query
        domain = domain.optimize(self)
        if domain == Domain.FALSE:
            query.set_result_ids(())
        elif domain != Domain.TRUE:
            condition = domain._to_sql(self, self._table, query)
            query.add_where(condition)
            if key is not None and is_plain(domain, self):
                plans.searches.keep(key, condition)
        return query

    @api.model
    @original
    def _apply_ir_rules(self, query, mode="read"):
        """Add the record rules of the user to ``query``."""
        if self.env.su:
            return
        domain = self.pool.services.access.domain(self, mode)
        if domain:
            model = self._for_rules()
            domain = Domain(domain).optimize(model)
            query.add_where(domain._to_sql(model, self._table, query))

    def _for_rules(self):
        """Return these records in the environment that record rules are evaluated in.

        The rules are the system's, not the user's: what they look at may be beyond the user's rights, and a term that
        cannot be evaluated must not let everybody in.
        """
        return self.sudo().with_context(active_test=False, **{STRICT_SEARCH: True})

    def _domain_filter(self, domain) -> list:
        """Return the ids of these records that satisfy ``domain``."""
        return Domain(domain)._filter(self)

    def _as_query(self, ordered=True):
        """Return a query whose result is these records."""
        query = self._all_rows()
        query.set_result_ids(self._ids, ordered)
        return query

    def _all_rows(self) -> Query:
        """Return the query of all records of the model, whoever may read them."""
        return Query(self.env, self._table, self._table_sql)


def _rows(what, number):
    """Return how many rows to take or to leave out; more than PostgreSQL counts are all there are.

    :raise ValueError: for less than none
    """
    if not isinstance(number, int):
        return number
    if number < 0:
        raise ValueError(f"The {what} of a search is a number of records, not {number}")
    return min(number, MOST_ROWS)
