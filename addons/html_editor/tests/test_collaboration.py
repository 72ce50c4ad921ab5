import json
from types import SimpleNamespace
from unittest.mock import patch

from odoo.addons.bus.models import ir_websocket
from odoo.addons.html_editor import tools
from odoo.addons.web.exceptions import SaveConflict
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, TransactionCase, new_test_user, tagged

JOIN = {"notificationName": "ptp_join", "notificationPayload": {"vector": "AA=="}, "fromPeerId": "p"}


def saved(text, *saves):
    """Return a text as the editor saves it."""
    return f'<p data-last-history-steps="{",".join(saves)}">{text}</p>'


class CollaborationCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.writer = new_test_user(cls.env, "co_writer", "base.group_user,base.group_partner_manager", name="Wanda")
        cls.reader = new_test_user(cls.env, "co_reader", "base.group_user")
        cls.partner = cls.env["res.partner"].create({"name": "Ann", "comment": "<p>old</p>"})
        cls.place = ("res.partner", "comment", cls.partner.id)

    def told(self):
        """Return the channels and contents of the messages of the transaction, which are forgotten."""
        self.env.cr.precommit.run()
        rows = self.env["bus.bus"].search([("message", "like", tools.COLLABORATION)], order="id")
        found = [(json.loads(row.channel)[1:], json.loads(row.message)["payload"]) for row in rows]
        rows.unlink()
        return found


@tagged("-at_install", "post_install")
class TestWhoTakesPart(CollaborationCase):
    def shared(self, user, *place):
        return tools.shared_text(self.env(user=user), *(place or self.place))

    def listened(self, user, *names):
        with patch.object(ir_websocket, "wsrequest", SimpleNamespace(session=SimpleNamespace(uid=user.id))):
            channels = self.env["ir.websocket"].with_user(user)._prepare_subscribe_data(list(names), 0)["channels"]
        return [channel for channel in channels if tools.COLLABORATION in str(channel)]

    def test_who_may_write_may_take_part(self):
        self.assertEqual(self.shared(self.writer), self.partner)
        with self.assertRaises(AccessError):
            self.shared(self.reader)

    def test_the_field_counts_as_the_record_does(self):
        self.patch(type(self.partner)._fields["comment"], "groups", "base.group_system")
        with self.assertRaises(AccessError):
            self.shared(self.writer)

    def test_rules_count(self):
        model = self.env["ir.model"]._get_id("res.partner")
        domain = f"[('id', '!=', {self.partner.id})]"
        self.env["ir.rule"].create({"name": "not this", "model_id": model, "domain_force": domain, "perm_read": False})
        with self.assertRaises(AccessError):
            self.shared(self.writer)

    def test_what_is_no_text(self):
        wrong = [
            ("res.nothing", "comment", 1),
            (["res.partner"], "comment", 1),
            ("res.partner", "name", self.partner.id),
            ("res.partner", "nothing", self.partner.id),
            ("res.partner", None, self.partner.id),
            ("mail.thread", "comment", 1),
            *(("res.partner", "comment", odd) for odd in (0, -1, True, "1", None, 2**40, 1.5)),
        ]
        for place in wrong:
            with self.subTest(place=place), self.assertRaises(ValidationError):
                self.shared(self.writer, *place)

    def test_who_listens(self):
        name = f"editor_collaboration:res.partner:comment:{self.partner.id}"
        channel = (self.partner, "editor_collaboration:comment")
        self.assertEqual(self.listened(self.writer, name, "news"), [channel])
        self.assertEqual(self.listened(self.reader, name), [])
        odd = ["editor_collaboration:", "editor_collaboration:res.partner:comment:x", f"{name}:1", f"{name}99999999999"]
        self.assertEqual(self.listened(self.writer, *odd), [])


