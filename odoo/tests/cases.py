"""Test cases that run inside a transaction of a database."""

from __future__ import annotations

import functools
import logging
import os
import re
import threading
from contextlib import ExitStack, contextmanager
from unittest.mock import patch
from urllib.parse import urlsplit

import requests
from lxml import etree
from passlib.context import CryptContext

from odoo import SUPERUSER_ID, api
from odoo.exceptions import AccessError
from odoo.modules import module as module_registry
from odoo.modules.registry import Registry
from odoo.tools import mute_logger

from . import case
from .assertions import Assertions
from .decorators import freeze_time as freeze_time_decorator
from .names import HOST, get_db_name
from .patch_guard import PatchGuard

__all__ = ["BaseCase", "BlockedRequest", "MetaCase", "SavepointCase", "SingleTransactionCase", "TransactionCase"]

_logger = logging.getLogger(__name__)
_requests_logger = logging.getLogger("odoo.tests.common.requests")
_FAST_CRYPT_CONTEXT = CryptContext(["pbkdf2_sha512", "plaintext"], deprecated=["plaintext"], pbkdf2_sha512__rounds=1)


_OF_ADDON = re.compile(r"odoo\.addons\.(?P<addon>\w+)")


class BlockedRequest(requests.exceptions.ConnectionError):
    """A test tried to reach a host other than this one."""


class MetaCase(type):
    """Gives test classes of addons their tags and the place they are chosen by."""

    def __init__(cls, name, bases, attrs):
        super().__init__(name, bases, attrs)
        cls.test_class = name
        if found := _OF_ADDON.match(cls.__module__):
            cls.test_module = found["addon"]
            if getattr(cls, "test_tags", None) is None:
                cls.test_tags = {"standard", "at_install"}


