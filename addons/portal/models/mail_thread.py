"""Documents that people from outside talk about, by links."""

import hashlib
import hmac

from odoo import api, fields, models
from odoo.addons.portal.utils import validate_thread_with_hash_pid, validate_thread_with_token

#: what messages of a page may be
WEBSITE_TYPES = ("comment", "email", "email_outgoing")


class MailThread(models.AbstractModel):
    """Threads that links give access to."""

    _inherit = "mail.thread"

    #: name of the field with the token of links
    _mail_post_token_field = "access_token"

    website_message_ids = fields.One2many(
        "mail.message",
        "res_id",
        string="Website Messages",
        domain=lambda self: [("model", "=", self._name), ("message_type", "in", WEBSITE_TYPES)],
        auto_join=True,
        help="What people from outside may see.",
    )

    def _sign_token(self, pid):
        """Return the hash that says that a link of the document was sent to a partner.

        :param pid: id of the partner
        :raise NotImplementedError: documents of the model have no token
        """
        self.ensure_one()
        if self._mail_post_token_field not in self._fields:
            raise NotImplementedError(f"{self._name} has no field {self._mail_post_token_field!r} with tokens of links")
        known = self.sudo()
        secret = known.env["ir.config_parameter"].get_param("database.secret")
        signed = repr((self.env.cr.dbname, known[self._mail_post_token_field], pid))
        return hmac.digest(secret.encode(), signed.encode(), hashlib.sha256).hex()

    def _portal_get_parent_hash_token(self, pid):
        """Return the hash of another document whose links open this one too; models extend this."""
        return False

    @api.model
    def _get_thread_with_access(self, thread_id, mode="read", **kwargs):
        """Let the bearers of links use a document.

        :param kwargs: ``token``, or ``hash`` and ``pid``
        :return: the document, with the rights of the superuser for those who have none of their own
        """
        thread = super()._get_thread_with_access(thread_id, mode=mode, **kwargs)
        if thread or not (kwargs.get("token") or kwargs.get("hash")):
            return thread
        found = self.browse(int(thread_id)).sudo().exists() if thread_id else self.browse()
        if validate_thread_with_hash_pid(found, kwargs.get("hash"), kwargs.get("pid")):
            return found
        return found if validate_thread_with_token(found, kwargs.get("token")) else self.browse()

    def _notify_get_recipients_groups(self, message, model_description, msg_vals=None):
        """Give customers and portal users the address of the page."""
        groups = super()._notify_get_recipients_groups(message, model_description, msg_vals=msg_vals)
        if not (self and "portal.mixin" in self.env.registry and isinstance(self, self.env.registry["portal.mixin"])):
            return groups
        customer = self._mail_get_partners(introspect_fields=False)[self.id][:1]
        if customer:
            carried = {
                **(msg_vals or {}),
                "access_token": self._portal_ensure_token(),
                "pid": customer.id,
                "hash": self._sign_token(customer.id),
                **customer.sudo().signup_get_auth_param()[customer.id],
            }
            own = {
                "active": True,
                "has_button_access": True,
                "button_access": {"url": self._notify_get_action_link("view", **carried)},
            }
            groups.insert(0, ["portal_customer", lambda row: row["id"] == customer.id, own])
        for name, _belongs, values in groups:
            if name == "portal":
                values.update(active=True, has_button_access=True)
        return groups
