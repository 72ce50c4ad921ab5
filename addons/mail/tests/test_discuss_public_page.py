"""Pages on which visitors talk (D80, D87, E7)."""

import json
import re

from odoo.tests import HttpCase, tagged

from .common import mail_new_test_user


@tagged("-at_install", "post_install")
class TestPublicPage(HttpCase):
    """Links to an open room, to a group, and to a room of the house."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anna = mail_new_test_user(cls.env, "anna", name="Anna", password="anna-anna", email="a@house.example")
        channels = cls.env["discuss.channel"].with_user(cls.anna)
        cls.room = channels.channel_create("Room", None)
        cls.house = channels.channel_create("House", cls.env.ref("base.group_user").id)
        cls.team = channels.create_group([], name="Team")

    def visit(self, path, status=200):
        """Return what the store of the page at an address begins with, nothing when there is no such page."""
        reply = self.url_open(path, allow_redirects=False)
        self.assertEqual(reply.status_code, status, path)
        found = re.search(r"odoo\.__session_info__ = (\{.*\});", reply.text)
        return json.loads(found[1])["storeData"] if found else None

    def guest(self):
        """Return the guest that the browser remembers."""
        return self.env["mail.guest"]._get_guest_from_token(self.opener.cookies.get("dgid", ""))

    def test_invitation(self):
        """D87: a stranger becomes a guest of that channel alone, who is welcomed once."""
        self.authenticate(None, None)
        told = self.visit(self.team.invitation_url)
        guest = self.guest()
        self.assertEqual(self.team.sudo().channel_member_ids.guest_id, guest)
        self.assertEqual(told["Store"]["discuss_public_thread"]["id"], self.team.id)
        self.assertEqual(told["Store"]["self"], {"id": guest.id, "type": "guest"})
        self.assertTrue(told["Store"]["inPublicPage"] and told["Store"]["isChannelTokenSecret"])
        self.assertTrue(told["Store"]["shouldDisplayWelcomeViewInitially"])
        self.assertEqual([channel["id"] for channel in told["discuss.channel"]], [self.team.id])
        again = self.visit(self.team.invitation_url)
        self.assertNotIn("shouldDisplayWelcomeViewInitially", again["Store"])
        self.assertEqual((self.guest(), len(self.team.sudo().channel_member_ids)), (guest, 2))
        self.visit(f"/discuss/channel/{self.team.id}")
        self.visit(f"/discuss/channel/{self.house.id}", 404)
        place = {"raw": b"plan", "res_model": "discuss.channel"}
        files = self.env["ir.attachment"].create(
            [{**place, "name": channel.name, "res_id": channel.id} for channel in (self.team, self.house)]
        )
        for channel, file, status in zip((self.team, self.house), files, (200, 404), strict=True):
            reply = self.url_open(f"/discuss/channel/{channel.id}/attachment/{file.id}")
            self.assertEqual(reply.status_code, status)
        self.visit(f"/web/content/{files[0].id}", 404)

    def test_closed(self):
        """D87: neither a wrong token nor the right one lets strangers into what is for others."""
        self.authenticate(None, None)
        thread = self.house._create_sub_channel(name="Corner")
        other = mail_new_test_user(self.env, "otto", name="Otto", email="o@house.example")
        chat = self.env["discuss.channel"].with_user(self.anna).channel_get(other.partner_id.ids)
        pages = [f"/chat/{self.team.id}/wrong", f"/discuss/channel/{self.team.id}", "/chat/0/x", "/discuss/channel/0"]
        pages += [f"/chat/{channel.id}/{channel.uuid}" for channel in (self.house, thread, chat)]
        for path in pages:
            self.visit(path, 404)
        self.assertFalse(self.guest())
        self.authenticate("anna", "anna-anna")
        told = self.visit(self.house.invitation_url)
        self.assertEqual(told["Store"]["self"]["id"], self.anna.partner_id.id)

    def test_tokens(self):
        """D87: links make channels where the database says so, and lead to the same one then."""
        self.authenticate(None, None)
        self.visit("/chat/fair-2026", 404)
        self.env["ir.config_parameter"].set_param("mail.chat_from_token", "True")
        told = self.visit("/meet/fair-2026/Fair")
        channel = self.env["discuss.channel"].search([("uuid", "=", "fair-2026")])
        values = (channel.name, channel.default_display_mode, channel.group_public_id.id, channel.channel_type)
        self.assertEqual(values, ("Fair", "video_full_screen", False, "channel"))
        self.assertFalse(told["Store"]["isChannelTokenSecret"])
        self.assertEqual(self.visit("/chat/fair-2026")["Store"]["discuss_public_thread"]["id"], channel.id)
        self.visit(f"/chat/{'x' * 51}", 404)
        self.visit(f"/chat/{self.house.uuid}", 404)

    def test_link_of_a_message(self):
        """D80, E7: colleagues come to the application, strangers to the page of an open channel."""
        message = self.room.message_post(body="Hello", message_type="comment")
        closed = self.team.message_post(body="Hello", message_type="comment")
        self.authenticate(None, None)
        self.assertEqual(self.visit(f"/mail/message/{message.id}")["Store"]["highlightMessage"], message.id)
        self.visit(f"/mail/message/{closed.id}", 303)
        self.authenticate("anna", "anna-anna")
        reply = self.url_open(f"/mail/message/{message.id}", allow_redirects=False)
        place = f"active_id={self.room.id}&highlight_message_id={message.id}"
        self.assertTrue(reply.headers["Location"].endswith(f"/odoo/action-mail.action_discuss?{place}"))
        mail_new_test_user(self.env, "otto", name="Otto", password="otto-otto", email="o@house.example")
        self.authenticate("otto", "otto-otto")
        self.visit(f"/mail/message/{closed.id}", 401)