class BaseCase(Assertions, case.TestCase, metaclass=MetaCase):
    """Base of all test cases: assertions, patching, access to records. It opens no transaction of its own."""

    longMessage = True
    # whether inherited test methods run for a subclass
    allow_inherited_tests_method = True
    test_tags: set | None = None
    test_module: str | None = None
    # tests with a lower number run first
    test_sequence = 0
    _retry = True
    # how often a test runs at most, until it succeeds
    _tests_run_count = 1
    _test_params: list = []
    registry = None
    env = None
    cr = None

    def __init__(self, methodName="runTest"):
        super().__init__(methodName)
        self.addTypeEqualityFunc(etree._Element, self.assertTreesEqual)

    def run(self, result):
        """Run the test; when ``ODOO_TEST_FAILURE_RETRIES`` says so, a failed one up to that many times more.

        :param result: :class:`~odoo.tests.result.OdooTestResult`
        """
        method = getattr(self, self._testMethodName)
        retries = 0
        # pytest has its own ways to try again
        if type(self)._retry and getattr(method, "_retry", True) and hasattr(result, "soft_fail"):
            retries = max(int(os.environ.get("ODOO_TEST_FAILURE_RETRIES", 0)), self._tests_run_count - 1)
        thread = threading.current_thread()
        previous, previous_testing = module_registry.current_test, getattr(thread, "testing", False)
        module_registry.current_test, thread.testing = self, True
        try:
            for _attempt in range(retries):
                with result.soft_fail():
                    super().run(result)
                if not result.had_failure:
                    return
                _logger.info("retrying %s", self.id())
            super().run(result)
        finally:
            module_registry.current_test, thread.testing = previous, previous_testing

    @classmethod
    def _request_handler(cls, session: requests.Session, request: requests.PreparedRequest, /, **kwargs):
        """What sends requests in tests: only to this host. Override to answer others.

        :raise BlockedRequest: for another host
        """
        if urlsplit(request.url).hostname in (HOST, "localhost", "::1"):
            return _send(session, request, **kwargs)
        _requests_logger.info("blocked the request %s %s of a test", request.method, request.url)
        raise BlockedRequest(f"external requests are not allowed in tests: {request.method} {request.url}")

    @classmethod
    def setUpClass(cls):
        """Refuse requests to other hosts, and stop the clock when the class asks for it."""
        super().setUpClass()

        def send(session, request, **kwargs):
            return cls._request_handler(session, request, **kwargs)

        cls.startClassPatcher(patch.object(requests.sessions.Session, "send", send))

    def cursor(self):
        """Return a new cursor of the database."""
        return self.registry.cursor()

    @property
    def uid(self):
        """Id of the user the test acts as; assign it to act as another one."""
        return self.env.uid

    @uid.setter
    def uid(self, user):
        self.env = self.env(user=user)

    def ref(self, xid):
        """Return the id of the record with an external id."""
        return self.browse_ref(xid).id

    def browse_ref(self, xid):
        """Return the record with an external id.

        :raise ValueError: when the text is none, or there is no such record
        """
        assert "." in xid, f"{xid!r} does not tell the module, as 'base.main_company' does"
        return self.env.ref(xid)

    def patch(self, obj, key, val):
        """Replace an attribute until the end of the test."""
        return self.startPatcher(patch.object(obj, key, val))

    @classmethod
    def classPatch(cls, obj, key, val):
        """Replace an attribute until the end of the class."""
        return cls.startClassPatcher(patch.object(obj, key, val))

    def startPatcher(self, patcher):
        """Start a patcher of :mod:`unittest.mock` until the end of the test; return what it gives."""
        started = patcher.start()
        self.addCleanup(patcher.stop)
        return started

    @classmethod
    def startClassPatcher(cls, patcher):
        """Start a patcher of :mod:`unittest.mock` until the end of the class; return what it gives."""
        started = patcher.start()
        cls.addClassCleanup(patcher.stop)
        return started

    @contextmanager
    def with_user(self, login):
        """Act as the user with a login inside the block."""
        found = self.env["res.users"].sudo().search([("login", "=", login)]).ids
        self.assertTrue(found, f"no user has the login {login}")
        previous, self.uid = self.uid, found[0]
        try:
            yield
        finally:
            self.uid = previous

    @contextmanager
    def debug_mode(self):
        """Make every user a member of the group ``base.group_no_one`` inside the block, as the debug mode of the client
        does.

        What the cache knows before the block is unknown inside it, and the other way round: it may depend on the group.
        """
        users_class = self.env.registry["res.users"]
        has_group = users_class.has_group

        def has_group_in_debug_mode(user, group_ext_id):
            return group_ext_id == "base.group_no_one" or has_group(user, group_ext_id)

        view_access = getattr(users_class, "_get_group_ids", None)
        with ExitStack() as stack:
            stack.enter_context(patch.object(users_class, "has_group", has_group_in_debug_mode))
            if view_access is not None:
                no_one = self.env.ref("base.group_no_one").id
                stack.enter_context(
                    patch.object(users_class, "_get_group_ids", lambda user: (*view_access(user), no_one))
                )
            self._forget_everything()
            try:
                yield
            finally:
                self._forget_everything()

    def _forget_everything(self):
        """Write what is pending, and forget what is cached of records and groups."""
        self.env.flush_all()
        self.env.invalidate_all()
        self.env.registry.clear_all_caches()

    @contextmanager
    def _undone(self, assertion, exception):
        """Run a block under an assertion that it raises; what it did before is undone.

        What goes wrong before the block is no matter of the assertion, what goes wrong when its work is written is.

        :param exception: class, or tuple of classes, that is to be raised
        """
        if self.env is None or self.env.cr.closed:
            with assertion as caught:
                yield caught
            return
        savepoint = self.env.cr.savepoint()
        expected = exception if isinstance(exception, tuple) else (exception,)
        if any(issubclass(cls, AccessError) for cls in expected):
            try:
                # what is cached is read without being checked
                self.env.cr.clear()
            except BaseException:
                savepoint.close(rollback=True)
                raise
        with assertion as caught, savepoint:
            yield caught

    def assertRaises(self, exception, func=None, *args, **kwargs):
        """See :meth:`unittest.TestCase.assertRaises`; the database and the cache are then as they were before."""
        if func is None:
            return self._undone(super().assertRaises(exception, **kwargs), exception)
        with self._undone(super().assertRaises(exception), exception):
            func(*args, **kwargs)
        return None

    def assertRaisesRegex(self, exception, expected_regex, func=None, *args, **kwargs):
        """See :meth:`unittest.TestCase.assertRaisesRegex`; the database and the cache are then as they were before."""
        if func is None:
            return self._undone(super().assertRaisesRegex(exception, expected_regex, **kwargs), exception)
        with self._undone(super().assertRaisesRegex(exception, expected_regex), exception):
            func(*args, **kwargs)
        return None

    @contextmanager
    def profile(self, description="", **kwargs):
        """Profile a block (see :class:`odoo.tools.profiler.Profiler`); the result is logged.

        :param description: name of the profile
        """
        from odoo.tools.profiler import Profiler

        with Profiler(description=description or self.id(), db=None, **kwargs) as profiler:
            yield profiler
        _logger.info("%s", profiler.report())


