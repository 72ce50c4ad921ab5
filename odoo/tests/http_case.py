"""Test cases that speak HTTP with the server, by requests or through a browser."""

from __future__ import annotations

import json
import logging
import os
import threading
from unittest.mock import patch
from urllib.parse import parse_qsl, urljoin, urlsplit
from uuid import uuid4
from xmlrpc import client as xmlrpclib

from odoo import api, http
from odoo.service import security
from odoo.service.testing_server import TestingServer

from .browser import ChromeBrowser, ChromeBrowserException, tour_code
from .cases import TransactionCase
from .names import DEFAULT_SUCCESS_SIGNAL, HOST, get_db_name
from .opener import JsonRpcException, Opener, Transport

__all__ = ["HttpCase"]

_logger = logging.getLogger(__name__)
_REQUESTS_END_SECONDS = 10
_STABLE_VARIABLE = "ODOO_TOUR_DELAY_TO_CHECK_UNDETERMINISMS"


class _CountingApplication:
    """The server's application, that knows how many requests are being handled."""

    def __init__(self):
        self.running = 0
        self._idle = threading.Condition()

    def __call__(self, environ, start_response):
        with self._idle:
            self.running += 1
        try:
            return http.root(environ, start_response)
        finally:
            with self._idle:
                self.running -= 1
                self._idle.notify_all()

    def wait_idle(self, timeout):
        """Wait until no request is being handled.

        :return: whether that came about in time
        """
        with self._idle:
            return self._idle.wait_for(lambda: not self.running, timeout)


def _trust_credentials(user, credential, env):
    return {"uid": user.id, "auth_method": "password", "mfa": "skip"}


