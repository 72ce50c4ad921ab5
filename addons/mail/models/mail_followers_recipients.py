"""Whom a message goes to, and who follows documents, in one statement each."""

from odoo import models
from odoo.tools import SQL

#: what the statements read
_READ = {
    "mail.followers": ("res_model", "res_id", "partner_id", "subtype_ids"),
    "mail.message.subtype": ("internal",),
    "res.partner": ("lang", "active", "partner_share"),
    "res.users": ("partner_id", "active", "share", "groups_id", "notification_type"),
}
#: the user that counts for a partner: one of the house first, then the oldest
_USERS = SQL(
    """
    LEFT JOIN LATERAL (
        SELECT u.id, u.share, u.notification_type,
               (SELECT array_agg(g.gid) FROM res_groups_users_rel g WHERE g.uid = u.id) AS groups
          FROM res_users u
         WHERE u.partner_id = p.id AND u.active
      ORDER BY u.share ASC NULLS FIRST, u.id ASC LIMIT 1
    ) u ON TRUE
    """
)


class FollowersRecipients(models.Model):
    """Reads followers with what notifications need to know of them."""

    _inherit = "mail.followers"

    def _get_recipient_data(self, records, message_type, subtype_id, pids=None):
        """Return who is to be told of a message.

        :param records: documents of the message, or nothing
        :param message_type: of the message; a ``user_notification`` goes to ``pids`` only
        :param subtype_id: id of the kind of message, which its followers get
        :param pids: ids of further partners
        :return: ``{document id, 0 for none: {partner id: dict with active, groups, id, is_follower, lang, notif,
            share, type, uid, ushare}}``
        """
        for model_name, names in _READ.items():
            self.env[model_name].flush_model(names)
        pids = list(pids or ())
        to_followers = bool(records) and bool(subtype_id) and message_type != "user_notification"
        res_ids = list(records.ids) if records else [0]
        data = {res_id: {} for res_id in res_ids}
        if not to_followers and not pids:
            return data
        if to_followers:
            statement = self._recipients_of_documents(records, subtype_id, pids)
        else:
            statement = self._recipients_named(records, res_ids, pids)
        for row in self.env.execute_query_dict(statement):
            res_id = row.pop("res_id")
            row["notif"] = row["notif"] or "email"
            row["groups"] = set(row["groups"] or ())
            row["type"] = "portal" if row["ushare"] else "customer" if row["share"] else "user"
            data[res_id][row["id"]] = row
        return data

    def _recipients_of_documents(self, records, subtype_id, pids):
        """Return the statement for the followers of documents who get a kind of message, and ``pids``."""
        return SQL(
            """
            WITH following AS (
                SELECT f.res_id, f.partner_id,
                       bool_or(s.id IS NOT NULL AND NOT (COALESCE(s.internal, FALSE) AND p.partner_share)) AS gets,
                       bool_or(s.id IS NOT NULL AND COALESCE(s.internal, FALSE) AND p.partner_share) AS kept
                  FROM mail_followers f
                  JOIN res_partner p ON p.id = f.partner_id
             LEFT JOIN mail_followers_mail_message_subtype_rel r
                    ON r.mail_followers_id = f.id AND r.mail_message_subtype_id = %(subtype)s
             LEFT JOIN mail_message_subtype s ON s.id = r.mail_message_subtype_id
                 WHERE f.res_model = %(model)s AND f.res_id = ANY(%(ids)s)
              GROUP BY f.res_id, f.partner_id
            ), wanted AS (
                SELECT d.id AS res_id, p.id AS partner_id
                  FROM unnest(%(ids)s::int[]) d(id) CROSS JOIN unnest(%(pids)s::int[]) p(id)
                 UNION
                SELECT res_id, partner_id FROM following WHERE gets
            )
            SELECT w.res_id, p.id, p.active, p.lang, p.partner_share AS share,
                   COALESCE(f.partner_id IS NOT NULL AND NOT f.kept, FALSE) AS is_follower,
                   u.id AS uid, COALESCE(u.share, FALSE) AS ushare, u.notification_type AS notif, u.groups
              FROM wanted w
              JOIN res_partner p ON p.id = w.partner_id
         LEFT JOIN following f ON f.partner_id = w.partner_id AND f.res_id = w.res_id
                   %(users)s
          ORDER BY w.res_id, p.id
            """,
            model=records._name,
            ids=records.ids,
            pids=pids,
            subtype=subtype_id,
            users=_USERS,
        )

    def _recipients_named(self, records, res_ids, pids):
        """Return the statement for ``pids``, with whether they follow the documents."""
        return SQL(
            """
            SELECT d.id AS res_id, p.id, p.active, p.lang, p.partner_share AS share, f.id IS NOT NULL AS is_follower,
                   u.id AS uid, COALESCE(u.share, FALSE) AS ushare, u.notification_type AS notif, u.groups
              FROM unnest(%(ids)s::int[]) d(id)
        CROSS JOIN res_partner p
         LEFT JOIN mail_followers f ON f.res_model = %(model)s AND f.res_id = d.id AND f.partner_id = p.id
                   %(users)s
             WHERE p.id = ANY(%(pids)s)
          ORDER BY d.id, p.id
            """,
            model=records._name if records else None,
            ids=res_ids,
            pids=pids,
            users=_USERS,
        )

    def _get_subscription_data(self, doc_data, pids, include_pshare=False, include_active=False):
        """Return who follows documents.

        :param doc_data: list of pairs ``(model name, ids of documents)``
        :param pids: ids of partners to look for; all if ``None``
        :param include_pshare: tell whether the partner is from outside
        :param include_active: tell whether the partner is active
        :return: list of tuples ``(follower id, document id, partner id, ids of subtypes)``, with the two flags at
            the end where asked for
        """
        self.flush_model(["partner_id", "res_id", "res_model", "subtype_ids"])
        self.env["res.partner"].flush_model(["active", "partner_share"])
        documents = SQL(" OR ").join(
            SQL("(f.res_model = %s AND f.res_id = ANY(%s))", model_name, list(res_ids))
            for model_name, res_ids in doc_data
        )
        if not doc_data:
            return []
        return self.env.execute_query(
            SQL(
                """
                SELECT f.id, f.res_id, f.partner_id,
                       COALESCE(array_agg(r.mail_message_subtype_id)
                                FILTER (WHERE r.mail_message_subtype_id IS NOT NULL), '{}') %s %s
                  FROM mail_followers f
                  JOIN res_partner p ON p.id = f.partner_id
             LEFT JOIN mail_followers_mail_message_subtype_rel r ON r.mail_followers_id = f.id
                 WHERE (%s) AND %s
              GROUP BY f.id, p.partner_share, p.active
              ORDER BY f.id
                """,
                SQL(", p.partner_share") if include_pshare else SQL(),
                SQL(", p.active") if include_active else SQL(),
                documents,
                SQL("TRUE") if pids is None else SQL("f.partner_id = ANY(%s)", list(pids)),
            )
        )
