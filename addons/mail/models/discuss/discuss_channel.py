"""``discuss.channel``: rooms, groups and chats in which people talk."""

import secrets
from base64 import b64encode
from hashlib import sha512

from odoo import _, api, fields, models
from odoo.addons.base.models.avatar_mixin import get_hsl_from_seed
from odoo.exceptions import UserError, ValidationError
from odoo.osv import expression

from .discuss_channel_member import BYPASS_CHECK

#: characters of tokens that nobody mistakes for each other
_LETTERS = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_TOKEN_LENGTH = 10
#: what a member may be created with together with its channel
_MEMBER_KEYS = {"partner_id", "guest_id", "unpin_dt", "last_interest_dt", "fold_state"}
#: what neither changes nor is told when it is written
_STRUCTURE = ("from_message_id", "parent_channel_id")

#: pictures of rooms and groups; the colour is replaced by one of their own
channel_avatar = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" fill="#875a7b"/>'
    '<g stroke="#ffffff" stroke-width="5" stroke-linecap="round"><line x1="27" y1="15" x2="21" y2="49"/>'
    '<line x1="43" y1="15" x2="37" y2="49"/><line x1="16" y1="25" x2="50" y2="25"/>'
    '<line x1="14" y1="39" x2="48" y2="39"/></g></svg>'
)
group_avatar = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" fill="#875a7b"/>'
    '<g fill="#ffffff"><circle cx="22" cy="25" r="8"/><circle cx="42" cy="25" r="8"/>'
    '<rect x="9" y="37" width="22" height="14" rx="7"/><rect x="33" y="37" width="22" height="14" rx="7"/></g></svg>'
)
_AVATARS = {"channel": channel_avatar, "group": group_avatar}


def _token():
    """Return a text that nobody guesses."""
    return "".join(secrets.choice(_LETTERS) for _position in range(_TOKEN_LENGTH))


