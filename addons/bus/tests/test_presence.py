import json
from datetime import timedelta
from unittest.mock import patch

import psycopg2.errors

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, new_test_user


class TestPresence(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(cls.env, "bus_present", groups="base.group_user")
        cls.other = new_test_user(cls.env, "bus_other", groups="base.group_portal")
        cls.presences = cls.env["bus.presence"]
        # of those who used the database
        cls.env["bus.bus"].search([]).unlink()

    def told(self):
        self.env.cr.precommit.run()
        rows = self.env["bus.bus"].search([("channel", "ilike", "presence")], order="id")
        result = [(json.loads(row.channel), json.loads(row.message)["payload"]) for row in rows]
        rows.unlink()
        return result

    def be_there(self, period=0, user=None):
        user = user or self.user
        self.presences.with_user(user)._update_presence(period, "user_id", user.id)
        return self.presences.search([("user_id", "=", user.id)])

    def test_u28_u29_u31_changes_are_told(self):
        partner = self.user.partner_id
        channel = [self.env.cr.dbname, "res.partner", partner.id, "presence"]
        self.assertEqual(self.user.im_status, "offline")
        presence = self.be_there()
        self.assertEqual(self.told(), [(channel, {"im_status": "online", "partner_id": partner.id})])
        self.assertEqual((self.user.im_status, partner.im_status), ("online", "online"))
        self.assertTrue(self.user._is_user_available())
        self.be_there(5000)
        self.assertEqual(self.told(), [])
        self.assertEqual(presence.last_poll - presence.last_presence, timedelta(seconds=5))
        self.be_there(30 * 60 * 1000 + 1)
        self.assertEqual(self.told(), [(channel, {"im_status": "away", "partner_id": partner.id})])
        self.assertEqual(self.user.im_status, "away")
        self.assertFalse(self.user._is_user_available())
        presence.unlink()
        self.assertEqual(self.told(), [(channel, {"im_status": "offline", "partner_id": partner.id})])

    def test_u31_one_target(self):
        presence = self.be_there()
        self.told()
        admin = self.env.ref("base.partner_admin")
        last = self.env["bus.bus"]._bus_last_id()
        presence._send_presence(bus_target=admin)
        self.env.cr.precommit.run()
        row = self.env["bus.bus"].search([("id", ">", last)])
        self.assertEqual(json.loads(row.channel), [self.env.cr.dbname, "res.partner", admin.id])
        self.assertEqual(presence._get_identity_field_name(), "user_id")

    def test_u27_one_for_each_user(self):
        self.be_there()
        self.be_there()
        self.assertEqual(self.presences.search_count([("user_id", "=", self.user.id)]), 1)
        self.env.cr.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'bus_presence_user_unique'")
        self.assertIn("UNIQUE", self.env.cr.fetchone()[0])
        self.assertFalse(self.presences._log_access)

    def test_u30_another_process_notes_the_same(self):
        failure = psycopg2.errors.SerializationFailure
        presences = self.presences.with_user(self.user)
        with (
            patch.object(type(presences), "_update_presence", side_effect=failure),
            patch.object(self.env.cr, "rollback") as rollback,
        ):
            presences.update_presence(0, "user_id", self.user.id)
            rollback.assert_called_once_with()
        with patch.object(self.env.cr, "commit") as commit:
            presences.update_presence(0, "user_id", self.user.id)
            commit.assert_called_once_with()
        self.assertEqual(self.user.im_status, "online")

    def test_u32_old_ones_are_deleted(self):
        presence = self.be_there()
        self.presences._gc_bus_presence()
        self.assertTrue(presence.exists())
        presence.last_poll = fields.Datetime.now() - timedelta(hours=12, seconds=1)
        self.presences._gc_bus_presence()
        self.assertFalse(presence.exists())

    def test_u33_partners_have_the_best_status(self):
        partner = self.env["res.partner"].create({"name": "Nobody's"})
        self.assertEqual(partner.im_status, "im_partner")
        second = new_test_user(self.env, "bus_second", groups="base.group_user")
        second.partner_id = self.user.partner_id
        partner = self.user.partner_id
        partner.invalidate_recordset()
        self.assertEqual(partner.im_status, "offline")
        self.be_there(40 * 60 * 1000)
        self.assertEqual(partner.im_status, "away")
        self.be_there(0, second)
        partner.invalidate_recordset()
        self.assertEqual(partner.im_status, "online")

    def test_u3_everybody_has_their_own(self):
        presence = self.be_there()
        self.be_there(user=self.other)
        with self.assertRaises(AccessError):
            presence.with_user(self.other).status = "away"
        with self.assertRaises(AccessError):
            presence.with_user(self.other).unlink()
        self.assertEqual(presence.with_user(self.other).status, "online")
