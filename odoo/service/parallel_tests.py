"""Tests of several addons side by side: each addon in a process of its own, on a database of its own.

The addons are installed in the database one level of dependencies after the other, without tests. Before each level a
process gets a copy of the database for each addon of it, installs the addon there, runs its tests and drops the copy.
"""

import logging
import multiprocessing
import os
import secrets
import threading
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import closing
from dataclasses import replace
from itertools import groupby

from odoo import netsvc, sql_db
from odoo.db import lifecycle
from odoo.modules import db
from odoo.modules.graph import ModuleGraph
from odoo.modules.install_request import ALL, InstallRequest
from odoo.modules.module import get_modules, initialize_sys_path
from odoo.modules.registry import Registry
from odoo.tools import config

from .database_loading import load_and_test, load_server_wide_modules

__all__ = ["run_in_parallel", "wants_parallel"]

_logger = logging.getLogger(__name__)
#: longest name of a database
_NAME_LENGTH = 63
#: what the tests of one process add to the report
_COUNTS = ("failures_count", "errors_count", "testsRun", "skipped")


def wants_parallel(request) -> bool:
    """Tell whether the tests of what is to be installed or updated are to run in several processes.

    :param InstallRequest request: what is to be installed and updated
    """
    return bool(config["test_enable"] and config["test_processes"] > 1 and request)


def run_in_parallel(dbname, request):
    """Install and update modules in a database, and run the tests of those that were asked for in other processes.

    :param str dbname: name of a database, which is there and which nobody uses
    :param InstallRequest request: what is to be installed and updated
    :return: :class:`~odoo.tests.result.OdooTestResult` of all tests
    """
    from odoo.tests.result import OdooTestResult

    initialize_sys_path()
    installed = _installed_modules(dbname)
    graph, names = _plan(request, installed)
    report = OdooTestResult()
    _logger.info("Testing %s in up to %d processes", ", ".join(names), config["test_processes"])
    with _Processes(dbname, request) as processes:
        for name in names:
            if name in installed:
                processes.test(name, "init" if name in request.init else "update")
        for _depth, nodes in groupby(graph, key=lambda node: node.depth):
            new = [node.name for node in nodes if node.name not in installed]
            for name in new:
                if name in names:
                    processes.test(name, "init")
            if new:
                _load(dbname, replace(request, init=frozenset(new), update=frozenset()))
        _load(dbname, replace(request, init=frozenset()))
        processes.add_results(report)
    return report


def _installed_modules(dbname) -> set:
    """Return the names of the modules of a database, none when it is empty."""
    with closing(sql_db.db_connect(dbname).cursor()) as cr:
        if not db.is_initialized(cr):
            return set()
        cr.execute("SELECT name FROM ir_module_module WHERE state IN ('installed', 'to upgrade')")
        return {name for [name] in cr.fetchall()}


def _plan(request, installed) -> tuple:
    """Return the graph of the modules that are installed or will be, and the names of those whose tests run, in order.

    :param set installed: names of the modules that are installed
    :raise ModuleGraphError: a module is missing
    """
    graph = ModuleGraph()
    graph.add_possible(sorted(installed))
    wanted = set(get_modules()) if ALL in request.init else set(request.init)
    for name in sorted(wanted):
        graph.add(name)
    if not installed and "base" not in InstallRequest.from_options().init:
        # it is there because the database is new
        wanted.discard("base")
    updated = installed if ALL in request.update else set(request.update) & installed
    for node in graph:
        # who needs an updated module is updated with it
        if node.name in installed and not updated.isdisjoint({node.name, *(needed.name for needed in node.depends)}):
            updated = updated | {node.name}
    return graph, [node.name for node in graph if node.name in wanted | updated]


def _load(dbname, request):
    """Install and update modules in the database of the options without tests; nobody uses it afterwards."""
    load_and_test(dbname, replace(request, tested=frozenset()))
    Registry.delete(dbname)
    sql_db.close_db(dbname)


class _Processes:
    """Processes that test an addon each, some at a time.

    :param str dbname: name of the database that they get copies of
    :param InstallRequest request: what is to be installed and updated in all
    """

    def __init__(self, dbname, request):
        self._dbname = dbname
        self._request = request
        self._options = dict(config.options)
        self._running: dict = {}
        # started afresh: a copy of this process would have its connections and threads
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(config["test_processes"], context, max_tasks_per_child=1)

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        self._pool.shutdown(cancel_futures=exc_type is not None)
        for _name, copy in self._running.values():
            # left by a process that did not begin, or that was killed
            lifecycle.drop(copy)

    def test(self, name, change):
        """Have an addon tested on a copy of what the database is now.

        :param str change: ``init`` to install it, ``update``
        """
        copy = f"{self._dbname}_{name}"[: _NAME_LENGTH - 12] + f"_test_{secrets.token_hex(3)}"
        lifecycle.duplicate(self._dbname, copy)
        alone = frozenset([name])
        request = replace(self._request, **{"init": frozenset(), "update": frozenset(), "tested": alone, change: alone})
        self._running[self._pool.submit(_test_module, self._options, copy, name, request)] = name, copy

    def add_results(self, report):
        """Wait for all processes and add what they counted to a report; a process that failed is an error."""
        for future in as_completed(self._running):
            try:
                counts = future.result()
            except Exception as error:
                report.errors_count += 1
                name, _copy = self._running[future]
                _logger.error("The tests of %s did not run to their end: %s", name, error)
                continue
            for key in _COUNTS:
                setattr(report, key, getattr(report, key) + counts[key])


def _test_module(options: Mapping, dbname, name, request) -> dict:
    """Install or update a module in a database of its own and run its tests; called in a process of its own.

    :param options: the configuration
    :param str dbname: name of the database, which is dropped at the end
    :return: the counts of the tests
    :raise RuntimeError: the module cannot be installed
    """
    config.options.update(options, db_name=dbname, test_processes=1)
    os.environ["TZ"] = "UTC"
    threading.current_thread().dbname = dbname
    netsvc.init_logger()
    initialize_sys_path()
    load_server_wide_modules()
    try:
        report = load_and_test(dbname, request)
        return {key: getattr(report, key) for key in _COUNTS}
    except Exception as error:
        _logger.critical("Failed to test %s in database %r", name, dbname, exc_info=True)
        # a module may raise what only this process can name
        raise RuntimeError(f"{type(error).__name__}: {error}") from None
    finally:
        Registry.delete(dbname)
        lifecycle.drop(dbname)
