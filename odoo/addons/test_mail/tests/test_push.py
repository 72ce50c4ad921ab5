"""Devices are told of messages on documents (T134)."""

import json
from unittest.mock import patch

import requests
from markupsafe import Markup

from odoo.addons.base.tests.test_ir_cron import CronMixinCase
from odoo.addons.mail.models.discuss import mail_push
from odoo.addons.mail.tools.web_push import DeviceUnreachableError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import MailCase

COMMENT = {"message_type": "comment", "subtype_xmlid": "mail.mt_comment"}


@tagged("mail_push")
class TestPush(MailCase, CronMixinCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.devices = cls.env["mail.push.device"]
        cls.devices.get_web_push_vapid_public_key()
        for user in (cls.employee, cls.reader):
            cls.add_devices(user, 1)
        cls.everybody = (cls.employee | cls.reader | cls.portal).partner_id | cls.customer

    @classmethod
    def add_devices(cls, user, count):
        """Have a user have more devices."""
        for _turn in range(count):
            number = cls.devices.search_count([]) + 1
            given = {"endpoint": f"https://push.example/{number}", "keys": {"p256dh": "a", "auth": "b"}}
            cls.devices.with_user(user).register_devices(**given)

    def told(self, act, failure=None):
        """Return whose devices something tells, as ``[(user, what it shows)]``."""
        found = []

        def push(_url, device, payload, _key, _session):
            user = self.devices.search([("endpoint", "=", device["endpoint"])]).partner_id.user_ids
            found.append((user, json.loads(payload)))
            if failure:
                raise failure

        with patch.object(mail_push, "push_to_end_point", push), self.outbox():
            act()
        return found

    def post(self, **values):
        """Post as the administrator to everybody."""
        ids = self.everybody.ids
        return lambda: self.record.message_post(body=Markup("<p>Look</p>"), **{**COMMENT, "partner_ids": ids, **values})

    def test_who_is_told(self):
        everybody = sorted((self.employee | self.reader).mapped("login"))
        for kind, author, logins in (
            ("comment", self.env.user, everybody),
            ("comment", self.employee, ["inb"]),
            ("notification", self.env.user, ["inb"]),
            ("email", self.env.user, ["inb"]),
            ("auto_comment", self.env.user, []),
        ):
            with self.subTest(kind=kind, author=author.login):
                told = self.told(self.post(message_type=kind, author_id=author.partner_id.id))
                self.assertEqual(sorted(user.login for user, _payload in told), logins)
        private = self.record.message_notify
        told = self.told(lambda: private(body="x", partner_ids=self.everybody.ids))
        self.assertEqual([user.login for user, _payload in told], ["inb"])

    def test_what_they_show(self):
        [(_user, shown)] = self.told(self.post(partner_ids=self.reader.partner_id.ids))
        author = self.env.user.partner_id
        self.assertEqual(shown["title"], f"{author.name}: Thing")
        self.assertEqual(shown["options"]["data"], {"model": self.record._name, "res_id": self.record.id})
        self.assertEqual(shown["options"]["icon"], f"/web/image/res.partner/{author.id}/avatar_128")
        self.assertEqual(shown["options"]["body"].strip(), "Look")

    def test_changes_are_told(self):
        ticket = self.env["mail.test.ticket"].create({"name": "T"})
        ticket.message_subscribe(self.reader.partner_id.ids, subtype_ids=self.container_kind().ids)
        self.flush_tracking()

        def move():
            ticket.write({"container_id": self.env["mail.test.container"].create({"name": "Box"}).id, "secret": "x"})
            self.flush_tracking()

        told = [shown for user, shown in self.told(move) if user == self.reader]
        self.assertEqual(len(told), 1)
        self.assertIn("Box", told[0]["options"]["body"])
        self.assertNotIn("x", told[0]["options"]["body"].split("Box")[1])

    def container_kind(self):
        """Return the kind of messages that tell of new containers."""
        return self.env.ref("test_mail.st_mail_test_ticket_container_upd")

    def test_many_devices_are_told_later(self):
        self.add_devices(self.reader, 4)
        with self.capture_triggers("mail.ir_cron_web_push_notification") as triggers:
            self.assertFalse(self.told(self.post()))
        self.assertEqual(len(triggers.records), 1)
        waiting = self.env["mail.push"].search([])
        self.assertEqual(len(waiting), 6)
        told = self.told(self.env["mail.push"]._push_notification_to_endpoint)
        self.assertEqual(len(told), 6)
        self.assertFalse(waiting.exists())

    @mute_logger("odoo.addons.mail.models.discuss.mail_push")
    def test_devices_that_cannot_be_reached(self):
        mine = self.devices.search([("partner_id", "=", self.reader.partner_id.id)])
        to_reader = self.post(partner_ids=self.reader.partner_id.ids)
        self.assertTrue(self.told(to_reader, requests.ConnectionError()))
        self.assertTrue(mine.exists())
        self.assertTrue(self.told(to_reader, DeviceUnreachableError()))
        self.assertFalse(mine.exists())

    def test_without_keys_there_is_a_warning(self):
        self.env["ir.config_parameter"].search([("key", "like", "mail.web_push_vapid")]).unlink()
        with self.assertLogs("odoo.addons.mail.models.discuss.mail_push", "WARNING"):
            self.assertFalse(self.told(self.post()))
