import base64

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import PortalCase


@tagged("post_install", "-at_install")
class TestChatter(PortalCase, HttpCase):
    """The talk about documents (PRT)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        document = cls.document.with_user(cls.employee)
        cls.hello = document.message_post(body="Hello", message_type="comment", subtype_xmlid="mail.mt_comment")
        cls.note = document.message_post(body="A note", subtype_xmlid="mail.mt_note")
        cls.hidden = document.message_post(body="Hidden", message_type="comment", subtype_xmlid="mail.mt_comment")
        cls.hidden.is_internal = True
        cls.place = {"thread_model": cls.document._name, "thread_id": cls.document.id}

    def call(self, path, **params):
        """Return what a route answers, or the name of its error."""
        answer = self.url_open(path, json={"params": params}).json()
        return answer["result"] if "result" in answer else answer["error"]["data"]["name"]

    def fetch(self, **link):
        answer = self.call("/mail/chatter_fetch", **self.place, **link)
        return answer if isinstance(answer, str) else answer["messages"]

    def post(self, body="Mine", **link):
        post_data = {"body": body, "subtype_xmlid": "mail.mt_note", "message_type": "notification"}
        with mute_logger("odoo.http"):
            return self.call("/mail/message/post", **self.place, **link, post_data=post_data)

    def newest(self):
        return self.document.message_ids[:1]

    def test_prt_40_who_sees_what(self):
        with mute_logger("odoo.http"):
            for wrong in ({}, {"token": "wrong"}, {**self.link, "pid": 1}):
                self.assertEqual(self.fetch(**wrong), "werkzeug.exceptions.Forbidden")
            self.assertEqual(
                self.call("/mail/chatter_fetch", thread_model="ir.config_parameter", thread_id=1),
                "werkzeug.exceptions.NotFound",
            )
        for right in ({"token": self.token}, self.link):
            self.assertEqual(self.fetch(**right), [self.hello.id])
        self.authenticate("porter", "porterxx")
        self.assertEqual(self.fetch(token=self.token), [self.hello.id])
        self.authenticate("emma", "emmaxxxx")
        self.assertEqual(self.fetch(), [self.hidden.id, self.hello.id])
        self.assertEqual(self.fetch(limit=1, before=self.hidden.id), [self.hello.id])

    def test_prt_40_links_show_users_of_the_house_no_more(self):
        model_id = self.env["ir.model"]._get_id(self.document._name)
        self.env["ir.rule"].create({"name": "Not Cora's", "model_id": model_id, "domain_force": [("name", "=", "x")]})
        self.authenticate("emma", "emmaxxxx")
        self.assertEqual(self.fetch(token=self.token), [self.hello.id])

    def test_prt_40_what_a_talk_begins_with(self):
        store = self.call("/portal/chatter_init", **self.place, **self.link)
        self.assertEqual(store["Store"]["self"], {"id": self.customer.id, "type": "partner"})
        self.assertIs(store["mail.thread"][0]["hasWriteAccess"], True)
        with mute_logger("odoo.http"):
            wrong = self.call("/portal/chatter_init", **self.place, token="wrong")
            for odd in (["doc"], None, "no.model"):
                answer = self.call("/mail/thread/data", thread_model=odd, thread_id=1, request_list=[])
                self.assertEqual(answer, "werkzeug.exceptions.NotFound")
        self.assertEqual(wrong, "werkzeug.exceptions.NotFound")
        data = {"request_list": ["followers", "attachments", "activities"]}
        closed = self.call("/mail/thread/data", **self.place, **data, token=self.token)
        self.assertNotIn("mail.followers", closed)
        self.assertNotIn("followers", closed["mail.thread"][0])

    def test_prt_40_hidden_messages(self):
        self.authenticate("porter", "porterxx")
        with mute_logger("odoo.http"):
            answer = self.call("/mail/update_is_internal", message_id=self.hello.id, is_internal=True)
        self.assertEqual(answer, "odoo.exceptions.AccessError")
        self.authenticate("emma", "emmaxxxx")
        self.assertIs(self.call("/mail/update_is_internal", message_id=self.hello.id, is_internal=True), True)
        self.assertTrue(self.hello.is_internal)

    def test_prt_41_messages(self):
        self.hello.sudo().attachment_ids = self.env["ir.attachment"].create({"name": "a.txt", "raw": b"a"})
        [shown] = self.hello.portal_message_format({"token": "t&"})
        self.assertEqual(shown["author_id"], [self.employee.partner_id.id, self.employee.partner_id.display_name])
        self.assertEqual(shown["author_avatar_url"].partition("?")[2], "access_token=t%26")
        self.assertEqual(
            (shown["body"], shown["is_internal"], shown["model"]), ("<p>Hello</p>", False, self.document._name)
        )
        self.assertFalse(shown["is_message_subtype_note"])
        [file] = shown["attachment_ids"]
        self.assertTrue(file["access_token"] and file["checksum"])
        self.assertEqual(file["filename"], "a.txt")
        [note] = self.note.portal_message_format()
        self.assertTrue(note["is_message_subtype_note"])
        self.note.subtype_id = False
        self.assertIs(self.note.portal_message_format()[0]["is_message_subtype_note"], False)
        [hashed] = self.hello.portal_message_format(self.link)
        self.assertIn(f"_hash={self.link['hash']}&pid={self.customer.id}", hashed["author_avatar_url"])

    def test_prt_42_prt_51_posting(self):
        for wrong in ({}, {"token": "wrong"}, {**self.link, "pid": self.user.partner_id.id}):
            self.assertEqual(self.post(**wrong), "werkzeug.exceptions.NotFound")
        self.assertEqual(self.newest(), self.hidden)
        other = self.user.partner_id
        for link, author in (
            ({"token": self.token}, self.customer),
            ({"token": self.token, "hash": self.document._sign_token(other.id), "pid": other.id}, other),
        ):
            self.post(**link)
            self.assertEqual(self.newest().author_id, author)
            self.assertRecordValues(
                self.newest(),
                [{"body": "<p>Mine</p>", "message_type": "comment", "is_internal": False}],
            )
            self.assertEqual(self.newest().subtype_id, self.env.ref("mail.mt_comment"))
        self.authenticate("porter", "porterxx")
        self.post(token=self.token)
        self.assertEqual(self.newest().author_id, other)
        self.authenticate("emma", "emmaxxxx")
        self.post(token="wrong")
        self.assertEqual(self.newest().author_id, self.employee.partner_id)

    def test_prt_42_changing_what_one_wrote(self):
        self.post(**self.link)
        message = self.newest()

        def change(message, **link):
            with mute_logger("odoo.http"):
                return self.call(
                    "/mail/message/update_content", message_id=message.id, body="New", attachment_ids=[], **link
                )

        for one, link in ((message, {}), (self.hello, self.link), (message, {"token": "wrong"})):
            self.assertEqual(change(one, **link), "werkzeug.exceptions.NotFound")
        change(message, **self.link)
        self.assertIn("New", message.body)
        react = {"message_id": self.hello.id, "content": "👍", "action": "add"}
        with mute_logger("odoo.http"):
            self.assertEqual(self.call("/mail/message/reaction", **react), "werkzeug.exceptions.NotFound")
        self.call("/mail/message/reaction", **react, **self.link)
        self.assertEqual(self.hello.sudo().reaction_ids.partner_id, self.customer)
        self.authenticate("porter", "porterxx")
        self.assertEqual(change(message, token=self.token), "werkzeug.exceptions.NotFound")

    def test_prt_51_files(self):
        def upload(**link):
            values = {**self.place, "is_pending": "true", **link}
            return self.url_open(
                "/mail/attachment/upload", data={**values, "csrf_token": token}, files={"ufile": ("a.txt", b"text")}
            )

        page = self.url_open(f"/my/documents/{self.document.id}?access_token={self.token}").text
        token = page.partition('csrf_token: "')[2].partition('"')[0]
        self.assertEqual(upload(token="wrong").status_code, 404)
        [file] = upload(**self.link).json()["data"]["ir.attachment"]
        self.assertTrue(file["access_token"])
        post_data = {"body": "With a file", "attachment_ids": [file["id"]]}
        with mute_logger("odoo.http"):
            refused = self.call("/mail/message/post", **self.place, **self.link, post_data=post_data)
        self.assertEqual(refused, "odoo.exceptions.UserError")
        tokens = [file["access_token"]]
        self.call("/mail/message/post", **self.place, **self.link, post_data=post_data, attachment_tokens=tokens)
        self.assertEqual(self.newest().attachment_ids.id, file["id"])

    def test_prt_40_prt_52_pictures(self):
        picture = base64.b64decode(
            b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
        )
        self.employee.partner_id.image_1920 = base64.b64encode(picture)
        path = f"/mail/avatar/mail.message/{self.hello.id}/author_avatar/50x50"
        right = self.url_open(f"{path}?access_token={self.token}")
        hashed = self.url_open(f"{path}?_hash={self.link['hash']}&pid={self.customer.id}")
        self.assertEqual(right.content, hashed.content)
        for wrong in ("", "?access_token=wrong", f"?_hash={self.link['hash']}&pid=1"):
            answer = self.url_open(path + wrong)
            self.assertEqual(answer.status_code, 200)
            self.assertNotEqual(answer.content, right.content)
