"""Threads that are rated."""

from datetime import timedelta

from markupsafe import Markup

from odoo import fields, models
from odoo.tools.mail import html2plaintext

from .rating_data import HIGHEST, LOWEST, face_of

#: how long people can think again before others are told
DELAY = timedelta(hours=2)


class MailThread(models.AbstractModel):
    """Documents that customers rate."""

    _inherit = "mail.thread"

    rating_ids = fields.One2many(
        "rating.rating",
        "res_id",
        string="Ratings",
        groups="base.group_user",
        domain=lambda self: [("res_model", "=", self._name)],
        auto_join=True,
    )

    def unlink(self):
        """Delete documents with their ratings."""
        ratings = self.env["rating.rating"].sudo()
        about = ratings.search([("res_id", "in", self.ids), ("res_model", "=", self._name)]) if self.ids else ratings
        gone = super().unlink()
        about.exists().unlink()
        return gone

    # who rates whom

    def _rating_get_parent_field_name(self):
        """Return the name of the field with what the document belongs to, and is rated by it too; false without one."""
        return False

    def _rating_get_partner(self):
        """Return who rates: the customer."""
        self.ensure_one()
        return self.partner_id if "partner_id" in self._fields else self.env["res.partner"]

    def _rating_get_operator(self):
        """Return who is rated: the partner of the user."""
        self.ensure_one()
        return self.user_id.partner_id if "user_id" in self._fields else self.env["res.partner"]

    def _rating_get_access_token(self, partner=None):
        """Return the text by which somebody rates the document without logging in.

        :param partner: who; the customer by default
        :raise AccessError: the user may not read the document
        """
        self.check_access("read")
        record = self.sudo()
        partner = (partner or record._rating_get_partner()).sudo()
        waiting = record.rating_ids.filtered(lambda one: one.partner_id == partner and not one.consumed)[:1]
        if not waiting:
            waiting = (
                self.env["rating.rating"]
                .sudo()
                .create(
                    {
                        "is_internal": False,
                        "partner_id": partner.id,
                        "rated_partner_id": record._rating_get_operator().id,
                        "res_id": self.id,
                        "res_model_id": self.env["ir.model"]._get_id(self._name),
                    }
                )
            )
        return waiting.access_token

    # asking and answering

    def rating_send_request(self, template, lang=False, force_send=True):
        """Send the e-mail that asks for a rating.

        :param template: a ``mail.template``
        :param lang: its language, that of the template by default
        :param force_send: send it now
        """
        source = template.with_context(lang=lang) if lang else template
        how = {"email_layout_xmlid": "mail.mail_notification_light", "subtype_xmlid": "mail.mt_note"}
        asking = self.with_context(mail_notify_force_send=force_send)
        asking.message_post_with_source(source, force_send=force_send, **how)

    def rating_apply(self, rate, token=None, rating=None, feedback=None, subtype_xmlid=None, notify_delay_send=False):
        """Rate the document.

        :param rate: number of stars
        :param token: see :meth:`_rating_get_access_token`; or ``rating``, the rating itself
        :param feedback: what else is said
        :param subtype_xmlid: kind of the message, a comment by default
        :param notify_delay_send: tell others after a while, in which it can be changed
        :return: the rating
        :raise ValueError: there are no such stars, or no such rating
        """
        if not LOWEST <= rate <= HIGHEST:
            raise ValueError(f"a rating lies between {LOWEST} and {HIGHEST}, not at {rate}")
        rating = rating or (token and self._rating_with(token))
        if not rating:
            raise ValueError("there is no rating with this token")
        message = rating.sudo().message_id
        places = [(rating.res_model, rating.res_id), *((one.model, one.res_id) for one in message)]
        if self and any(place != (self._name, self.id) for place in places):
            raise ValueError("the rating is one of something else")
        rating.write({"consumed": True, "feedback": feedback, "rating": rate})
        if isinstance(self, self.env.registry["mail.thread"]) and self:
            self._post_rating(rating, feedback, subtype_xmlid, notify_delay_send)
        return rating

    def _rating_with(self, token):
        return self.env["rating.rating"].search([("access_token", "=", token)], limit=1)

    def _post_rating(self, rating, feedback, subtype_xmlid, notify_delay_send):
        """Say on the document how it was rated; said again, the message is changed."""
        face = f"/rating/static/src/img/rating_{face_of(rating.rating)}.png"
        body = Markup(
            '<img src="%s" alt="%s/5" style="width: 18px; height: 18px; float: left; margin-right: 5px"/>%s'
        ) % (
            face,
            int(rating.rating),
            feedback or "",
        )
        if rating.message_id:
            self._message_update_content(rating.message_id, body, scheduled_date=False, strict=False)
            return
        later = fields.Datetime.now() + DELAY if notify_delay_send else None
        self.message_post(
            author_id=rating.partner_id.id or None,
            body=body,
            rating_id=rating.id,
            scheduled_date=later,
            subtype_xmlid=subtype_xmlid or "mail.mt_comment",
            message_type="comment",
        )

    # messages

    def _get_message_create_ignore_field_names(self):
        """The rating of a message is linked when there is one, or made of its stars."""
        return super()._get_message_create_ignore_field_names() | {"rating_id", "rating_value"}

    def _get_allowed_message_post_params(self):
        """Browsers may send stars with a message."""
        return super()._get_allowed_message_post_params() | {"rating_value"}

    def _keep_stars(self, message, msg_values):
        """Make a rating of the stars (``rating_value``) that its author sent with a message; return its id."""
        stars = float(msg_values.get("rating_value") or 0)
        if not stars:
            return None
        target = {"res_id": message.res_id, "res_model_id": self.env["ir.model"]._get_id(message.model)}
        said = {"feedback": html2plaintext(str(message.body or "")), "partner_id": message.author_id.id}
        return self.env["rating.rating"].sudo().create({"consumed": True, "rating": stars, **said, **target}).id

    def _message_post_after_hook(self, message, msg_values):
        """Link the rating with its message, where both are of the same author and document; keep its stars."""
        number = self._keep_stars(message.sudo(), msg_values) or msg_values.get("rating_id")
        rating = self.env["rating.rating"].sudo().browse(number if isinstance(number, int) else ()).exists()
        same_author = rating.partner_id == message.sudo().author_id
        if rating and same_author and (rating.res_model, rating.res_id) == (message.model, message.res_id):
            rating.message_id = message.id
        return super()._message_post_after_hook(message, msg_values)
