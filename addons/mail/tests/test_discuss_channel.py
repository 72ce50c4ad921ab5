"""Channels, their members, and what is told of them."""

import json
from types import SimpleNamespace
from unittest.mock import patch

from markupsafe import Markup
from psycopg2 import IntegrityError

from odoo import Command, fields
from odoo.addons.bus.models import ir_websocket as bus_websocket
from odoo.addons.mail.models.discuss import ir_websocket as discuss_websocket
from odoo.addons.mail.models.discuss import mail_guest, mail_push
from odoo.addons.mail.models.discuss.mail_push import InvalidVapidError
from odoo.addons.mail.tools.discuss import Store
from odoo.addons.mail.tools.web_push import DeviceUnreachableError
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import TransactionCase, tagged, users
from odoo.tools import mute_logger

from .bus_case import BusCase
from .common import mail_new_test_user


class DiscussCase(BusCase, TransactionCase):
    """Two users of the house, one from outside, a guest."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anna = mail_new_test_user(cls.env, "anna", name="Anna", email="anna@house.example")
        cls.ben = mail_new_test_user(cls.env, "ben", name="Ben", email="ben@house.example")
        cls.petra = mail_new_test_user(
            cls.env, "petra", groups="base.group_portal", name="Petra", email="p@out.example"
        )
        cls.guest = cls.env["mail.guest"].create({"name": "Gus"})
        cls.public = cls.env.ref("base.public_user")
        cls.channels = cls.env["discuss.channel"]

    def as_guest(self, records):
        """Return records as the guest sees them."""
        return records.with_user(self.public).with_context(guest=self.guest)

    def group_of(self, *users):
        """Return a group that Anna made with users."""
        made = self.channels.with_user(self.anna).create_group([user.partner_id.id for user in users], name="Crew")
        self.cr.precommit.run()
        return made


@tagged("-at_install", "post_install")
class TestChannels(DiscussCase):
    """What channels are, and how they are made."""

    def test_creation(self):
        """D24, D26, E12: the creator is a member; rooms are for the house unless said otherwise."""
        room = self.channels.with_user(self.anna).create({"name": "Room"})
        self.assertEqual(room.channel_partner_ids, self.anna.partner_id)
        self.assertEqual(room.group_public_id, self.env.ref("base.group_user"))
        self.assertEqual((len(room.uuid), room.invitation_url), (10, f"/chat/{room.id}/{room.uuid}"))
        self.assertTrue(room.avatar_128)
        self.assertNotEqual(room.avatar_cache_key, "no-avatar")
        free = self.channels.with_user(self.anna).channel_create("Free", None)
        self.assertFalse(free.group_public_id)
        group = self.group_of(self.ben)
        self.assertEqual(group.channel_type, "group")
        self.assertFalse(group.group_public_id)
        self.assertEqual(group.member_count, 2)
        with self.assertRaises(ValidationError):
            self.channels.create({"name": "x", "channel_partner_ids": [Command.create({"name": "y"})]})
        with self.assertRaises(ValidationError):
            self.channels.create({"name": "x", "channel_member_ids": [Command.create({"is_self": True})]})

    def test_limits(self):
        """D25, D27, D28, D30: what channels and members cannot be."""
        chat = self.channels.with_user(self.anna).channel_get(self.ben.partner_id.ids)
        with self.assertRaises(UserError):
            chat.sudo().add_members(self.petra.partner_id.ids)
        with self.assertRaises(UserError):
            chat.sudo().channel_type = "group"
        with self.assertRaises(AccessError):
            chat.sudo().channel_member_ids[0].partner_id = self.petra.partner_id
        with self.assertRaises(ValidationError):
            self.group_of(self.ben).sudo().group_ids = self.env.ref("base.group_user")
        with self.assertRaises(UserError):
            self.env.ref("mail.channel_all_employees").unlink()
        room = self.channels.create({"name": "Room"})
        with self.assertRaises(UserError):
            self.env["discuss.channel.member"].create({"partner_id": self.petra.partner_id.id})
        with self.assertRaises(ValidationError):
            room.add_members(self.public.partner_id.ids)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.cr.savepoint():
            self.env["discuss.channel.member"].create({"channel_id": room.id})

    def test_chats(self):
        """D41, E11: the chat of two people is found again, and one with oneself is another."""
        chats = self.channels.with_user(self.anna)
        chat = chats.channel_get(self.ben.partner_id.ids)
        self.assertEqual(chats.channel_get(self.ben.partner_id.ids), chat)
        self.assertEqual(self.channels.with_user(self.ben).channel_get(self.anna.partner_id.ids), chat)
        alone = chats.channel_get(self.anna.partner_id.ids)
        self.assertNotEqual(alone, chat)
        self.assertEqual(chats.channel_get([self.anna.partner_id.id, self.anna.partner_id.id]), alone)
        with self.assertRaises(UserError):
            chats.channel_get([self.ben.partner_id.id, self.petra.partner_id.id])
        other = chats.channel_get(self.petra.partner_id.ids)
        own = other.sudo().channel_member_ids.filtered(lambda member: member.partner_id == self.anna.partner_id)
        self.assertTrue(own.is_pinned)
        waiting = (other.sudo().channel_member_ids - own)[0]
        self.assertFalse(waiting.is_pinned, "the other sees the chat with its first message")
        other.message_post(body="Hello", message_type="comment")
        self.assertTrue(waiting.is_pinned)
        self.assertIn(other, self.channels.with_user(self.petra)._get_channels_as_member())

    def test_groups_of_users(self):
        """D29: the users of groups are members, and leave with their account."""
        group = self.env["res.groups"].create({"name": "Cooks", "users": [Command.link(self.anna.id)]})
        room = self.channels.create({"name": "Kitchen", "group_ids": [Command.link(group.id)]})
        self.assertIn(self.anna.partner_id, room.channel_partner_ids)
        self.ben.groups_id = [Command.link(group.id)]
        self.assertIn(self.ben.partner_id, room.channel_partner_ids)
        self.assertIn(self.ben.partner_id, self.env.ref("mail.channel_all_employees").channel_partner_ids)
        admin = self.env.ref("mail.channel_member_general_channel_for_admin")
        self.assertEqual(admin.partner_id, self.env.ref("base.partner_admin"))
        self.ben.active = False
        self.assertNotIn(self.ben.partner_id, room.channel_partner_ids)

    def test_threads(self):
        """D25, D44, D65: sub-channels begin with a message, and their members are those of the parent."""
        room = self.channels.with_user(self.anna).channel_create("Room", None)
        message = room.message_post(body="What about lunch at the river?", message_type="comment")
        thread = room._create_sub_channel(from_message_id=message.id)
        self.assertEqual((thread.parent_channel_id, thread.name), (room, "What about lunch at the river?"))
        self.assertEqual(thread.channel_partner_ids, self.anna.partner_id)
        with self.assertRaises(ValidationError):
            thread._create_sub_channel()
        thread.add_members(self.ben.partner_id.ids)
        self.assertIn(self.ben.partner_id, room.channel_partner_ids)
        room.with_user(self.ben).action_unfollow()
        self.assertNotIn(self.ben.partner_id, thread.channel_partner_ids)
        member = thread.sudo().channel_member_ids
        long_ago = fields.Datetime.subtract(fields.Datetime.now(), days=3)
        (member.last_interest_dt, thread.sudo().last_interest_dt) = (long_ago, long_ago)
        self.env["discuss.channel.member"]._gc_unpin_outdated_sub_channels()
        self.assertFalse(member.is_pinned)

    def test_suggestions_and_commands(self):
        """D46, D47: who is mentioned and invited, and what commands tell."""
        room = self.channels.with_user(self.anna).channel_create("Lunch <b>", None)
        found = self.channels.with_user(self.anna).get_mention_suggestions("lunch")
        self.assertEqual([(one["id"], one["model"]) for one in found], [(room.id, "discuss.channel")])
        partners = self.env["res.partner"].with_user(self.anna)
        invited = partners.search_for_channel_invite("ben", room.id)
        self.assertIn(self.ben.partner_id.id, [one["id"] for one in invited["data"]["res.partner"]])
        room.add_members(self.ben.partner_id.ids)
        self.assertEqual(partners.search_for_channel_invite("ben@house", room.id)["count"], 0)
        mentioned = partners.get_mention_suggestions_from_channel(room.id, "ben")
        self.assertEqual([one["id"] for one in mentioned["res.partner"]], self.ben.partner_id.ids)
        self.assertFalse(self.env["res.partner"].with_user(self.petra).get_mention_suggestions_from_channel(0, "b"))
        self._reset_bus()
        room.execute_command_who()
        room.execute_command_help()
        self.assertBusNotificationType([(self.anna.partner_id, "discuss.channel/transient_message")] * 2)
        self.assertIn("Ben", self._bus_rows()[0].message)
        self.assertNotIn("#Lunch <b>", self._bus_rows()[1].message)
        room.execute_command_leave()
        self.assertNotIn(self.anna.partner_id, room.channel_partner_ids)


@tagged("-at_install", "post_install")
class TestChannelAccess(DiscussCase):
    """Who may do what (D60 to D64)."""

    def allowed(self, who, channel, operation):
        """Tell whether a user, or the guest, may use a channel so."""
        records = channel.with_user(who) if who else self.as_guest(channel)
        return records.sudo(False).has_access(operation)

    def test_channels(self):
        """D61, D63: open rooms are read by all, closed ones by their group, groups by members."""
        open_room = self.channels.create({"name": "Open", "group_public_id": None})
        house = self.channels.create({"name": "House"})
        closed = self.channels.create({"name": "Closed", "group_public_id": self.env.ref("base.group_system").id})
        closed.add_members(self.anna.partner_id.ids)
        group = self.group_of(self.petra)
        group.sudo().add_members(guest_ids=self.guest.ids)
        everybody = (None, self.public, self.petra, self.anna, self.ben)
        for channel, readers, writers in (
            (open_room, everybody, (self.anna, self.ben)),
            (house, (self.anna, self.ben), (self.anna, self.ben)),
            (closed, (), ()),
            (group, (None, self.petra, self.anna), (self.anna,)),
        ):
            for who in everybody:
                with self.subTest(channel=channel.name, who=str(who)):
                    self.assertEqual(self.allowed(who, channel, "read"), who in readers)
                    self.assertEqual(self.allowed(who, channel, "write"), who in writers)
                    self.assertFalse(self.allowed(who, channel, "unlink"))

    def test_members(self):
        """D39, D62, D63: people join open rooms themselves; others are invited by users of the house."""
        open_room = self.channels.create({"name": "Open", "group_public_id": None})
        house = self.channels.create({"name": "House"})
        group = self.group_of(self.petra)
        self.as_guest(open_room).add_members(guest_ids=self.guest.ids)
        open_room.with_user(self.petra).add_members(self.petra.partner_id.ids)
        open_room.with_user(self.anna).add_members(self.ben.partner_id.ids)
        self.assertEqual(open_room.member_count, 4)
        for channel, who, partner in (
            (open_room, self.petra, self.anna.partner_id),
            (house, self.petra, self.petra.partner_id),
            (group, self.ben, self.ben.partner_id),
            (group, self.ben, self.public.partner_id),
            (group, self.petra, self.ben.partner_id),
        ):
            with self.subTest(channel=channel.name, who=who.login), self.assertRaises((AccessError, ValidationError)):
                channel.with_user(who).add_members(partner.ids)
        group.with_user(self.anna).add_members(self.ben.partner_id.ids)
        mine = group.sudo().channel_member_ids.filtered(lambda one: one.partner_id == self.petra.partner_id)
        self.assertTrue(mine.with_user(self.petra).sudo(False).has_access("write"))
        self.assertTrue(mine.with_user(self.anna).sudo(False).has_access("read"))
        self.assertFalse(mine.with_user(self.anna).sudo(False).has_access("write"))
        # what callers send is no proof that a creation was checked
        forged = {"mail_create_bypass_create_check": True}
        with self.assertRaises(AccessError):
            group.with_user(self.petra).with_context(**forged).add_members(self.public.partner_id.ids)

    def test_messages(self):
        """E3, E13: members read and write; answers stay in their room; comments alone are edited."""
        group = self.group_of(self.petra)
        message = group.message_post(body="Hello", message_type="comment", subtype_xmlid="mail.mt_comment")
        self.assertTrue(message.with_user(self.petra).has_access("read"))
        self.assertFalse(message.with_user(self.ben).has_access("read"))
        other = self.channels.with_user(self.anna).channel_create("Other", None)
        self.assertFalse(other.message_post(body="?", parent_id=message.id).parent_id)
        answer = group.message_post(body="!", parent_id=message.id)
        self.assertEqual(answer.parent_id, message)
        with self.assertRaises(UserError):
            group._message_update_content(answer, "x")
        with self.assertRaises(UserError):
            group.message_subscribe(self.ben.partner_id.ids)

    def test_guests(self):
        """D52, D64: guests talk in channels that they were let into, under their name."""
        group = self.group_of(self.petra)
        with self.assertRaises(AccessError):
            self.as_guest(group).message_post(body="x", message_type="comment")
        group.sudo().add_members(guest_ids=self.guest.ids)
        mine = self.as_guest(group).message_post(body="Hi", message_type="comment", subtype_xmlid="mail.mt_comment")
        known = mine.sudo()
        self.assertEqual((known.author_guest_id, known.author_id.ids, known.email_from), (self.guest, [], False))
        self.assertTrue(self.as_guest(known).is_current_user_or_guest_author)
        self.assertFalse(known.with_user(self.petra).is_current_user_or_guest_author)
        author = Store(known.with_user(self.petra)).get_result()["mail.message"][0]["author"]
        self.assertEqual(author, {"id": self.guest.id, "type": "guest"})
        token = self.guest._format_auth_cookie()
        guests = self.env["mail.guest"].with_user(self.public)
        self.assertEqual(guests._get_guest_from_token(token), self.guest)
        self.assertFalse(guests._get_guest_from_token(f"{self.guest.id}|wrong"))
        self.assertFalse(guests._get_guest_from_token("x"))
        self.assertFalse(guests.with_context(guest=self.guest.id)._get_guest_from_context())
        for name in ("  ", "x" * 600):
            with self.assertRaises(UserError):
                self.guest._update_name(name)


@tagged("-at_install", "post_install")
class TestChannelBus(DiscussCase):
    """What browsers are told, in which order."""

    def test_new_member(self):
        """D38: a new member is told first, then the room."""
        group = self.group_of()
        group.sudo().last_interest_dt = False
        self._reset_bus()
        group.add_members(self.ben.partner_id.ids)
        self.assertBusNotificationType(
            [
                (self.ben.partner_id, "discuss.channel/joined"),
                (group, "mail.record/insert"),
                (self.anna.partner_id, "mail.record/insert"),
                ((group, "members"), "mail.record/insert"),
                (group, "discuss.channel/new_message"),
                (group, "mail.record/insert"),
            ]
        )
        with self.assertBus([self.anna.partner_id]):
            group.add_members(self.ben.partner_id.ids)

    def test_post_by_member(self):
        """D32, D33, D34, E1: the author has read what they wrote; the others have one more."""
        group = self.group_of(self.ben)
        group.sudo().last_interest_dt = False
        with self.assertBus([group, self.anna.partner_id, (group, "members"), group]):
            message = group.message_post(body="Hello", message_type="comment", subtype_xmlid="mail.mt_comment")
        own, other = (
            group.sudo().channel_member_ids.filtered(lambda one, who=who: one.partner_id == who.partner_id)
            for who in (self.anna, self.ben)
        )
        self.assertEqual((own.message_unread_counter, other.message_unread_counter), (0, 1))
        with self.assertBus(
            [group, self.ben.partner_id],
            [
                {
                    "type": "mail.record/insert",
                    "payload": {
                        "discuss.channel.member": [
                            {
                                "id": other.id,
                                "message_unread_counter": 0,
                                "message_unread_counter_bus_id": 0,
                                "new_message_separator": message.id + 1,
                                "persona": {"id": self.ben.partner_id.id, "type": "partner"},
                                "syncUnread": False,
                                "thread": {"id": group.id, "model": "discuss.channel"},
                            }
                        ],
                        "res.partner": [{"id": self.ben.partner_id.id, "name": "Ben"}],
                    },
                }
            ],
        ):
            other.with_user(self.ben)._mark_as_read(message.id)
        with self.assertBus([]):
            other.with_user(self.ben)._mark_as_read(message.id)
        self.assertEqual(other.seen_message_id, message)

    def test_leaving(self):
        """D40: who leaves is told so, and the room."""
        group = self.group_of(self.ben)
        group.sudo().last_interest_dt = False
        self._reset_bus()
        group.with_user(self.ben).action_unfollow()
        self.assertBusNotificationType(
            [
                (group, "mail.record/insert"),
                (self.ben.partner_id, "mail.record/insert"),
                ((group, "members"), "mail.record/insert"),
                (group, "discuss.channel/new_message"),
                (self.ben.partner_id, "discuss.channel/leave"),
                (group, "mail.record/insert"),
            ]
        )
        self.assertNotIn(self.ben.partner_id, group.channel_partner_ids)
        with self.assertBus([self.ben.partner_id]):
            group.sudo()._action_unfollow(partner=self.ben.partner_id)

    def test_changes(self):
        """D27, D35, D36, D43, D83: names, folds, silence, pins, typing."""
        group = self.group_of(self.ben)
        member = (
            self.env["discuss.channel.member"]
            .with_user(self.anna)
            .search([("channel_id", "=", group.id), ("is_self", "=", True)])
        )
        renamed = {"discuss.channel": [{"id": group.id, "name": "Team"}]}
        with self.assertBus([group], [{"type": "mail.record/insert", "payload": renamed}]):
            group.channel_rename("Team")
            group.channel_rename("Team")
        fold = {"fold_state": "open", "foldStateCount": 3, "id": group.id, "model": "discuss.channel"}
        with self.assertBus([self.anna.partner_id], [{"type": "discuss.Thread/fold_state", "payload": fold}]):
            member._channel_fold("open", 3)
            member._channel_fold("open", 4)
        with self.assertBus([group]):
            member._notify_typing(True)
        with self.assertBus([self.anna.partner_id] * 3):
            member.mute_until_dt = fields.Datetime.now()
            member._notify_mute()
            self.env["discuss.channel.member"]._cleanup_expired_mutes()
            member.set_custom_notifications("no_notif")
        self.assertFalse(member.mute_until_dt)
        unpin = {"type": "discuss.channel/unpin", "payload": {"id": group.id}}
        with self.assertBus([self.anna.partner_id], [unpin]):
            group.channel_pin(False)
        self.assertFalse(member.is_pinned)
        message = group.message_post(body=Markup("<b>x</b>"), message_type="comment")
        group.set_message_pin(message.id, True)
        self.assertTrue(message.pinned_at)
        self.assertIn('data-oe-type="pin"', group.message_ids[0].body)
        with self.assertBus([]):
            group.set_message_pin(message.id, True)

    @users("anna")
    def test_mentions(self):
        """D49, D50: those who are mentioned have it in their inbox; posting sends no e-mails to members."""
        self.ben.notification_type = "inbox"
        group = self.group_of(self.ben)
        self._reset_bus()
        group.with_env(self.env).message_post(
            body="Hey", message_type="comment", subtype_xmlid="mail.mt_comment", special_mentions=["everyone"]
        )
        kinds = [row.message for row in self._bus_rows()]
        self.assertEqual(sum('"mail.message/inbox"' in kind for kind in kinds), 1)
        mails = self.env["mail.mail"].sudo().search([("model", "=", "discuss.channel"), ("res_id", "=", group.id)])
        self.assertFalse(mails)


@tagged("-at_install", "post_install")
class TestChannelStore(DiscussCase):
    """What stores of browsers hold (D19, D20)."""

    def test_group(self):
        """D20: the caller's own part of a channel, and all members of a group."""
        group = self.group_of(self.ben)
        result = Store(group).get_result()
        [values] = result["discuss.channel"]
        self.assertEqual(values["memberCount"], 2)
        self.assertEqual(
            {name: values[name] for name in ("is_pinned", "state", "rtcSessions", "invitedMembers", "is_editable")},
            {
                "is_pinned": True,
                "state": "closed",
                "rtcSessions": [("ADD", [])],
                "invitedMembers": [("ADD", [])],
                "is_editable": True,
            },
        )
        first, second = result["discuss.channel.member"]
        self.assertEqual(first["persona"], {"id": self.anna.partner_id.id, "type": "partner"})
        self.assertEqual(first["message_unread_counter"], 0)
        self.assertNotIn("message_unread_counter", second)
        room = self.env.ref("mail.channel_all_employees").with_user(self.anna)
        members = Store(room).get_result()["discuss.channel.member"]
        self.assertEqual(len(members), 1, "members of rooms are fetched when somebody looks at them")
        more = room._load_more_members([members[0]["id"]])
        self.assertIn(self.ben.partner_id.id, [one["persona"]["id"] for one in more["discuss.channel.member"]])


