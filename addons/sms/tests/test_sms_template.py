from odoo.addons.sms.tests.common import SMSCommon
from odoo.exceptions import AccessError, UserError, ValidationError


class TestTemplates(SMSCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner_model = cls.env["ir.model"]._get("res.partner")
        cls.template = cls.env["sms.template"].create(
            {"name": "Hi", "model_id": cls.partner_model.id, "body": "Hi {{ object.name }}"}
        )

    def action(self, **values):
        return self.env["ir.actions.server"].create(
            {
                "name": "Say hi",
                "model_id": self.partner_model.id,
                "state": "sms",
                "sms_template_id": self.template.id,
                **values,
            }
        )

    def run_on_ann(self, action):
        context = {"active_id": self.ann.id, "active_ids": self.ann.ids, "active_model": "res.partner"}
        with self.mockSMSGateway():
            action.with_context(**context).run()

    def test_s11_templates(self):
        self.assertEqual(self.template.copy().name, "Hi (copy)")
        by_name = self.env["sms.template"].with_context(default_model="res.partner").default_get(["model_id"])
        self.assertEqual(by_name["model_id"], self.partner_model.id)
        self.template.action_create_sidebar_action()
        sidebar = self.template.sidebar_action_id
        self.assertEqual((sidebar.res_model, sidebar.binding_model_id), ("sms.composer", self.partner_model))
        self.template.unlink()
        self.assertFalse(sidebar.exists())

    def test_s11_messages_from_templates(self):
        with self.mockSMSGateway():
            self.ann._message_sms_with_template(self.template)
            self.bob._message_sms_with_template(template_xmlid="sms.missing", template_fallback="Yo {{ object.name }}")
        self.assertEqual([sms["body"] for sms in self._sms], ["Hi Ann", "Yo Bob"])
        with self.mockSMSGateway():
            queued = (self.ann + self.bob)._message_sms_schedule_mass(template=self.template)
            self.assertNoSMS()
        self.assertEqual(sorted(queued.mapped("body")), ["Hi Ann", "Hi Bob"])
        self.assertEqual(set(queued.mapped("state")), {"outgoing"})

    def test_s11_server_actions(self):
        action = self.action()
        self.assertEqual(action.sms_method, "sms")
        before = len(self.ann.message_ids)
        self.run_on_ann(action)
        self.assertEqual((self._new_sms.body, len(self.ann.message_ids)), ("Hi Ann", before))
        action.sms_method = "comment"
        self.run_on_ann(action)
        self.assertSMSSent(["+32475000001"], "Hi Ann")
        self.assertEqual(self.ann.message_ids[0].preview, "Hi Ann")
        action.sms_method = "note"
        self.run_on_ann(action)
        self.assertFalse(self._new_sms)
        self.assertEqual(self.ann.message_ids[0].message_type, "notification")
        action.state = "followers"
        self.assertFalse(action.sms_template_id or action.sms_method)

    def test_s11_what_actions_cannot_send(self):
        with self.assertRaises(ValidationError):
            self.action(model_id=self.env["ir.model"]._get_id("res.country"), sms_template_id=False)
        users = self.env["sms.template"].create(
            {"name": "Other", "model_id": self.env["ir.model"]._get_id("phone.blacklist"), "body": "x"}
        )
        action = self.action()
        with self.assertRaises(ValidationError):
            action.sms_template_id = users
        models = self.env["ir.model"].search([("is_mail_thread_sms", "=", True)])
        self.assertIn(self.partner_model, models)
        self.assertNotIn(self.env["ir.model"]._get("phone.blacklist"), models)
        self.assertFalse(self.env["ir.model"]._get("res.country").is_mail_thread_sms)

    def test_s11_preview_and_reset(self):
        preview = self.env["sms.template.preview"].create(
            {"sms_template_id": self.template.id, "resource_ref": f"res.partner,{self.ann.id}"}
        )
        self.assertEqual((preview.body, preview.no_record), ("Hi Ann", False))
        reset = self.env["sms.template.reset"].create({"template_ids": self.template.ids})
        with self.assertRaises(UserError):
            reset.reset_template()
        with self.assertRaises(AccessError):
            self.template.with_user(self.user_employee).name = "mine"
