"""Suites of tests."""

import logging
import unittest

from . import case

__all__ = ["OdooSuite", "TestSuite"]

_logger = logging.getLogger(__name__)


class TestSuite(unittest.suite.BaseTestSuite):
    """A suite that sets up each class once, before its first test, and tears it down after its last."""

    def run(self, result, debug=False):
        """Run the tests.

        :param result: :class:`~odoo.tests.result.OdooTestResult`
        :return: the result
        """
        for test in self:
            if result.shouldStop:
                break
            if isinstance(test, unittest.suite.BaseTestSuite):
                test.run(result, debug)
                continue
            self._tear_down_previous_class(test, result)
            self._set_up_class(test, result)
            result._previousTestClass = type(test)
            if not getattr(type(test), "_classSetupFailed", False):
                test(result)
        self._tear_down_previous_class(None, result)
        return result

    def _set_up_class(self, test, result):
        current = type(test)
        if current is result._previousTestClass or getattr(current, "__unittest_skip__", False):
            return
        current._classSetupFailed = False
        try:
            current.setUpClass()
        except Exception as error:
            current._classSetupFailed = True
            self._report(current, "setUpClass", error, result)
            current.doClassCleanups()
            self._report_cleanups(current, "setUpClass", result)

    def _tear_down_previous_class(self, test, result):
        previous = result._previousTestClass
        if previous is None or previous is type(test):
            return
        result._previousTestClass = None
        if getattr(previous, "__unittest_skip__", False) or getattr(previous, "_classSetupFailed", False):
            return
        try:
            previous.tearDownClass()
        except Exception as error:
            self._report(previous, "tearDownClass", error, result)
        previous.doClassCleanups()
        self._report_cleanups(previous, "tearDownClass", result)

    def _report_cleanups(self, test_class, method, result):
        for exc_info in test_class.tearDown_exceptions:
            self._report(test_class, method, exc_info[1], result)

    @staticmethod
    def _report(test_class, method, error, result):
        stand_in = _ClassMethodStandIn(test_class, method)
        if isinstance(error, unittest.SkipTest):
            result.addSkip(stand_in, str(error))
        else:
            result.addError(stand_in, (type(error), error, error.__traceback__))


class _ClassMethodStandIn:
    """Stands in results for a test when something around the tests of a class failed."""

    failureException = AssertionError

    def __init__(self, test_class, method):
        self.test_class = test_class
        self.method = method
        self.logger_name = test_class.__module__

    def id(self):
        """Return the name of the class method."""
        return f"{self.test_class.__module__}.{self.test_class.__qualname__}.{self.method}"

    def __str__(self):
        return f"{self.method} ({self.test_class.__module__}.{self.test_class.__qualname__})"


class OdooSuite(TestSuite):
    """The suite the loader makes."""

    def has_http_case(self) -> bool:
        """Tell whether one of the tests speaks HTTP."""
        from .http_case import HttpCase

        return self.countTestCases() > 0 and any(isinstance(test, HttpCase) for test in _flat(self))


def _flat(suite):
    for test in suite:
        if isinstance(test, case.TestCase):
            yield test
        elif isinstance(test, unittest.suite.BaseTestSuite):
            yield from _flat(test)