@tagged("-at_install", "post_install")
class TestBesideChannels(DiscussCase):
    """What pages listen to, devices, canned responses."""

    def test_listening(self):
        """D54, D55, E10: pages hear of the channels of their members, and follow those who share one."""
        group = self.group_of(self.petra)
        open_room = self.channels.create({"name": "Open", "group_public_id": None})
        session = SimpleNamespace(uid=None)
        caller = SimpleNamespace(session=session, cookies={}, env=self.env(user=self.public))
        caller.update_context = lambda **values: None
        names = [f"discuss.channel_{open_room.id}", f"discuss.channel_{group.id}", "other"]
        wanted = [("res.partner", str(self.anna.partner_id.id)), ("mail.guest", str(self.guest.id))]
        with (
            patch.object(bus_websocket, "wsrequest", caller),
            patch.object(discuss_websocket, "wsrequest", caller),
            patch.object(mail_guest, "wsrequest", caller),
        ):
            sockets = self.env["ir.websocket"].with_user(self.public)
            token = f"mail.guest_{self.guest._format_auth_cookie()}"
            heard = list(map(str, sockets._build_bus_channel_list([*names, token])))
            self.assertIn(str(open_room), heard)
            self.assertIn(str(self.guest), heard)
            self.assertNotIn(str(group), heard)
            self.assertIn("other", heard)
            wrong = sockets._build_bus_channel_list([f"mail.guest_{self.guest.id}|wrong"])
            self.assertNotIn(str(self.guest), list(map(str, wrong)))
            followed = self.env["ir.websocket"].with_user(self.petra)._build_presence_channel_list(wanted)
            self.assertEqual(followed, [(self.anna.partner_id, "presence")])
            group.sudo().add_members(guest_ids=self.guest.ids)
            own = self.as_guest(self.env["ir.websocket"])
            self.assertEqual(len(own._build_presence_channel_list(wanted)), 2)
            self.assertIn(str((group, "members")), list(map(str, own._build_bus_channel_list([]))))

    def test_devices(self):
        """D51, D92: browsers are registered for the server's key, are told of messages, and are forgotten when gone."""
        devices = self.env["mail.push.device"].with_user(self.ben)
        key = devices.get_web_push_vapid_public_key()
        self.assertEqual(devices.get_web_push_vapid_public_key(), key)
        given = {"endpoint": "https://push.example/1", "keys": {"p256dh": "a", "auth": "b"}}
        with self.assertRaises(InvalidVapidError):
            devices.register_devices(**given, vapid_public_key="other")
        with self.assertRaises(ValidationError):
            devices.register_devices(endpoint="http://push.example", keys={})
        devices.register_devices(**given, vapid_public_key=key)
        devices.register_devices(**given)
        device = devices.sudo().search([("endpoint", "=", given["endpoint"])])
        self.assertEqual(device.partner_id, self.ben.partner_id)
        room = self.channels.with_user(self.anna).channel_create("Room", None)
        room.add_members(self.ben.partner_id.ids)
        sent = []

        def push(_url, device, payload, _key, _session):
            sent.append(json.loads(payload))
            if len(sent) > 1:
                raise DeviceUnreachableError

        post = {"message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
        with patch.object(mail_push, "push_to_end_point", push):
            room.message_post(body="Nobody is named", **post)
            self.assertFalse(sent, "in rooms those who are named are told")
            room.message_post(body="You", partner_ids=self.ben.partner_id.ids, **post)
            self.assertEqual(sent[0]["title"], "#Room - Anna")
            self.assertEqual(sent[0]["options"]["body"], "You")
            room.message_post(body="x" * 9000, partner_ids=self.ben.partner_id.ids, **post)
        self.assertLessEqual(len(json.dumps(sent[1])), 4096)
        self.assertFalse(device.exists())

    def test_canned_responses(self):
        """D91: one's own and those of one's groups are used, and one's own are changed."""
        responses = self.env["mail.canned.response"]
        group = self.env.ref("base.group_user")
        with self.assertBus([self.anna.partner_id, group]):
            shared = responses.with_user(self.anna).create(
                {"source": "hi", "substitution": "Hello", "group_ids": [Command.link(group.id)]}
            )
        own = responses.with_user(self.anna).create({"source": "bye", "substitution": "Good bye"})
        self.assertTrue(shared.is_shared)
        self.assertTrue(shared.is_editable)
        self.assertEqual(responses.with_user(self.ben).search([("id", "in", (shared + own).ids)]), shared)
        self.assertFalse(shared.with_user(self.ben).is_editable)
        with self.assertRaises(AccessError):
            shared.with_user(self.ben).substitution = "x"
        gone = {"type": "mail.record/insert", "payload": {"mail.canned.response": [{"_DELETE": True, "id": own.id}]}}
        with self.assertBus([self.anna.partner_id], [gone]):
            own.unlink()
