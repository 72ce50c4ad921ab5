"""What browsers of users and guests ask of channels."""

import json
import re
from base64 import b64decode, b64encode
from datetime import timedelta
from functools import partial
from io import BytesIO
from json import dumps
from unittest.mock import patch

import requests
from markupsafe import Markup
from PIL import Image

from odoo import fields
from odoo.addons.mail.controllers import google_translate
from odoo.addons.mail.controllers.discuss import gif
from odoo.addons.mail.models.discuss import mail_link_preview
from odoo.addons.mail.tools import public_web
from odoo.addons.mail.tools.link_preview import _of_html
from odoo.http import Request
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from .common import mail_new_test_user


@tagged("-at_install", "post_install")
class TestChannelRoutes(HttpCase):
    """A user and a guest in an open channel."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anna = mail_new_test_user(cls.env, "anna", name="Anna", password="anna-anna", email="a@house.example")
        cls.guest = cls.env["mail.guest"].create({"name": "Gus"})
        cls.room = cls.env["discuss.channel"].with_user(cls.anna).channel_create("Room", None)
        cls.closed = cls.env["discuss.channel"].with_user(cls.anna).create_group([], name="Closed")

    def ask(self, route, **params):
        """Return the answer of a route, as the browser that is logged in, or as the guest."""
        cookies = {"dgid": self.guest._format_auth_cookie()} if not self.session.uid else {}
        data = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        reply = self.url_open(route, data, headers={"Content-Type": "application/json"}, cookies=cookies).json()
        return reply.get("result", reply.get("error"))

    def post(self, channel, body, **data):
        """Post in a channel, and return the message as the store takes it."""
        values = {"body": body, "message_type": "comment", "subtype_xmlid": "mail.mt_comment", **data}
        told = self.ask("/mail/message/post", thread_model="discuss.channel", thread_id=channel.id, post_data=values)
        return told["mail.message"][0] if "mail.message" in told else told

    def test_guest(self):
        """D45, D52, D64, D79, D85, D86, E3, E5: a guest joins, writes, reacts, and is called otherwise."""
        self.authenticate(None, None)
        self.assertEqual(self.ask("/discuss/channel/messages", channel_id=self.closed.id)["code"], 404)
        self.assertEqual(self.ask("/discuss/channel/info", channel_id=self.closed.id), None)
        self.assertNotIn("discuss.channel", self.ask("/mail/data", init_messaging={}, channels_as_member=True))
        joined = self.ask("/discuss/channel/join", channel_id=self.room.id)
        self.assertEqual(joined["discuss.channel"][0]["memberCount"], 2)
        message = self.post(self.room, "Hello from outside")
        self.assertEqual(message["author"], {"id": self.guest.id, "type": "guest"})
        told = self.ask("/mail/message/reaction", message_id=message["id"], content="👍", action="add")
        self.assertEqual(told["MessageReactions"][0]["personas"], [{"id": self.guest.id, "type": "guest"}])
        self.ask("/mail/message/reaction", message_id=message["id"], content="👍", action="add")
        self.assertEqual(len(self.env["mail.message"].browse(message["id"]).reaction_ids), 1)
        refused = self.ask("/mail/message/reaction", message_id=message["id"], content="👍" * 1000, action="add")
        self.assertEqual(refused["data"]["name"], "odoo.exceptions.UserError")
        refused = self.post(self.room, "x" * 200_000)
        self.assertEqual(refused["data"]["name"], "odoo.exceptions.UserError")
        self.ask("/mail/guest/update_name", guest_id=self.guest.id, name=" Gustav ")
        self.assertEqual(self.guest.name, "Gustav")
        page = self.ask("/discuss/channel/messages", channel_id=self.room.id, search_term="outside")
        self.assertEqual((page["count"], page["messages"]), (1, [message["id"]]))
        self.assertIn("discuss.channel", self.ask("/mail/data", init_messaging={}, channels_as_member=True))
        upload = {"thread_id": self.room.id, "thread_model": "discuss.channel"}
        files = {"ufile": ("a.txt", b"text", "text/plain")}
        cookies = {"dgid": self.guest._format_auth_cookie()}
        login = self.url_open("/web/login").text
        token = {"csrf_token": re.search(r'name="csrf_token" value="([^"]+)"', login)[1]}
        reply = self.url_open("/mail/attachment/upload", data={**upload, **token}, files=files, cookies=cookies)
        self.assertEqual(reply.status_code, 403)

    def test_pictures(self):
        """D53: members of a channel see the pictures of each other, and those of nobody else."""
        square = BytesIO()
        Image.new("RGB", (8, 8), "red").save(square, "PNG")
        red = b64encode(square.getvalue())
        self.anna.partner_id.image_1920 = self.guest.image_1920 = red
        picture = b64decode(self.anna.partner_id.avatar_128)
        self.authenticate(None, None)

        def seen(person):
            cookies = {"dgid": self.guest._format_auth_cookie()}
            return self.url_open(f"/web/image/{person._name}/{person.id}/avatar_128", cookies=cookies).content

        self.assertNotEqual(seen(self.anna.partner_id), picture)
        self.room.sudo().add_members(guest_ids=self.guest.ids)
        self.assertEqual(seen(self.anna.partner_id), picture)
        self.assertEqual(seen(self.guest), picture)
        stranger = mail_new_test_user(self.env, "strange", email="s@house.example").partner_id
        stranger.image_1920 = red
        self.assertNotEqual(seen(stranger), picture)

    def test_member(self):
        """D34, D70, D86, D88, C33: reading, folding, silence, threads; a message keeps the number of its page."""
        self.authenticate("anna", "anna-anna")
        first = self.post(self.room, "One")
        self.post(self.room, "Two", special_mentions=["everyone"])
        self.ask("/discuss/channel/mark_as_unread", channel_id=self.room.id, message_id=first["id"])
        told = self.ask("/mail/data", channels_as_member=True, init_messaging={}, canned_responses=True)
        [mine] = [one for one in told["discuss.channel.member"] if one["thread"]["id"] == self.room.id]
        self.assertEqual(mine["message_unread_counter"], 2)
        self.assertGreaterEqual(told["Store"]["initChannelsUnreadCounter"], 1)
        self.ask("/discuss/channel/mark_as_read", channel_id=self.room.id, last_message_id=first["id"] + 1)
        self.ask("/discuss/channel/fold", channel_id=self.room.id, state="folded", state_count=1)
        self.assertEqual(
            self.ask("/discuss/channel/fold", channel_id=self.room.id, state="x", state_count=1)["code"], 404
        )
        told = self.ask("/mail/action", init_messaging={})
        [shown] = told["discuss.channel"]
        self.assertEqual((shown["id"], shown["state"]), (self.room.id, "folded"))
        self.ask("/discuss/settings/mute", minutes=15, channel_id=self.room.id)
        self.ask("/discuss/settings/custom_notifications", custom_notifications="all")
        member = self.room.sudo().channel_member_ids
        self.assertTrue(member.mute_until_dt)
        self.assertEqual(self.anna.res_users_settings_id.channel_notifications, "all")
        thread = self.ask(
            "/discuss/channel/sub_channel/create", parent_channel_id=self.room.id, from_message_id=first["id"]
        )
        found = self.ask("/discuss/channel/sub_channel/fetch", parent_channel_id=self.room.id, search_term="One")
        self.assertEqual(found["discuss.channel"][0]["id"], thread["sub_channel"]["id"])
        call = self.ask("/mail/rtc/channel/join_call", channel_id=self.room.id)
        self.assertEqual(len(call["discuss.channel.rtc.session"]), 1)
        self.ask("/mail/rtc/channel/leave_call", channel_id=self.room.id)
        self.assertFalse(self.room.sudo().rtc_session_ids)

    def test_calls(self):
        """D95, D96, D97: who calls rings others; messages go from browser to browser, of one's own session only."""
        ben = mail_new_test_user(self.env, "ben", name="Ben", password="ben-ben-ben", email="b@house.example")
        group = self.env["discuss.channel"].with_user(self.anna).create_group(ben.partner_id.ids, name="Call").sudo()
        sessions = self.env["discuss.channel.rtc.session"]
        self.authenticate("anna", "anna-anna")
        self.ask("/mail/rtc/channel/join_call", channel_id=group.id)
        first = group.rtc_session_ids
        of_ben = group.channel_member_ids.filtered(lambda member: member.partner_id == ben.partner_id)
        self.assertEqual(of_ben.rtc_inviting_session_id, first)
        self.authenticate("ben", "ben-ben-ben")
        told = self.ask("/mail/rtc/channel/join_call", channel_id=group.id, check_rtc_session_ids=[0])
        self.assertFalse(of_ben.rtc_inviting_session_id)
        second = group.rtc_session_ids - first
        self.assertEqual(told["Rtc"]["selfSession"], second.id)
        self.assertEqual(told["discuss.channel"][0]["rtcSessions"][1], ["DELETE", [0]])
        bus = self.env["bus.bus"].sudo()
        bus.search([]).unlink()
        for sender in (second, first):
            self.ask("/mail/rtc/session/notify_call_members", peer_notifications=[[sender.id, [first.id], "hello"]])
            self.ask("/mail/rtc/session/update_and_broadcast", session_id=sender.id, values={"is_muted": True, "id": 0})
        self.assertEqual((second.is_muted, first.is_muted), (True, False))
        rows = [json.loads(row.message) for row in bus.search([], order="id")]
        notified = [row["payload"] for row in rows if row["type"].endswith("/peer_notification")]
        self.assertEqual(notified, [{"notifications": ["hello"], "sender": second.id}])
        with freeze_time(fields.Datetime.now() + timedelta(minutes=2)):
            second.write({})
            second.flush_recordset()
            pinged = self.ask(
                "/discuss/channel/ping",
                channel_id=group.id,
                rtc_session_id=second.id,
                check_rtc_session_ids=(first | second).ids,
            )
        self.assertEqual(pinged["discuss.channel"][0]["rtcSessions"], [["ADD", second.ids], ["DELETE", first.ids]])
        self.ask("/mail/rtc/channel/leave_call", channel_id=group.id)
        self.assertFalse(sessions.search([("channel_id", "=", group.id)]))

    def test_threads_of_messages(self):
        """D86: a page of messages says which threads began with them."""
        self.authenticate("anna", "anna-anna")
        first, second = self.post(self.room, "One"), self.post(self.room, "Two")
        place = {"parent_channel_id": self.room.id, "from_message_id": first["id"]}
        thread = self.ask("/discuss/channel/sub_channel/create", **place)["sub_channel"]
        page = self.ask("/discuss/channel/messages", channel_id=self.room.id)
        self.assertIn(second["id"], page["messages"])
        [told] = [one for one in page["data"]["discuss.channel"] if one["id"] == thread["id"]]
        self.assertEqual((told["from_message_id"], told["name"]), (first["id"], "One"))

    def test_translation(self):
        """D85, D78: a message is put into the user's language once, and again when it says something else."""
        self.authenticate("anna", "anna-anna")
        message = self.env["mail.message"].browse(self.post(self.room, "Guten Tag")["id"])
        hidden = self.env["discuss.channel"].create_group([], name="Others").message_post(body="x")
        translate = partial(self.ask, "/mail/message/translate")
        self.assertIn("key", translate(message_id=message.id)["error"])
        self.env["ir.config_parameter"].set_param("mail.google_translate_api_key", "secret")
        asked = []

        def service(url, params, json, timeout):
            asked.append(json)
            answer = requests.Response()
            answer.status_code = 200 if len(asked) < 3 else 503
            found = {"detectedSourceLanguage": "de", "translatedText": f"<p>Good day</p><script>{len(asked)}</script>"}
            answer._content = dumps({"data": {"translations": [found]}}).encode()
            return answer

        with patch.object(google_translate.requests, "post", service), mute_logger(google_translate.__name__):
            for _time in range(2):
                told = translate(message_id=message.id)
                self.assertEqual(told, {"body": "<p>Good day</p>", "lang_name": "German"})
            self.assertEqual([(one["target"], one["format"]) for one in asked], [("en", "html")])
            self.room.with_user(self.anna)._message_update_content(message, "Gute Nacht")
            translate(message_id=message.id)
            self.assertEqual(len(asked), 2)
            self.room.with_user(self.anna)._message_update_content(message, "Guten Morgen")
            self.assertIn("later", translate(message_id=message.id)["error"])
            self.assertEqual(translate(message_id=hidden.id)["code"], 404)
        old = self.env["mail.message.translation"].create(
            {"body": "x", "message_id": message.id, "source_lang": "de", "target_lang": "fr"}
        )
        with freeze_time(fields.Datetime.now() + timedelta(weeks=3)):
            old._gc_translations()
        self.assertFalse(old.exists())

    def test_moving_pictures(self):
        """D89: pictures of the service are found and kept, where the settings have a key."""
        self.authenticate("anna", "anna-anna")
        self.assertEqual(self.ask("/discuss/gif/search", search_term="cat")["code"], 404)
        self.env["ir.config_parameter"].set_param("discuss.tenor_api_key", "secret")
        asked = []

        def service(url, params, timeout):
            asked.append((url.rpartition("/")[2], params))
            answer = requests.Response()
            answer.status_code = 500 if params.get("q") == "broken" else 200
            answer._content = dumps({"results": [{"id": "12"}], "tags": [], "next": "n"}).encode()
            return answer

        with patch.object(gif.requests, "get", service), mute_logger(gif.__name__, "odoo.http"):
            found = self.ask("/discuss/gif/search", search_term="cat", locale="fr", country="../x", position="p")
            self.assertEqual((found["next"], asked[-1][0]), ("n", "search"))
            given = {"q": "cat", "locale": "fr_US", "pos": "p", "limit": 8, "contentfilter": "low"}
            self.assertEqual({name: asked[-1][1][name] for name in given}, given)
            self.assertEqual(self.ask("/discuss/gif/categories")["tags"], [])
            broken = self.ask("/discuss/gif/search", search_term="broken")
            self.assertEqual(broken["data"]["name"], "odoo.exceptions.UserError")
            self.assertEqual(self.ask("/discuss/gif/favorites"), [[]])
            for _time in range(2):
                self.ask("/discuss/gif/add_favorite", tenor_gif_id="12")
            self.env["discuss.gif.favorite"].create({"tenor_gif_id": "of somebody else"})
            self.assertEqual(self.ask("/discuss/gif/favorites"), [[{"id": "12"}]])
            self.assertEqual(asked[-1][1]["ids"], "12")
            self.ask("/discuss/gif/remove_favorite", tenor_gif_id="12")
            self.assertEqual(self.ask("/discuss/gif/favorites"), [[]])
            refused = self.ask("/discuss/gif/add_favorite", tenor_gif_id="1&key=2")
            self.assertEqual(refused["data"]["name"], "werkzeug.exceptions.BadRequest")

    def test_voices(self):
        """D82, D90: what was spoken is told from other files."""
        self.authenticate("anna", "anna-anna")
        upload = {"thread_id": self.room.id, "thread_model": "discuss.channel", "is_pending": "true"}
        token = {"csrf_token": Request.csrf_token(self)}
        for more, is_voice in (({"voice": "true"}, True), ({}, False)):
            files = {"ufile": ("voice.webm", b"sound", "audio/webm")}
            told = self.url_open("/mail/attachment/upload", data={**upload, **token, **more}, files=files).json()
            self.assertIs(told["data"]["ir.attachment"][0]["voice"], is_voice)
        message = self.room.message_post(body="", attachments=[("a.webm", b"x", {"voice": True}), ("b.webm", b"x")])
        self.assertEqual([bool(file.voice_ids) for file in message.attachment_ids.sorted("id")], [True, False])


