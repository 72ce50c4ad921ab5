import json
from contextlib import closing
from datetime import timedelta
from unittest.mock import patch

from odoo import fields, models, release
from odoo.addons.base.models.assetsbundle import AssetsBundle
from odoo.addons.bus.models import bus as bus_module
from odoo.addons.bus.models.bus import channel_with_db, get_notify_payloads, hashable, json_dump
from odoo.db.lifecycle import MAINTENANCE_DATABASE
from odoo.exceptions import AccessError
from odoo.sql_db import db_connect
from odoo.tests import TransactionCase, new_test_user
from odoo.tools import mute_logger


class TestBus(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bus = cls.env["bus.bus"]
        cls.db = cls.env.cr.dbname
        cls.user = new_test_user(cls.env, "bus_listener", groups="base.group_user")
        cls.partner = cls.user.partner_id

    def sent(self, function):
        """Return `(channel, type, payload)` of what a function sends."""
        last = self.bus.sudo()._bus_last_id()
        function()
        self.env.cr.precommit.run()
        rows = self.bus.search([("id", ">", last)], order="id")
        return [
            (json.loads(row.channel), *(json.loads(row.message)[key] for key in ("type", "payload"))) for row in rows
        ]

    def test_u6_to_u8_channels(self):
        record = self.partner
        self.assertEqual(channel_with_db("db", record), ("db", "res.partner", record.id))
        self.assertEqual(channel_with_db("db", (record, "part")), ("db", "res.partner", record.id, "part"))
        self.assertEqual(channel_with_db("db", "news"), ("db", "news"))
        whole = channel_with_db("db", record)
        self.assertIs(channel_with_db("db", whole), whole)
        self.assertEqual(hashable(["db", "news"]), ("db", "news"))
        self.assertEqual(hashable("news"), "news")
        moment = fields.Datetime.to_datetime("2024-05-01 10:00:00")
        self.assertEqual(json_dump({"at": moment, "by": [1, 2]}), '{"at":"2024-05-01 10:00:00","by":[1,2]}')

    def test_u9_to_u11_messages_are_written_at_the_end(self):
        last = self.bus._bus_last_id()
        self.bus._sendone("channel 1", "greeting", {"text": "hello"})
        self.bus._sendone("channel 2", "greeting", {"text": "hi"})
        self.bus._sendone("channel 1", "greeting", {"text": "again"})
        self.assertEqual(self.bus._bus_last_id(), last)
        channels = self.env.cr.postcommit.data["bus.bus.channels"]
        self.assertEqual(list(channels), [(self.db, "channel 1"), (self.db, "channel 2")])
        self.env.cr.precommit.run()
        rows = self.bus.search([("id", ">", last)], order="id")
        self.assertEqual(rows[0].channel, json_dump(channel_with_db(self.db, "channel 1")))
        self.assertEqual(rows[0].message, '{"type":"greeting","payload":{"text":"hello"}}')
        self.assertEqual([json.loads(row.message)["payload"]["text"] for row in rows], ["hello", "hi", "again"])

    def test_u10_processes_are_told(self):
        self.bus._sendone("channel 1", "greeting", {})
        self.bus._sendone("channel 2", "greeting", {})
        with closing(db_connect(MAINTENANCE_DATABASE, direct=True).cursor()) as cr:
            cr.execute("LISTEN imbus")
            cr.commit()
            self.env.cr.postcommit.run()
            self.env.cr.precommit.clear()
            cr.execute("SELECT 1")
            cr._cnx.poll()
            payloads = [json.loads(notification.payload) for notification in cr._cnx.notifies]
        self.assertIn([[self.db, "channel 1"], [self.db, "channel 2"]], payloads)

    def test_u10_a_failure_to_tell_does_not_fail_the_work(self):
        with (
            patch.object(bus_module, "ODOO_NOTIFY_FUNCTION", "pg_no_such_function"),
            mute_logger("odoo.sql_db"),
            self.assertLogs("odoo.addons.bus.models.bus", "WARNING"),
        ):
            bus_module._announce([(self.db, "channel")])

    def test_u12_payloads_are_short_enough(self):
        self.assertEqual(get_notify_payloads([]), [])
        channels = [(self.db, f"channel {number}") for number in range(10)]
        self.assertEqual(get_notify_payloads(channels), [json_dump(channels)])
        with patch.object(bus_module, "NOTIFY_PAYLOAD_MAX_LENGTH", 120):
            payloads = get_notify_payloads(channels)
        self.assertGreater(len(payloads), 1)
        self.assertTrue(all(len(payload.encode()) < 120 for payload in payloads))
        self.assertEqual([tuple(channel) for text in payloads for channel in json.loads(text)], channels)
        long = [(self.db, "x" * 9000)]
        self.assertEqual(get_notify_payloads(long), [json_dump(long)])
        with patch.dict("os.environ", {"ODOO_NOTIFY_PAYLOAD_MAX_LENGTH": "many"}), self.assertLogs(bus_module._logger):
            self.assertEqual(bus_module._payload_limit(), 8000)

    def test_u13_u14_polling(self):
        self.sent(lambda: [self.bus._sendone("news", "n", number) for number in range(3)])
        self.sent(lambda: self.bus._sendone("other", "n", 9))
        found = self.bus._poll(["news"])
        self.assertEqual([item["message"] for item in found], [{"type": "n", "payload": number} for number in range(3)])
        first, second, third = (item["id"] for item in found)
        self.assertEqual([item["id"] for item in self.bus._poll(["news"], last=first)], [second, third])
        self.assertEqual([item["id"] for item in self.bus._poll(["news"], first, [second])], [third])
        self.assertEqual(self.bus._bus_last_id(), third + 1)
        self.env.cr.execute("UPDATE bus_bus SET create_date = create_date - interval '51 seconds'")
        self.bus.invalidate_model()
        self.assertEqual(self.bus._poll(["news"]), [])
        self.assertEqual(len(self.bus._poll(["news"], last=first)), 2)

    def test_u15_old_messages_are_deleted(self):
        self.bus.search([]).unlink()
        old, _older, young = self.bus.create([{"channel": "c", "message": "m"} for _ in range(3)])
        moment = fields.Datetime.now() - timedelta(seconds=101)
        (old | _older).flush_recordset()
        self.env.cr.execute("UPDATE bus_bus SET create_date = %s WHERE id IN %s", [moment, tuple((old | _older).ids)])
        self.bus.invalidate_model()
        job = self.env.ref("base.autovacuum_job")
        before = self.env["ir.cron.trigger"].search_count([("cron_id", "=", job.id)])
        with patch.object(models, "GC_UNLINK_LIMIT", 1):
            self.bus._gc_messages()
        self.assertEqual(len(self.bus.search([])), 2)
        self.assertEqual(self.env["ir.cron.trigger"].search_count([("cron_id", "=", job.id)]), before + 1)
        self.bus._gc_messages()
        self.assertEqual(self.bus.search([]), young)

    def test_u3_nobody_reads_messages(self):
        for mode in ("read", "write", "create", "unlink"):
            self.assertFalse(self.bus.with_user(self.user).has_access(mode))
        with self.assertRaises(AccessError):
            self.bus.with_user(self.user).search([])
        # sending is what everybody's work does
        self.assertEqual(len(self.sent(lambda: self.partner.with_user(self.user)._bus_send("n", 1))), 1)

    def test_u16_to_u18_records_are_sent_to(self):
        partners = self.partner | self.env.ref("base.partner_admin")
        sent = self.sent(lambda: partners._bus_send("n", {"a": 1}, subchannel="PRIVATE"))
        expected = [([self.db, "res.partner", partner.id, "PRIVATE"], "n", {"a": 1}) for partner in partners]
        self.assertEqual(sent, expected)
        self.assertEqual(self.sent(lambda: partners.browse()._bus_send("n", 1)), [])
        of_partner = [self.db, "res.partner", self.partner.id]
        settings = self.env["res.users.settings"]._find_or_create_for_user(self.user)
        attachment = self.env["ir.attachment"].with_user(self.user).create({"name": "a"})
        for record in (self.user, settings, attachment):
            self.assertEqual(self.sent(lambda record=record: record._bus_send("n", 1))[0][0], of_partner)
        group = self.env.ref("base.group_user")
        self.assertEqual(self.sent(lambda: group._bus_send("n", 1))[0][0], [self.db, "res.groups", group.id])
        with (
            patch.object(type(self.partner), "_bus_channel", lambda self: self.browse()),
            self.assertRaises(AssertionError),
        ):
            self.partner._bus_send("n", 1)

    def test_u57_another_client_is_told(self):
        def change(name):
            bundle = AssetsBundle(name, env=self.env)
            bundle.save_attachment("min.js", b"1")
            bundle.save_attachment("min.css", b"2")

        told = self.sent(lambda: change("web.assets_web"))
        self.assertEqual(told, [([self.db, "broadcast"], "bundle_changed", {"server_version": release.version})] * 2)
        self.assertEqual(self.sent(lambda: change("web.assets_frontend")), [])
