"""Counting and logging the outcome of tests."""

from __future__ import annotations

import contextlib
import functools
import logging
import operator
import re
import time
import traceback
from collections import defaultdict
from typing import NamedTuple
from unittest.case import _SubTest as _SUBTEST

__all__ = ["STDERR_LINE", "STDOUT_LINE", "OdooTestResult", "Stat"]

STDOUT_LINE = "\nStdout:\n%s"
STDERR_LINE = "\nStderr:\n%s"
_logger = logging.getLogger(__name__)
# a clock that tests cannot stop
_clock = time.perf_counter.__call__
_TEST_ID = re.compile(r"^(?:odoo\.addons\.)?(?P<module>[\w.]+?)(?:\.tests)?\.(?P<rest>.*)$")


class Stat(NamedTuple):
    """What tests took: seconds and SQL queries."""

    time: float = 0.0
    queries: int = 0

    @classmethod
    def now(cls, test) -> Stat:
        """Return where the clock and the count of queries of a test stand; what it takes is a difference of these."""
        cr = getattr(test, "cr", None)
        return cls(_clock(), cr.sql_log_count if cr is not None else 0)

    def __add__(self, other: Stat) -> Stat:
        return Stat(*map(operator.add, self, other)) if isinstance(other, Stat) else NotImplemented

    def __sub__(self, other: Stat) -> Stat:
        return Stat(*map(operator.sub, self, other)) if isinstance(other, Stat) else NotImplemented


