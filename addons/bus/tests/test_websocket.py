import json
import threading
from unittest.mock import patch

try:
    from websocket import WebSocketConnectionClosedException
except ImportError:
    WebSocketConnectionClosedException = OSError

from odoo import http
from odoo.addons.bus import websocket as websocket_module
from odoo.addons.bus.models.bus import dispatch, json_dump
from odoo.addons.bus.tests.common import WebsocketCase
from odoo.addons.bus.websocket import CloseCode, CloseFrame, InvalidCloseCodeException, Websocket, _websocket_instances
from odoo.addons.bus.websocket import WebsocketConnectionHandler as Handler
from odoo.exceptions import UserError
from odoo.http.websocket import WebSocketHandler
from odoo.sql_db import PoolError
from odoo.tests import new_test_user
from odoo.tools import mute_logger

_KEY = "dGhlIHNhbXBsZSBub25jZQ=="


class TestWebsocket(WebsocketCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(cls.env, "bus_reader", groups="base.group_user")
        cls.db = cls.env.cr.dbname

    def connect_as(self, login, **options):
        self.authenticate(login, login)
        return self.websocket_connect(cookie=f"session_id={self.session.sid}", **options)

    def send_and_wake(self, target, kind, payload):
        with self.registry.test_lock:
            self.env["bus.bus"]._sendone(target, kind, payload)
        self.trigger_notification_dispatching([target])

    def messages(self, connection):
        return [item["message"] for item in json.loads(connection.recv())]

    def socket_of(self, channel):
        [found] = dispatch.listeners([(self.db, channel)])
        return found

    # opening

    def handshake(self, **changes):
        headers = {
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec-WebSocket-Key": _KEY,
            "Sec-WebSocket-Version": "13",
            "Origin": self.base_url(),
            **{name.replace("_", "-"): value for name, value in changes.items()},
        }
        return self.url_open(f"/websocket?version={Handler._VERSION}", headers=headers, timeout=5)

    def test_u36_handshakes(self):
        with mute_logger("odoo.addons.bus.websocket"):
            for changes in (
                {"Origin": None},
                {"Sec_WebSocket_Key": None},
                {"Sec_WebSocket_Key": "short"},
                {"Upgrade": "h2c"},
                {"Connection": "close"},
            ):
                self.assertEqual(self.handshake(**changes).status_code, 400, changes)
            response = self.handshake(Sec_WebSocket_Version="8")
        self.assertEqual((response.status_code, response.headers["Sec-WebSocket-Version"]), (426, "13"))

    def test_u35_no_websockets_in_other_tests(self):
        with patch.object(Handler, "websocket_allowed", return_value=False), mute_logger("odoo.http"):
            self.assertEqual(self.handshake().status_code, 503)

    def test_u36_the_session_is_kept(self):
        connection = self.websocket_connect(cookie="")
        cookie = connection.headers["set-cookie"]
        self.assertTrue(cookie.startswith("session_id="))
        sid = cookie.partition("=")[2].partition(";")[0]
        self.assertTrue(http.root.session_store.get(sid))

    def test_u37_pages_of_other_sites_are_visitors(self):
        with self.assertLogs("odoo.addons.bus.websocket", "WARNING"):
            connection = self.connect_as("bus_reader", origin="https://elsewhere.example")
        self.subscribe(connection, ["news"])
        self.assertIsNone(self.socket_of("news")._session.uid)
        self.assertIn(self.session.sid, connection.headers["set-cookie"])
        own = self.base_url().replace("http:", "https:")
        same = self.connect_as("bus_reader", origin=own)
        self.subscribe(same, ["own"])
        self.assertEqual(self.socket_of("own")._session.uid, self.user.id)
        with (
            patch.dict("os.environ", {"ODOO_BUS_PUBLIC_SAMESITE_WS": "1"}),
            self.assertLogs("odoo.addons.bus.websocket", "WARNING"),
        ):
            other = self.connect_as("bus_reader", origin=own)
        self.subscribe(other, ["other"])
        self.assertIsNone(self.socket_of("other")._session.uid)

    def test_u38_outdated_workers(self):
        for url in (f"{self._BASE_WEBSOCKET_URL}?version=17.0-1", self._BASE_WEBSOCKET_URL):
            with patch.object(type(self), "_WEBSOCKET_URL", url):
                connection = self.websocket_connect(ping_after_connect=False, header={"User-Agent": "Chrome"})
                self.assert_close_with_code(connection, CloseCode.CLEAN, "OUTDATED_VERSION")
        with patch.object(type(self), "_WEBSOCKET_URL", self._BASE_WEBSOCKET_URL):
            connection = self.websocket_connect()
            connection.ping()
            self.assertEqual(connection.recv_data_frame(control_frame=True)[0], 10)

    # messages

    def test_u18_u41_messages_are_sent_to_who_listens(self):
        first, second = self.connect_as("bus_reader"), self.websocket_connect()
        self.subscribe(first, ["news"])
        self.subscribe(second, ["other"])
        self.send_and_wake("news", "n", {"a": 1})
        [item] = json.loads(first.recv())
        self.assertEqual(item["message"], {"type": "n", "payload": {"a": 1}})
        self.assertEqual(item["id"], self.env["bus.bus"]._bus_last_id())
        self.send_and_wake("other", "n", 2)
        self.assertEqual(self.messages(second), [{"type": "n", "payload": 2}])
        # a part of a channel is another channel
        self.send_and_wake((self.user.partner_id, "PRIVATE"), "n", 3)
        self.env["bus.bus"]._sendone("news", "n", 4)
        self.send_and_wake(self.user.partner_id, "n", 5)
        self.assertEqual([message["payload"] for message in self.messages(first)], [4, 5])
        self.send_and_wake("broadcast", "all", 6)
        self.assertEqual(self.messages(first), self.messages(second))

    def test_u48_what_was_missed_is_sent(self):
        for number in range(4):
            self.env["bus.bus"]._sendone("news", "n", number)
        self.env.cr.precommit.run()
        last = self.env["bus.bus"]._bus_last_id()
        connection = self.websocket_connect()
        self.subscribe(connection, ["news"], last - 2)
        self.assertEqual([message["payload"] for message in self.messages(connection)], [2, 3])
        anew = self.websocket_connect()
        self.subscribe(anew, ["news"])
        self.assertEqual([message["payload"] for message in self.messages(anew)], [0, 1, 2, 3])

    def test_u48_a_message_with_a_smaller_id_comes_later(self):
        bus = self.env["bus.bus"]
        rows = bus.create([{"channel": "later", "message": json_dump({"type": "n", "payload": n})} for n in range(3)])
        channel = json_dump((self.db, "news"))
        connection = self.websocket_connect()
        self.subscribe(connection, ["news"], rows[0].id - 1)
        listener = self.socket_of("news")
        for index, payload in ((2, 2), (0, 0)):
            rows[index].channel = channel
            rows.flush_recordset()
            self.trigger_notification_dispatching(["news"])
            self.assertEqual([message["payload"] for message in self.messages(connection)], [payload])
            self._wait_deliveries()
        self.assertEqual([number for number, _time in listener._notif_history], [rows[0].id, rows[2].id])
        self.assertEqual(listener._last_notif_sent_id, rows[0].id - 1)
        with patch.object(Websocket, "MAX_NOTIFICATION_HISTORY_SEC", -1):
            self.send_and_wake("news", "n", 9)
            self.assertEqual([message["payload"] for message in self.messages(connection)], [9])
            self._wait_deliveries()
        self.assertEqual(listener._notif_history, [])
        self.assertEqual(listener._last_notif_sent_id, bus._bus_last_id())

    def test_u50a_subscriptions_are_replaced(self):
        connection = self.websocket_connect()
        self.subscribe(connection, ["first", "second"])
        self.subscribe(connection, ["second", "third"])
        self.assertNotIn((self.db, "first"), dispatch._channels_to_ws)
        self.assertIn((self.db, "third"), dispatch._channels_to_ws)
        connection.close(CloseCode.CLEAN)
        self.wait_remaining_websocket_connections()
        self.assertNotIn((self.db, "third"), dispatch._channels_to_ws)

    def test_u39_u40_odd_messages_are_no_end(self):
        connection = self.websocket_connect()
        with self.assertLogs("odoo.addons.bus.websocket", "WARNING") as logs:
            for text in (
                "{",
                "[]",
                '{"data": {}}',
                '{"event_name": "subscribe"}',
                '{"event_name": "subscribe", "data": {"channels": [["a"]]}}',
                '{"event_name": "update_presence", "data": {"inactivity_period": "x"}}',
            ):
                connection.send(text)
            connection.send('{"event_name": "unknown"}')
            self.subscribe(connection, ["news"])
        self.assertEqual(len(logs.output), 6)
        self.send_and_wake("news", "n", 1)
        self.assertEqual(self.messages(connection), [{"type": "n", "payload": 1}])

    def test_u40_a_language_that_is_gone(self):
        connection = self.connect_as("bus_reader")
        self.session.context = {**self.session.context, "lang": "xx_XX"}
        http.root.session_store.save(self.session)
        self.subscribe(connection, ["news"])
        self.send_and_wake("news", "n", 1)
        self.assertTrue(self.messages(connection))

    def test_u24_u25_presence(self):
        connection = self.connect_as("bus_reader")
        self.subscribe(connection)
        connection.send(json.dumps({"event_name": "update_presence", "data": {"inactivity_period": 0}}))
        self.subscribe(connection, ["after"])
        self.env.invalidate_all()
        self.assertEqual(self.user.im_status, "online")
        connection.close(CloseCode.CLEAN)
        self.wait_remaining_websocket_connections()
        self.env.invalidate_all()
        self.assertEqual(self.user.im_status, "offline")

    def test_u23_presences_that_were_missed_come_on_the_own_channel(self):
        other = new_test_user(self.env, "bus_colleague", groups="base.group_user")
        connection = self.connect_as("bus_reader")
        self.env["bus.presence"].create({"user_id": other.id, "status": "online"})
        self.subscribe(connection, [f"odoo-presence-res.partner_{other.partner_id.id}"])
        self.trigger_notification_dispatching([self.user.partner_id])
        [message] = self.messages(connection)
        self.assertEqual(message["payload"], {"im_status": "online", "partner_id": other.partner_id.id})

    # the end

    def test_u26_e18_sessions_end(self):
        connection = self.connect_as("bus_reader")
        self.subscribe(connection, ["news"])
        self.logout()
        self.send_and_wake("news", "secret", 1)
        self.assert_close_with_code(connection, CloseCode.SESSION_EXPIRED)
        visitor = self.websocket_connect()
        http.root.session_store.delete(self.session)
        visitor.send('{"event_name": "unknown"}')
        self.assert_close_with_code(visitor, CloseCode.SESSION_EXPIRED)
        changed = self.connect_as("bus_reader")
        self.subscribe(changed, ["other"])
        self.user.password = "another password"
        self.env.flush_all()
        changed.send('{"event_name": "unknown"}')
        self.assert_close_with_code(changed, CloseCode.SESSION_EXPIRED)

    def test_u43_codes(self):
        for code in (*(set(CloseCode) - {1006}), 3000, 4999):
            CloseFrame(code, "why")
        for code in (1006, 1005, 999, 5000, 2000):
            with self.assertRaises(InvalidCloseCodeException):
                CloseFrame(code, None)
        for code in (CloseCode.RESTART, 4500):
            connection = self.websocket_connect()
            self.subscribe(connection, ["news"])
            self.socket_of("news").disconnect(code, "because")
            opcode, payload = connection.recv_data()
            self.assertEqual((opcode, int.from_bytes(payload[:2], "big"), payload[2:]), (8, code, b"because"))
            connection.close()
            self.wait_remaining_websocket_connections()
        connection = self.websocket_connect()
        self.subscribe(connection, ["news"])
        self.socket_of("news").disconnect(CloseCode.ABNORMAL_CLOSURE)
        with self.assertRaises(WebSocketConnectionClosedException):
            connection.recv()

    def test_u45_no_connection_to_the_database(self):
        connection = self.websocket_connect()
        self.subscribe(connection, ["news"])

        with (
            patch("odoo.addons.bus.delivery.acquire_cursor", side_effect=PoolError("none")),
            mute_logger("odoo.addons.bus.websocket"),
        ):
            self.send_and_wake("news", "n", 1)
            self.assert_close_with_code(connection, CloseCode.TRY_LATER)
        connection = self.websocket_connect()
        self.subscribe(connection, ["other"])
        with (
            patch.object(type(self.env["bus.bus"]), "_bus_last_id", side_effect=UserError("on purpose")),
            self.assertLogs("odoo.addons.bus.websocket", "ERROR"),
        ):
            self.socket_of("other").trigger_notification_dispatching()
            self.assert_close_with_code(connection, CloseCode.SERVER_ERROR)

    def test_u46_u47_limits_of_the_server_are_those_of_the_bus(self):
        self.assertTrue(issubclass(Websocket, WebSocketHandler))
        socket = Websocket(None, {}, self.db, None)
        self.assertEqual((socket.ping_interval, socket.ping_timeout, socket.lifetime_code), (45, 15, 4002))
        self.assertEqual((socket.max_size, socket.frame_rate), (2**20, (10, 0.2)))
        self.assertTrue(3600 <= socket.lifetime <= 5400)
        with patch.object(Websocket, "RL_BURST", 4), patch.object(Websocket, "RL_DELAY", 10):
            connection = self.websocket_connect(ping_after_connect=False)
            for _number in range(5):
                connection.send('{"event_name": "unknown"}')
            self.assert_close_with_code(connection, CloseCode.TRY_LATER)

    def test_u49_addons_are_called(self):
        called, closed = [], threading.Event()
        callbacks = {0: [], 1: []}
        with patch.object(Websocket, "_Websocket__event_callbacks", callbacks):

            @Websocket.onopen
            def fail(env, websocket):
                raise ValueError("on purpose")

            @Websocket.onopen
            def opened(env, websocket):
                called.append(("open", env.uid, websocket._db))

            @Websocket.onclose
            def end(env, websocket):
                called.append(("close", env.uid, websocket._db))
                closed.set()

            with mute_logger("odoo.addons.bus.websocket"):
                connection = self.connect_as("bus_reader")
                connection.close(CloseCode.CLEAN)
                self.assertTrue(closed.wait(5))
            self.wait_remaining_websocket_connections()
        uid = self.user.id
        self.assertEqual(called, [("open", uid, self.db), ("close", uid, self.db)])
        with patch.object(websocket_module, "acquire_cursor") as acquire:
            connection = self.websocket_connect()
            acquire.assert_not_called()

    def test_u50a_all_are_closed_at_the_end(self):
        connection = self.websocket_connect()
        # one that was answered is known to the server
        self.subscribe(connection, ["news"])
        self.assertTrue(len(_websocket_instances) > 0)
        websocket_module._kick_all()
        self.assert_close_with_code(connection, CloseCode.GOING_AWAY)
