"""What messages do with more rights reaches nothing that the caller may not reach."""

from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, new_test_user


class TestReach(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee = new_test_user(cls.env, "reach_employee", groups="base.group_user")
        cls.visitor = new_test_user(cls.env, "reach_visitor", groups="base.group_portal")
        cls.hidden = cls.env["res.partner"].create({"name": "Hidden", "email": "hidden@example.com"})
        cls.secret = cls.env["ir.attachment"].create({"name": "secret", "raw": b"secret"})

    def test_messages_tell_neither_name_nor_address(self):
        values = {"author_id": self.hidden.id, "message_type": "user_notification", "body": "x"}
        message = (
            self.env["mail.message"]
            .with_user(self.visitor)
            .create({**values, "model": "res.partner", "res_id": self.hidden.id})
        )
        self.assertFalse(message.sudo().record_name)
        self.assertNotIn("hidden", message.sudo().email_from or "")

    def test_e_mails_of_templates_change_nothing_else(self):
        template = self.env["mail.template"].create(
            {"name": "Note", "model_id": self.env["ir.model"]._get_id("res.partner"), "subject": "Note"}
        )
        other = self.env["mail.message"].create({"model": "res.company", "res_id": 1, "body": "kept"})
        for values in (
            {"attachment_ids": [(4, self.secret.id)]},
            {"attachment_ids": [(6, 0, [self.secret.id])]},
            {"child_ids": [(1, other.id, {"body": "changed"})]},
            {"mail_message_id": other.id},
        ):
            with self.subTest(values=values), self.assertRaises(AccessError):
                template.with_user(self.employee).send_mail(self.hidden.id, email_values=values)
        sent = template.with_user(self.employee).send_mail(self.hidden.id, email_values={"email_to": "a@example.com"})
        self.assertTrue(sent)

    def test_files_of_feedback_are_readable(self):
        activity = self.env["mail.activity"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id("res.partner"),
                "res_id": self.hidden.id,
                "user_id": self.employee.id,
                "summary": "Call",
            }
        )
        with self.assertRaises(AccessError):
            activity.with_user(self.employee).action_feedback("done", attachment_ids=[self.secret.id])
        self.assertTrue(activity.exists())

    def test_addresses_of_others_stay_theirs(self):
        documents = self.env["mail.test.container"]
        theirs = documents.create({"name": "Theirs", "alias_name": "reach-boss"})
        own = documents.with_user(self.employee).create({"name": "Own", "alias_name": "reach-own"})
        self.assertEqual(own.sudo().alias_id.alias_name, "reach-own")
        with self.assertRaises(AccessError):
            own.write({"alias_id": theirs.alias_id.id, "alias_name": "reach-stolen"})
        with self.assertRaises(AccessError):
            documents.with_user(self.employee).create({"name": "Other", "alias_id": theirs.alias_id.id})
        with self.assertRaises(AccessError):
            documents.with_user(self.employee).create(
                {"name": "Forced", "alias_name": "reach-forced", "alias_force_thread_id": 5}
            )
        self.assertEqual(theirs.alias_id.alias_name, "reach-boss")