class OdooTestResult:
    """Outcome of tests: counts, and a log message for each start, failure and error under the name of the test's
    module.

    :param stream: not used, nor are the other parameters: what test runners pass
    """

    _previousTestClass = None
    _moduleSetUpFailed = False

    def __init__(self, stream=None, descriptions=None, verbosity=None, global_report=None):
        self.failures_count = 0
        self.errors_count = 0
        self.testsRun = 0
        self.skipped = 0
        self.tb_locals = False
        self.failfast = False
        self.shouldStop = False
        self.global_report = global_report
        self.stats: dict[str, Stat] = defaultdict(Stat)
        self.had_failure = False
        self._soft_fail = False
        self._before: Stat | None = None

    def total_errors_count(self) -> int:
        """Return the number of failures and errors, those of the whole run included."""
        own = self.errors_count + self.failures_count
        return own + (self.global_report.total_errors_count() if self.global_report else 0)

    def _should_stop_early(self) -> bool:
        return self.shouldStop

    def startTestRun(self):
        """Called by runners before the first test."""

    def stopTestRun(self):
        """Called by runners after the last test."""

    def stop(self):
        """Have the suite end before its next test."""
        self.shouldStop = True

    def printErrors(self):
        """Nothing: errors are logged when they happen."""

    def startTest(self, test):
        """Log the start of the test and count it."""
        self.log(logging.INFO, "Starting %s ...", self.getDescription(test), test=test)
        self.testsRun += 1
        self._before = Stat.now(test)

    def stopTest(self, test):
        """Keep what the test took."""
        if self._before is not None:
            self.stats[test.id()] += Stat.now(test) - self._before
            self._before = None

    def addError(self, test, err):
        """Count and log an error, unless it will be tried again."""
        if self._soft_fail:
            self.had_failure = True
            return
        self.errors_count += 1
        self.logError("ERROR", test, err)

    def addFailure(self, test, err):
        """Count and log a failed assertion, unless it will be tried again."""
        if self._soft_fail:
            self.had_failure = True
            return
        self.failures_count += 1
        self.logError("FAIL", test, err)

    def addSubTest(self, test, subtest, err):
        """Count and log a failed part of a test."""
        if err is None:
            return
        failed = issubclass(err[0], test.failureException)
        (self.addFailure if failed else self.addError)(subtest, err)

    def addSuccess(self, test):
        """Nothing: success needs no message."""

    def addDuration(self, test, elapsed):
        """Nothing: times are in :attr:`stats`."""

    def addSkip(self, test, reason):
        """Count and log a skipped test."""
        self.skipped += 1
        self.log(logging.INFO, "skipped %s : %s", self.getDescription(test), reason, test=test)

    def addExpectedFailure(self, test, err):
        """Nothing: a failure that is expected is a success."""

    def addUnexpectedSuccess(self, test):
        """Count and log a success where a failure was expected."""
        self.failures_count += 1
        self.log(logging.ERROR, "UNEXPECTED SUCCESS: %s", self.getDescription(test), test=test)

    def wasSuccessful(self) -> bool:
        """Tell whether there was no failure and no error."""
        return self.failures_count == self.errors_count == 0

    @contextlib.contextmanager
    def soft_fail(self):
        """Note failures in :attr:`had_failure` instead of counting them: the test will be run again."""
        self.had_failure = False
        self._soft_fail = True
        try:
            yield
        finally:
            self._soft_fail = False

    def update(self, other: OdooTestResult):
        """Add the counts and statistics of another result."""
        self.failures_count += other.failures_count
        self.errors_count += other.errors_count
        self.testsRun += other.testsRun
        self.skipped += other.skipped
        for test_id, stat in other.stats.items():
            self.stats[test_id] += stat

    def log(self, level, msg, *args, test=None, exc_info=None, extra=None, stack_info=False, caller_infos=None):
        """Log a message as if the test, or the line in it where something happened, had done so.

        :param caller_infos: (file, line number, function, stack) to log as the place
        """
        test = test or self
        while isinstance(test, _SUBTEST) and test.test_case:
            test = test.test_case
        logger = logging.getLogger(getattr(test, "logger_name", type(test).__module__))
        if not logger.isEnabledFor(level):
            return
        unknown = "(unknown file)", 0, getattr(test, "_testMethodName", "(unknown function)"), None
        path, line, function, stack = caller_infos or unknown
        logger.handle(
            logger.makeRecord(
                logger.name, level, path, line, msg, args, exc_info, func=function, extra=extra, sinfo=stack
            )
        )

    def log_stats(self):
        """Log what the tests of each module took, and every test too when debugging."""
        if not _logger.isEnabledFor(logging.INFO):
            return
        modules: dict[str, Stat] = defaultdict(Stat)
        counts: dict[str, int] = defaultdict(int)
        for test_id, stat in self.stats.items():
            match = _TEST_ID.match(test_id)
            module = (match["module"] if match else test_id).split(".")[0]
            modules[module] += stat
            counts[module] += 1
            _logger.debug("%s: %.2fs, %s queries", test_id, *stat)
        for module, stat in sorted(modules.items()):
            _logger.info("%s: %d tests %.2fs %d queries", module, counts[module], stat.time, stat.queries)

    def getDescription(self, test) -> str:
        """Return how messages name a test: ``TestClass.test_method``, and the values of a subtest."""
        if isinstance(test, _SUBTEST):
            return f"Subtest {self.getDescription(test.test_case)} {test._subDescription()}"
        if hasattr(test, "_testMethodName"):
            return f"{type(test).__qualname__}.{test._testMethodName}"
        # the stand-in that unittest makes for a failed setUpClass or setUpModule
        return str(test)

    @contextlib.contextmanager
    def collectStats(self, test_id, test=None):
        """Count time and queries of a block for a test (or a part of one).

        :param test: test case whose cursor makes the queries
        """
        before = Stat.now(test)
        try:
            yield
        finally:
            self.stats[test_id] += Stat.now(test) - before

    def logError(self, flavour, test, error):
        """Log an error with its traceback, below a line that shows where it begins.

        :param flavour: first word of the message
        :param error: exception info
        """
        log = functools.partial(self.log, test=test, caller_infos=self.getErrorCallerInfo(error, test))
        description, report = self.getDescription(test), self._exc_info_to_string(error, test)
        log(logging.INFO, "=" * 70)
        log(logging.ERROR, "%s: %s\n%s", flavour, description, report)

    @staticmethod
    def _is_framework_frame(frame) -> bool:
        return "__unittest" in frame.f_globals

    def _exc_info_to_string(self, err, test) -> str:
        """Return the traceback without the frames of unittest around the test."""
        exc_type, exc_value, tb = err
        while tb and self._is_framework_frame(tb.tb_frame):
            tb = tb.tb_next
        if exc_type is not None and issubclass(exc_type, getattr(test, "failureException", AssertionError)):
            length = 0
            following = tb
            while following and not self._is_framework_frame(following.tb_frame):
                length += 1
                following = following.tb_next
            return "".join(traceback.format_exception(exc_type, exc_value, tb, limit=length or None))
        return "".join(traceback.format_exception(exc_type, exc_value, tb))

    def getErrorCallerInfo(self, error, test):
        """Return where in the test an error comes from as (file, line number, function, stack), or ``None``."""
        _type, _value, tb = error
        while isinstance(test, _SUBTEST):
            test = test.test_case
        wanted = getattr(test, "_testMethodName", None)
        for frame, lineno in traceback.walk_tb(tb):
            if frame.f_code.co_name in (wanted, "setUp", "tearDown", "setUpClass", "tearDownClass"):
                return frame.f_code.co_filename, lineno, frame.f_code.co_name, None
        return None

    def __str__(self):
        return f"{self.failures_count} failed, {self.errors_count} error(s) of {self.testsRun} tests"

    def __repr__(self):
        return f"<{type(self).__module__}.{type(self).__qualname__} {self}>"
