"""Loading of what a process needs: the modules of the server, and databases with their tests."""

import logging
import sys

from odoo.modules.registry import Registry
from odoo.tools import config

_logger = logging.getLogger(__name__)


def load_server_wide_modules():
    """Import the modules that are loaded whatever the database (``--load``)."""
    from odoo import conf
    from odoo.modules.module import load_openerp_module

    conf.server_wide_modules = list(
        dict.fromkeys(name.strip() for name in ("base", *config["server_wide_modules"].split(",")) if name.strip())
    )
    conf.addons_paths = config["addons_path"].split(",")
    for name in conf.server_wide_modules:
        try:
            load_openerp_module(name)
        except Exception:
            sys.stderr.flush()
            _logger.critical("The server-wide module %s (option --load) cannot be loaded", name, exc_info=True)
            raise


def load_and_test(dbname, request):
    """Load the registry of a database, install and update modules, run the tests as configured.

    :param str dbname: name of the database
    :param InstallRequest request: what is to be installed and updated
    :return: :class:`~odoo.tests.result.OdooTestResult`, None unless tests are enabled
    """
    update = bool(request)
    registry = Registry.new(dbname, update_module=update, request=request)
    if config["load_language"]:
        _load_languages(registry)
    if not config["test_enable"]:
        return None
    names = registry.updated_modules if update else sorted(registry._init_modules)
    return _run_tests(registry, [name for name in names if request.wants_tests(name)], update)


def _load_languages(registry):
    """Install the languages of ``--load-language``."""
    from odoo.modules.translations import load_language

    with registry.cursor() as cr:
        for code in config["load_language"].split(","):
            load_language(cr, code.strip())


def _run_tests(registry, names, update):
    """Run the tests that want a complete registry, or those of ``--test-file``; return the report on all tests."""
    from odoo.tests import loader

    report = registry._assertion_report
    _logger.info("Starting post-install tests")
    suite = loader.make_suite(names, "post_install")
    if config["test_file"] and not update:
        # nothing is installed now, but this file was asked for
        suite.addTests(loader.make_suite(names, "at_install"))
    report.update(loader.run_suite(suite, global_report=report))
    report.log_stats()
    return report
