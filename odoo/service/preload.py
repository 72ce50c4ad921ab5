"""What happens to databases before the server serves: install, update, tests."""

import logging
import threading
from collections.abc import Mapping

from odoo import sql_db
from odoo.modules.install_request import InstallRequest
from odoo.modules.registry import Registry
from odoo.tools import config

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
        update = bool(request)
        registry = Registry.new(dbname, update_module=update, request=request)
        if config["load_language"]:
            _load_languages(registry)
        if config["test_enable"]:
            return _run_tests(registry, update)
        return True
    except Exception:
        _logger.critical("Failed to initialize database %r", dbname, exc_info=True)
        return False
    finally:
        # connections are not for the children of this process
        sql_db.close_all()


def _load_languages(registry):
    """Install the languages of ``--load-language``."""
    from odoo.modules.translations import load_language

    with registry.cursor() as cr:
        for code in config["load_language"].split(","):
            load_language(cr, code.strip())


def _run_tests(registry, update):
    """Run the tests that want a complete registry, or those of ``--test-file``, then report on all tests.

    :return: whether all tests succeeded
    """
    from odoo.tests import loader

    report = registry._assertion_report
    names = registry.updated_modules if update else sorted(registry._init_modules)
    _logger.info("Starting post-install tests")
    suite = loader.make_suite(names, "post_install")
    if config["test_file"] and not update:
        # nothing is installed now, but this file was asked for
        suite.addTests(loader.make_suite(names, "at_install"))
    report.update(loader.run_suite(suite, global_report=report))
    report.log_stats()
    level = logging.INFO if report.wasSuccessful() else logging.ERROR
    _result_logger.log(
        level,
        "%s failed, %s error(s) of %s tests when loading database %r",
        report.failures_count,
        report.errors_count,
        report.testsRun,
        registry.db_name,
    )
    return report.wasSuccessful()
