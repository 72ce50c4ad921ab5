"""Telling recipients of a message: who they are, in their inbox, and links for them."""

import hashlib
import hmac
import json
from datetime import date, datetime, time
from operator import itemgetter
from urllib.parse import urlencode

import pytz
from dateutil import parser

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..tools.discuss import Store

#: parameters that links into documents may carry
_LINK_KEYS = ("access_token", "action", "auth_login", "auth_signup_token", "hash", "pid", "token")


def _is_of_type(kind):
    """Return the function that tells whether recipients are of a type."""
    return lambda row: row["type"] == kind


class MailThreadNotify(models.AbstractModel):
    """The notifications of threads."""

    _inherit = "mail.thread"

    def _notify_thread(self, message, msg_vals=False, **kwargs):
        """Tell the recipients of a message.

        :param message: a message of this document
        :param msg_vals: values it was just created with, which are not read again
        :param kwargs: see :meth:`_get_notify_valid_parameters`
        :return: list of dicts, one for each recipient, see :meth:`_notify_get_recipients`
        :raise ValueError: for unknown parameters
        """
        self = self._fallback_lang()
        msg_vals = msg_vals or {}
        if unknown := kwargs.keys() - self._get_notify_valid_parameters():
            raise ValueError(f"notifications have no such parameters: {', '.join(sorted(unknown))}")
        recipients = self._notify_get_recipients(message, msg_vals, **kwargs)
        if not recipients:
            return recipients
        when = self._is_notification_scheduled(kwargs.pop("scheduled_date", None))
        if when:
            self.env["mail.message.schedule"].sudo().create(
                {
                    "mail_message_id": message.id,
                    "notification_parameters": json.dumps(kwargs),
                    "scheduled_datetime": when,
                }
            )
            return recipients
        self._notify_thread_by_inbox(message, recipients, msg_vals=msg_vals, **kwargs)
        self._notify_thread_by_email(message, recipients, msg_vals=msg_vals, **kwargs)
        return recipients

    @api.model
    def _is_notification_scheduled(self, notify_scheduled_date):
        """Return when recipients are to be told if that is later, else ``False``.

        :param notify_scheduled_date: date, time or text; without zone, UTC
        """
        when = _parsed_time(notify_scheduled_date)
        return when if when and when > self.env.cr.now() else False

    # recipients

    def _notify_get_recipients(self, message, msg_vals, **kwargs):
        """Return whom a message goes to, but for its author and those who are archived.

        :return: list of dicts with ``active``, ``groups``, ``id``, ``is_follower``, ``lang``, ``notif``, ``share``,
            ``type``, ``uid`` and ``ushare``
        """
        known = message.sudo()
        if msg_vals:
            pids = msg_vals.get("partner_ids") or []
            kind, subtype_id = msg_vals.get("message_type"), msg_vals.get("subtype_id")
        else:
            pids, kind, subtype_id = known.partner_ids.ids, known.message_type, known.subtype_id.id
        documents = None if self._name == "mail.thread" else self
        data = self.env["mail.followers"]._get_recipient_data(documents, kind, subtype_id, pids)
        dropped = set()
        if not (kwargs.get("notify_author") or self.env.context.get("mail_notify_author")):
            dropped.add(self._real_author_id(message, msg_vals))
        if kwargs.get("skip_existing"):
            dropped.update(
                self.env["mail.notification"]
                .sudo()
                .search([("mail_message_id", "in", message.ids)])
                .res_partner_id._ids
            )
        rows = data[self.id if self and documents is not None else 0]
        return [row for id_, row in rows.items() if row["active"] and id_ not in dropped]

    def _real_author_id(self, message, msg_vals):
        """Return the id of the partner who wrote a message: the user, unless it is a technical one."""
        if self.env.user.active:
            return self.env.user.partner_id.id
        return msg_vals["author_id"] if "author_id" in msg_vals else message.sudo().author_id.id

    def _notify_get_recipients_groups(self, message, model_description, msg_vals=None):
        """Return the kinds of recipients, who get e-mails that look differently.

        :return: list of lists of a name, a function that tells whether a recipient is of the kind, and a dict of what
            their e-mails show; the first active kind counts
        """
        inside = {"active": True, "has_button_access": self._is_thread_message(msg_vals)}
        outside, unused = {"active": True, "has_button_access": False}, {"active": False, "has_button_access": False}
        kinds = (
            ("user", _is_of_type("user"), inside),
            ("portal", _is_of_type("portal"), unused),
            ("follower", itemgetter("is_follower"), unused),
            ("customer", bool, outside),
        )
        return [[name, belongs, dict(values)] for name, belongs, values in kinds]

    def _notify_get_recipients_groups_fillup(self, groups, model_description, msg_vals=None):
        """Complete kinds of recipients by what all of them have."""
        link = self._notify_get_action_link("view", **(msg_vals or {}))
        title = self.env._("View %s", model_description) if model_description else self.env._("View")
        is_thread = self._is_thread_message(msg_vals)
        for name, _function, values in groups:
            values.setdefault("active", True)
            values.setdefault("actions", [])
            values.setdefault("has_button_access", is_thread)
            values.setdefault("notification_group_name", name)
            values.setdefault("recipients", [])
            values["button_access"] = {"url": link, "title": title, **values.get("button_access", {})}
        return groups

    def _notify_get_recipients_classify(self, message, recipients_data, model_description, msg_vals=None):
        """Return the kinds of recipients that there are, with who is of them.

        :param recipients_data: as :meth:`_notify_get_recipients` returns it
        :return: list of dicts, with ``recipients`` the ids of partners
        """
        values_of_message = dict(msg_vals or {})
        groups = self._notify_get_recipients_groups(message, model_description, msg_vals=values_of_message)
        groups = self._notify_get_recipients_groups_fillup(groups, model_description, values_of_message)
        active = [(belongs, values) for _name, belongs, values in groups if values["active"]]
        for row in recipients_data:
            chosen = next((values for belongs, values in active if belongs(row)), None)
            if chosen is not None:
                chosen["recipients"].append(row["id"])
        return [values for _belongs, values in active if values["recipients"]]

    def _is_thread_message(self, msg_vals=None):
        """Tell whether a message is about a document."""
        place = {"model": self._name, "res_id": self.ids[:1], **(msg_vals or {})}
        return bool(place["res_id"] and place["model"] and place["model"] != "mail.thread")

    # links

    @api.model
    def _encode_link(self, base_link, params):
        """Return the token that says that a link is ours."""
        secret = self.env["ir.config_parameter"].sudo().get_param("database.secret")
        text = " ".join(f"{key}={params[key]}" for key in sorted(params))
        return hmac.new(secret.encode(), f"{base_link}?{text}".encode(), hashlib.sha1).hexdigest()

    def _notify_get_action_link(self, link_type, **kwargs):
        """Return a link that does something with the document.

        :param link_type: ``view``, ``assign``, ``follow``, ``unfollow``, or ``controller`` for ``kwargs["controller"]``
        :param kwargs: ``model`` and ``res_id`` of another document, and what the link is to carry
        """
        params = {"model": kwargs.get("model") or self._name, "res_id": kwargs.get("res_id") or self.ids[:1] or False}
        if isinstance(params["res_id"], list):
            params["res_id"] = params["res_id"][0]
        params.update({key: kwargs[key] for key in _LINK_KEYS if kwargs.get(key)})
        if link_type in ("view", "assign", "follow", "unfollow"):
            base = f"/mail/{link_type}"
        elif link_type == "controller":
            base = kwargs.get("controller") or ""
            params.pop("model")
        else:
            return ""
        if link_type != "view":
            params["token"] = self._encode_link(base, params)
        link = f"{base}?{urlencode(sorted(params.items()))}"
        return self[:1].get_base_url() + link if self else link

    # in the inbox

    def _notify_thread_by_inbox(self, message, recipients_data, msg_vals=False, **kwargs):
        """Put a message into the inboxes of those who want it there."""
        rows = sorted((row for row in recipients_data if row["notif"] == "inbox"), key=lambda row: row["id"])
        if not rows:
            return
        author_id = (msg_vals or {}).get("author_id") or message.sudo().author_id.id
        self.env["mail.notification"].sudo().create(
            [
                {
                    "author_id": author_id,
                    "mail_message_id": message.id,
                    "notification_status": "sent",
                    "notification_type": "inbox",
                    "res_partner_id": row["id"],
                }
                for row in rows
            ]
        )
        if "bus.bus" in self.env:
            self._send_inbox(
                message, self.env["res.users"].browse([row["uid"] for row in rows if row["uid"]]), msg_vals
            )

    def _send_inbox(self, message, users, msg_vals):
        """Show a message in the browsers of users."""
        followers = self.env["mail.followers"].sudo()
        if self and self._name != "mail.thread":
            followers = followers.search_fetch(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "=", self.id),
                    ("partner_id", "in", users.partner_id.ids),
                ],
                ["res_model", "res_id", "partner_id"],
            )
        for user in users:
            seen = message.with_user(user).with_context(allowed_company_ids=[])
            # that is what they are told of: nobody has to look for it
            seen._cache["needaction"] = True
            store = Store(
                seen, msg_vals=msg_vals or None, for_current_user=True, add_followers=True, followers=followers
            )
            user._bus_send_store(store, notification_type="mail.message/inbox")

    # cancelling

    @api.model
    def notify_cancel_by_type(self, notification_type):
        """Give up what did not arrive of the user's messages about documents of the model.

        :param notification_type: ``email``; modules add more
        :raise AccessError: for people from outside, and who may not read the model
        """
        user = self.env.user
        if not user._is_internal():
            raise AccessError(self.env._("Only users of the house can give up messages that did not arrive."))
        self.browse().check_access("read")
        return notification_type != "email" or self._notify_cancel_by_type_generic(notification_type)

    @api.model
    def _notify_cancel_by_type_generic(self, notification_type):
        """Give up what did not arrive, of one type."""
        failed = (
            self.env["mail.notification"]
            .sudo()
            .search(
                [
                    ("notification_type", "=", notification_type),
                    ("notification_status", "in", ("bounce", "exception")),
                    ("author_id", "=", self.env.user.partner_id.id),
                    ("mail_message_id.model", "=", self._name),
                ]
            )
        )
        failed.write({"notification_status": "canceled"})
        failed.mail_message_id.with_env(self.env)._notify_message_notification_update()
        return True


def _parsed_time(value):
    """Return a date, time or text as a time in UTC without zone, ``False`` when it is none."""
    if not value:
        return False
    if isinstance(value, datetime):
        when = value
    elif isinstance(value, date):
        when = datetime.combine(value, time.min)
    else:
        try:
            when = parser.parse(str(value), yearfirst=True)
        except (ValueError, OverflowError):
            return False
    if when.tzinfo:
        when = when.astimezone(pytz.utc).replace(tzinfo=None)
    return fields.Datetime.to_datetime(when.replace(microsecond=0))
