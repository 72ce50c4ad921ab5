from types import SimpleNamespace
from unittest.mock import patch

from odoo.addons.bus.models import ir_websocket
from odoo.tests import TransactionCase, new_test_user


class TestSubscriptions(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(cls.env, "bus_subscriber", groups="base.group_user")
        cls.portal = new_test_user(cls.env, "bus_customer", groups="base.group_portal")
        cls.presence = cls.env["bus.presence"].create({"user_id": cls.portal.id, "status": "online"})

    def prepared(self, user, channels, last=0):
        session = SimpleNamespace(uid=None if user == self.env.ref("base.public_user") else user.id)
        with patch.object(ir_websocket, "wsrequest", SimpleNamespace(session=session)):
            return self.env["ir.websocket"].with_user(user)._prepare_subscribe_data(channels, last)

    def test_u19_channels_of_users(self):
        asked = ["news"]
        channels = self.prepared(self.user, asked)["channels"]
        self.assertEqual(list(channels)[:2], ["news", "broadcast"])
        self.assertIn(self.user.partner_id, channels)
        self.assertIn(self.env.ref("base.group_user"), channels)
        self.assertEqual(asked, ["news"])
        public = self.env.ref("base.public_user")
        channels = self.prepared(public, [])["channels"]
        self.assertNotIn(public.partner_id, channels)
        self.assertIn(self.env.ref("base.group_public"), channels)

    def test_u20_who_may_follow_whom(self):
        partner = self.portal.partner_id
        archived = new_test_user(self.env, "bus_gone", groups="base.group_portal")
        archived.active = archived.partner_id.active = False
        also = f"odoo-presence-res.partner_{archived.partner_id.id}"
        name = f"odoo-presence-res.partner_{partner.id}"
        odd = ["odoo-presence-res.partner_x", "odoo-presence-res.partner", f"odoo-presence-res.users_{partner.id}"]
        channels = self.prepared(self.user, [name, also, *odd])["channels"]
        self.assertIn((partner, "presence"), channels)
        self.assertIn((archived.partner_id, "presence"), channels)
        self.assertFalse([channel for channel in channels if isinstance(channel, str) and "presence" in channel])
        for user in (self.portal, self.env.ref("base.public_user")):
            channels = self.prepared(user, [name])["channels"]
            self.assertFalse([channel for channel in channels if isinstance(channel, tuple)])

    def test_u21_presences_that_were_missed(self):
        name = f"odoo-presence-res.partner_{self.portal.partner_id.id}"
        self.assertEqual(self.prepared(self.user, [name])["missed_presences"], self.presence)
        self.assertFalse(self.prepared(self.user, [])["missed_presences"])
        self.assertFalse(self.prepared(self.portal, [name])["missed_presences"])
        self.env.cr.execute("UPDATE bus_presence SET last_poll = last_poll - interval '3 seconds'")
        self.presence.invalidate_recordset()
        self.assertFalse(self.prepared(self.user, [name])["missed_presences"])

    def test_u21_last_message(self):
        self.env["bus.bus"].create({"channel": "c", "message": "m"})
        last = self.env["bus.bus"]._bus_last_id()
        self.assertEqual(self.prepared(self.user, [], last)["last"], last)
        for odd in (last + 1, -1, "1", None):
            self.assertEqual(self.prepared(self.user, [], odd)["last"], 0)

    def test_u21_only_texts(self):
        for odd in [("a", "b")], [1], "news", None:
            with self.assertRaises(ValueError):
                self.env["ir.websocket"]._subscribe({"channels": odd, "last": 0})

    def test_u22_u24_u25_who_has_a_presence(self):
        public = self.env.ref("base.public_user")
        sockets = self.env["ir.websocket"]
        self.assertIsNone(sockets.with_user(public)._get_missed_presences_bus_target())
        self.assertEqual(sockets.with_user(self.user)._get_missed_presences_bus_target(), self.user.partner_id)
        sockets.with_user(public)._update_bus_presence(0, {})
        sockets.with_user(public)._on_websocket_closed({})
        self.assertFalse(self.env["bus.presence"].search([("user_id", "=", public.id)]))
        sockets.with_user(self.portal)._on_websocket_closed({})
        self.assertEqual(self.presence.status, "offline")