@tagged("-at_install", "post_install")
class TestSaves(CollaborationCase):
    def save(self, html, known=None, user=None):
        partner = self.partner.with_user(user or self.writer)
        if known is not None:
            values = {"model": "res.partner", "id": partner.id, "values": {"comment": known}}
            partner = partner.with_context(web_save_known=values)
        return partner.web_save({"comment": html}, {"comment": {}})[0]["comment"]

    def test_a_save_tells_those_who_write(self):
        self.assertEqual(self.save(saved("one", "a", "b"), "<p>old</p>"), saved("one", "b"))
        [(channel, message)] = self.told()
        self.assertEqual(channel, ["res.partner", self.partner.id, "editor_collaboration:comment"])
        self.assertEqual(message["notificationName"], "html_field_write")
        self.assertEqual(message["notificationPayload"], {"last_step_id": "b"})
        self.assertEqual((message["model_name"], message["field_name"], message["res_id"]), self.place)

    def test_what_is_contained_is_no_conflict(self):
        self.save(saved("one", "a"))
        # this page has read what was there before, and heard of the save
        self.assertEqual(self.save(saved("one two", "a", "b"), "<p>old</p>"), saved("one two", "b"))

    def test_what_is_not_contained_is_one(self):
        self.save(saved("one", "a"))
        with self.assertRaises(SaveConflict):
            self.save(saved("two", "b"), "<p>old</p>")
        self.told()
        with self.assertRaises(SaveConflict):
            self.save("<p>three</p>", "<p>old</p>")
        self.assertEqual(self.told(), [])

    def test_texts_of_one_person_are_as_they_were(self):
        self.assertEqual(self.save("<p>new</p>", "<p>old</p>"), "<p>new</p>")
        self.assertEqual(self.told(), [])

    def test_who_may_not_write_tells_nobody(self):
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.save(saved("one", "a"), user=self.reader)

    def test_addons_tell_of_what_they_write(self):
        values = {"comment": saved("one", "a", "b")}
        tools.handle_history_divergence(self.partner, "comment", values)
        self.assertEqual(values, {"comment": saved("one", "b")})
        self.assertEqual(len(self.told()), 1)
        for other in ({"name": "x"}, {"comment": False}, {"comment": "<p>x</p>"}):
            tools.handle_history_divergence(self.partner, "comment", dict(other))
        self.assertEqual(self.told(), [])


@tagged("-at_install", "post_install")
class TestBroadcast(CollaborationCase, HttpCase):
    def send(self, data, route="/html_editor/bus_broadcast", **place):
        """Return the short name of what was raised, None when the message was sent."""
        names = ("model_name", "field_name", "res_id")
        params = {**dict(zip(names, self.place, strict=True)), **place, "bus_data": data}
        answer = self.url_open(route, json={"params": params}).json()
        return answer["error"]["data"]["name"].rpartition(".")[2] if "error" in answer else None

    def test_messages(self):
        self.authenticate("co_writer", "co_writer")
        # who it is, and about what, is not believed
        forged = {**JOIN, "user": {"id": 1, "name": "Admin"}, "res_id": 1}
        for route in ("/html_editor/bus_broadcast", "/web_editor/bus_broadcast"):
            self.assertIsNone(self.send(forged, route))
            [(channel, message)] = self.told()
            self.assertEqual(channel, ["res.partner", self.partner.id, "editor_collaboration:comment"])
            self.assertEqual(message["user"], {"id": self.writer.id, "name": "Wanda"})
            self.assertEqual(message["res_id"], self.partner.id)
            self.assertEqual(message["notificationPayload"], JOIN["notificationPayload"])
        wrong = [None, [], {}, {"notificationName": 1}, {"notificationName": "html_field_write"}]
        self.assertEqual([self.send(data) for data in wrong], ["ValidationError"] * len(wrong))
        self.assertEqual(self.send(JOIN, field_name="name"), "ValidationError")
        self.assertEqual(self.send({**JOIN, "notificationPayload": "x" * tools.MAX_MESSAGE}), "UserError")
        self.authenticate("co_reader", "co_reader")
        self.assertEqual(self.send(JOIN), "AccessError")
        self.assertEqual(self.told(), [])

    def test_a_text_that_is_too_long(self):
        with self.assertRaises(UserError):
            tools.tell_writers(self.partner, "comment", {"x": "y" * tools.MAX_MESSAGE})
