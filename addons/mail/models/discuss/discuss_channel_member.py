"""``discuss.channel.member``: who takes part in a channel, and how far they have read."""

from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.osv import expression
from odoo.sql import SQL

from ...tools.discuss import Store
from .mute import end_expired, plan_end

#: in the context of a creation that was checked already; only code of the server can have this object
BYPASS_CHECK = object()
#: days without interest after which sub-channels leave the sidebar
_SUB_CHANNEL_DAYS = 2
#: text that stands for a guest in messages
STRONG = Markup("<strong>%s</strong>")
#: fields that say whose membership it is, and of what
_FIXED = ("channel_id", "partner_id", "guest_id")


class DiscussChannelMember(models.Model):
    """A partner or a guest in a channel."""

    _name = "discuss.channel.member"
    _inherit = ["bus.listener.mixin"]
    _description = "Channel Member"
    _rec_names_search = ["channel_id", "partner_id", "guest_id"]

    partner_id = fields.Many2one("res.partner", "Partner", ondelete="cascade", index=True)
    guest_id = fields.Many2one("mail.guest", "Guest", ondelete="cascade", index=True)
    is_self = fields.Boolean(compute="_compute_is_self", search="_search_is_self")
    channel_id = fields.Many2one("discuss.channel", "Channel", ondelete="cascade", required=True, auto_join=True)
    custom_channel_name = fields.Char("Custom channel name", help="What the member calls the channel.")
    fetched_message_id = fields.Many2one("mail.message", "Last Fetched", index="btree_not_null")
    seen_message_id = fields.Many2one("mail.message", "Last Seen", index="btree_not_null")
    new_message_separator = fields.Integer(
        "First unread message", default=0, required=True, help="Messages from this id on are new for the member."
    )
    message_unread_counter = fields.Integer(
        "Unread Messages Counter", compute="_compute_message_unread", compute_sudo=True
    )
    fold_state = fields.Selection(
        [("open", "Open"), ("folded", "Folded"), ("closed", "Closed")],
        "Conversation Fold State",
        default="closed",
    )
    custom_notifications = fields.Selection(
        [("all", "All Messages"), ("mentions", "Mentions Only"), ("no_notif", "Nothing")],
        "Customized Notifications",
        help="Of which messages the member is told; what the settings of the user say, if empty.",
    )
    mute_until_dt = fields.Datetime("Mute notifications until", help="Until then the member is told of nothing.")
    is_pinned = fields.Boolean("Is pinned on the interface", compute="_compute_is_pinned", search="_search_is_pinned")
    unpin_dt = fields.Datetime("Unpin date", index=True, help="When the member took the channel from the sidebar.")
    last_interest_dt = fields.Datetime(
        "Last Interest", index=True, default=lambda self: fields.Datetime.now() - timedelta(seconds=1)
    )
    last_seen_dt = fields.Datetime("Last seen date")

    _sql_constraints = [
        (
            "partner_or_guest_exists",
            "CHECK((partner_id IS NULL) <> (guest_id IS NULL))",
            "A member is a partner, or a guest.",
        )
    ]

    def init(self):
        """Have each partner and guest in a channel once."""
        for name in ("partner_id", "guest_id"):
            self.env.cr.execute(
                SQL(
                    "CREATE UNIQUE INDEX IF NOT EXISTS %s ON %s (channel_id, %s) WHERE %s IS NOT NULL",
                    SQL.identifier(f"discuss_channel_member_{name.removesuffix('_id')}_unique"),
                    SQL.identifier(self._table),
                    SQL.identifier(name),
                    SQL.identifier(name),
                )
            )

    @api.autovacuum
    def _gc_unpin_outdated_sub_channels(self):
        """Take sub-channels that nobody was interested in lately from the sidebars of their members."""
        before = fields.Datetime.now() - timedelta(days=_SUB_CHANNEL_DAYS)
        interests = ("last_interest_dt", "channel_id.last_interest_dt")
        old = [(name, "<=", before) for name in interests]
        shown = [("channel_id.parent_channel_id", "!=", False), ("is_pinned", "=", True)]
        for member in self.sudo().search([*old, *shown], limit=models.GC_UNLINK_LIMIT):
            member._leave_sidebar()

    @api.constrains("partner_id")
    def _contrains_no_public_member(self):
        """Keep the public user out: visitors are guests."""
        for member in self:
            if any(user._is_public() for user in member.partner_id.with_context(active_test=False).user_ids):
                raise ValidationError(
                    self.env._("Visitors take part as guests: the public user is no member of a channel.")
                )

    # computed fields

    @api.depends_context("uid", "guest")
    def _compute_is_self(self):
        """Tell which member the caller is."""
        partner, guest = self.env["res.partner"]._get_current_persona()
        for member in self:
            known = member.sudo()
            member.is_self = bool((partner and known.partner_id == partner) or (guest and known.guest_id == guest))

    @api.model
    def _search_is_self(self, operator, operand):
        """Find the memberships of the caller, or those of others."""
        partner, guest = self.env["res.partner"]._get_current_persona()
        own = expression.FALSE_DOMAIN
        if partner or guest:
            own = [("partner_id", "=", partner.id)] if partner else [("guest_id", "=", guest.id)]
        if (operator == "=") == bool(operand):
            return own
        members = self.sudo().with_context(active_test=False)._search(own)
        return [("id", "not in", members)]

    @api.depends("channel_id.message_ids", "new_message_separator")
    def _compute_message_unread(self):
        """Count the messages that are new for the member; what only tells of events is not counted."""
        counts = {}
        if self.ids:
            self.env["mail.message"].flush_model(["model", "res_id", "message_type"])
            self.flush_recordset(["channel_id", "new_message_separator"])
            rows = self.env.execute_query(
                SQL(
                    """SELECT member.id, count(message.id)
                         FROM discuss_channel_member member
                         JOIN mail_message message
                           ON message.model = 'discuss.channel' AND message.res_id = member.channel_id
                          AND message.id >= member.new_message_separator
                          AND message.message_type NOT IN ('notification', 'user_notification')
                        WHERE member.id = ANY(%s)
                     GROUP BY member.id""",
                    self.ids,
                )
            )
            counts = dict(rows)
        for member in self:
            member.message_unread_counter = counts.get(member.id, 0)

    @api.depends("partner_id.name", "guest_id.name", "channel_id.display_name")
    def _compute_display_name(self):
        """Name the person and the channel."""
        for member in self:
            who = member.partner_id.name or member.guest_id.name
            where = member.channel_id.display_name
            member.display_name = self.env._("%(person)s in %(channel)s", person=who, channel=where)

    @api.depends("last_interest_dt", "unpin_dt", "channel_id.last_interest_dt")
    def _compute_is_pinned(self):
        """Tell whether the channel stands in the sidebar: it comes back with the first interest."""
        for member in self:
            away = member.unpin_dt
            dates = (member.last_interest_dt, member.channel_id.sudo().last_interest_dt)
            member.is_pinned = not away or any(date and date >= away for date in dates)

    @api.model
    def _search_is_pinned(self, operator, operand):
        """Find the memberships whose channels stand in the sidebar, or those others."""
        self.flush_model(["unpin_dt", "last_interest_dt", "channel_id"])
        self.env["discuss.channel"].flush_model(["last_interest_dt"])
        pinned = SQL(
            """(SELECT member.id
                  FROM discuss_channel_member member
                  JOIN discuss_channel channel ON channel.id = member.channel_id
                 WHERE member.unpin_dt IS NULL
                    OR member.last_interest_dt >= member.unpin_dt
                    OR channel.last_interest_dt >= member.unpin_dt)"""
        )
        return [("id", "in" if (operator == "=") == bool(operand) else "not in", pinned)]

    # creating, changing, deleting

    @api.model_create_multi
    def create(self, vals_list):
        """Create members; those of sub-channels become members of the parents.

        :raise UserError: without a channel, and for a third in a chat
        """
        if self.env.context.get("mail_create_bypass_create_check") is BYPASS_CHECK:
            self = self.sudo()
        for values in vals_list:
            if not values.get("channel_id"):
                raise UserError(self.env._("A member needs a channel."))
        channel_ids = {values["channel_id"] for values in vals_list}
        chats = self.env["discuss.channel"].sudo().search([("id", "in", list(channel_ids))])
        for chat in chats.filtered(lambda channel: channel.channel_type == "chat"):
            # those of a new chat come all at once
            if chat.channel_member_ids:
                raise UserError(self.env._("Nobody can join a chat between two people: create a group."))
        members = super().create(vals_list)
        for member in members:
            parent = member.channel_id.parent_channel_id
            if parent:
                parent.add_members(partner_ids=member.partner_id.ids, guest_ids=member.guest_id.ids)
        return members

    def write(self, vals):
        """Change members; they stay who they are, where they are.

        :raise AccessError: otherwise
        """
        for name in _FIXED:
            if name in vals and any(member[name].id != (vals[name] or False) for member in self):
                raise AccessError(self.env._("A member stays the same person in the same channel."))
        return super().write(vals)

    def unlink(self):
        """Delete members, with what they are in: calls and sub-channels."""
        known = self.sudo()
        known.rtc_session_ids.unlink()
        domains = []
        for member in known:
            person = "partner_id" if member.partner_id else "guest_id"
            domains.append(
                [
                    ("channel_id.parent_channel_id", "=", member.channel_id.id),
                    (person, "=", member[person].id),
                    ("id", "not in", self.ids),
                ]
            )
        below = known.search(expression.OR(domains)) if domains else known.browse()
        for member in below:
            member.channel_id._action_unfollow(partner=member.partner_id, guest=member.guest_id)
        return super().unlink()

    # telling clients

    def _bus_channel(self):
        """Return the person: what concerns one member is told to them alone."""
        return self.partner_id._bus_channel() or self.guest_id._bus_channel()

    def _get_store_partner_fields(self, fields):
        """Return which fields are told of members that are partners; extended by other modules."""
        return fields

    def _persona_field(self, fields):
        """Return the relation to the partner or guest for a store."""
        self.ensure_one()
        known = self.sudo()
        if known.partner_id:
            return Store.one(
                known.partner_id.with_env(self.env), **_if_given(self._get_store_partner_fields(fields or None))
            )
        return Store.one(known.guest_id.with_env(self.env), **_if_given(fields or None))

    def _to_store(self, store: Store, /, *, fields=None, extra_fields=None):
        """Put members into a store.

        :param dict fields: names of what is told, with the names of fields of what a relation leads to
        :param dict extra_fields: more of them
        """
        names = fields
        if names is None:
            names = dict.fromkeys(("channel", "create_date", "fetched_message_id", "seen_message_id", "last_seen_dt"))
            names["persona"] = None
        names = {**names, **(extra_fields or {})}
        for member in self:
            known = member.sudo()
            values = {}
            for name, detail in names.items():
                if name == "channel":
                    values["thread"] = Store.one(known.channel_id, as_thread=True, only_id=True)
                elif name == "persona":
                    values["persona"] = member._persona_field(detail)
                elif name in ("fetched_message_id", "seen_message_id"):
                    values[name] = Store.one(known[name], only_id=True)
                elif name == "message_unread_counter":
                    values[name] = known.message_unread_counter
                    last = detail if isinstance(detail, int) and not isinstance(detail, bool) else None
                    values["message_unread_counter_bus_id"] = (
                        self.env["bus.bus"].sudo()._bus_last_id() if last is None else last
                    )
                elif name != "id":
                    values[name] = known[name]
            store.add(member, values)

    def _values_of_channel(self):
        """Return what clients show of the channel for this member alone."""
        self.ensure_one()
        values = {
            "custom_channel_name": self.custom_channel_name,
            "custom_notifications": self.custom_notifications,
            "is_pinned": self.is_pinned,
            "mute_until_dt": self.mute_until_dt,
            "state": self.fold_state or "closed",
        }
        inviting = self.sudo().rtc_inviting_session_id
        return {**values, "rtcInvitingSession": Store.one(inviting)} if inviting else values

    # how far they have read

    def _mark_as_read(self, last_message_id, sync=False):
        """Note that the member has read up to a message.

        :param int last_message_id: id of the newest one that was seen
        :param bool sync: show the same in all browsers of the member
        """
        self.ensure_one()
        message = (
            self.env["mail.message"]
            .sudo()
            .search(
                [
                    ("model", "=", "discuss.channel"),
                    ("res_id", "=", self.channel_id.id),
                    ("id", "<=", int(last_message_id)),
                ],
                order="id DESC",
                limit=1,
            )
        )
        if message:
            self._set_last_seen_message(message)
            self._set_new_message_separator(message.id + 1, sync=sync)

    def _set_last_seen_message(self, message, notify=True):
        """Note the newest message that the member has seen.

        :param notify: tell the others, where a channel shows who has seen what
        """
        self.ensure_one()
        if self.seen_message_id.id >= message.id:
            return
        self.write(
            {
                "fetched_message_id": max(self.fetched_message_id.id, message.id),
                "seen_message_id": message.id,
                "last_seen_dt": fields.Datetime.now(),
            }
        )
        if notify:
            shown = self.channel_id.channel_type in self.channel_id._types_allowing_seen_infos()
            target = self.channel_id if shown else self
            names = {"channel": None, "persona": ["name"], "seen_message_id": None}
            target._bus_send_store(self, fields=names)

    def _set_new_message_separator(self, message_id, sync=False):
        """Note from which id on messages are new for the member, and tell their browsers."""
        self.ensure_one()
        if message_id == self.new_message_separator:
            return
        self.new_message_separator = message_id
        # before the row itself, so that browsers know that it includes all they were told until then
        last = self.env["bus.bus"].sudo()._bus_last_id()
        store = Store()
        names = {"channel": None, "message_unread_counter": last, "new_message_separator": None, "persona": ["name"]}
        self._to_store(store, fields=names)
        store.add(self, {"syncUnread": sync})
        self._bus_send_store(store)

    def _notify_typing(self, is_typing):
        """Tell the others that the member is writing, or not any more."""
        for member in self:
            store = Store(member)
            store.add(member, {"isTyping": bool(is_typing)})
            member.channel_id._bus_send_store(store)

    def _channel_fold(self, state, state_count):
        """Note how the window of the channel is shown, and have other browsers of the member show it so.

        :param str state: ``open``, ``folded`` or ``closed``
        :param int state_count: number of the change, by which browsers know the newest one
        """
        self.ensure_one()
        if state != self.fold_state:
            self.write({"fold_state": state})
            window = {"id": self.channel_id.id, "model": "discuss.channel"}
            self._bus_send("discuss.Thread/fold_state", {"fold_state": state, "foldStateCount": state_count, **window})

    # notifications

    def set_custom_notifications(self, custom_notifications):
        """Choose of which messages the member is told.

        :param custom_notifications: ``all``, ``mentions``, ``no_notif``, or ``False`` for what the settings say
        """
        self._change_own({"custom_notifications": custom_notifications})

    def _change_own(self, values):
        """Write what is the member's own about the channel, and tell the browsers of the member alone."""
        self.ensure_one()
        self.write(values)
        self._bus_send_store(self.channel_id, {name: self[name] for name in values})

    def _leave_sidebar(self):
        """Take the channel from the sidebar of the member, until somebody writes there."""
        self.ensure_one()
        self.write({"unpin_dt": fields.Datetime.now()})
        self._bus_send("discuss.channel/unpin", {"id": self.channel_id.id})

    def _wants(self, settings, mentioned):
        """Tell whether the member wants to hear of a message in a channel.

        :param settings: those of the user
        :param bool mentioned: whether the message mentions the member
        """
        self.ensure_one()
        own, general = self.custom_notifications, settings.channel_notifications
        if own == "all" or (not own and general == "all"):
            return True
        return mentioned and (own == "mentions" or (not own and not general))

    def _notify_mute(self):
        """Tell members until when they hear nothing, and plan the end of it."""
        plan_end(self, "mail.ir_cron_discuss_channel_member_unmute")
        for member in self:
            member._bus_send_store(member.channel_id, {"mute_until_dt": member.mute_until_dt})

    @api.model
    def _cleanup_expired_mutes(self):
        """Have members hear again whose time is over."""
        end_expired(self)

    def _get_html_link(self, *args, for_persona=False, **kwargs):
        """Return a link to the member, or to the person.

        :param for_persona: a link that mentions the person; the name alone for guests
        """
        if not for_persona:
            return super()._get_html_link(*args, **kwargs)
        self.ensure_one()
        known = self.sudo()
        if known.partner_id:
            return known.partner_id._get_html_link(title=f"@{known.partner_id.name}")
        return STRONG % (known.guest_id.name)


def _if_given(fields):
    """Return keyword arguments for a store: the fields, if there are some."""
    return {} if fields is None else {"fields": fields}
