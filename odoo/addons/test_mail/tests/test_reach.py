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
        self.env["ir.rule"].create(
            {
                "name": "hidden",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "groups": [(4, self.env.ref("base.group_user").id)],
                "domain_force": f"[('id', '!=', {self.hidden.id})]",
            }
        )
        message = (
            self.env["mail.message"]
            .with_user(self.employee)
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

    def test_people_outside_write_in_their_own_name(self):
        boss = self.env.ref("base.partner_admin")
        own = self.visitor.partner_id
        messages = self.env["mail.message"].with_user(self.visitor)
        said = {"body": "x", "subtype_id": self.env.ref("mail.mt_comment").id}
        told = {"partner_ids": self.employee.partner_id.ids, "body": "Pay me"}
        for sender in ({"author_id": boss.id}, {"email_from": "boss@example.com"}):
            with self.subTest(sender=sender):
                with self.assertRaises(AccessError):
                    messages.create({**said, **sender})
                with self.assertRaises(AccessError):
                    self.env["mail.thread"].with_user(self.visitor).message_notify(**told, **sender)
                mine = messages.create(said)
                with self.assertRaises(AccessError):
                    mine.write(sender)
        self.assertEqual(self.env["mail.thread"].with_user(self.visitor).message_notify(**told).author_id, own)

    def test_visitors_do_not_read_what_others_wrote(self):
        public = self.env.ref("base.public_user")
        message = self.env["mail.message"].with_user(public).sudo().create({"body": "x"})
        self.assertEqual(message.create_uid, public)
        with self.assertRaises(AccessError):
            message.with_user(public).sudo(False).read(["body"])

    def test_people_outside_neither_read_nor_change_what_is_not_theirs(self):
        own = self.visitor.partner_id
        note = own.message_post(body="unreliable", subtype_xmlid="mail.mt_note")
        with self.assertRaises(AccessError):
            note.with_user(self.visitor).read(["body"])
        offer = own.message_post(body="10 %", partner_ids=own.ids, subtype_xmlid="mail.mt_comment")
        self.assertIn("10", offer.with_user(self.visitor).body)
        with self.assertRaises(AccessError):
            offer.with_user(self.visitor).body = "90 %"

    def test_answers_belong_to_the_document_of_the_question(self):
        question = self.visitor.partner_id.message_notify(body="?", partner_ids=self.visitor.partner_id.ids)
        answer = {"body": "!", "model": "res.partner", "parent_id": question.id}
        answer["subtype_id"] = self.env.ref("mail.mt_comment").id
        messages = self.env["mail.message"].with_user(self.visitor)
        self.assertTrue(messages.create({**answer, "res_id": self.visitor.partner_id.id}))
        with self.assertRaises(AccessError):
            messages.create({**answer, "res_id": self.hidden.id})

    def test_documents_are_not_found_by_notes(self):
        own = self.visitor.partner_id
        own.message_post(body="unreliable", subtype_xmlid="mail.mt_note")
        own.message_post(body="welcome", subtype_xmlid="mail.mt_comment")
        for user, path, word, count in (
            (self.visitor, "message_ids.body", "unreliable", 0),
            (self.visitor, "message_ids.body", "welcome", 1),
            (self.employee, "message_ids.body", "unreliable", 1),
        ):
            with self.subTest(user=user.login, word=word):
                partners = self.env["res.partner"].with_user(user)
                self.assertEqual(partners.search_count([("id", "=", own.id), (path, "ilike", word)]), count)

    def test_people_outside_see_their_own_notifications(self):
        partners = self.visitor.partner_id | self.employee.partner_id
        message = self.hidden.message_post(body="x", partner_ids=partners.ids)
        self.assertEqual(message.notification_ids.res_partner_id, partners)
        seen = self.env["mail.notification"].with_user(self.visitor).search([("mail_message_id", "=", message.id)])
        self.assertEqual(seen.res_partner_id, self.visitor.partner_id)

    def test_scheduled_messages_are_as_hidden_as_their_document(self):
        rule = {"model_id": self.env["ir.model"]._get_id("res.partner"), "name": "hidden"}
        group = [(4, self.env.ref("base.group_user").id)]
        waiting = self.env["mail.scheduled.message"].create(
            {
                "author_id": self.env.user.partner_id.id,
                "body": "secret",
                "model": "res.partner",
                "res_id": self.hidden.id,
                "scheduled_date": "2100-01-01",
            }
        )
        self.assertIn("secret", waiting.with_user(self.employee).body)
        self.env["ir.rule"].create({**rule, "groups": group, "domain_force": f"[('id', '!=', {self.hidden.id})]"})
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            waiting.with_user(self.employee).read(["body"])
