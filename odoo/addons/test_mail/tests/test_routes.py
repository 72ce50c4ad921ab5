"""Routes of the chatter and links of e-mails (T430 to T436)."""

import json

from odoo.http import Request
from odoo.tests import HttpCase, tagged
from odoo.tests.common import JsonRpcException

from .common import MailCase


@tagged("mail_routes")
class TestRoutes(MailCase, HttpCase):
    def post(self, login, text="Hi", **values):
        """Post by the route, and return the message."""
        self.authenticate(login, login.ljust(8, "x"))
        result = self.make_jsonrpc_request(
            "/mail/message/post",
            {
                "thread_model": self.record._name,
                "thread_id": self.record.id,
                "post_data": {
                    "body": text,
                    "message_type": "comment",
                    "subtype_xmlid": "mail.mt_comment",
                    "author_id": self.customer.id,
                    **values,
                },
            },
        )
        return self.env["mail.message"].browse(result["mail.message"][0]["id"])

    def test_what_is_no_number_is_a_bad_request(self):
        self.authenticate("admin", "admin")
        partner = self.env.user.partner_id
        place = {"thread_model": "res.partner", "thread_id": partner.id}
        message = partner.message_post(body="Here")
        channel = self.env["discuss.channel"].create({"name": "Talk"})
        calls = {
            "mail/thread/messages": ({**place}, ("limit", "before", "after", "around")),
            "mail/inbox/messages": ({}, ("limit", "before")),
            "mail/read_subscription_data": ({}, ("follower_id",)),
            "mail/message/reaction": ({"content": "x", "action": "add"}, ("message_id",)),
            "mail/message/update_content": ({"body": "x", "attachment_ids": []}, ("message_id",)),
            "mail/attachment/delete": ({}, ("attachment_id",)),
            "discuss/channel/messages": ({"channel_id": channel.id}, ("limit", "around")),
            "discuss/channel/attachments": ({"channel_id": channel.id}, ("limit", "before")),
            "discuss/channel/members": ({"channel_id": channel.id}, ("known_member_ids",)),
            "mail/link_preview": ({}, ("message_id",)),
        }
        for route, (params, names) in calls.items():
            for name in names:
                for value in ("x", {"x": 1}, 2**40):
                    with self.subTest(route=route, name=name, value=value):
                        with self.assertRaises(JsonRpcException) as raised:
                            self.make_jsonrpc_request(f"/{route}", {**params, name: value})
                        self.assertIn("BadRequest", str(raised.exception))
        for limit in (-1, 0):
            found = self.make_jsonrpc_request("/mail/thread/messages", {**place, "limit": limit})
            self.assertEqual(found["messages"], message.ids)

    def test_posting_and_reading(self):
        message = self.post("emp", "<b>Hi</b>", partner_ids=self.reader.partner_id.ids)
        self.assertEqual(message.author_id, self.employee.partner_id, "nobody writes as somebody else")
        self.assertEqual(message.body, "<b>Hi</b>")
        self.authenticate("inb", "inbxxxxx")
        inbox = self.make_jsonrpc_request("/mail/inbox/messages", {})
        self.assertEqual(inbox["messages"], message.ids)
        page = self.make_jsonrpc_request(
            "/mail/thread/messages", {"thread_model": self.record._name, "thread_id": self.record.id}
        )
        self.assertIn(message.id, page["messages"])
        self.assertFalse(self.make_jsonrpc_request("/mail/inbox/messages", {})["messages"], "it is read now")
        data = self.make_jsonrpc_request(
            "/mail/thread/data",
            {
                "thread_model": self.record._name,
                "thread_id": self.record.id,
                "request_list": ["followers", "attachments", "suggestedRecipients"],
            },
        )
        thread = next(row for row in data["mail.thread"] if row["id"] == self.record.id)
        self.assertTrue(thread["hasWriteAccess"])
        self.assertEqual(thread["followersCount"], 1)

    def test_who_may_post_and_change(self):
        message = self.post("emp")
        change = {"message_id": message.id, "body": "changed", "attachment_ids": None}
        self.make_jsonrpc_request("/mail/message/update_content", change)
        self.assertIn("changed", message.body)
        self.authenticate("inb", "inbxxxxx")
        for login in ("inb", "port"):
            self.authenticate(login, login.ljust(8, "x"))
            with self.subTest(login), self.assertRaises(JsonRpcException):
                self.make_jsonrpc_request("/mail/message/update_content", change)
        with self.assertRaises(JsonRpcException):
            self.post("port")
        closed = self.make_jsonrpc_request(
            "/mail/thread/data", {"thread_model": "mail.test.ticket", "thread_id": 1, "request_list": ["followers"]}
        )
        self.assertFalse(closed["mail.thread"][0]["hasReadAccess"])

    def test_files(self):
        self.authenticate("emp", "empxxxxx")
        answer = self.url_open(
            "/mail/attachment/upload",
            data={
                "csrf_token": Request.csrf_token(self),
                "is_pending": "true",
                "thread_id": self.record.id,
                "thread_model": self.record._name,
            },
            files={"ufile": ("a.txt", b"text", "text/plain")},
        )
        (file,) = json.loads(answer.text)["data"]["ir.attachment"]
        pending = self.env["ir.attachment"].browse(file["id"])
        self.assertEqual((pending.res_model, pending.res_id), ("mail.compose.message", 0))
        message = self.post("emp", attachment_ids=pending.ids)
        self.assertEqual(message.attachment_ids, pending)
        self.assertEqual((pending.res_model, pending.res_id), (self.record._name, self.record.id))
        other = self.env["ir.attachment"].create({"name": "secret", "raw": b"x", "res_model": "ir.cron", "res_id": 1})
        with self.assertRaises(JsonRpcException):
            self.post("emp", attachment_ids=other.ids)
        self.make_jsonrpc_request("/mail/attachment/delete", {"attachment_id": pending.id})
        self.assertFalse(pending.exists())

    def test_reactions(self):
        message = self.post("emp")
        params = {"message_id": message.id, "content": "👍", "action": "add"}
        result = self.make_jsonrpc_request("/mail/message/reaction", params)
        self.assertEqual(result["MessageReactions"][0]["count"], 1)

    def test_t523_who_may_react(self):
        closed = self.env["mail.test.access"].create({"name": "closed"})
        message = closed.message_post(body="x", message_type="comment", subtype_xmlid="mail.mt_comment")
        note = self.record.message_post(body="Between us")
        params = {"content": "👍", "action": "add"}

        def react(login, to):
            self.authenticate(login, login and login.ljust(8, "x"))
            self.make_jsonrpc_request("/mail/message/reaction", {**params, "message_id": to.id})

        self.patch(type(closed), "_mail_post_access", "write")
        for login, to in (("emp", message), ("port", note), (None, message), (None, note)):
            with self.subTest(login=login), self.assertRaises(JsonRpcException) as caught:
                react(login, to)
            self.assertIn("NotFound", str(caught.exception))
        self.assertFalse((message | note).reaction_ids)
        self.patch(type(closed), "_mail_post_access", "read")
        react("emp", message)
        self.assertEqual(message.reaction_ids.partner_id, self.employee.partner_id)

    def test_what_names_no_document_is_not_found(self):
        self.authenticate(None, None)
        for name, id_ in (("res.partner", "abc"), ("res.partner", {"a": 1}), (["res.partner"], 1), ("res.none", 1)):
            place = {"thread_model": name, "thread_id": id_}
            for route, more in (("thread/data", {"request_list": []}), ("message/post", {"post_data": {"body": "x"}})):
                with self.subTest(route=route, **place), self.assertRaises(JsonRpcException) as caught:
                    self.make_jsonrpc_request(f"/mail/{route}", {**place, **more})
                self.assertIn("NotFound", str(caught.exception))

    def test_links(self):
        link = f"/mail/view?model={self.record._name}&res_id={self.record.id}"
        self.authenticate(None, None)
        self.assertIn("/web/login", self.url_open(link, allow_redirects=False).headers["Location"])
        self.authenticate("emp", "empxxxxx")
        location = self.url_open(link, allow_redirects=False).headers["Location"]
        self.assertTrue(location.endswith(f"/odoo/{self.record._name}/{self.record.id}"), location)
        message = self.post("emp")
        location = self.url_open(f"/mail/message/{message.id}", allow_redirects=False).headers["Location"]
        self.assertIn(f"highlight_message_id={message.id}", location)
        self.assertEqual(self.url_open("/mail/message/0").status_code, 404)

    def test_unfollowing(self):
        self.record.message_subscribe(self.customer.ids)
        link = self.record._notify_get_action_link("unfollow", pid=self.customer.id)
        path = link[link.index("/mail/") :]
        self.authenticate(None, None)
        self.assertEqual(self.url_open(path.replace("pid=", "pid=1")).status_code, 403)
        self.assertIn(self.customer, self.record.message_partner_ids)
        answer = self.url_open(path)
        self.assertEqual(answer.status_code, 200)
        self.assertIn("You follow it no longer", answer.text)
        self.record.invalidate_recordset()
        self.assertNotIn(self.customer, self.record.message_partner_ids)

    def test_subscriptions(self):
        self.record.message_subscribe(self.reader.partner_id.ids)
        self.authenticate("emp", "empxxxxx")
        rows = self.make_jsonrpc_request(
            "/mail/read_subscription_data", {"follower_id": self.record.message_follower_ids.id}
        )
        followed = {row["name"] for row in rows if row["followed"]}
        self.assertEqual(followed, {"Discussions"})
