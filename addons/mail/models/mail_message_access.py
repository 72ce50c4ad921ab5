"""Who may do what with messages: it follows from the document, and from who wrote and got them."""

from collections import defaultdict

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.osv import expression
from odoo.tools import SQL, email_normalize
from odoo.tools.translate import _

#: how many messages an error names
_NAMED = 6


class MailMessageAccess(models.Model):
    """The rules of access of messages, which record rules cannot say."""

    _inherit = "mail.message"

    def _check_access(self, operation):
        """Return the messages that the user may not use so, with a function that makes the error."""
        result = super()._check_access(operation)
        if self.env.su or result or not any(self._ids):
            return result
        forbidden = self._forbidden_for(operation)
        return (forbidden, lambda: forbidden._make_access_error(operation)) if forbidden else None

    def _make_access_error(self, operation):
        """Return the error for messages that the user may not use."""
        ids = ", ".join(map(str, self.ids[:_NAMED]))
        return AccessError(
            _(
                "User %(user)s may not %(operation)s these messages (ids %(ids)s): it takes rights on their documents.",
                user=self.env.user.display_name,
                operation=operation,
                ids=ids if len(self.ids) <= _NAMED else f"{ids}, ...",
            )
        )

    def _forbidden_for(self, operation):
        """Return those messages that the user may not use so."""
        rows = self._access_rows()
        allowed, asked = set(), []
        outside = not self.env.user._is_internal()
        for row in rows:
            for_house = outside and self._is_for_house(row)
            if for_house and row["message_type"] == "comment":
                continue
            if self._is_own(row, operation):
                allowed.add(row["id"])
            elif for_house and operation == "read":
                continue
            elif row["model"] and row["res_id"] and row["message_type"] != "user_notification":
                asked.append(row)
        allowed |= self._allowed_by_documents(asked, operation)
        existing = {row["id"] for row in rows}
        # what does not exist is reported as missing, where it is used
        return self.browse([id_ for id_ in self.ids if id_ in existing and id_ not in allowed])

    @staticmethod
    def _is_for_house(row):
        """Tell whether a message is only for users of the house."""
        return row["is_internal"] or not row["subtype_id"] or row["subtype_internal"]

    def _is_own(self, row, operation):
        """Tell whether the part that the user has in a message is enough."""
        if self.env.user._is_public():
            # visitors share this user: what one of them wrote is not the next one's
            return False
        is_author = row["author_id"] and row["author_id"] == self.env.user.partner_id.id
        if operation == "read":
            return is_author or row["create_uid"] == self.env.uid or row["is_recipient"]
        if operation == "write":
            # what the house wrote to people from outside stays as it was
            return is_author or (row["is_recipient"] and self.env.user._is_internal())
        if operation == "create":
            is_thread = row["model"] and row["res_id"] and row["message_type"] != "user_notification"
            return not is_thread or row["answers_to_user"] or row["is_follower"]
        return False

    def _access_rows(self):
        """Return what the access to the messages follows from, as dicts."""
        self.flush_recordset(
            ["author_id", "is_internal", "message_type", "model", "parent_id", "partner_ids", "res_id", "subtype_id"]
        )
        self.env["mail.notification"].flush_model(["mail_message_id", "res_partner_id"])
        self.env["mail.followers"].flush_model(["partner_id", "res_id", "res_model"])
        self.env["mail.message.subtype"].flush_model(["internal"])
        return self.env.execute_query_dict(
            SQL(
                """
                SELECT m.id, m.model, m.res_id, m.author_id, m.create_uid, m.message_type, m.is_internal,
                       m.subtype_id, s.internal AS subtype_internal,
                       EXISTS (SELECT FROM mail_message_res_partner_rel r
                                WHERE r.mail_message_id = m.id AND r.res_partner_id = %(partner)s)
                       OR EXISTS (SELECT FROM mail_notification n
                                   WHERE n.mail_message_id = m.id AND n.res_partner_id = %(partner)s) AS is_recipient,
                       EXISTS (SELECT FROM mail_message_res_partner_rel r
                                 JOIN mail_message p ON p.id = r.mail_message_id
                                WHERE p.id = m.parent_id AND r.res_partner_id = %(partner)s
                                  AND (p.model, p.res_id) IS NOT DISTINCT FROM (m.model, m.res_id)) AS answers_to_user,
                       EXISTS (SELECT FROM mail_followers f
                                WHERE f.res_model = m.model AND f.res_id = m.res_id
                                  AND f.partner_id = %(partner)s) AS is_follower
                  FROM mail_message m
             LEFT JOIN mail_message_subtype s ON s.id = m.subtype_id
                 WHERE m.id = ANY(%(ids)s)
                """,
                partner=self.env.user.partner_id.id,
                ids=self.ids,
            )
        )

    def _allowed_by_documents(self, rows, operation):
        """Return the ids of those messages that the rights on the document allow to use so."""
        by_model = defaultdict(lambda: defaultdict(list))
        for row in rows:
            by_model[row["model"]][row["res_id"]].append(row["id"])
        allowed = set()
        for model_name, by_document in by_model.items():
            if model_name not in self.env:
                continue
            documents = self.env[model_name].browse(by_document)
            right = self._right_on_documents(documents, operation)
            for document in documents.exists()._filtered_access(right):
                allowed.update(by_document[document.id])
        return allowed

    def _right_on_documents(self, documents, operation):
        """Return which right on documents the use of their messages takes."""
        if hasattr(documents, "_get_mail_message_access"):
            return documents._get_mail_message_access(documents.ids, operation)
        return self.env["mail.thread"]._get_mail_message_access(documents.ids, operation, model_name=documents._name)

    def _check_authors(self):
        """Check that people from outside write in their own name.

        :raise AccessError: otherwise
        """
        if self.env.su or self.env.user._is_internal():
            return
        own = self.env.user.sudo().partner_id
        addresses = {False, own.email_normalized}
        for message in self.sudo():
            if message.author_id - own or (email_normalize(message.email_from) or False) not in addresses:
                raise AccessError(_("You write in your own name only."))

    # searching

    def _get_search_domain_share(self):
        """Return the domain of what people from outside may find."""
        return ["&", "&", ("is_internal", "=", False), ("subtype_id", "!=", False), ("subtype_id.internal", "=", False)]

    @api.model
    def _where_calc(self, domain, active_test=True):
        """Have people from outside find what is for them only, also documents by their messages."""
        if not (self.env.su or self.env.user._is_internal()):
            domain = expression.AND([self._get_search_domain_share(), list(domain or ())])
        return super()._where_calc(domain, active_test)

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, **kwargs):
        """Find messages that the user may read, out of those at the places asked for."""
        if self.env.su or kwargs.get("bypass_access"):
            return super()._search(domain, offset, limit, order, **kwargs)
        self.browse().check_access("read")
        found = self.browse(super()._search(domain, offset, limit, order, **kwargs).get_result_ids())
        forbidden = set(found._forbidden_for("read")._ids) if found else ()
        return found.browse([id_ for id_ in found._ids if id_ not in forbidden])._as_query(bool(order or self._order))

    def _get_with_access(self, message_id, operation, **kwargs):
        """Return a message if the user may use it so, be it by way of its document; else nothing.

        :param message_id: id of a message
        :param operation: ``read``, ``write``, ``create`` or ``unlink``
        :param kwargs: what may give access to the document
        """
        message = self.browse(message_id).exists()
        if not message:
            return message
        if message.sudo(False).has_access(operation):
            return message
        model, res_id = message.sudo().model, message.sudo().res_id
        if model and model in self.env and res_id and hasattr(self.env[model], "_get_thread_with_access"):
            thread = self.env[model]
            right = thread._get_mail_message_access([res_id], operation)
            if thread._get_thread_with_access(res_id, mode=right, **kwargs):
                return message
        return self.browse()
