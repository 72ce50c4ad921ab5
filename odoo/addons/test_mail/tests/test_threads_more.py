"""Copies, moved messages, main files, accounts, invitations (T17, T191, T336, T338, T371, T443, T480 to T514, T518)."""

from odoo.addons.mail.tools.discuss import Store
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import QUIET, MailCase


@tagged("mail_thread")
class TestThreads(MailCase):
    def file(self, name, mimetype, user=None, **values):
        """Return a file that waits for a message."""
        files = self.env["ir.attachment"].with_user(user or self.env.user)
        waiting = {"res_model": "mail.compose.message", "res_id": 0, "raw": name.encode()}
        return files.create({"name": name, "mimetype": mimetype, **waiting, **values})

    def test_t17_copies(self):
        ticket = self.env["mail.test.ticket"].create({"name": "T", "customer_id": self.customer.id})
        ticket.message_post(body="told")
        ticket.message_subscribe(self.customer.ids)
        copy = ticket.copy()
        self.flush_tracking()
        self.assertEqual(len(copy.message_ids), 1)
        self.assertEqual(copy.message_ids.message_type, "notification")
        self.assertNotIn(self.customer, copy.message_partner_ids)
        self.assertFalse(copy.message_ids.sudo().tracking_value_ids)

    def test_t191_messages_move(self):
        other = self.env["mail.test.container"].with_context(**QUIET).create({"name": "C"})
        comment = self.record.message_post(body="c", subtype_xmlid="mail.mt_comment")
        note = self.record.message_post(body="n", subtype_xmlid="mail.mt_note")
        private = self.record.message_notify(body="p", partner_ids=self.reader.partner_id.ids)
        target = other.message_post(body="before")
        self.record.message_change_thread(other, new_parent_message=target)
        other.invalidate_recordset(["message_ids"])
        self.assertEqual(other.message_ids, comment | note | target)
        self.assertEqual(comment.subtype_id, self.env.ref("mail.mt_comment"))
        self.assertFalse(note.subtype_id)
        self.assertEqual((comment | note).parent_id, target)
        self.assertEqual((private.model, private.res_id), ("mail.test.simple", self.record.id))

    def test_t336_main_files(self):
        document = self.env["mail.test.cc"].create({"name": "D"})
        xml = self.file("a.xml", "application/xml")
        text, image = self.file("a.txt", "text/plain"), self.file("a.png", "image/png")
        document.message_post(body="x", attachment_ids=xml.ids)
        self.assertFalse(document.message_main_attachment_id)
        document.message_post(body="x", attachment_ids=(text | image).ids)
        self.assertEqual(document.message_main_attachment_id, image)
        pdf = self.file("a.pdf", "application/pdf")
        document.message_post(body="x", attachment_ids=pdf.ids)
        self.assertEqual(document.message_main_attachment_id, image)

    def test_t512_files_become_the_main_one(self):
        document = self.env["mail.test.cc"].create({"name": "D"})
        place = {"res_model": document._name, "res_id": document.id}
        first, second = (self.file(name, "application/pdf", **place) for name in ("1.pdf", "2.pdf"))
        self.file("free.pdf", "application/pdf").register_as_main_attachment()
        self.file("other.pdf", "application/pdf", **{**place, "res_model": "res.partner"}).register_as_main_attachment()
        self.assertFalse(document.message_main_attachment_id)
        first.register_as_main_attachment()
        second.register_as_main_attachment(force=False)
        self.assertEqual(document.message_main_attachment_id, first)
        second.register_as_main_attachment()
        self.assertEqual(document.message_main_attachment_id, second)

    def test_t511_readers_post_files(self):
        document = self.env["mail.test.access"].create({"name": "D"})
        self.env["ir.model.access"].search([("model_id.model", "=", "mail.test.access")]).write({"perm_write": False})
        pdf = self.file("a.pdf", "application/pdf", self.employee)
        message = document.with_user(self.employee).message_post(body="x", attachment_ids=pdf.ids)
        self.assertEqual(message.attachment_ids, pdf)
        self.assertEqual((pdf.res_model, pdf.res_id), (document._name, document.id))

    def test_t371_copies_of_messages(self):
        message = self.record.message_post(body="x", partner_ids=self.customer.ids)
        self.assertEqual(message.notified_partner_ids, self.customer)
        self.assertFalse(message.copy().notified_partner_ids)

    def test_t513_names_are_those_of_now(self):
        message = self.record.message_post(body="x", partner_ids=self.reader.partner_id.ids)
        self.record.name = "Renamed"
        self.env["ir.model.access"].search([("model_id.model", "=", self.record._name)]).unlink()
        data = Store(message.with_user(self.reader)).get_result()
        [shown] = data["mail.message"]
        self.assertEqual(shown["record_name"], "Renamed")

    def test_t514_empty_messages(self):
        empty = self.record.message_post(body="")
        told = self.record.message_post(body="x")
        with_file = self.record.message_post(body="", attachment_ids=self.file("a.txt", "text/plain").ids)
        self.assertEqual((empty | told | with_file)._filter_empty(), empty)

    def test_t443_invitations(self):
        wizards = self.env["mail.wizard.invite"].with_user(self.employee)
        values = {"res_model": self.record._name, "res_id": self.record.id, "partner_ids": self.customer.ids}
        with self.outbox() as sent:
            wizards.create({**values, "notify": False}).add_followers()
        self.assertFalse(sent)
        self.assertIn(self.customer, self.record.message_partner_ids)
        self.record.message_unsubscribe(self.customer.ids)
        with self.outbox() as sent:
            invitation = wizards.with_context(default_res_model=self.record._name, default_res_id=self.record.id)
            invitation.create({"partner_ids": self.customer.ids, "notify": True}).add_followers()
        self.assertEqual(sent[0]["reply_to"], self.employee.email_formatted)
        self.assertIn(self.record.display_name, sent[0]["subject"])
        self.employee.email = False
        with self.assertRaises(UserError):
            wizards.create(values).add_followers()

    def test_t338_notes_about_accounts(self):
        portal, public = self.env.ref("base.group_portal"), self.env.ref("base.group_public")
        values = {"name": "Outside", "login": "outside", "email": "out@example.org"}
        user = self.env["res.users"].create({**values, "groups_id": [(6, 0, portal.ids)]})

        def notes():
            return user.partner_id.message_ids.filtered(lambda message: "out@example.org" in message.body)

        self.assertEqual(len(notes()), 1)
        user.groups_id = public
        self.assertEqual(len(notes()), 2)
        quiet = self.env["res.users"].with_context(mail_create_nolog=True)
        other = quiet.create({**values, "login": "quiet", "groups_id": [(6, 0, portal.ids)]})
        self.assertFalse(other.partner_id.message_ids.filtered(lambda message: "out@example.org" in message.body))

    def test_t338_changes_of_accounts_are_told(self):
        with self.outbox() as sent:
            self.reader.write({"login": "ines.box", "email": "new@example.org"})
            self.env["mail.mail"].process_email_queue()
        self.assertEqual(
            sorted(one["email_to"][0] for one in sent if "Security" in one["subject"]),
            sorted(['"Ines Box" <new@example.org>', "ines@test.example.com"]),
        )
        self.env["mail.test.ticket"].create({"name": "T"}).activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.reader.id
        )
        self.reader.action_archive()
        self.assertFalse(self.env["mail.activity"].search_count([("user_id", "=", self.reader.id)]))

    def test_t518_addresses_are_tracked_in_one_line(self):
        company = self.env["res.partner"].create({"name": "Works", "is_company": True, "city": "Old"})
        child = self.env["res.partner"].create({"name": "Hand", "parent_id": company.id, "type": "contact"})
        self.flush_tracking()
        company.write({"city": "New", "zip": "1234"})
        self.flush_tracking()
        for partner in (company, child):
            changes = partner.message_ids.sudo().tracking_value_ids
            self.assertEqual(changes.field_id.mapped("name"), ["contact_address_inline"])
            self.assertEqual(len(changes), 1)

    def test_t480_models_become_threads(self):
        model = self.env["ir.model"]
        self.assertTrue(model._get("mail.test.ticket").is_mail_activity)
        self.assertFalse(model._get("mail.test.nothread").is_mail_thread)
        self.assertEqual(model.search([], limit=1).is_mail_thread, True)
        with self.assertRaises(UserError):
            model._get("mail.test.nothread").is_mail_thread = True

    def test_t481_fields_are_tracked(self):
        fields = self.env["ir.model.fields"]
        self.assertEqual(fields._get("mail.test.ticket", "name").tracking, 100)
        self.assertEqual(fields._get("mail.test.ticket", "score").tracking, 3)
        self.assertFalse(fields._get("mail.test.ticket", "count").tracking)

    def test_t510_answers_on_closed_documents(self):
        message = self.record.message_post(body="x", partner_ids=self.employee.partner_id.ids)
        self.env["ir.model.access"].search([("model_id.model", "=", self.record._name)]).unlink()
        here = self.record.with_user(self.employee)
        with self.assertRaises(AccessError):
            here.check_access("read")
        own = self.file("own.txt", "text/plain", self.employee)
        answer = here.message_post(
            body="y", parent_id=message.id, attachment_ids=own.ids, attachments=[("new.txt", b"x")]
        )
        files = answer.sudo().attachment_ids
        self.assertEqual(set(files.mapped("name")), {"own.txt", "new.txt"})
        self.assertEqual(set(files.mapped("res_id")), {self.record.id})