class DiscussChannel(models.Model):
    """A place to talk: a room to which groups have access, a group of some members, or a chat of two."""

    _name = "discuss.channel"
    _description = "Discussion Channel"
    _inherit = ["mail.thread", "bus.listener.mixin"]
    _mail_flat_thread = False
    _mail_post_access = "read"
    MAX_BOUNCE_LIMIT = 10

    @api.model
    def _generate_random_token(self):
        """Return the token of a new channel, by which people are invited."""
        return _token()

    name = fields.Char("Name", required=True)
    active = fields.Boolean(default=True, help="Archived channels are not shown.")
    channel_type = fields.Selection(
        [("chat", "Chat"), ("channel", "Channel"), ("group", "Group")],
        "Channel Type",
        required=True,
        default="channel",
        readonly=True,
        help="A chat is between two people, a group between its members, a channel is open to all who may see it.",
    )
    is_editable = fields.Boolean("Is Editable", compute="_compute_is_editable")
    default_display_mode = fields.Selection(
        [("video_full_screen", "Full screen video")],
        "Default Display Mode",
        help="How the channel opens for those who follow an invitation.",
    )
    description = fields.Text("Description")
    image_128 = fields.Image("Image", max_width=128, max_height=128)
    avatar_128 = fields.Image("Avatar", max_width=128, max_height=128, compute="_compute_avatar_128")
    avatar_cache_key = fields.Char(compute="_compute_avatar_cache_key")
    channel_partner_ids = fields.Many2many(
        "res.partner",
        string="Partners",
        compute="_compute_channel_partner_ids",
        inverse="_inverse_channel_partner_ids",
        search="_search_channel_partner_ids",
    )
    channel_member_ids = fields.One2many("discuss.channel.member", "channel_id", "Members")
    parent_channel_id = fields.Many2one(
        "discuss.channel", "Parent Channel", ondelete="cascade", index=True, readonly=True, auto_join=True
    )
    sub_channel_ids = fields.One2many("discuss.channel", "parent_channel_id", "Sub Channels", readonly=True)
    from_message_id = fields.Many2one(
        "mail.message", "From Message", readonly=True, help="The message that the sub-channel began with."
    )
    pinned_message_ids = fields.One2many(
        "mail.message",
        "res_id",
        "Pinned Messages",
        domain=[("model", "=", "discuss.channel"), ("pinned_at", "!=", False)],
    )
    is_member = fields.Boolean("Is Member", compute="_compute_is_member", search="_search_is_member")
    member_count = fields.Integer("Member Count", compute="_compute_member_count", compute_sudo=True)
    last_interest_dt = fields.Datetime("Last Interest", index=True, help="When somebody last wrote there.")
    group_ids = fields.Many2many(
        "res.groups", string="Auto Subscription", help="Their users are members without having to join."
    )
    uuid = fields.Char("UUID", size=50, default=_generate_random_token, copy=False)
    group_public_id = fields.Many2one(
        "res.groups",
        "Authorized Group",
        compute="_compute_group_public_id",
        readonly=False,
        store=True,
        recursive=True,
        help="Who may see the channel; everybody, if empty.",
    )
    invitation_url = fields.Char("Invitation URL", compute="_compute_invitation_url")
    allow_public_upload = fields.Boolean(default=False, help="Guests may send files.")

    _sql_constraints = [
        ("channel_type_not_null", "CHECK(channel_type IS NOT NULL)", "A channel has a type."),
        ("from_message_id_unique", "UNIQUE(from_message_id)", "A message begins one sub-channel."),
        ("uuid_unique", "UNIQUE(uuid)", "The token of a channel is its own."),
        (
            "group_public_id_check",
            "CHECK(channel_type = 'channel' OR group_public_id IS NULL)",
            "Only channels are limited to a group of users.",
        ),
        (
            "sub_channel_no_group_public_id",
            "CHECK(parent_channel_id IS NULL OR group_public_id IS NULL)",
            "Who may see a sub-channel follows from its parent.",
        ),
    ]

    # constraints

    @api.constrains("from_message_id")
    def _constraint_from_message_id(self):
        """Have sub-channels begin with a message of their parent."""
        for channel in self.sudo():
            message = channel.from_message_id
            if message and (message.model != self._name or message.res_id != channel.parent_channel_id.id):
                raise ValidationError(_("A sub-channel begins with a message of its parent channel."))

    @api.constrains("parent_channel_id")
    def _constraint_parent_channel_id(self):
        """Have sub-channels in channels only, one level deep."""
        for channel in self.sudo():
            parent = channel.parent_channel_id
            if parent and (parent.channel_type != "channel" or parent.parent_channel_id or channel == parent):
                raise ValidationError(_("Sub-channels are in channels that are none themselves."))

    @api.constrains("channel_member_ids")
    def _constraint_partners_chat(self):
        """Keep chats between two people."""
        of_chats = [("channel_id", "in", self.ids), ("channel_id.channel_type", "=", "chat")]
        members = self.env["discuss.channel.member"].sudo()
        if members._read_group(of_chats, ["channel_id"], having=[("__count", ">", 2)]):
            raise ValidationError(_("A chat is between two people."))

    @api.constrains("group_public_id", "group_ids")
    def _constraint_group_id_channel(self):
        """Have groups of users on channels only."""
        for channel in self.sudo():
            if channel.channel_type != "channel" and (channel.group_public_id or channel.group_ids):
                raise ValidationError(_("Groups of users belong to channels, not to chats or groups of members."))

    # computed fields

    @api.depends("channel_type", "is_member", "group_public_id")
    @api.depends_context("uid")
    def _compute_is_editable(self):
        """Tell whether the user may change the channel."""
        allowed = self._filtered_access("write")
        for channel in self:
            channel.is_editable = channel in allowed

    @api.depends("channel_type", "image_128", "uuid")
    def _compute_avatar_128(self):
        """Take the picture, or draw one; chats have that of the other person."""
        for channel in self:
            channel.avatar_128 = channel.image_128 or channel._generate_avatar()

    def _generate_avatar(self):
        """Return a drawing for a channel or group, ``False`` for others."""
        drawing = _AVATARS.get(self.channel_type)
        if not drawing:
            return False
        return b64encode(drawing.replace("#875a7b", get_hsl_from_seed(self.uuid or "")).encode())

    @api.depends("avatar_128")
    def _compute_avatar_cache_key(self):
        """Tell browsers when the picture is another one."""
        for channel in self:
            picture = channel.avatar_128
            channel.avatar_cache_key = sha512(picture).hexdigest() if picture else "no-avatar"

    @api.depends("channel_member_ids.partner_id")
    def _compute_channel_partner_ids(self):
        """Take the partners among the members."""
        for channel in self:
            channel.channel_partner_ids = channel.channel_member_ids.partner_id

    def _inverse_channel_partner_ids(self):
        """Add and remove members."""
        members = self.env["discuss.channel.member"].search(
            [("channel_id", "in", self.ids), ("partner_id", "!=", False)]
        )
        known = {(member.channel_id.id, member.partner_id.id): member for member in members}
        wanted = {(channel.id, partner.id) for channel in self for partner in channel.channel_partner_ids}
        for pair in known.keys() - wanted:
            known[pair].unlink()
        new = sorted(wanted - known.keys())
        members.create([{"channel_id": channel_id, "partner_id": partner_id} for channel_id, partner_id in new])

    @api.model
    def _search_channel_partner_ids(self, operator, operand):
        """Find the channels of partners."""
        return [("channel_member_ids", "any", [("partner_id", operator, operand)])]

    @api.depends("channel_member_ids")
    @api.depends_context("uid", "guest")
    def _compute_is_member(self):
        """Tell whether the caller is a member."""
        mine = set(self.sudo().search([("id", "in", self.ids), *self._search_is_member("=", True)])._ids)
        for channel in self:
            channel.is_member = bool(mine & {channel.id, channel._origin.id})

    @api.model
    def _search_is_member(self, operator, operand):
        """Find the channels of the caller, or those of others."""
        own = self.env["discuss.channel.member"].sudo()._search([("is_self", "=", True)])
        inside = (operator == "=") == bool(operand)
        return [("id", "in" if inside else "not in", own.subselect("channel_id"))]

    @api.depends("channel_member_ids")
    def _compute_member_count(self):
        """Count the members."""
        self.member_count = 0
        members = self.env["discuss.channel.member"]
        for channel, count in members._read_group([("channel_id", "in", self.ids)], ["channel_id"], ["__count"]):
            channel.with_env(self.env).member_count = count

    @api.depends("channel_type")
    def _compute_group_public_id(self):
        """Have channels be for the house, unless something else is said; who sees sub-channels is said by parents."""
        house = self.env.ref("base.group_user")
        for channel in self:
            if channel.channel_type != "channel" or channel.parent_channel_id:
                channel.group_public_id = None
            elif not channel.group_public_id:
                channel.group_public_id = house

    @api.depends("uuid")
    def _compute_invitation_url(self):
        """Return where people are invited to."""
        for channel in self:
            channel.invitation_url = f"/chat/{channel.id}/{channel.uuid}"

    # creating, changing, deleting

    @api.model_create_multi
    def create(self, vals_list):
        """Create channels with their members: the creator is one.

        :raise ValidationError: for members that are given in another way than to be created
        """
        creator = self.env.user.partner_id.ids
        if self.env.context.get("install_mode") or self.env.user._is_public():
            creator = []
        prepared = [self._with_member_commands(dict(values), creator) for values in vals_list]
        quiet = {"mail_create_nolog": True, "mail_create_nosubscribe": True}
        maker = self.with_context(mail_create_bypass_create_check=BYPASS_CHECK, **quiet)
        channels = super(DiscussChannel, maker).create(prepared).with_env(self.env)
        channels._subscribe_users_automatically()
        return channels

    def _with_member_commands(self, values, partner_ids):
        """Return values of a new channel with all members as commands that create them.

        :param partner_ids: ids of partners who are members, too
        """
        partner_ids = list(partner_ids)
        for command in values.pop("channel_partner_ids", None) or ():
            match command:
                case [4, id_, *_rest]:
                    partner_ids.append(id_)
                case [6, _zero, ids]:
                    partner_ids += ids
                case _:
                    raise ValidationError(_("Partners of a new channel are linked or set: %s", command))
        commands = list(values.get("channel_member_ids") or ())
        for command in commands:
            if command[0] != 0 or not isinstance(command[2], dict):
                raise ValidationError(_("Members of a new channel are created with it: %s", command))
            if unknown := command[2].keys() - _MEMBER_KEYS:
                names = ", ".join(sorted(unknown))
                raise ValidationError(_("Members of a new channel are not created with these values: %s", names))
        known = {command[2].get("partner_id") for command in commands}
        missing = [id_ for id_ in dict.fromkeys(partner_ids) if id_ not in known]
        values["channel_member_ids"] = [*commands, *((0, 0, {"partner_id": id_}) for id_ in missing)]
        return values

    def write(self, vals):
        """Change channels, and tell their members what is different.

        :raise UserError: for another type, and another place
        """
        if "channel_type" in vals and any(channel.channel_type != vals["channel_type"] for channel in self):
            raise UserError(_("The type of a channel stays as it is."))
        if any(name in vals for name in _STRUCTURE):
            raise UserError(_("A sub-channel stays where it began."))
        before = {channel: channel._channel_basic_info() for channel in self}
        result = super().write(vals)
        for channel in self:
            now = channel._channel_basic_info()
            if changed := {name: now[name] for name in now if now[name] != before[channel][name]}:
                channel._bus_send_store(channel, changed)
        if vals.get("group_ids"):
            self._subscribe_users_automatically()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_all_employee_channel(self):
        """Keep the channel of the whole house."""
        everybody = self.env.ref("mail.channel_all_employees", raise_if_not_found=False)
        if everybody and everybody in self:
            raise UserError(_("The channel of the whole company cannot be deleted: others rely on it."))

    def unlink(self):
        """Delete channels, and tell their members."""
        for channel in self:
            channel._bus_send("discuss.channel/delete", {"id": channel.id})
        return super().unlink()

    # members by groups of users

    def _subscribe_users_automatically(self):
        """Make the users of the groups members, and tell the groups."""
        wanted = self._subscribe_users_automatically_get_members()
        rows = [
            {"channel_id": channel_id, "partner_id": partner_id}
            for channel_id, partner_ids in wanted.items()
            for partner_id in partner_ids
        ]
        if not rows:
            return
        self.env["discuss.channel.member"].sudo().create(rows)
        for channel in self:
            for group in channel.sudo().group_ids:
                group._bus_send_store(channel, {**channel._channel_basic_info(), "is_pinned": True})

    @api.model
    def _join_users_of(self, groups):
        """Make the users of groups members of the channels of these."""
        self.sudo().search([("group_ids", "in", groups.ids)])._subscribe_users_automatically()

    def _subscribe_users_automatically_get_members(self):
        """Return ``{channel id: ids of the partners who become members}``; extended by other modules."""
        wanted = {}
        for channel in self.sudo():
            partners = channel.group_ids.users.filtered("active").partner_id.filtered("active")
            wanted[channel.id] = (partners - channel.channel_member_ids.partner_id).ids
        return wanted

    # conditions for others

    def _types_allowing_seen_infos(self):
        """Return the types of channels that show who has seen what; extended by other modules."""
        return ["chat", "group"]

    @api.model
    def _visible(self, channel_id):
        """Return the channel with an id if the caller sees it, else nothing."""
        return self.search([("id", "=", int(channel_id or 0))])

    @api.model
    def _get_channels_as_member(self):
        """Return what stands in the sidebar of the caller: channels and groups, then pinned chats."""
        own = [("is_member", "=", True)]
        rooms = self.search([("channel_type", "in", ("channel", "group")), *own])
        pinned = [("channel_member_ids", "any", [("is_self", "=", True), ("is_pinned", "=", True)])]
        chats = self.search(expression.AND([[("channel_type", "not in", ("channel", "group"))], pinned]))
        return rooms + chats
