"""Messages as clients show them."""

from collections import defaultdict

from odoo import api, models, modules
from odoo.osv import expression

from ..tools.discuss import Store

_FIELDS = (
    "body",
    "create_date",
    "date",
    "message_type",
    "model",
    "pinned_at",
    "res_id",
    "subject",
    "write_date",
)


class MailMessageStore(models.Model):
    """What clients are told of messages, in a number of statements that does not depend on how many there are."""

    _inherit = "mail.message"

    def _records_by_model_name(self):
        """Return ``{model name: documents of the messages}``, which are read together."""
        ids = defaultdict(dict)
        for message in self.sudo():
            if message.model in self.env and message.res_id:
                ids[message.model][message.res_id] = None
        everything = self.browse(self._prefetch_ids).sudo() if self else self
        prefetch = {name: dict.fromkeys(of_model) for name, of_model in ids.items()}
        for message in everything:
            if message.model in prefetch and message.res_id:
                prefetch[message.model][message.res_id] = None
        return {
            name: self.env[name].browse(of_model).with_prefetch(tuple(prefetch[name])) for name, of_model in ids.items()
        }

    def _record_by_message(self):
        """Return ``{message: its document}`` for those that have one."""
        documents = self._records_by_model_name()
        found = {}
        for message in self.sudo():
            of_model = documents.get(message.model)
            if of_model is not None and message.res_id:
                found[message] = of_model.browse(message.res_id).with_prefetch(of_model._prefetch_ids)
        return found

    def _to_store(
        self,
        store: Store,
        /,
        *,
        fields=None,
        format_reply=True,
        msg_vals=None,
        for_current_user=False,
        add_followers=False,
        followers=None,
    ):
        """Put messages into a store.

        :param fields: names of the columns; the usual ones by default
        :param msg_vals: values that the message was just created from
        :param for_current_user: what concerns the user too: whether they have to read it, changes they may see
        :param add_followers: tell whether the user follows the documents
        :param followers: the followers among which to look; found by default
        """
        documents = {message.id: document for message, document in self._record_by_message().items()}
        scheduled = self._scheduled_by_message(msg_vals)
        own = self._own_followers(followers) if add_followers else {}
        inside = self.env.user._is_internal()
        for message in self:
            document = documents.get(message.id)
            known = message.sudo()
            values = {name: known[name] for name in (fields or _FIELDS)}
            values.update(known._shown_values(document, scheduled.get(message.id)))
            if inside:
                values["notifications"] = Store.many(known.notification_ids._filtered_for_web_client())
            if for_current_user:
                values.update(message._values_for_current_user(document))
            store.add(message, values)
        self._author_to_store(store)
        # messages of a page are about the same document, mostly
        for document in dict.fromkeys(documents.values()):
            thread = {"name": document.sudo().display_name, "module_icon": self._icon_of(document)}
            if document._name == "discuss.channel":
                del thread["name"]
            if add_followers:
                follower = own.get((document._name, document.id), self.env["mail.followers"])
                thread["selfFollower"] = Store.one(follower, fields={"is_active": True, "partner": []})
            store.add(document, thread, as_thread=True)
        self._extras_to_store(store, format_reply=format_reply)

    def _extras_to_store(self, store: Store, format_reply):
        """Put more into a store that has messages; addons extend it.

        :param format_reply: whether what a message answers is told, too
        """

    def _shown_values(self, document, scheduled):
        """Return what everybody sees of a message; called as superuser."""
        note = self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_note")
        comment = self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_comment")
        subject = False
        if document is not None:
            record = document.sudo()
            subject = record._message_compute_subject() if hasattr(record, "message_post") else record.display_name
        return {
            "default_subject": subject,
            "attachment_ids": Store.many(self.attachment_ids.sorted("id")),
            "reactions": Store.many(self.reaction_ids),
            "record_name": document.sudo().display_name if document is not None else self.record_name,
            "is_note": self.subtype_id.id == note,
            "is_discussion": self.subtype_id.id == comment,
            "subtype_description": self.subtype_id.description,
            "recipients": Store.many(self.partner_ids, fields=["name", "write_date"]),
            "scheduledDatetime": scheduled or False,
            "thread": Store.one(document, as_thread=True, only_id=True) if document is not None else False,
        }

    def _values_for_current_user(self, document):
        """Return what is the user's own about a message."""
        trackings = self.sudo().tracking_value_ids._filter_has_field_access(self.env)
        if trackings and document is not None and hasattr(document, "_track_filter_for_display"):
            trackings = document._track_filter_for_display(trackings)
        return {
            "needaction": not self.env.user._is_public() and self.needaction,
            "starred": self.starred,
            "trackingValues": trackings._tracking_value_format(),
        }

    def _author_to_store(self, store: Store):
        """Put who wrote each message into a store."""
        told = set()
        for message in self.sudo():
            author = message.author_id
            one = Store.one(author, only_id=author in told, fields=["is_company", "name", "user", "write_date"])
            told.add(author)
            store.add(message, {"author": one if author else False, "email_from": message.email_from})

    def _scheduled_by_message(self, msg_vals):
        """Return ``{message id: when recipients will be told}`` for what waits."""
        if msg_vals is not None and msg_vals is not False:
            return dict.fromkeys(self.ids, msg_vals.get("scheduled_date"))
        waiting = (
            self.env["mail.message.schedule"]
            .sudo()
            .search_fetch([("mail_message_id", "in", self.ids)], ["mail_message_id", "scheduled_datetime"])
        )
        return {row.mail_message_id.id: row.scheduled_datetime for row in waiting}

    def _own_followers(self, followers):
        """Return ``{(model name, id): follower}`` of the user for the documents."""
        if followers is None:
            by_model = self._records_by_model_name()
            domain = expression.OR(
                [[("res_model", "=", name), ("res_id", "in", records.ids)] for name, records in by_model.items()]
            )
            partner = self.env.user.partner_id
            followers = self.env["mail.followers"].sudo().search([("partner_id", "=", partner.id), *domain])
        partner = self.env.user.partner_id
        return {(row.res_model, row.res_id): row for row in followers if row.partner_id == partner}

    @staticmethod
    def _icon_of(document):
        """Return the picture of the addon that a document comes from."""
        return modules.module.get_module_icon(document._original_module)

    @api.model
    def _message_fetch(self, domain, search_term=None, before=None, after=None, around=None, limit=30):
        """Return a page of messages.

        :param domain: which messages
        :param search_term: text they contain, and with which they are counted
        :param before: only older ones than this id
        :param after: only newer ones
        :param around: those on both sides of this id
        :return: dict with ``messages`` and maybe ``count``
        """
        result = {}
        if search_term:
            domain = expression.AND([domain, self._search_term_domain(search_term)])
            result["count"] = self.search_count(domain)
        if around is not None:
            older = self.search(expression.AND([domain, [("id", "<=", around)]]), limit=limit // 2)
            newer = self.search(expression.AND([domain, [("id", ">", around)]]), limit=limit // 2, order="id asc")
            return {**result, "messages": (newer + older).sorted("id", reverse=True)}
        limits = [("id", operator, id_) for operator, id_ in (("<", before), (">", after)) if id_]
        domain = expression.AND([domain, limits])
        found = self.search(domain, limit=limit, order="id asc" if after else "id desc")
        return {**result, "messages": found.sorted("id", reverse=True) if after else found}

    def _search_term_domain(self, term):
        """Return the domain of messages with a text, the words of which stand in this order."""
        term = term.replace(" ", "%")
        attachments = self.env["ir.attachment"].sudo()._search([("name", "ilike", term)])
        texts = [[(name, "ilike", term)] for name in ("body", "subject", "subtype_id.description")]
        found = expression.OR([[("attachment_ids", "in", attachments)], *texts])
        return expression.AND([[("message_type", "not in", ("user_notification", "notification"))], found])

    # failures

    def _message_notifications_to_store(self, store: Store):
        """Put messages with what became of their notifications into a store."""
        documents = {message.id: document for message, document in self._record_by_message().items()}
        for message in self.sudo():
            document = documents.get(message.id)
            store.add(
                message,
                {
                    **{name: message[name] for name in ("body", "date", "message_type", "record_name")},
                    "author": Store.one(message.author_id, only_id=True),
                    "notifications": Store.many(message.notification_ids._filtered_for_web_client()),
                    "thread": Store.one(document, as_thread=True, fields=["modelName"])
                    if document is not None
                    else False,
                },
            )

    def _notify_message_notification_update(self):
        """Tell the authors, and the user, what became of their messages; only of documents they may read."""
        documents = {message.id: document for message, document in self._record_by_message().items()}
        by_user = defaultdict(self.browse)
        for message in self:
            document = documents.get(message.id)
            if document is not None and not document.exists()._filtered_access("read"):
                continue
            if not self.env.user._is_public():
                by_user[self.env.user.partner_id] |= message
            author = message.sudo().author_id
            if author and author != self.env.user.partner_id and author.user_ids:
                by_user[author] |= message
        for partner, messages in by_user.items():
            store = Store()
            messages._message_notifications_to_store(store)
            partner._bus_send_store(store)
