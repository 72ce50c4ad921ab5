"""``mail.thread``: documents people talk about; their fields, and what happens when they are created and changed."""

from collections import namedtuple

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.osv import expression
from odoo.tools import SQL, clean_context

#: what marks the first message of a document, for clients
_CREATION_BODY = Markup('<div summary="o_mail_notification"><p>%s</p></div>')
#: counters of notifications are about these messages
_SHOWN = SQL("m.message_type != 'user_notification'")


class MailThread(models.AbstractModel):
    """Documents with messages, followers and tracked fields."""

    _name = "mail.thread"
    _description = "Email Thread"
    #: answers hang below the first message of the document
    _mail_flat_thread = True
    #: right on the document that posting takes
    _mail_post_access = "write"
    #: field with the main address of the document
    _primary_email = "email"
    _Attachment = namedtuple("Attachment", ("fname", "content", "info"))

    message_is_follower = fields.Boolean(
        "Is Follower", compute="_compute_message_is_follower", search="_search_message_is_follower"
    )
    message_follower_ids = fields.One2many(
        "mail.followers", "res_id", string="Followers", groups="base.group_user", copy=False
    )
    message_partner_ids = fields.Many2many(
        comodel_name="res.partner",
        string="Followers (Partners)",
        compute="_compute_message_partner_ids",
        inverse="_inverse_message_partner_ids",
        search="_search_message_partner_ids",
        groups="base.group_user",
    )
    message_ids = fields.One2many(
        "mail.message",
        "res_id",
        string="Messages",
        domain=lambda self: [("message_type", "!=", "user_notification")],
        auto_join=True,
        copy=False,
    )
    has_message = fields.Boolean(compute="_compute_has_message", search="_search_has_message", store=False)
    message_needaction = fields.Boolean(
        "Action Needed", compute="_compute_message_needaction", search="_search_message_needaction"
    )
    message_needaction_counter = fields.Integer("Number of Actions", compute="_compute_message_needaction")
    message_has_error = fields.Boolean(
        "Message Delivery error", compute="_compute_message_has_error", search="_search_message_has_error"
    )
    message_has_error_counter = fields.Integer("Number of errors", compute="_compute_message_has_error")
    message_attachment_count = fields.Integer(
        "Attachment Count", compute="_compute_message_attachment_count", groups="base.group_user"
    )

    def _valid_field_parameter(self, field, name):
        """Threads may say what is tracked."""
        return name == "tracking" or super()._valid_field_parameter(field, name)

    # followers

    @api.depends("message_follower_ids")
    def _compute_message_partner_ids(self):
        """Take the partners of the followers."""
        for thread in self:
            thread.message_partner_ids = thread.message_follower_ids.partner_id

    def _inverse_message_partner_ids(self):
        """Have partners follow, or not any more."""
        for thread in self:
            before = set(thread.message_follower_ids.partner_id._ids)
            after = set(thread.message_partner_ids._ids)
            thread.message_unsubscribe(sorted(before - after))
            thread.message_subscribe(sorted(after - before))

    @api.model
    def _search_message_partner_ids(self, operator, operand):
        """Find documents that partners follow; people from outside find what they follow themselves.

        :raise AccessError: when they look for others
        """
        self._check_follower_search(operand)
        negative = operator in expression.NEGATIVE_TERM_OPERATORS
        positive = expression.TERM_OPERATORS_NEGATION[operator] if negative else operator
        followers = (
            self.env["mail.followers"]
            .sudo()
            ._search([("res_model", "=", self._name), ("partner_id", positive, operand)])
        )
        return [("id", "not in" if negative else "in", followers.subselect("res_id"))]

    def _check_follower_search(self, operand):
        """Check that the user may look for documents that these partners follow.

        :raise AccessError: for others than themselves and their company, by people from outside
        """
        if self.env.su or self.env.user._is_internal():
            return
        partner = self.env.user.partner_id
        own = {partner.id, partner.commercial_partner_id.id}
        ids = operand if isinstance(operand, (list, tuple, set)) else [operand]
        if not all(isinstance(id_, int) and id_ in own for id_ in ids):
            raise AccessError(self.env._("You can look for documents by yourself as a follower, not by others."))

    def _check_searched_field(self, field_name, value):
        """Let people from outside find what they follow, though the field is not theirs to read."""
        if field_name == "message_partner_ids" and not self.env.user._is_internal():
            self._check_follower_search(value)
        else:
            super()._check_searched_field(field_name, value)

    def _own_followed(self):
        """Return the followers of the user's partner on the model, as a query."""
        partner = self.env.user.partner_id
        followers = self.env["mail.followers"].sudo()
        return followers._search([("res_model", "=", self._name), ("partner_id", "=", partner.id)])

    @api.depends("message_follower_ids")
    @api.depends_context("uid")
    def _compute_message_is_follower(self):
        """Tell whether the user follows."""
        followed = set(self._origin._followed_ids())
        for thread in self:
            thread.message_is_follower = thread._origin.id in followed

    @api.model
    def _search_message_is_follower(self, operator, operand):
        """Find what the user follows, or does not."""
        wanted = (operator == "=") == bool(operand)
        return [("id", "in" if wanted else "not in", self._own_followed().subselect("res_id"))]

    def _followed_ids(self):
        """Return the ids of those documents that the user follows."""
        rows = (
            self.env["mail.followers"]
            .sudo()
            ._get_subscription_data([(self._name, self.ids)], self.env.user.partner_id.ids)
        )
        return [row[1] for row in rows]

    # messages

    @api.depends("message_ids")
    def _compute_has_message(self):
        """Tell whether there is any message, of whatever kind."""
        self.env["mail.message"].flush_model(["model", "res_id"])
        rows = self.env.execute_query(
            SQL("SELECT DISTINCT res_id FROM mail_message WHERE model = %s AND res_id = ANY(%s)", self._name, self.ids)
        )
        having = {res_id for (res_id,) in rows}
        for thread in self:
            thread.has_message = thread._origin.id in having

    def _search_has_message(self, operator, value):
        """Find documents with or without messages."""
        messages = self.env["mail.message"].sudo()._search([("model", "=", self._name)])
        wanted = (operator == "=") == bool(value)
        return [("id", "in" if wanted else "not in", messages.subselect("res_id"))]

    def _count_notifications(self, condition):
        """Return ``{document id: number of notifications}`` for a condition on them (``n``)."""
        if not self.ids:
            return {}
        self.env["mail.message"].flush_model(["model", "res_id", "message_type"])
        self.env["mail.notification"].flush_model(
            ["mail_message_id", "res_partner_id", "is_read", "notification_status", "author_id"]
        )
        rows = self.env.execute_query(
            SQL(
                """SELECT m.res_id, count(*) FROM mail_message m JOIN mail_notification n ON n.mail_message_id = m.id
                    WHERE m.model = %s AND m.res_id = ANY(%s) AND %s AND %s GROUP BY m.res_id""",
                self._name,
                self._origin.ids,
                _SHOWN,
                condition,
            )
        )
        return dict(rows)

    @api.depends_context("uid")
    def _compute_message_needaction(self):
        """Count what the user has to read."""
        partner_id = self.env.user.partner_id.id
        unread = self._origin._count_notifications(
            SQL("n.res_partner_id = %s AND (n.is_read = FALSE OR n.is_read IS NULL)", partner_id)
        )
        for thread in self:
            thread.message_needaction_counter = unread.get(thread._origin.id, 0)
            thread.message_needaction = bool(thread.message_needaction_counter)

    @api.model
    def _search_message_needaction(self, operator, operand):
        """Find documents with messages that the user has to read."""
        return [("message_ids.needaction", operator, operand)]

    @api.depends_context("uid")
    def _compute_message_has_error(self):
        """Count what did not arrive of what the user sent."""
        partner_id = self.env.user.partner_id.id
        failed = self._origin._count_notifications(
            SQL("n.author_id = %s AND n.notification_status IN ('bounce', 'exception')", partner_id)
        )
        for thread in self:
            thread.message_has_error_counter = failed.get(thread._origin.id, 0)
            thread.message_has_error = bool(thread.message_has_error_counter)

    @api.model
    def _search_message_has_error(self, operator, operand):
        """Find documents with messages of the user that did not arrive."""
        own = ("message_ids.author_id", "=", self.env.user.partner_id.id)
        return ["&", ("message_ids.has_error", operator, operand), own]

    def _compute_message_attachment_count(self):
        """Count the files."""
        files = self.env["ir.attachment"]
        number_of = dict(
            files._read_group([("res_model", "=", self._name), ("res_id", "in", self.ids)], ["res_id"], ["__count"])
        )
        self.message_attachment_count = 0
        for thread in self.filtered(lambda one: one._origin.id in number_of):
            thread.message_attachment_count = number_of[thread._origin.id]

    # creating, changing, deleting

    @api.model_create_multi
    def create(self, vals_list):
        """Create documents; the user follows them, and a message tells of it.

        Keys of the context: ``tracking_disable`` does nothing of that; ``mail_create_nosubscribe`` leaves the user
        out, ``mail_create_nolog`` the message, ``mail_notrack`` the templates that changes send.
        """
        context = self.env.context
        threads = super().create(vals_list)
        if context.get("tracking_disable"):
            threads._track_discard()
            return threads
        user = self.env.user
        if threads and user.active and not context.get("mail_create_nosubscribe"):
            self.env["mail.followers"]._insert_followers(
                threads._name, threads.ids, user.partner_id.ids, customer_ids=[], check_existing=False
            )
        defaults = {
            key.removeprefix("default_"): value
            for key, value in context.items()
            if key.startswith("default_") and key.removeprefix("default_") in self._fields
        }
        effective = [{**defaults, **vals} for vals in vals_list]
        for thread, values in zip(threads, effective, strict=True):
            thread._message_auto_subscribe(values, followers_existing_policy="update")
        if not context.get("mail_create_nolog"):
            threads._log_creation()
        threads._track_discard()
        if not context.get("mail_notrack"):
            for thread, values in zip(threads, effective, strict=True):
                thread._track_created(values)
        return threads

    def _log_creation(self):
        """Tell of the creation: posted where the document has a kind of messages for that, logged otherwise."""
        subtypes = {thread.id: thread._creation_subtype() for thread in self}
        bodies = {}
        for thread in self:
            if subtypes[thread.id]:
                thread.sudo().message_post(
                    body=_CREATION_BODY % thread._creation_message(),
                    subtype_id=subtypes[thread.id].id,
                    author_id=self.env.user.partner_id.id,
                )
            else:
                bodies[thread.id] = thread._creation_message()
        if bodies:
            self.browse(bodies)._message_log_batch(bodies)

    def write(self, values):
        """Change documents; changes of tracked fields are told when the transaction ends."""
        skipped = {key for key in ("mail_notrack", "tracking_disable") if self.env.context.get(key)}
        if not skipped:
            self._track_prepare(self._fields)
        done = super().write(values)
        if "tracking_disable" not in skipped:
            self._message_auto_subscribe(values)
        return done

    def unlink(self):
        """Delete documents with their messages and followers."""
        self._track_discard()
        ids, name = self.ids, self._name
        if ids:
            said = self.env["mail.message"].sudo().search([("model", "=", name), ("res_id", "in", ids)])
            said.unlink()
        gone = super().unlink()
        if ids:
            following = [("res_model", "=", name), ("res_id", "in", ids)]
            self.env["mail.followers"].sudo().search(following).unlink()
        return gone

    def copy_data(self, default=None):
        """Copies tell of their own creation only."""
        return super(MailThread, self.with_context(mail_notrack=True)).copy_data(default=default)

    def _compute_field_value(self, field):
        """Keep what stored fields were before they are computed anew."""
        context = self.env.context
        if not (context.get("tracking_disable") or context.get("mail_notrack")):
            group = self.pool.field_computed.get(field) or (field,)
            self.filtered("id")._track_prepare([other.name for other in group if other.store])
        return super()._compute_field_value(field)

    def _creation_subtype(self):
        """Return the kind of the message that tells of the creation; none by default, which makes it a note."""
        return self.env["mail.message.subtype"]

    def _creation_message(self):
        """Return what the first message of a document says."""
        self.ensure_one()
        return self.env._("%s created", self.env["ir.model"]._get(self._name).name)

    # helpers

    def _fallback_lang(self):
        """Return the records with a language: that of the user, where the context has none."""
        known = "lang" in self.env.context and self.env.context["lang"]
        return self if known else self.with_context(lang=self.env.user.lang)

    def _with_plain_context(self):
        """Return the records without the defaults that are meant for documents."""
        return self.with_context(clean_context(self.env.context))

    @api.model
    def _get_mail_message_access(self, res_ids, operation, model_name=None):
        """Return which right on documents the use of their messages takes.

        :param res_ids: ids of the documents
        :param operation: what is to be done with the messages
        :param model_name: model of the documents, if not this one
        """
        if operation in ("write", "unlink"):
            return "write"
        if operation != "create":
            return operation
        model = self.env[model_name] if model_name else self
        right = getattr(model, "_mail_post_access", "write")
        return right if right in ("create", "read", "write", "unlink") else "write"

    @api.model
    def _get_thread_with_access(self, thread_id, mode="read", **kwargs):
        """Return a document if the user may use it so, else nothing.

        :param thread_id: id of the document
        :param mode: right on it
        :param kwargs: what else may give access, for modules that extend this
        """
        thread = self.browse(int(thread_id)).exists() if thread_id else self.browse()
        return thread if thread and thread.sudo(False).has_access(mode) else self.browse()

    @api.model
    def get_views(self, views, options=None):
        """Tell clients that records of the model are threads."""
        result = super().get_views(views, options)
        result["models"][self._name]["has_thread"] = True
        return result
