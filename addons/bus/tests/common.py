"""Test cases with WebSockets."""

import json
import threading
import time
import unittest
from unittest.mock import patch

try:
    import websocket
except ImportError:
    websocket = None

from odoo import http
from odoo.addons.bus.delivery import deliveries
from odoo.addons.bus.dispatch import channel_with_db, dispatch
from odoo.addons.bus.websocket import CloseCode, Websocket, WebsocketConnectionHandler
from odoo.tests import HOST, HttpCase, get_db_name

_WAIT = 5


def _new_session():
    """Return a stored session that nobody is logged into."""
    store, values = http.root.session_store, {**http.get_default_session(), "db": get_db_name()}
    session = store.new()
    session.update(values)
    store.save(session)
    return session


class WebsocketCase(HttpCase):
    """A test whose server opens WebSockets, which work in the transaction of the test."""

    @classmethod
    def setUpClass(cls):
        """Note the addresses; without the package `websocket-client` nothing is tested."""
        super().setUpClass()
        if websocket is None:
            raise unittest.SkipTest("the package websocket-client is not installed")
        cls._BASE_WEBSOCKET_URL = f"ws://{HOST}:{cls.http_port()}/websocket"
        cls._WEBSOCKET_URL = f"{cls._BASE_WEBSOCKET_URL}?version={WebsocketConnectionHandler._VERSION}"

    def setUp(self):
        """Let WebSockets be opened, and note when each is closed."""
        super().setUp()
        #: client sockets, and an event for each connection of the server that is set when it is over
        self._websockets = set()
        self._websocket_events = set()
        self._events_of = {}
        serve = WebsocketConnectionHandler._serve_forever
        closed = Websocket.closed

        def noted_serve(*args):
            event = threading.Event()
            self._websocket_events.add(event)
            self._events_of[args[0]] = event
            return serve(*args)

        def noted_closed(ws, *args):
            try:
                closed(ws, *args)
            finally:
                event = self._events_of.pop(ws, None)
                if event:
                    event.set()

        self._serve_forever_patch = patch.object(WebsocketConnectionHandler, "_serve_forever", noted_serve)
        self._serve_forever_patch.start()
        self.addCleanup(self._serve_forever_patch.stop)
        for patcher in (
            patch.object(Websocket, "closed", noted_closed),
            patch.object(WebsocketConnectionHandler, "websocket_allowed", return_value=True),
        ):
            patcher.start()
            self.addCleanup(patcher.stop)
        self.addCleanup(self._wait_deliveries)
        self.addCleanup(self._close_websockets)

    def websocket_connect(self, *args, ping_after_connect=True, **kwargs):
        """Open a WebSocket, by default with a new session that nobody is logged into.

        :param ping_after_connect: wait until the server answers
        :param kwargs: of `websocket.create_connection`
        :return: the socket of the client
        """
        if "cookie" not in kwargs:
            self.session = _new_session()
            kwargs["cookie"] = f"session_id={self.session.sid}"
        kwargs.setdefault("timeout", 20)
        connection = websocket.create_connection(self._WEBSOCKET_URL, *args, **kwargs)
        self._websockets.add(connection)
        if ping_after_connect:
            connection.ping()
            connection.recv_data_frame(control_frame=True)
        return connection

    def subscribe(self, websocket, channels=None, last=None, wait_for_dispatch=True):
        """Have a WebSocket listen.

        :param websocket: socket of the client
        :param list channels: texts
        :param int last: id of the last message that is known
        :param wait_for_dispatch: wait until what is new was sent
        """
        dispatched = threading.Event()
        original = Websocket._dispatch_bus_notifications

        def noted(self, *args, **kwargs):
            try:
                return original(self, *args, **kwargs)
            finally:
                dispatched.set()

        data = {"channels": channels or []}
        if last is not None:
            data["last"] = last
        with patch.object(Websocket, "_dispatch_bus_notifications", noted):
            websocket.send(json.dumps({"event_name": "subscribe", "data": data}))
            if wait_for_dispatch:
                self.assertTrue(dispatched.wait(_WAIT), "nothing was sent after the subscription")
                self._wait_deliveries()

    def trigger_notification_dispatching(self, channels):
        """Have messages of the test sent to who listens.

        :param channels: as for `bus.bus._sendone`
        """
        # threads that send use the connection of the test, too
        with self.registry.test_lock:
            self.env.cr.precommit.run()
        for listener in dispatch.listeners([channel_with_db(get_db_name(), channel) for channel in channels]):
            listener.trigger_notification_dispatching()

    def wait_remaining_websocket_connections(self):
        """Wait until the server is done with all connections."""
        for event in self._websocket_events:
            event.wait(_WAIT)

    def assert_close_with_code(self, websocket, expected_code, expected_reason=None):
        """Read the end of a connection.

        :param websocket: socket of the client
        :param int expected_code: what it is closed with
        :param str expected_reason: the text that is told, if that matters
        """
        opcode, payload = websocket.recv_data()
        self.assertEqual(opcode, 8)
        self.assertEqual(CloseCode(int.from_bytes(payload[:2], "big")), expected_code)
        if expected_reason:
            self.assertEqual(payload[2:].decode(), expected_reason)

    def _close_websockets(self):
        """Close what is open, and wait until the server is done with it."""
        while self._websockets:
            connection = self._websockets.pop()
            connection.connected and connection.close(CloseCode.CLEAN)
        self.wait_remaining_websocket_connections()

    def _wait_deliveries(self):
        """Wait until nothing is on its way: it works in the transaction of the test."""
        end = time.monotonic() + _WAIT
        while deliveries.is_busy(get_db_name()) and time.monotonic() < end:
            time.sleep(0.005)
