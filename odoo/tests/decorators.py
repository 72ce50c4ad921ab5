"""Decorators of test classes and methods."""

from __future__ import annotations

import collections
import functools
import importlib
import inspect

import freezegun

__all__ = [
    "can_import",
    "freeze_time",
    "no_retry",
    "standalone",
    "standalone_tests",
    "tagged",
    "test_xsd",
    "users",
    "warmup",
]

# tag -> functions registered by @standalone
standalone_tests = collections.defaultdict(list)


def tagged(*tags):
    """Give a test class tags; a minus in front takes one away. Subclasses inherit them.

    :param tags: e.g. ``post_install``, ``-at_install``, ``slow``
    """
    include = {tag for tag in tags if not tag.startswith("-")}
    exclude = {tag[1:] for tag in tags if tag.startswith("-")}

    def decorate(test_class):
        test_class.test_tags = (getattr(test_class, "test_tags", set()) | include) - exclude
        return test_class

    return decorate


def standalone(*tags):
    """Register a function ``(env)`` that ``odoo-bin`` test scripts run outside of a transaction of their own.

    :param tags: the function is also known under each of them, besides ``all`` and its module's name
    """

    def register(func):
        module = func.__module__.split(".")[2] if func.__module__.startswith("odoo.addons.") else ""
        for tag in {"all", module, *tags} - {""}:
            standalone_tests[tag].append(func)
        return func

    return register


def no_retry(arg):
    """Never run a failed test (method, or all of a class) again."""
    arg._retry = False
    return arg


def users(*logins):
    """Run a test method once as each of the users.

    :param logins: their logins
    """

    def decorate(func):
        @functools.wraps(func)
        def run_as_each(self, *args, **kwargs):
            previous = self.uid
            found = self.env["res.users"].with_context(active_test=False).search([("login", "in", list(logins))])
            ids = {user.login: user.id for user in found}
            missing = [login for login in logins if login not in ids]
            if missing:
                raise ValueError(f"no user has the login {', '.join(missing)}")
            try:
                for login in logins:
                    with self.subTest(login=login):
                        self.uid = ids[login]
                        func(self, *args, **kwargs)
                    # one user must not see what another one cached
                    self.env.invalidate_all()
            finally:
                self.uid = previous

        return run_as_each

    return decorate


def warmup(func):
    """Run a test method once to fill the caches, undo it, and run it again; queries count the second time only."""

    @functools.wraps(func)
    def run_twice(self, *args, **kwargs):
        self.env.flush_all()
        self.env.invalidate_all()
        self.warm = False
        try:
            self.cr.execute("SAVEPOINT test_warmup")
            func(self, *args, **kwargs)
            self.env.flush_all()
            self.cr.execute("ROLLBACK TO SAVEPOINT test_warmup")
            self.env.invalidate_all()
        finally:
            self.warm = True
        func(self, *args, **kwargs)

    return run_twice


def can_import(module: str) -> bool:
    """Tell whether a Python module can be imported; for ``unittest.skipIf``."""
    try:
        importlib.import_module(module)
    except ImportError:
        return False
    return True


def test_xsd(url=None, path=None, skip=False):
    """Make a test method that returns (name, XML) pairs validate each of them against a schema.

    :param url: address of the schema
    :param path: or its file
    :param skip: skip the test
    """

    def decorate(func):
        @functools.wraps(func)
        def validate(self, *args, **kwargs):
            from lxml import etree

            from odoo.tools import file_open

            if skip:
                self.skipTest("schema validation is switched off")
            if path:
                with file_open(path, "rb") as stream:
                    schema = etree.XMLSchema(etree.parse(stream))
            else:
                import requests

                schema = etree.XMLSchema(etree.fromstring(requests.get(url, timeout=10).content))
            for name, xml in func(self, *args, **kwargs):
                with self.subTest(name=name):
                    schema.assertValid(xml if isinstance(xml, etree._Element) else etree.fromstring(xml))

        return validate

    return decorate


test_xsd.__test__ = False


class freeze_time:
    """Stop the clock: context manager, and decorator of test methods and classes.

    A class gets the frozen time in its ``setUpClass`` already, and in all of its tests.

    :param time_to_freeze: what :func:`freezegun.freeze_time` takes
    """

    def __init__(self, time_to_freeze):
        self.time_to_freeze = time_to_freeze
        self.freezer = None

    def __call__(self, func):
        if inspect.isclass(func):
            func.freeze_time = self.time_to_freeze
            return func

        @functools.wraps(func)
        def run_frozen(*args, **kwargs):
            with freezegun.freeze_time(self.time_to_freeze):
                return func(*args, **kwargs)

        return run_frozen

    def __enter__(self):
        self.freezer = freezegun.freeze_time(self.time_to_freeze)
        return self.freezer.start()

    def __exit__(self, *exc_info):
        self.freezer.stop()