class HttpCase(TransactionCase):
    """A server in this process answers requests inside the transaction of the test."""

    registry_test_mode = True
    browser = None
    browser_size = "1366x768"
    touch_enabled = False
    allow_end_on_form = False
    _server: TestingServer | None = None
    _application: _CountingApplication | None = None

    @classmethod
    def setUpClass(cls):
        """Start the server."""
        super().setUpClass()
        if HttpCase._server is None:
            # one for all classes: it is a daemon that costs nothing while nobody asks
            HttpCase._application = _CountingApplication()
            HttpCase._server = TestingServer(HttpCase._application).start()
        cls.xmlrpc_url = f"{cls.base_url()}/xmlrpc/2/"
        cls._logger = logging.getLogger(f"{cls.__module__}.{cls.__name__}")

    @classmethod
    def base_url(cls) -> str:
        """Return the address of the server."""
        return f"http://{HOST}:{cls.http_port():d}"

    @classmethod
    def http_port(cls) -> int:
        """Return the port of the server."""
        return HttpCase._server.port

    def setUp(self):
        """Have the server work in the test's transaction, and open a session that nobody is logged into."""
        super().setUp()
        if self.registry_test_mode:
            self.registry.enter_test_mode(self.cr, not hasattr(self, "readonly_enabled") or self.readonly_enabled)
            self.addCleanup(self.registry.leave_test_mode)
        self.addCleanup(self._wait_remaining_requests)
        self.xmlrpc_common = xmlrpclib.ServerProxy(f"{self.xmlrpc_url}common", transport=Transport(self.cr))
        self.xmlrpc_db = xmlrpclib.ServerProxy(f"{self.xmlrpc_url}db", transport=Transport(self.cr))
        self.xmlrpc_object = xmlrpclib.ServerProxy(
            f"{self.xmlrpc_url}object", transport=Transport(self.cr), use_datetime=True
        )
        self.opener = Opener(self.cr)
        self.addCleanup(self.opener.close)
        self.session = None
        self.authenticate(None, None)

    def _wait_remaining_requests(self):
        """Wait until the server is done: a request must not outlive the transaction it works in."""
        if not self._application.wait_idle(_REQUESTS_END_SECONDS):
            self._logger.error(
                "%d request(s) did not end %s seconds after the test", self._application.running, _REQUESTS_END_SECONDS
            )

    def parse_http_location(self, location):
        """Return a URL as :func:`urllib.parse.urlsplit` does, its query as a list of pairs, the server's address left
        out.
        """
        if not location:
            return urlsplit("")
        parts = urlsplit(urljoin(self.base_url(), location))
        return parts._replace(query=sorted(parse_qsl(parts.query)))

    def assertURLEqual(self, test_url, truth_url, message=None):
        """Compare two URLs; relative ones belong to the server, the order of parameters does not count."""
        self.assertEqual(self.parse_http_location(test_url), self.parse_http_location(truth_url), message)

    def url_open(
        self,
        url,
        data=None,
        files=None,
        timeout=12,
        headers=None,
        json=None,
        params=None,
        allow_redirects=True,
        cookies=None,
        method=None,
        head=False,
    ):
        """Make a request.

        :param url: path on the server, or a whole URL
        :param data: body, makes it a POST; so do ``files`` and ``json``
        :param method: another method
        :param head: make it a HEAD request
        :return: response of requests
        """
        if url.startswith("/"):
            url = self.base_url() + url
        if head:
            method = "HEAD"
        elif not method:
            method = "POST" if data or files or json is not None else "GET"
        return self.opener.request(
            method,
            url,
            params=params,
            data=data,
            json=json,
            files=files,
            headers=headers,
            cookies=cookies,
            timeout=timeout,
            allow_redirects=allow_redirects,
        )

    def make_jsonrpc_request(self, route, params=None, headers=None, cookies=None, timeout=12):
        """Call a ``jsonrpc`` route.

        :param route: path
        :param params: parameters
        :return: the result
        :raise JsonRpcException: when the server answers with an error
        """
        payload = {"jsonrpc": "2.0", "method": "call", "id": uuid4().hex, "params": params or {}}
        response = self.opener.post(
            urljoin(self.base_url(), route), json=payload, headers=headers or {}, cookies=cookies, timeout=timeout
        )
        response.raise_for_status()
        answer = response.json()
        if "error" in answer:
            error = answer["error"]
            raise JsonRpcException(code=error["code"], message=error.get("data", {}).get("name") or error["message"])
        return answer.get("result")

    def logout(self, keep_db=True):
        """Log out."""
        self.session.logout(keep_db=keep_db)
        http.root.session_store.save(self.session)

    def authenticate(self, user, password, browser: ChromeBrowser = None):
        """Open a new session for a user; the cookies of :attr:`opener` (and of the browser) get it.

        :param user: login; nothing for a session nobody is logged into
        :param password: not checked: hashing passwords is what tests would spend their time on
        :return: the session
        :raise odoo.exceptions.AccessDenied: when there is no such user
        """
        if self.session is not None:
            http.root.session_store.delete(self.session)
        session = self.session = http.root.session_store.new()
        session.update(http.get_default_session(), db=get_db_name())
        session.context["lang"] = http.DEFAULT_LANG
        if user:
            # the login may still be pending in the cache
            self.env.flush_all()
            credential = {"login": user, "password": password, "type": "password"}
            users_class = self.registry["res.users"]
            with patch.object(users_class, "_check_credentials", _trust_credentials):
                auth_info = users_class.authenticate(session.db, credential, {"interactive": False})
            env = api.Environment(self.cr, auth_info["uid"], {})
            session.update(uid=auth_info["uid"], login=user)
            session.session_token = security.compute_session_token(session, env)
            session.context = dict(env["res.users"].context_get())
        http.root.session_store.save(session)
        self.opener.cookies.clear()
        self.opener.cookies.set("session_id", session.sid, domain=HOST, path="/")
        if browser:
            browser.set_cookie("session_id", session.sid, "/", HOST)
        return session

    def fetch_proxy(self, url):
        """Answer a request of the browser to another host; nothing is answered unless a test overrides this."""
        return

    def browser_js(
        self,
        url_path,
        code,
        ready="",
        login=None,
        timeout=60,
        cookies=None,
        error_checker=None,
        watch=False,
        success_signal=DEFAULT_SUCCESS_SIGNAL,
        debug=False,
        **kw,
    ):
        """Run a script in a page of the server, in a browser, and wait until it says that it is done.

        :param url_path: path of the page
        :param code: the script; it prints ``success_signal`` to the console at its end, an error there fails the test
        :param ready: JavaScript expression that is true when the script can start
        :param login: login of the user to act as
        :param timeout: seconds
        :param cookies: dict of cookies to set
        :param error_checker: function of an error's text that tells whether it counts
        :param watch: show the browser
        :param debug: show it with the developer tools
        """
        browser = self._started_browser(success_signal, watch, debug)
        try:
            self.authenticate(login, login, browser=browser)
            for name, value in (cookies or {}).items():
                browser.set_cookie(name, value, "/", HOST)
            self.cr.flush()
            self.cr.clear()
            self._logger.info('opening "%s" in the browser', url_path)
            browser.error_checker = error_checker
            browser.navigate_to(urljoin(self.base_url(), url_path))
            if not browser.wait_ready(ready, timeout):
                browser.take_screenshot("sc_")
                raise ChromeBrowserException(f"the page did not become ready within {timeout} seconds: {ready}")
            browser.wait_code_ok(code, timeout, error_checker=error_checker)
        except ChromeBrowserException as error:
            self.fail(str(error))
        finally:
            browser.clear()
            self._wait_remaining_requests()
            self.cr.clear()

    def _started_browser(self, success_signal, watch, debug) -> ChromeBrowser:
        """Return the browser of the class; it is started when the first test needs it."""
        if self.browser is None:
            browser = ChromeBrowser(self, success_signal=success_signal, headless=not watch, debug=debug)
            type(self).browser = browser
            self.addClassCleanup(self._stop_browser)
        self.browser.test_case, self.browser.success_signal = self, success_signal
        return self.browser

    @classmethod
    def _stop_browser(cls):
        cls.browser.stop()
        cls.browser = None

    def start_tour(self, url_path, tour_name, step_delay=None, **kwargs):
        """Run a tour in a browser (see :meth:`browser_js`).

        :param tour_name: name of the tour
        :param step_delay: milliseconds to wait before each step
        :param delay_to_check_undeterminisms: milliseconds for which the element of a step must stay as it is; by
            default those of the environment variable ODOO_TOUR_DELAY_TO_CHECK_UNDETERMINISMS, or none
        """
        patience = kwargs.pop("delay_to_check_undeterminisms", None) or os.environ.get(_STABLE_VARIABLE)
        options = {
            "debug": kwargs.get("debug", False),
            "delayToCheckUndeterminisms": int(patience or 0),
            "keepWatchBrowser": kwargs.get("watch", False),
            "startUrl": url_path,
            "stepDelay": step_delay or 0,
        }
        usual = {
            "code": tour_code(tour_name, options),
            "ready": f"odoo.isTourReady({json.dumps(tour_name)})",
            "success_signal": "tour succeeded",
            "timeout": 60,
        }
        return self.browser_js(url_path, **(usual | kwargs))
