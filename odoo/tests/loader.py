"""Finding the tests of modules and running them."""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import itertools
import logging
import threading
import unittest

from odoo import tools
from odoo.modules import module as module_registry

from . import case
from .result import OdooTestResult
from .suite import OdooSuite
from .tag_selector import TagsSelector

__all__ = ["get_module_test_cases", "get_test_modules", "make_suite", "run_suite"]

_logger = logging.getLogger(__name__)


def get_test_modules(module: str) -> list:
    """Return the Python modules with tests of an addon: the ``test_*`` modules imported by its ``tests`` package.

    :param module: name of the addon
    """
    return list(
        itertools.chain(
            _tests_in_package(f"odoo.addons.{module}.tests"),
            _tests_in_package(f"odoo.upgrade.{module}.tests"),
        )
    )


def _exists(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:
        return False


def _tests_in_package(name: str) -> list:
    if not _exists(name):
        return []
    try:
        package = importlib.import_module(name)
    except Exception:
        _logger.exception("the tests of %s cannot be imported", name)
        raise
    return [value for key, value in inspect.getmembers(package, inspect.ismodule) if key.startswith("test_")]


def get_module_test_cases(module):
    """Iterate over the test cases defined in a Python module.

    :param module: Python module
    """
    loader = unittest.TestLoader()
    for test_class in module.__dict__.values():
        if (
            not isinstance(test_class, type)
            or not issubclass(test_class, case.TestCase)
            or test_class.__module__ != module.__name__
        ):
            continue
        names = loader.getTestCaseNames(test_class)
        if not getattr(test_class, "allow_inherited_tests_method", True):
            names = [name for name in names if name in vars(test_class)]
        if not names and hasattr(test_class, "runTest"):
            names = ["runTest"]
        for name in names:
            yield test_class(name)


def make_suite(module_names, position: str = "at_install") -> OdooSuite:
    """Return the tests of addons for a position that the configured tags choose.

    :param module_names: names of addons
    :param position: ``at_install`` or ``post_install``
    """
    selectors = [TagsSelector(position), TagsSelector(_configured_tags())]
    cases = itertools.chain.from_iterable(map(_cases_of_addon, dict.fromkeys(module_names)))
    chosen = [test for test in cases if all(selector.check(test) for selector in selectors)]
    # cases of unittest that an addon gives the metaclass have no number
    return OdooSuite(sorted(chosen, key=lambda test: getattr(test, "test_sequence", 0)))


def _configured_tags() -> str:
    if tools.config["test_tags"]:
        return tools.config["test_tags"]
    test_file = tools.config["test_file"]
    return f"/{test_file}" if test_file else "standard"


def _cases_of_addon(name):
    for module in get_test_modules(name):
        yield from get_module_test_cases(module)


def run_suite(suite, global_report=None) -> OdooTestResult:
    """Run a suite.

    :param global_report: result of the run so far, which tells whether to go on
    :return: result of this suite
    """
    thread = threading.current_thread()
    module_registry.current_test = True
    thread.testing = True
    results = OdooTestResult(global_report=global_report)
    try:
        suite(results)
    finally:
        thread.testing = False
        module_registry.current_test = False
    return results
