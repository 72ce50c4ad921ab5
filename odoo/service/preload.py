"""What happens to databases before the server serves: install, update, tests."""

import logging
import threading
from collections.abc import Mapping

from odoo import sql_db
from odoo.modules.install_request import InstallRequest

from .database_loading import load_and_test
from .parallel_tests import run_in_parallel, wants_parallel

_logger = logging.getLogger(__name__)
_result_logger = logging.getLogger("odoo.tests.result")


def preload_registries(dbnames):
    """Load the registries of databases, installing and updating modules and running tests as configured.

    :param dbnames: names of databases, or ``{name: InstallRequest}``; names alone mean what the options ask for
    :return: number of databases that failed
    """
    if not isinstance(dbnames, Mapping):
        dbnames = dict.fromkeys(dbnames or (), InstallRequest.from_options())
    return sum(not _preload(name, request) for name, request in dbnames.items())


def _preload(dbname, request):
    threading.current_thread().dbname = dbname
    try:
        report = run_in_parallel(dbname, request) if wants_parallel(request) else load_and_test(dbname, request)
        if report is None:
            return True
        _report(report, dbname)
        return report.wasSuccessful()
    except Exception:
        _logger.critical("Failed to initialize database %r", dbname, exc_info=True)
        return False
    finally:
        # connections are not for the children of this process
        sql_db.close_all()


def _report(report, dbname):
    """Tell what the tests of a database came to."""
    level = logging.INFO if report.wasSuccessful() else logging.ERROR
    _result_logger.log(
        level,
        "%s failed, %s error(s) of %s tests when loading database %r",
        report.failures_count,
        report.errors_count,
        report.testsRun,
        dbname,
    )
