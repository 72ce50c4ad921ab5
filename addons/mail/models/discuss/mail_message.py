"""Messages of guests, in channels, with previews."""

from odoo import api, fields, models
from odoo.sql import SQL

from ...tools.discuss import Store
from .audience import audience_of


class MailMessage(models.Model):
    """Messages that guests write, and that are told on the channel of the room they are in."""

    _name = "mail.message"
    _inherit = ["mail.message", "bus.listener.mixin"]

    author_guest_id = fields.Many2one("mail.guest", "Guest", ondelete="set null")
    link_preview_ids = fields.One2many(
        "mail.link.preview", "message_id", "Link Previews", groups="base.group_erp_manager"
    )

    @api.depends("author_id", "author_guest_id")
    @api.depends_context("guest", "uid")
    def _compute_is_current_user_or_guest_author(self):
        """Tell whether the caller wrote the message."""
        partner, guest = self.env["res.partner"]._get_current_persona()
        for message in self:
            known = message.sudo()
            own = (partner and known.author_id == partner) or (guest and known.author_guest_id == guest)
            message.is_current_user_or_guest_author = bool(own)

    def _is_own(self, row, operation):
        """Let guests use what they wrote."""
        guest = self.env["mail.guest"]._get_guest_from_context()
        if guest and self.env.user._is_public() and operation in ("read", "write"):
            # the public user is the creator of what all guests wrote
            return row["id"] in self._ids_by_guest(guest)
        return super()._is_own(row, operation)

    def _ids_by_guest(self, guest):
        """Return the ids of those of the messages that a guest wrote."""
        self.flush_recordset(["author_guest_id"])
        query = SQL("SELECT id FROM mail_message WHERE id = ANY(%s) AND author_guest_id = %s", self.ids, guest.id)
        return {id_ for (id_,) in self.env.execute_query(query)}

    def _react_as_guest(self, content, action, guest):
        """Add a reaction of a guest, or remove it; the caller was let answer the message.

        :return: what the store of the client takes
        """
        store = Store()
        self.sudo()._message_reaction(content, action, self.env["res.partner"], guest, store)
        return store.get_result()

    def _bus_channel(self):
        """Return who is told what becomes of the message."""
        known = self.sudo()
        return audience_of(self, known.model, known.res_id)

    # for clients

    def _author_to_store(self, store: Store):
        """Put guests who wrote messages into a store."""
        of_guests = self.sudo().filtered(lambda message: message.author_guest_id and not message.author_id)
        super(MailMessage, self - of_guests.with_env(self.env))._author_to_store(store)
        for message in of_guests:
            author = Store.one(message.author_guest_id, fields=["name", "write_date"])
            store.add(message, {"author": author, "email_from": message.email_from})

    def _to_store(self, store: Store, /, *, format_reply=True, **kwargs):
        """Put the messages that messages in channels answer into a store, after these.

        :param bool format_reply: tell what is answered
        """
        super()._to_store(store, format_reply=format_reply, **kwargs)
        if not format_reply:
            return
        for message in self:
            known = message.sudo()
            if known.model == "discuss.channel":
                parent = known.parent_id.with_env(self.env)
                store.add(message, {"parentMessage": Store.one(parent, format_reply=False)})

    def _shown_values(self, document, scheduled):
        """Return what everybody sees of a message, with its previews."""
        shown = self.link_preview_ids.filtered(lambda preview: not preview.is_hidden)
        return {**super()._shown_values(document, scheduled), "linkPreviews": Store.many(shown.sorted("id"))}


class MailMessageReaction(models.Model):
    """Reactions of guests."""

    _inherit = "mail.message.reaction"

    guest_id = fields.Many2one("mail.guest", "Reacting Guest", readonly=True, ondelete="cascade")

    _sql_constraints = [
        (
            "partner_or_guest_exists",
            "CHECK((partner_id IS NULL) <> (guest_id IS NULL))",
            "A reaction is that of a partner, or that of a guest.",
        )
    ]

    def init(self):
        """Have a guest react once with a symbol."""
        super().init()
        self.env.cr.execute(
            SQL(
                """CREATE UNIQUE INDEX IF NOT EXISTS mail_message_reaction_guest_unique
                       ON mail_message_reaction (message_id, content, guest_id) WHERE guest_id IS NOT NULL"""
            )
        )

    def _people_to_store(self, store: Store):
        """Put guests who reacted into a store, too; they come first."""
        guests = self.guest_id
        if guests:
            store.add(guests, fields=["name", "write_date"])
        return [*({"id": guest.id, "type": "guest"} for guest in guests), *super()._people_to_store(store)]


class MailThread(models.AbstractModel):
    """Documents on which guests write."""

    _inherit = "mail.thread"

    def _get_message_create_valid_field_names(self):
        """Return the names of fields that messages are created with: the guest, too."""
        return super()._get_message_create_valid_field_names() | {"author_guest_id"}

    def _writing_guest(self):
        """Return the guest who writes, nothing for users."""
        return self.env["mail.guest"]._get_guest_from_context() if self.env.user._is_public() else None

    def _message_compute_author(self, author_id=None, email_from=None, raise_on_email=True):
        """Have guests be no partner."""
        if author_id is None and not email_from and self._writing_guest():
            return False, False
        return super()._message_compute_author(author_id, email_from, raise_on_email)

    def _message_create(self, values_list):
        """Note which guest wrote messages."""
        guest = self._writing_guest()
        if guest:
            values_list = [
                values if values.get("author_id") else {"author_guest_id": guest.id, **values} for values in values_list
            ]
        return super()._message_create(values_list)
