import base64
import json

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger


class TestTours(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["web_tour.tour"].search([]).unlink()
        cls.clerk = new_test_user(cls.env, "tour_clerk", groups="base.group_user", tour_enabled=True)
        cls.customer = new_test_user(cls.env, "tour_customer", groups="base.group_portal", tour_enabled=True)
        cls.tour = cls.env["web_tour.tour"].create(
            {
                "name": "first steps",
                "sequence": 2,
                "step_ids": [
                    Command.create({"trigger": ".b", "sequence": 2, "run": "edit <b>"}),
                    Command.create({"trigger": ".a", "sequence": 1, "content": "Look here"}),
                ],
            }
        )

    def tours_of(self, user):
        return self.env["web_tour.tour"].with_user(user)

    def test_tour1_what_a_new_tour_has(self):
        tour = self.tour
        self.assertEqual((tour.url, tour.custom), ("/odoo", False))
        self.assertEqual(self.env["web_tour.tour"].create({"name": "x"}).sequence, 1000)
        self.assertEqual(tour.sharing_url, f"{tour.get_base_url()}/odoo?tour=first%20steps")
        self.assertIn("<b>", tour.rainbow_man_message)
        self.assertEqual(tour.step_ids.mapped("trigger"), [".a", ".b"])
        self.assertFalse(self.env["web_tour.tour"].new().sharing_url)

    @mute_logger("odoo.sql_db", "odoo.db.cursor")
    def test_tour1_names_are_unique(self):
        with self.assertRaises(Exception) as caught:
            self.env["web_tour.tour"].create({"name": "first steps"})
        self.assertIn("uniq_name", str(caught.exception))

    def test_tour2_what_the_client_gets(self):
        expected = {
            "name": "first steps",
            "url": "/odoo",
            "custom": False,
            "rainbowManMessage": self.tour.rainbow_man_message,
            "steps": [
                {"trigger": ".a", "run": False, "content": "Look here"},
                {"trigger": ".b", "run": "edit <b>"},
            ],
        }
        self.assertEqual(self.tours_of(self.clerk).get_tour_json_by_name("first steps"), expected)
        self.assertTrue(self.tour.rainbow_man_message.startswith("<span>"))
        with self.assertRaisesRegex(UserError, "nowhere"):
            self.tours_of(self.clerk).get_tour_json_by_name("nowhere")

    def test_tour3_tours_follow_each_other(self):
        self.env["web_tour.tour"].create([{"name": "other", "sequence": 3}, {"name": "own", "custom": True}])
        tours = self.tours_of(self.clerk)
        self.assertEqual(tours.get_current_tour()["name"], "first steps")
        self.assertEqual(tours.consume("first steps")["name"], "other")
        self.assertIs(tours.consume("other"), False)
        self.assertIs(tours.consume("unknown"), False)
        self.assertEqual(self.tour.user_consumed_ids, self.clerk)

    def test_tour3_for_whom_there_are_none(self):
        self.clerk.tour_enabled = False
        self.assertIsNone(self.tours_of(self.clerk).get_current_tour())
        self.assertIsNone(self.tours_of(self.customer).get_current_tour())
        self.assertIsNone(self.tours_of(self.customer).consume("first steps"))
        self.assertFalse(self.tour.user_consumed_ids)

    def test_tour4_who_is_led_around(self):
        modules = self.env["ir.module.module"].search([])
        modules.demo = False
        administrator = new_test_user(self.env, "tour_admin", groups="base.group_user,base.group_erp_manager")
        self.assertTrue(administrator.tour_enabled)
        self.assertFalse(new_test_user(self.env, "tour_other", groups="base.group_user").tour_enabled)
        modules[0].demo = True
        late = new_test_user(self.env, "tour_late", groups="base.group_user,base.group_erp_manager")
        self.assertFalse(late.tour_enabled)

    def test_tour4_users_decide_for_themselves(self):
        users = self.env["res.users"].with_user(self.clerk)
        self.assertIs(users.switch_tour_enabled(False), False)
        self.assertFalse(self.clerk.tour_enabled)
        self.assertIs(users.switch_tour_enabled(True), True)
        self.assertIs(self.env["res.users"].with_user(self.customer).switch_tour_enabled(True), False)

    def test_tour4_a_file_for_an_addon(self):
        self.tour.name = 'say "hi"'
        action = self.tour.export_js_file()
        attachment = self.env["ir.attachment"].search([("name", "=", 'say "hi".js')])
        self.assertEqual(action["url"], f"/web/content/{attachment.id}?download=true")
        text = base64.b64decode(attachment.datas).decode()
        self.assertIn('registry.category("web_tour.tours").add("say \\"hi\\"", {', text)
        steps = text.partition("steps: () => ")[2].rpartition(",\n});")[0]
        self.assertEqual(json.loads(steps), self.tour.step_ids.get_steps_json())

    def test_tour25_who_changes_tours(self):
        tour = self.tour.with_user(self.clerk)
        self.assertEqual(tour.step_ids[0].trigger, ".a")
        for refused in (
            lambda: tour.write({"name": "mine"}),
            lambda: tour.create({"name": "mine"}),
            lambda: tour.step_ids[0].unlink(),
        ):
            with self.assertRaises(AccessError):
                refused()
        with self.assertRaises(AccessError):
            self.tours_of(self.customer).search([])


@tagged("post_install", "-at_install")
class TestSession(HttpCase):
    def session_of(self, user):
        self.authenticate(user.login, user.login)
        return self.make_jsonrpc_request("/web/session/get_session_info", {})

    def test_tour4_the_session_tells_the_tour(self):
        self.env["web_tour.tour"].search([]).unlink()
        self.env["web_tour.tour"].create({"name": "only"})
        clerk = new_test_user(self.env, "tour_clerk", groups="base.group_user", tour_enabled=True)
        info = self.session_of(clerk)
        self.assertEqual((info["tour_enabled"], info["current_tour"]["name"]), (True, "only"))
        clerk.tour_enabled = False
        info = self.session_of(clerk)
        self.assertEqual((info["tour_enabled"], info["current_tour"]), (False, None))
