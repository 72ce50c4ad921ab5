"""Assertions about records, queries and trees."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping
from contextlib import contextmanager
from itertools import zip_longest
from pprint import pformat
from unittest.mock import patch

from lxml import etree, html

from odoo.tools import SQL, float_compare

from .matchers import Approx, Like

__all__ = ["Assertions"]

_logger = logging.getLogger(__name__)


def _one_line(query) -> str:
    return re.sub(r"\s+", " ", query).strip()


class Assertions:
    """Mixed into test cases that have an environment ``env`` and a cursor ``cr``."""

    warm = True

    @contextmanager
    def _flushed(self, flush):
        """Write what is pending before and after a block, so that queries of others are not its own, and its own are.

        :param flush: whether to do so
        """
        self._write_pending(flush)
        yield
        self._write_pending(flush)

    def _write_pending(self, flush):
        if flush:
            self.env.flush_all()
            self.env.cr.flush()

    @contextmanager
    def _recorded_queries(self, flush):
        """Collect the text of the queries of a block in a list."""
        queries = []
        cursor_class = type(self.env.cr)
        execute = cursor_class.execute

        def recording_execute(cursor, query, params=None, log_exceptions=True):
            queries.append(query.code if isinstance(query, SQL) else query)
            return execute(cursor, query, params, log_exceptions)

        with patch.object(cursor_class, "execute", recording_execute), self._flushed(flush):
            # those of the first flush are not the block's
            queries.clear()
            yield queries

    @contextmanager
    def assertQueries(self, expected, flush=True):
        """Check that the block makes exactly these queries, but for blanks.

        :param expected: list of texts
        :param flush: count what the block leaves pending
        """
        with self._recorded_queries(flush) as queries:
            yield queries
        if not self.warm:
            return
        self.assertEqual(len(queries), len(expected), "\n---- actual queries:\n" + "\n".join(map(_one_line, queries)))
        for actual, wanted in zip(queries, expected, strict=True):
            self.assertEqual(_one_line(actual), _one_line(wanted), "query differs")

    @contextmanager
    def assertQueriesContain(self, expected, flush=True):
        """Check that the block makes as many queries as there are texts, and that each contains its text."""
        with self._recorded_queries(flush) as queries:
            yield queries
        if not self.warm:
            return
        self.assertEqual(len(queries), len(expected), "\n---- actual queries:\n" + "\n".join(map(_one_line, queries)))
        for actual, part in zip(queries, expected, strict=True):
            self.assertIn(_one_line(part).replace('"', ""), _one_line(actual).replace('"', ""), "query differs")

    @contextmanager
    def assertQueryCount(self, default=0, flush=True, **counters):
        """Check that the block makes no more than a number of queries; fewer are reported in the log.

        :param default: the number
        :param flush: count what the block leaves pending
        :param counters: numbers for the users with these logins
        """
        login = self.env.user.login
        allowed = counters.get(login, default)
        # some housekeeping happens at random
        with patch("random.random", lambda: 1), self._counted_queries(flush) as queries:
            yield
        if not self.warm:
            return
        made = queries[0]
        if made > allowed:
            self.fail(f"query count more than expected for user {login}: {made} > {allowed}")
        if made < allowed:
            _logger.info("query count less than expected for user %s: %d < %d in %s", login, made, allowed, self.id())

    @contextmanager
    def _counted_queries(self, flush):
        """Count the queries of a block: the list that it gets has their number after it."""
        queries = []
        with self._flushed(flush):
            before = self.cr.sql_log_count
            yield queries
        queries.append(self.cr.sql_log_count - before)

    def assertRecordValues(
        self, records, expected_values: list[dict], *, field_names: Iterable[str] | None = None
    ) -> None:
        """Compare the values of records, in order, with dicts of values.

        Many2one fields compare by id, x2many fields by list of ids, floats at the precision of their field or currency.

        :param records: recordset
        :param expected_values: one dict for each record
        :param field_names: the fields to compare, which a failure tells in this order; by default the keys of each dict
        """
        if field_names is None:
            names = dict.fromkeys(name for values in expected_values for name in values)
        else:
            names = dict.fromkeys(field_names)
        actual, expected, equal = [], [], len(records) == len(expected_values)
        for record, wanted in zip_longest(records, expected_values):
            if wanted is None or record is None:
                actual.append(None if record is None else {name: _comparable(record, name) for name in names})
                expected.append(wanted)
                continue
            row, wanted_row = {}, {}
            for name in names if field_names is not None else wanted:
                row[name] = _comparable(record, name)
                wanted_row[name] = _expected(wanted.get(name), record, name)
                if not _same(row[name], wanted_row[name], record, name):
                    equal = False
            actual.append(row)
            expected.append(wanted_row)
        if not equal:
            message = "The records and expected_values do not match."
            if len(records) != len(expected_values):
                message = f"Wrong number of records to compare: {len(records)} != {len(expected_values)}. {message}"
            self.assertEqual(pformat(actual, sort_dicts=False), pformat(expected, sort_dicts=False), message)
            self.fail(message)

    def assertItemsEqual(self, a, b, msg=None):
        """See :meth:`unittest.TestCase.assertCountEqual` (old name)."""
        self.assertCountEqual(a, b, msg=msg)

    def assertTreesEqual(self, n1, n2, msg=None):
        """Compare two elements: tags, attributes, texts and children; blanks around texts do not count."""
        self.assertIsNotNone(n1, msg)
        self.assertIsNotNone(n2, msg)
        for one, other in zip_longest(n1.iter(), n2.iter()):
            self.assertEqual(_content(one), _content(other), msg)

    def _assert_documents_equal(self, original, expected, parse, method):
        def readable(node):
            return etree.tostring(node, encoding="unicode", pretty_print=True, method=method)

        nodes = [parse(text) if isinstance(text, (str, bytes)) else text for text in (original, expected)]
        self.assertTreesEqual(*nodes, "\n--- actual:\n%s\n--- expected:\n%s" % tuple(map(readable, nodes)))

    def assertXMLEqual(self, original, expected):
        """Compare two XML texts (or elements) as trees."""
        parser = etree.XMLParser(remove_blank_text=True)
        self._assert_documents_equal(original, expected, lambda text: etree.fromstring(text, parser=parser), "xml")

    def assertHTMLEqual(self, original, expected):
        """Compare two HTML texts (or elements) as trees."""
        parser = html.HTMLParser(remove_blank_text=True)
        self._assert_documents_equal(original, expected, lambda text: html.fromstring(text, parser=parser), "html")


def _content(node) -> tuple | None:
    """Return what an element consists of; in document order, the numbers of children tell which ones are whose."""
    if node is None:
        return None
    texts = ((text or "").strip() for text in (node.text, node.tail))
    return node.tag, dict(node.attrib), *texts, len(node)


def _comparable(record, name):
    """Return the value of a field in the form it is compared in."""
    value = record[name]
    field = record._fields[name]
    if field.type in ("one2many", "many2many"):
        return value.ids
    if field.type == "many2one":
        return value.id
    return value


def _expected(value, record, name):
    if hasattr(value, "_name") and hasattr(value, "ids"):
        return value.ids if record._fields[name].type in ("one2many", "many2many") else value.id
    return value


def _same(actual, expected, record, name) -> bool:
    field = record._fields[name]
    if isinstance(expected, (Approx, Like)):
        return expected == actual
    if field.type in ("one2many", "many2many"):
        return sorted(actual) == sorted(expected or ())
    if field.type == "monetary" and expected is not None:
        currency_field = field.get_currency_field(record)
        currency = record[currency_field] if currency_field else None
        if currency:
            return float_compare(actual, expected, precision_rounding=currency.rounding) == 0
    if field.type == "float" and expected is not None:
        digits = field.get_digits(record.env)
        if digits:
            return float_compare(actual, expected, precision_digits=digits[1]) == 0
    if isinstance(actual, Mapping) and isinstance(expected, Mapping):
        return dict(actual) == dict(expected)
    if expected is None:
        return actual is None or actual is False
    return actual == expected
