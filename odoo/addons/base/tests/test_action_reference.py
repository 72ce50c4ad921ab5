"""What the reference of actions says of their fields, beside what other tests show."""

from odoo.exceptions import ValidationError
from odoo.tests.common import TransactionCase, new_test_user


class TestActionReference(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Window = cls.env["ir.actions.act_window"]
        cls.partner = cls.env["res.partner"].create({"name": "Ada"})

    def window(self, **values):
        """Return a window action on contacts."""
        return self.Window.create({"name": "Contacts", "res_model": "res.partner", **values})

    def test_every_action_has_a_name_and_a_type(self):
        for model, values in (
            ("ir.actions.act_window", {"res_model": "res.partner"}),
            ("ir.actions.act_url", {"url": "https://example.com"}),
            ("ir.actions.client", {"tag": "pos.ui"}),
            ("ir.actions.report", {"model": "res.partner", "report_name": "base.x"}),
            ("ir.actions.server", {"model_id": self.env["ir.model"]._get_id("res.partner"), "state": "code"}),
        ):
            action = self.env[model].create({"name": "Named", **values})
            described = action._get_action_dict()
            self.assertEqual((described["type"], described["name"]), (model, "Named"))
            for name in ("name", "type"):
                self.assertTrue(action._fields[name].required, (model, name))

    def test_defaults_of_window_actions(self):
        action = self.window()
        described = action._get_action_dict()
        expected = {"target": "current", "limit": 80, "view_mode": "list,form", "res_id": 0, "search_view_id": False}
        self.assertEqual({name: described[name] for name in expected}, expected)
        self.assertEqual(described["views"], [(False, "list"), (False, "form")])

    def test_targets(self):
        for target in ("current", "new", "inline", "fullscreen", "main"):
            self.assertEqual(self.window(target=target)._get_action_dict()["target"], target)
        for target in ("current", "new", "fullscreen", "main"):
            action = self.env["ir.actions.client"].create({"name": "x", "tag": "x", "target": target})
            self.assertEqual(action._get_action_dict()["target"], target)
        self.assertEqual(self.env["ir.actions.client"].create({"name": "x", "tag": "x"}).target, "current")

    def test_what_a_window_action_hands_over(self):
        search = self.env.ref("base.view_res_partner_filter")
        values = {"context": "{'default_ref': 'x'}", "domain": "[('active', '=', True)]", "limit": 7}
        action = self.window(res_id=self.partner.id, search_view_id=search.id, **values)
        described = action._get_action_dict()
        self.assertEqual({name: described[name] for name in values}, values)
        self.assertEqual(described["res_id"], self.partner.id)
        self.assertEqual(described["search_view_id"], (search.id, search.name))

    def test_specific_view_of_a_data_file(self):
        """The view of the action is shown, also where it is not the default one of the model."""
        arch = '<graph><field name="country_id"/></graph>'
        graphs = self.env["ir.ui.view"].create(
            [{"name": name, "model": "res.partner", "type": "graph", "arch": arch} for name in ("first", "specific")]
        )
        action = self.window(view_mode="graph", view_id=graphs[1].id)
        self.assertEqual(action.views, [(graphs[1].id, "graph")])
        self.assertEqual(self.env["res.partner"].get_view(graphs[1].id, "graph")["id"], graphs[1].id)
        self.assertEqual(self.env["res.partner"].get_view(None, "graph")["id"], graphs[0].id)

    def test_view_ids_are_in_their_own_order(self):
        lines = [{"view_mode": kind, "sequence": number} for kind, number in (("kanban", 2), ("form", 1), ("list", 3))]
        action = self.window(view_mode="graph", view_ids=[(0, 0, line) for line in lines])
        action.invalidate_recordset()
        self.assertEqual([kind for _id, kind in action.views], ["form", "kanban", "list", "graph"])

    def test_urls(self):
        action = self.env["ir.actions.act_url"].create({"name": "Open", "url": "https://example.com"})
        self.assertEqual(action.target, "new")
        action.target = "self"
        described = action._get_action_dict()
        self.assertEqual((described["url"], described["target"]), ("https://example.com", "self"))

    def test_server_actions_for_clients(self):
        model_id = self.env["ir.model"]._get_id("res.partner")
        action = self.env["ir.actions.server"].create({"name": "x", "model_id": model_id, "state": "code"})
        self.assertNotIn("code", action._get_action_dict())
        self.assertEqual(action._get_action_dict()["id"], action.id)
        with self.assertRaises(ValidationError):
            action.state = "no such state"

    def test_names_of_modules_in_code(self):
        code = (
            "moment = datetime.datetime(2020, 1, 31) + dateutil.relativedelta.relativedelta(months=1)\n"
            'action = {"day": moment.day, "year": time.strftime("%Y") > "2000", "user": user.id, "model": model._name}'
        )
        model_id = self.env["ir.model"]._get_id("res.partner")
        action = self.env["ir.actions.server"].create(
            {"name": "x", "model_id": model_id, "state": "code", "code": code}
        )
        self.assertEqual(action.run(), {"day": 29, "year": True, "user": self.env.uid, "model": "res.partner"})

    def test_reports(self):
        values = {"name": "R", "model": "res.partner", "report_name": "base.x"}
        report = self.env["ir.actions.report"].create(values)
        self.assertEqual(report.report_type, "qweb-pdf")
        for name in (*values, "report_type"):
            self.assertTrue(report._fields[name].required, name)
        report.report_type = "qweb-html"
        company_paper = self.env.company.paperformat_id
        self.assertEqual(report.get_paperformat(), company_paper)
        paper = self.env["report.paperformat"].create({"name": "Small"})
        report.paperformat_id = paper
        self.assertEqual(report.get_paperformat(), paper)
        report.attachment = "object.name + '.pdf'"
        self.assertFalse(report.retrieve_attachment(self.partner))
        kept = {"name": "Ada.pdf", "res_model": "res.partner", "res_id": self.partner.id, "raw": b"%PDF"}
        attachment = self.env["ir.attachment"].create(kept)
        self.assertEqual(report.retrieve_attachment(self.partner), attachment)

    def test_groups_of_reports(self):
        user = new_test_user(self.env, "no_reports", "base.group_user")
        report = self.env["ir.actions.report"].create(
            {"name": "Secret", "model": "res.partner", "report_name": "base.x"}
        )
        report.create_action()
        bound = self.env["ir.actions.actions"].with_user(user).get_bindings
        self.assertIn(report.id, [action["id"] for action in bound("res.partner")["report"]])
        report.groups_id = self.env.ref("base.group_system")
        self.assertNotIn(report.id, [action["id"] for action in bound("res.partner").get("report", [])])

    def test_parameters_of_client_actions(self):
        action = self.env["ir.actions.client"].create({"name": "x", "tag": "pos.ui", "params": {"shop": 3}})
        described = action._get_action_dict()
        self.assertEqual((described["tag"], described["params"]), ("pos.ui", {"shop": 3}))