@tagged("-at_install", "post_install")
class TestLinkPreviews(HttpCase):
    """Cards below links (D84, E15)."""

    def test_pages(self):
        """E15: what the head of a page says, its title otherwise; nothing without one."""
        page = public_web.Page("https://x.example", "text/html", b"<head><title>T</title></head>")
        told = _of_html("https://x.example", page)
        self.assertEqual((told["og_title"], told["og_image"], len(told)), ("T", None, 7))
        page.content = b'<meta property="og:title" content="O"><meta property="og:image" content="javascript:1">'
        told = _of_html("https://x.example", page)
        self.assertEqual((told["og_title"], told["og_image"]), ("O", None))
        page.content = b"<p>nothing</p>"
        self.assertFalse(_of_html("https://x.example", page))

    def test_private_hosts(self):
        """Nobody has the server ask hosts of its own network."""
        for url in (f"{self.base_url()}/web/login", "http://127.0.0.1:1/", "http://[::1]:1/", "file:///etc/passwd"):
            self.assertIsNone(public_web.fetch(url))

    def test_messages(self):
        """D84: previews follow the links of a message, in order, few of them, none of our own pages."""
        room = self.env["discuss.channel"].channel_create("Links", None)
        own = f"{self.env['mail.link.preview'].get_base_url()}/odoo/contacts"
        links = [f"https://x.example/{number}" for number in range(9)]
        body = "".join(f"<a href='{url}'>x</a>" for url in [own, links[0], *links])
        message = room.message_post(body=Markup(body), message_type="comment")
        asked = []

        def look(url, _session):
            asked.append(url)
            return {"og_title": url, "source_url": url}

        previews = self.env["mail.link.preview"]
        with patch.object(mail_link_preview, "get_link_preview_from_url", look):
            previews._create_from_message_and_notify(message)
            self.assertEqual(asked, links[:6])
            message.link_preview_ids[0]._hide_and_notify()
            previews._create_from_message_and_notify(message)
        self.assertEqual(len(asked), 6, "what is known is not asked for again")
        self.assertEqual(len(message.link_preview_ids), 6)
        self.assertTrue(message.link_preview_ids.filtered("is_hidden"))
