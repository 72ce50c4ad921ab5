import json
from unittest.mock import patch

from odoo.addons.bus import websocket
from odoo.addons.bus.controllers.home import Home
from odoo.addons.bus.models.bus import channel_with_db, json_dump
from odoo.addons.bus.websocket import WebsocketConnectionHandler
from odoo.tests import HttpCase, JsonRpcException, new_test_user


class TestRoutes(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(cls.env, "bus_asker", groups="base.group_user")
        cls.db = cls.env.cr.dbname

    def poll(self, channels=(), last=0, **more):
        return self.make_jsonrpc_request(
            "/websocket/peek_notifications", {"channels": list(channels), "last": last, **more}
        )

    def test_u50_health(self):
        self.opener.cookies.clear()
        response = self.url_open("/websocket/health")
        self.assertEqual(response.json(), {"status": "pass"})
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        self.assertNotIn("set-cookie", response.headers)

    def test_u51_messages_without_websocket(self):
        self.authenticate("bus_asker", "bus_asker")
        with self.assertRaises(JsonRpcException):
            self.poll()
        first = self.poll(["news"], is_first_poll=True)
        self.assertEqual(first["notifications"], [])
        of_partner = [self.db, "res.partner", self.user.partner_id.id]
        for channel in ([self.db, "news"], [self.db, "broadcast"], of_partner):
            self.assertIn(channel, first["channels"])
        self.env["bus.bus"]._sendone("news", "n", 1)
        self.user._bus_send("n", 2)
        self.env.cr.precommit.run()
        found = self.poll(["news"])["notifications"]
        self.assertEqual(
            [item["message"] for item in found], [{"type": "n", "payload": 1}, {"type": "n", "payload": 2}]
        )
        self.assertEqual(self.poll(["news"], found[0]["id"])["notifications"], found[1:])
        # a database that counts anew
        self.assertEqual(self.poll(["news"], 10**9)["notifications"], found)
        # another session does not listen yet
        self.authenticate(None, None)
        with self.assertRaises(JsonRpcException):
            self.poll(["news"])

    def test_u21_channels_are_texts(self):
        for channels in ([["res.partner", 1]], "news", ["x" * 501], ["x"] * 5001):
            with self.assertLogs("odoo.http"), self.assertRaises(JsonRpcException):
                self.make_jsonrpc_request(
                    "/websocket/peek_notifications", {"channels": channels, "last": 0, "is_first_poll": True}
                )

    def test_u52_presence(self):
        self.authenticate("bus_asker", "bus_asker")
        asked = {"inactivity_period": 10, "im_status_ids_by_model": {}}
        with self.assertRaises(JsonRpcException):
            self.make_jsonrpc_request("/websocket/update_bus_presence", asked)
        self.poll(is_first_poll=True)
        self.assertEqual(self.make_jsonrpc_request("/websocket/update_bus_presence", asked), {})
        self.env.invalidate_all()
        self.assertEqual(self.user.im_status, "online")
        self.make_jsonrpc_request("/websocket/on_closed", {})
        self.env.invalidate_all()
        self.assertEqual(self.user.im_status, "offline")

    def test_u53_script_of_the_worker(self):
        version = WebsocketConnectionHandler._VERSION
        response = self.url_open(f"/bus/websocket_worker_bundle?v={version}", headers={"Origin": "https://a.example"})
        self.assertIn("javascript", response.headers["Content-Type"])
        self.assertEqual(response.headers["Access-Control-Allow-Origin"], "*")
        self.assertNotIn("Content-Security-Policy", response.headers)
        self.assertIn("max-age", response.headers["Cache-Control"])
        self.assertIn("websocket_worker", response.text)
        other = self.url_open("/bus/websocket_worker_bundle")
        self.assertEqual(other.headers["Cache-Control"], "no-store")
        with patch("odoo.modules.asset_modules.together", return_value=False):
            later = self.url_open(f"/bus/websocket_worker_bundle?v={version}")
        self.assertIn("/bus/static/src/workers/websocket_worker_script.js", later.text)

    def test_u54_definitions_of_models(self):
        self.authenticate("bus_asker", "bus_asker")
        url, names = "/bus/get_model_definitions", ["res.users", "res.partner", "ir.attachment"]
        data = {"model_names_to_fetch": json.dumps(names)}
        answer = self.url_open(url, {**data, "csrf_token": self.csrf_token()}).json()
        self.assertEqual(set(answer), set(names))
        partner = answer["res.users"]["fields"]["partner_id"]
        self.assertEqual((partner["type"], partner["relation"], partner["required"]), ("many2one", "res.partner", True))
        self.assertEqual(partner["inverse_fname_by_model_name"], {"res.partner": "user_ids"})
        self.assertNotIn("company_id", answer["res.users"]["fields"])
        self.assertEqual(answer["ir.attachment"]["fields"]["res_id"]["model_name_ref_fname"], "res_model")
        with self.assertRaises(KeyError):
            self.env["ir.model"]._get_model_definitions(["no.model"])

    def csrf_token(self):
        page = self.url_open("/odoo").text
        return json.loads(page.partition("csrf_token:")[2].partition(",\n")[0])

    def test_u55_when_messages_are_deleted(self):
        job = self.env.ref("base.autovacuum_job")
        answer = self.make_jsonrpc_request("/bus/get_autovacuum_info")
        self.assertEqual(set(answer), {"id", "lastcall", "nextcall"})
        self.assertEqual(answer["id"], job.id)

    def test_u35_version_in_the_session(self):
        self.authenticate("bus_asker", "bus_asker")
        info = self.make_jsonrpc_request("/web/session/get_session_info")
        version = info["websocket_worker_version"]
        self.assertEqual(version, WebsocketConnectionHandler._VERSION)
        self.assertRegex(version, r"^18\.0-\d+$")
        with patch("odoo.addons.bus.websocket.Path.read_bytes", return_value=b"another worker"):
            self.assertNotEqual(websocket._worker_version(), version)

    def test_u56_the_first_password(self):
        admin = self.env.ref("base.user_admin")
        channel = json_dump(channel_with_db(self.db, admin.partner_id))
        messages = self.env["bus.bus"].search([("channel", "=", channel)])

        def log_in(address, demo=False):
            self.authenticate(None, None)
            module = "odoo.addons.bus.controllers.home"
            with (
                patch(f"{module}._is_from_outside", return_value=address),
                patch(f"{module}._has_demo_data", return_value=demo),
            ):
                page = self.url_open("/web/login").text
                token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
                form = {"login": "admin", "password": "admin", "csrf_token": token}
                self.url_open("/web/login", form, allow_redirects=False)
            return self.env["bus.bus"].search([("channel", "=", channel)]) - messages

        self.assertFalse(log_in(False))
        self.assertFalse(log_in(True, demo=True))
        [told] = log_in(True)
        message = json.loads(told.message)
        self.assertEqual(message["type"], "simple_notification")
        self.assertEqual((message["payload"]["type"], message["payload"]["sticky"]), ("danger", True))
        self.assertTrue(issubclass(Home, object))
