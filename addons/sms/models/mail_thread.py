"""Threads that send text messages: to whom, and what is said."""

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import SQL, clean_context

from ..tools.sms_tools import plain_text, sms_content_to_rendered_html


class MailThread(models.AbstractModel):
    """Documents about which text messages are sent."""

    _inherit = "mail.thread"

    message_has_sms_error = fields.Boolean(
        "SMS Delivery error", compute="_compute_message_has_sms_error", search="_search_message_has_sms_error"
    )

    @api.depends_context("uid")
    def _compute_message_has_sms_error(self):
        """Tell whether a telephone did not get what the user sent."""
        condition = SQL(
            "n.notification_type = 'sms' AND n.notification_status = 'exception' AND n.author_id = %s",
            self.env.user.partner_id.id,
        )
        failed = self._origin._count_notifications(condition)
        for thread in self:
            thread.message_has_sms_error = thread._origin.id in failed

    @api.model
    def _search_message_has_sms_error(self, operator, operand):
        """Find documents with messages that telephones did not get."""
        return [("message_ids.has_sms_error", operator, operand)]

    # whom messages go to

    def _sms_get_recipients_info(self, force_field=False, partner_fallback=True):
        """Return which number messages about each record go to.

        :param force_field: the field that has it; by default the usual ones are tried
        :param partner_fallback: try the numbers of the partners of the record too
        :return: ``{record id: dict}`` with ``partner``; ``number`` as it was written; ``sanitized``, ``False`` when it
            is no number; ``field_store`` the field it was found in, ``partner_store`` whether that is the partner's
        """
        found = {}
        for record in self:
            names = [force_field] if force_field else record._phone_get_number_fields()
            names = [name for name in names if name in record._fields]
            partners = record._mail_get_partners()[record.id] if record._name != "res.partner" else record
            places = [(record, name, partners[:1]) for name in names]
            if partner_fallback:
                places += [
                    (partner, name, partner) for partner in partners for name in partner._phone_get_number_fields()
                ]
            found[record.id] = record._sms_first_number(places, names, partners[:1])
        return found

    def _sms_first_number(self, places, names, partner):
        """Return what is known of the first number that is one, otherwise of the first text.

        :param places: tuples of a record, the name of one of its fields, and the partner who is reached there
        :param names: fields of the record itself, for those who enter a number
        """
        raw = {
            "field_store": names[0] if names else False,
            "number": False,
            "partner": partner,
            "partner_store": False,
            "sanitized": False,
        }
        for record, name, reached in places:
            if not record[name]:
                continue
            told = {
                "field_store": name,
                "number": record[name],
                "partner": reached,
                "partner_store": record._name == "res.partner" and record != self,
                "sanitized": record._phone_format(fname=name),
            }
            if told["sanitized"]:
                return told
            if not raw["number"]:
                raw = told
        return raw

    # what is said

    @api.returns("mail.message", lambda value: value.id)
    def message_post(self, *args, body="", message_type="notification", **kwargs):
        """Post a message; text messages keep their text, and are shown with links."""
        if message_type == "sms":
            # what is meant for the record is not meant for its message
            self = self.with_context(clean_context(self.env.context))
            kwargs["sms_content"] = body
            body = self._sms_body(body)
        return super().message_post(*args, body=body, message_type=message_type, **kwargs)

    @api.model
    def _sms_body(self, text):
        """Return the text of a message as it is shown on the record."""
        return Markup(sms_content_to_rendered_html(text))

    def _message_sms_schedule_mass(self, body="", template=False, **composer_values):
        """Put messages about many records into the queue, and a note on each.

        :param body: the text, which may have placeholders
        :param template: an ``sms.template`` instead
        :param composer_values: more values of the composer
        :return: the messages
        """
        values = {
            "body": body if not template else template.body,
            "composition_mode": "mass",
            "mass_force_send": False,
            "mass_keep_log": True,
            "res_ids": repr(self.ids),
            "res_model": self._name,
            "template_id": template.id if template else False,
            **composer_values,
        }
        return self.env["sms.composer"].create(values)._action_send_sms()

    def _message_sms_with_template(
        self, template=False, template_xmlid=False, template_fallback="", partner_ids=False, **kwargs
    ):
        """Send a text message from a template.

        :param template: an ``sms.template``; or ``template_xmlid``, its external id
        :param template_fallback: text with placeholders, for when there is no template
        :param partner_ids: ids of those who get it; see :meth:`_message_sms`
        :return: the message
        """
        self.ensure_one()
        source = template or (template_xmlid and self.env.ref(template_xmlid, raise_if_not_found=False))
        text = self._sms_text(source, template_fallback)
        return self._message_sms(text, partner_ids=partner_ids, **kwargs)

    def _sms_text(self, template, fallback):
        """Return what a template says about the document; without one, what a text with placeholders does."""
        templates = self.env["sms.template"]
        texts = (
            template._render_field("body", self.ids, compute_lang=True)
            if template
            else templates._render_template(fallback, self._name, self.ids)
        )
        return texts[self.id]

    def _message_sms(
        self,
        body,
        subtype_id=False,
        partner_ids=False,
        number_field=False,
        sms_numbers=None,
        sms_pid_to_number=None,
        **kwargs,
    ):
        """Send a text message about the document, and keep it there.

        :param body: the text
        :param subtype_id: id of the kind of message, a note by default
        :param partner_ids: ids of those who get it
        :param number_field: field of the record with the number
        :param sms_numbers: list of numbers that get it
        :param sms_pid_to_number: ``{id of a partner: number}`` instead of theirs
        :param kwargs: more parameters of ``message_post``
        :return: the message

        Without partners and numbers, the number of the record gets it.
        """
        self.ensure_one()
        forced = dict(sms_pid_to_number or {})
        if number_field or (partner_ids is False and sms_numbers is None):
            info = self._sms_get_recipients_info(force_field=number_field)[self.id]
            number = info["sanitized"] or info["number"] or False
            if info["partner"] and number:
                partner_ids = [*(partner_ids or ()), info["partner"].id]
                forced[info["partner"].id] = number
            elif not (partner_ids or sms_numbers) or number:
                sms_numbers = [*(sms_numbers or ()), number]
        partner_ids = list(dict.fromkeys(partner_ids or ()))
        # who writes to themselves wants to get it
        kwargs.setdefault("notify_author", self.env.user.partner_id.id in partner_ids)
        return self.message_post(
            body=plain_text(body) if isinstance(body, Markup) else body,
            message_type="sms",
            partner_ids=partner_ids,
            sms_numbers=sms_numbers,
            sms_pid_to_number=forced,
            subtype_id=subtype_id or self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_note"),
            **kwargs,
        )