_send = requests.sessions.Session.send


class _RegistryCase(BaseCase):
    """A test case with a cursor for all of its tests; nothing it does is committed."""

    freeze_time = None
    muted_registry_logger = mute_logger("odoo.modules.registry")

    @classmethod
    def setUpClass(cls):
        """Open the cursor and the environment of the class, as superuser."""
        super().setUpClass()
        if cls.freeze_time:
            cls.startClassPatcher(_FreezePatcher(cls.freeze_time))
        cls.registry = Registry(get_db_name())
        guard = PatchGuard()
        guard.start()
        cls.addClassCleanup(cls._end_guard, guard)
        # tests make many users, and hashing is meant to take its time
        cls.classPatch(cls.registry["res.users"], "_crypt_context", lambda users: _FAST_CRYPT_CONTEXT)
        cls.addClassCleanup(
            cls._restore_registry, cls.registry.registry_invalidated, set(cls.registry.cache_invalidated)
        )
        # from here on it tells whether the tests set models up themselves
        cls.registry.registry_invalidated = False
        cr = cls.registry.cursor()
        cls.addClassCleanup(cr.close)
        cls.cr, cls.env = cr, api.Environment(cr, SUPERUSER_ID, {})

    @classmethod
    def _end_guard(cls, guard):
        """Warn of methods of models that the tests of the class replaced for good."""
        left = guard.stop()
        if left:
            _logger.warning("%s leaves methods of models patched: %s", cls.__qualname__, ", ".join(left))

    @classmethod
    def _restore_registry(cls, was_invalidated, invalidated_caches):
        """Make the registry be what it was before: what the tests changed was never committed.

        :param was_invalidated: whether others were still to be told of changes to the models
        :param invalidated_caches: names of the caches they were still to be told of
        """
        registry = cls.registry
        with cls.muted_registry_logger:
            registry.clear_all_caches()
            registry.reset_changes()
            registry.registry_invalidated = was_invalidated
            registry.cache_invalidated.clear()
            registry.cache_invalidated.update(invalidated_caches)


class _FreezePatcher:
    """Gives :class:`~odoo.tests.decorators.freeze_time` the form of a patcher."""

    def __init__(self, time_to_freeze):
        self.freezer = freeze_time_decorator(time_to_freeze)

    def start(self):
        """Stop the clock."""
        return self.freezer.__enter__()

    def stop(self):
        """Let it go on."""
        self.freezer.__exit__()


#: methods of a cursor after which the savepoint of a test is gone
_ENDS_OF_TRANSACTION = ("commit", "rollback", "close")


def _refuse_end(method):
    """Stand in for a method that would end the transaction that all tests of a class share.

    :param method: its name
    :raise AssertionError: always
    """
    raise AssertionError(
        f"a test cannot {method} its cursor: all tests of the class work in that transaction. "
        "What ends transactions is to be tested on cursors of registry.cursor() in test mode"
    )


class TransactionCase(_RegistryCase):
    """All tests of the class share a transaction, and each runs in a savepoint of its own that is rolled back.

    What ``setUpClass`` creates is there for each test. ``cls.env`` acts as the superuser. The cursor of the class can
    be neither committed nor rolled back nor closed: cursors of ``registry.cursor()`` in test mode can.
    """

    @classmethod
    def setUpClass(cls):
        """Open the cursor and the environment of the class, and let nobody end their transaction."""
        super().setUpClass()
        for name in _ENDS_OF_TRANSACTION:
            cls.classPatch(cls.cr, name, functools.partial(_refuse_end, name))

    def setUp(self):
        """Open the savepoint of the test."""
        super().setUp()
        transaction = self.env.transaction
        self.addCleanup(self.registry.clear_all_caches)
        for callbacks in (self.cr.precommit, self.cr.postcommit, self.cr.prerollback, self.cr.postrollback):
            self.addCleanup(callbacks.restorer())
        # flushed here, so that pending values of setUpClass do not vanish with the first test
        self.env.flush_all()
        savepoint = self.cr.savepoint(flush=False)
        self.addCleanup(savepoint.close, rollback=True)
        self.addCleanup(transaction.clear)


class SingleTransactionCase(_RegistryCase):
    """The tests of the class share one transaction and see what the ones before did; it is rolled back at the end."""

    def setUp(self):
        """Write what is pending, so that the queries of a test are its own."""
        super().setUp()
        self.env.flush_all()


class SavepointCase(TransactionCase):
    """The same as :class:`TransactionCase` (old name)."""
