from types import SimpleNamespace
from unittest.mock import patch

from odoo.addons.bus.delivery import Delivery
from odoo.addons.bus.models import ir_websocket, live_records
from odoo.addons.bus.websocket import InvalidWebsocketRequest
from odoo.tests import TransactionCase, new_test_user

LIVE = "live"


class TestLiveRecords(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dana = new_test_user(cls.env, "live_dana", groups="base.group_user,base.group_partner_manager")
        cls.reader = new_test_user(cls.env, "live_reader", groups="base.group_user")
        cls.portal = new_test_user(cls.env, "live_portal", groups="base.group_portal")
        cls.partners = cls.env["res.partner"].create([{"name": f"Live {number}"} for number in range(3)])
        cls.env["ir.rule"].create(
            {
                "name": "not the second one",
                "model_id": cls.env.ref("base.model_res_partner").id,
                "domain_force": f"[('id', '!=', {cls.partners[1].id})]",
            }
        )

    def setUp(self):
        super().setUp()
        live_records._told.clear()
        self.sent = []
        bus = type(self.env["bus.bus"])
        patcher = patch.object(bus, "_sendone", lambda bus, *message: self.sent.append(message))
        patcher.start()
        self.addCleanup(patcher.stop)

    def channels(self, user, *asked):
        session = SimpleNamespace(uid=user.id)
        with patch.object(ir_websocket, "wsrequest", SimpleNamespace(session=session)):
            data = self.env["ir.websocket"].with_user(user)._prepare_subscribe_data(list(asked), 0)
        return data["channels"]

    def watched(self, user, *asked):
        pairs = [channel for channel in self.channels(user, *asked) if isinstance(channel, tuple)]
        return [(record._name, record.id) for record, part in pairs if part == LIVE]

    def say(self, user, event, **data):
        self.env["ir.websocket"].with_user(user)._on_client_event(event, data)

    def told(self):
        """Return what was sent to channels of records since this was asked last."""
        news = [(record.id, part, kind.partition("/")[2], news) for (record, part), kind, news in self.sent]
        self.sent.clear()
        return news

    def test_who_may_read_a_record_hears_of_it(self):
        ids = ",".join(map(str, self.partners.ids))
        asked = f"odoo-records-res.partner_{ids}"
        first, _hidden, last = self.partners.ids
        self.assertEqual(self.watched(self.dana, asked), [("res.partner", first), ("res.partner", last)])
        self.assertEqual(self.watched(self.portal, asked), [])
        self.assertEqual(self.watched(self.reader, f"odoo-records-ir.rule_{self.env['ir.rule'].search([])[0].id}"), [])
        self.partners[0].active = False
        self.assertIn(("res.partner", first), self.watched(self.dana, asked))
        # the texts themselves are no channels
        self.assertFalse([text for text in self.channels(self.dana, asked, "news") if str(text).startswith("odoo-rec")])
        self.assertIn("news", self.channels(self.dana, asked, "news"))

    def test_what_names_no_records(self):
        for odd in ("", "res.partner", "res.partner_", "res.partner_x,1e3", "no.model_1", "bus.listener.mixin_1"):
            self.assertEqual(self.watched(self.dana, f"odoo-records-{odd}"), [], odd)

    def test_editing_is_told_now_and_then(self):
        partner = self.partners[0]
        said = {"model": "res.partner", "id": partner.id, "tab": "a"}
        told = {**said, "user_id": self.dana.id}
        with patch.object(live_records.time, "monotonic", lambda: self.now):
            self.now = 100
            for _time in range(3):
                self.say(self.dana, "record_editing", **said, is_editing=True)
            self.assertEqual(self.told(), [(partner.id, LIVE, "editing", {**told, "is_editing": True})])
            for _time in range(2):
                self.say(self.dana, "record_editing", **said, is_editing=False)
                self.say(self.dana, "record_editing", **said, is_editing=True)
            self.assertEqual(self.told(), [(partner.id, LIVE, "editing", {**told, "is_editing": False})])
            self.now += live_records.PAUSE
            self.say(self.dana, "record_editing", **said, is_editing=True)
            self.assertEqual(len(self.told()), 1)

    def test_only_who_may_write_edits(self):
        for user, partner in (
            (self.dana, self.partners[1]),
            (self.reader, self.partners[0]),
            (self.portal, self.partners[0]),
        ):
            self.say(user, "record_editing", model="res.partner", id=partner.id, is_editing=True)
        self.say(self.dana, "record_editing", model="ir.websocket", id=1, is_editing=True)
        self.assertEqual(self.told(), [])

    def test_changes_are_told_by_those_who_may_read(self):
        first, hidden, last = self.partners
        ids = self.partners.ids
        self.say(self.dana, "records_changed", model="res.partner", ids=ids, tab="a")
        self.assertEqual([id_ for id_, *_rest in self.told()], [first.id, last.id])
        hidden.unlink()
        self.say(self.dana, "records_changed", model="res.partner", ids=ids, tab="t" * 100)
        told = self.told()
        self.assertEqual({id_ for id_, *_rest in told}, set(ids), "what is gone is told")
        self.assertEqual({len(news["tab"]) for *_rest, news in told}, {50})
        self.assertEqual(set(told[0][3]), {"model", "id", "user_id", "tab"})
        self.say(self.dana, "records_changed", model="res.partner", ids=list(range(1, 10_000)))
        self.assertLessEqual(len(self.told()), live_records._MAX_CHANGED)
        for model in ("no.model", "bus.listener.mixin", "change.password.wizard"):
            self.say(self.dana, "records_changed", model=model, ids=[1])
        self.assertEqual(self.told(), [])

    def test_what_is_no_message(self):
        for odd in (
            {},
            {"model": 1, "ids": [1]},
            {"model": "res.partner", "ids": ["1"]},
            {"model": "res.partner", "ids": [True]},
        ):
            with self.assertRaises(InvalidWebsocketRequest):
                self.say(self.dana, "records_changed", **odd)
        with self.assertRaises(InvalidWebsocketRequest):
            self.say(self.dana, "record_editing", model="res.partner", id=None)
        self.say(self.dana, "something_else")


class TestDeliveryToNewcomers(TransactionCase):
    def test_who_knows_of_no_message_hears_of_new_ones(self):
        """Also when older ones are there, and were for long."""
        bus = self.env["bus.bus"]
        old = bus.create({"channel": '"c"', "message": '"old"'})
        self.env.cr.execute(
            "UPDATE bus_bus SET create_date = create_date - interval '2 minutes' WHERE id = %s", [old.id]
        )
        new = bus.create({"channel": '"c"', "message": '"new"'})
        bus.invalidate_model()
        newcomer = SimpleNamespace(_texts=frozenset(['"c"']), _last_notif_sent_id=0, _caught_up=True)
        marks = SimpleNamespace(settled=lambda moment: old.id, add=lambda *mark: None)
        delivery = Delivery(self.env(su=True), [newcomer], marks)
        self.assertEqual(delivery.messages(newcomer._texts, 0, set()), [(new.id, '"new"')])
