import json
from unittest.mock import Mock, patch

import psycopg2
import requests

from odoo.exceptions import ValidationError
from odoo.tests import TransactionCase
from odoo.tools import mute_logger


class TestServerActions(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partners = cls.env["ir.model"]._get("res.partner")
        cls.partner = cls.env["res.partner"].create({"name": "Rosa", "country_id": cls.env.ref("base.be").id})

    def act(self, **values):
        """Run a new action on the partner."""
        action = self.env["ir.actions.server"].create({"name": "An action", "model_id": self.partners.id, **values})
        return action.with_context(active_model="res.partner", active_id=self.partner.id).run()

    def post(self, **answer):
        """Call a webhook that answers or fails in a way; return what was posted."""
        with patch.object(requests, "post", **answer) as post:
            self.act(
                state="webhook",
                webhook_url="http://127.0.0.1/hook",
                webhook_field_ids=[(6, 0, self.env["ir.model.fields"]._get("res.partner", "name").ids)],
            )
        [call] = post.mock_calls[:1]
        return json.loads(call.kwargs["data"])

    def test_2_7_1_a_failing_webhook_is_logged(self):
        refused = Mock(raise_for_status=Mock(side_effect=requests.exceptions.HTTPError("500 Server Error")))
        for name, answer in (
            ("status", {"return_value": refused}),
            ("time-out of the connection", {"side_effect": requests.exceptions.ConnectTimeout("too slow")}),
            ("time-out of the answer", {"side_effect": requests.exceptions.ReadTimeout("too slow")}),
            ("connection", {"side_effect": requests.exceptions.ConnectionError("refused")}),
        ):
            with (
                self.subTest(failure=name),
                self.assertLogs("odoo.addons.base.models.ir_actions", "WARNING") as logs,
            ):
                self.assertEqual(self.post(**answer)["name"], "Rosa")
            self.assertEqual(len(logs.output), 1)
            self.assertIn("http://127.0.0.1/hook", logs.output[0])

    def test_2_7_1_a_webhook_that_works_says_nothing(self):
        with self.assertNoLogs("odoo.addons.base.models.ir_actions", "WARNING"):
            payload = self.post()
        self.assertEqual((payload["_model"], payload["_id"]), ("res.partner", self.partner.id))

    def test_2_7_7_path_through_a_country(self):
        self.act(state="object_write", update_path="country_id.vat_label", evaluation_type="value", value="BTW")
        self.assertEqual(self.partner.country_id.vat_label, "BTW")
        action = self.env["ir.actions.server"].create(
            {
                "name": "Flag",
                "model_id": self.partners.id,
                "state": "object_write",
                "update_path": "country_id.image_url",
            }
        )
        self.assertEqual(action.update_field_id, self.env["ir.model.fields"]._get("res.country", "image_url"))
        with self.assertRaises(ValidationError):
            action.update_path = "name.image_url"


class TestEmbeddedActions(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.parent = cls.env["ir.actions.act_window"].create({"name": "Partners", "res_model": "res.partner"})

    def create(self, **values):
        return self.env["ir.embedded.actions"].create(
            {
                "name": "Inside",
                "parent_action_id": self.parent.id,
                "parent_res_model": "res.partner",
                **values,
            }
        )

    def test_2_7_6_a_method_comes_before_an_action(self):
        both = self.create(action_id=self.parent.id, python_method="open_commercial_entity")
        self.assertFalse(both.action_id)
        self.assertEqual(both.python_method, "open_commercial_entity")
        action = self.create(action_id=self.parent.id)
        self.assertEqual(action.action_id.id, self.parent.id)
        self.assertFalse(action.python_method)

    @mute_logger("odoo.sql_db")
    def test_2_7_6_one_of_them_is_needed(self):
        with self.assertRaises(psycopg2.IntegrityError), self.cr.savepoint():
            self.create()
        method = self.create(python_method="open_commercial_entity")
        with self.assertRaises(psycopg2.IntegrityError), self.cr.savepoint():
            method.action_id = self.parent.id
            method.flush_recordset()
