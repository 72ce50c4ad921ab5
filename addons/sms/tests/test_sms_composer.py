from odoo.addons.sms.tests.common import SMSCommon
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form


class TestComposer(SMSCommon):
    def compose(self, records, mode="comment", **values):
        model = self.env["sms.composer"].with_user(self.user_employee)
        context = {"active_id": records[:1].id, "active_ids": records.ids, "active_model": records._name}
        return model.with_context(**context).create({"body": "Hello", "composition_mode": mode, **values})

    def test_s10_one_record(self):
        with self.mockSMSGateway():
            composer = self.compose(self.ann)
            self.assertEqual(composer.recipient_single_description, "Ann")
            self.assertEqual(composer.recipient_single_number_itf, "+32475000001")
            composer.action_send_sms()
        self.assertSMSSent(["+32475000001"], "Hello")
        self.assertEqual(self.ann.message_ids[0].author_id, self.partner_employee)

    def test_s10_a_number_is_corrected(self):
        composer = self.compose(self.cid)
        self.assertFalse(composer.recipient_single_valid)
        with self.assertRaises(UserError):
            composer.action_send_sms()
        composer.recipient_single_number_itf = "0475000005"
        with self.mockSMSGateway():
            composer.action_send_sms()
        self.assertSMSSent(["+32475000005"])
        self.assertEqual(self.cid.phone, "0475000005")

    def test_s10_several_comments(self):
        records = self.ann + self.bob
        with self.mockSMSGateway():
            self.compose(records, body="Hello {{ object.name }}").action_send_sms()
        self.assertEqual({sms["body"] for sms in self._sms}, {"Hello Ann", "Hello Bob"})
        with self.assertRaises(UserError):
            self.compose(self.customers).action_send_sms()
        with self.mockSMSGateway():
            self.compose(self.dan, numbers="0475000003, 0475000003,+32475000004").action_send_sms()
        self.assertSMSSent(["+32475000003", "+32475000004"])

    def test_s10_numbers(self):
        with self.mockSMSGateway():
            composer = self.env["sms.composer"].with_user(self.user_employee)
            values = {"body": "Hello", "composition_mode": "numbers"}
            composer.create({**values, "numbers": "0475000003"}).action_send_sms()
            self.assertSMSSent(["+32475000003"])
            with self.assertRaisesRegex(UserError, "odd"):
                composer.create({**values, "numbers": "0475000003,odd"}).action_send_sms()
            with self.assertRaises(UserError):
                composer.create(values).action_send_sms()

    def test_s10_in_bulk(self):
        blocked, again = self.env["res.partner"].create(
            [{"name": "Eve", "phone": "0475000010"}, {"name": "Ann again", "phone": "0475000001"}]
        )
        self.env["phone.blacklist"].add("0475000010")
        records = self.customers + blocked + again
        with self.mockSMSGateway():
            composer = self.compose(records, mode="mass", body="Hello {{ object.name }}")
            self.assertEqual((composer.recipient_valid_count, composer.recipient_invalid_count), (4, 2))
            composer.action_send_sms()
            self.assertNoSMS()
        by_partner = {sms.partner_id: sms for sms in self._new_sms}
        self.assertEqual(
            {partner.name: (sms.state, sms.failure_type) for partner, sms in by_partner.items()},
            {
                "Ann": ("outgoing", False),
                "Bob": ("outgoing", False),
                "Cid": ("canceled", "sms_number_format"),
                "Dan": ("canceled", "sms_number_missing"),
                "Eve": ("canceled", "sms_blacklist"),
                "Ann again": ("canceled", "sms_duplicate"),
            },
        )
        self.assertEqual(self.ann.message_ids[0].preview, "Hello Ann")
        self.assertFalse(self.dan.message_ids)
        with self.mockSMSGateway():
            composer = self.compose(blocked + self.bob, mode="mass", mass_use_blacklist=False, mass_keep_log=False)
            composer.action_send_sms_mass_now()
        self.assertSMSSent(["+32475000002", "+32475000010"])
        self.assertEqual(len(self.bob.message_ids), 1)

    def test_s10_form(self):
        template = self.env["sms.template"].create(
            {"name": "Hi", "model_id": self.env["ir.model"]._get_id("res.partner"), "body": "Hi {{ object.name }}"}
        )
        context = {"active_id": self.ann.id, "active_ids": self.ann.ids, "active_model": "res.partner"}
        composers = self.env["sms.composer"].with_user(self.user_employee)
        with Form(composers.with_context(**context, default_composition_mode="comment")) as form:
            form.template_id = template
            self.assertEqual(form.body, "Hi Ann")
        guess = composers.with_context(**{**context, "active_ids": self.customers.ids, "sms_composition_mode": "guess"})
        composer = guess.create({"template_id": template.id})
        self.assertEqual((composer.composition_mode, composer.body), ("mass", "Hi {{ object.name }}"))

    def test_s10_rights_and_what_makes_no_sense(self):
        secret = self.env["ir.config_parameter"].create({"key": "a", "value": "b"})
        for values in (
            {"res_model": secret._name, "res_ids": repr(secret.ids)},
            {"res_model": "no.model", "res_id": 1},
            {"res_model": "res.partner", "res_ids": "__import__('os')"},
            {"res_model": "res.partner", "res_ids": "[1, 'x']"},
        ):
            composers = self.env["sms.composer"].with_user(self.user_employee)
            with self.assertRaises(UserError):
                composers.create({"body": "x", "composition_mode": "mass", **values}).action_send_sms()
        hidden = self.env["res.partner"].create({"name": "Private", "phone": "0475000011"})
        rule = {"name": "x", "model_id": self.env["ir.model"]._get_id("res.partner")}
        self.env["ir.rule"].create({**rule, "domain_force": [("id", "!=", hidden.id)]})
        with self.assertRaises(AccessError):
            self.compose(self.ann, mode="mass", res_ids=repr(hidden.ids)).action_send_sms()
