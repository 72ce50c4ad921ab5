"""Telling recipients of a message by e-mail."""

import logging
from collections import defaultdict

from markupsafe import Markup

from odoo import Command, models, modules
from odoo.tools import clean_context
from odoo.tools.mail import is_html_empty

_logger = logging.getLogger(__name__)

#: how many recipients an e-mail record has
BATCH_SIZE = 50
#: how many e-mails are sent at once
FORCE_SEND_LIMIT = 100


class MailThreadNotifyEmail(models.AbstractModel):
    """The e-mails of threads."""

    _inherit = "mail.thread"

    def _notify_thread_by_email(
        self,
        message,
        recipients_data,
        msg_vals=False,
        mail_auto_delete=True,
        model_description=False,
        force_email_company=False,
        force_email_lang=False,
        subtitles=None,
        resend_existing=False,
        force_send=True,
        send_after_commit=True,
        **kwargs,
    ):
        """Send a message to those who get it by e-mail.

        :param mail_auto_delete: delete the e-mails when they are sent
        :param model_description: name of the kind of document
        :param force_email_company: company in whose name they are
        :param force_email_lang: language for those who have none
        :param subtitles: lines below the title
        :param resend_existing: recipients were told before, which did not arrive
        :param force_send: send them now, if they are not too many
        :param send_after_commit: send them when the transaction has succeeded
        """
        recipients = [row for row in recipients_data if row["notif"] == "email"]
        if not recipients:
            return True
        base = self._notify_by_email_get_base_mail_values(message, {"auto_delete": mail_auto_delete})
        size = self._mail_parameter("mail.batch_size", BATCH_SIZE) or BATCH_SIZE
        mails = self.env["mail.mail"].sudo().with_context(clean_context(self.env.context))
        created, mail_of = mails.browse(), {}
        groups = self._notify_get_classified_recipients_iterator(
            message,
            recipients,
            msg_vals=msg_vals,
            model_description=model_description,
            force_email_company=force_email_company,
            force_email_lang=force_email_lang,
            subtitles=subtitles,
        )
        for _lang, render_values, group in groups:
            body = self._notify_by_email_render_layout(message, group, msg_vals=msg_vals, render_values=render_values)
            ids = group["recipients"]
            for start in range(0, len(ids), size):
                chunk = ids[start : start + size]
                values = self._notify_by_email_get_final_mail_values(chunk, base, {"body_html": body})
                mail = mails.create(values)
                created += mail
                mail_of.update(dict.fromkeys(chunk, mail.id))
        self._keep_email_notifications(message, mail_of, msg_vals, resend_existing)
        self._send_notification_mails(created, force_send, send_after_commit)
        return True

    def _mail_parameter(self, key, default):
        """Return a number of the configuration."""
        value = self.env["ir.config_parameter"].sudo().get_param(key, default)
        try:
            return int(value)
        except (TypeError, ValueError):
            return default

    def _keep_email_notifications(self, message, mail_of, msg_vals, resend_existing):
        """Keep that partners are told by e-mails.

        :param mail_of: ``{partner id: id of the e-mail}``
        """
        notifications = self.env["mail.notification"].sudo().with_context(clean_context(self.env.context))
        existing = notifications.browse()
        if resend_existing:
            existing = notifications.search(
                [
                    ("mail_message_id", "=", message.id),
                    ("notification_type", "=", "email"),
                    ("res_partner_id", "in", list(mail_of)),
                ]
            )
            by_mail = defaultdict(notifications.browse)
            for notification in existing:
                by_mail[mail_of[notification.res_partner_id.id]] |= notification
            for mail_id, of_mail in by_mail.items():
                of_mail.write({"notification_status": "ready", "mail_mail_id": mail_id})
        author_id = (msg_vals or {}).get("author_id") or message.sudo().author_id.id
        told = set(existing.res_partner_id._ids)
        notifications.create(
            [
                {
                    "author_id": author_id,
                    "is_read": True,
                    "mail_mail_id": mail_id,
                    "mail_message_id": message.id,
                    "notification_status": "ready",
                    "notification_type": "email",
                    "res_partner_id": partner_id,
                }
                for partner_id, mail_id in mail_of.items()
                if partner_id not in told
            ]
        )

    def _send_notification_mails(self, mails, force_send, send_after_commit):
        """Send e-mails now, or leave them to the queue."""
        force_send = self.env.context.get("mail_notify_force_send", force_send)
        limit = self._mail_parameter("mail.mail.force.send.limit", FORCE_SEND_LIMIT)
        testing = bool(modules.module.current_test)
        if not force_send or len(mails) >= limit or not (self.env.registry.ready or testing):
            return
        if testing or not send_after_commit:
            mails.send()
        else:
            mails.send_after_commit()

    # what they look like

    def _notify_get_classified_recipients_iterator(
        self,
        message,
        recipients_data,
        msg_vals=False,
        model_description=False,
        force_email_company=False,
        force_email_lang=False,
        subtitles=None,
    ):
        """Yield recipients whose e-mails look the same: language, values of the layout, kind of recipients."""
        by_lang = defaultdict(list)
        for row in recipients_data:
            by_lang[row["lang"] or force_email_lang or self.env.lang].append(row)
        model_name = (msg_vals or {}).get("model") or message.sudo().model
        for lang, rows in by_lang.items():
            here = self.with_context(lang=lang)
            described = model_description
            if not described and model_name:
                described = here.env["ir.model"]._get(model_name).display_name
            values = here._notify_by_email_prepare_rendering_context(
                message.with_context(lang=lang),
                msg_vals=msg_vals,
                model_description=described,
                force_email_company=force_email_company,
                force_email_lang=lang,
            )
            if subtitles:
                values["subtitles"] = subtitles
            groups = here._notify_get_recipients_classify(message, rows, described, msg_vals=msg_vals)
            for group in groups:
                yield lang, values, group

    def _notify_by_email_prepare_rendering_context(
        self, message, msg_vals=False, model_description=False, force_email_company=False, force_email_lang=False
    ):
        """Return the values that layouts of e-mails use."""
        msg_vals = msg_vals or {}
        known = message.sudo()
        if "subtype_id" in msg_vals:
            subtype = self.env["mail.message.subtype"].sudo().browse(msg_vals["subtype_id"] or ())
        else:
            subtype = known.subtype_id
        record_name = msg_vals.get("record_name") or known.record_name
        record = self.env[known.model].browse(known.res_id) if known.model in self.env and known.res_id else self
        company = force_email_company or self._company_of_email(record)
        add_signature = msg_vals.get("email_add_signature", known.email_add_signature)
        website = company.website or ""
        if website and "://" not in website:
            website = f"http://{website}"
        return {
            "is_discussion": subtype.id == self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_comment"),
            "message": message,
            "subtype": subtype,
            "tracking_values": self._tracking_rows(known),
            "model_description": model_description or False,
            "record": record,
            "record_name": record_name,
            "subtitles": [record_name] if record_name else [],
            "company": company,
            "email_add_signature": add_signature,
            "lang": force_email_lang or self.env.lang,
            "signature": self._signature_of_email(known) if add_signature else "",
            "website_url": website,
            "is_html_empty": is_html_empty,
        }

    def _company_of_email(self, record):
        """Return the company in whose name e-mails about a document are."""
        own = record.sudo()
        if own and "company_id" in own._fields and own.company_id._name == "res.company" and own.company_id:
            return own.company_id
        return self.env.company.sudo()

    def _signature_of_email(self, message):
        """Return the signature below a message, which is of its author."""
        author = message.author_id
        if not author:
            return ""
        user = self.env.user if author == self.env.user.partner_id else author.user_ids[:1]
        if user:
            return user.sudo().signature or ""
        return Markup("<p>-- <br/>%s</p>") % (author.name or "")

    def _tracking_rows(self, message):
        """Return the changes told by a message, as triples of label, old and new value; those the user may see."""
        trackings = message.tracking_value_ids._filter_has_field_access(self.env)
        if trackings and hasattr(self, "_track_filter_for_display"):
            trackings = self._track_filter_for_display(trackings)
        rows = trackings._tracking_value_format()
        return [(row["changedField"], row["oldValue"]["value"], row["newValue"]["value"]) for row in rows]

    def _notify_by_email_render_layout(self, message, recipients_group, msg_vals=False, render_values=None):
        """Return the body of the e-mails for a kind of recipients."""
        xmlid = (msg_vals or {}).get("email_layout_xmlid") or message.sudo().email_layout_xmlid
        xmlid = xmlid or "mail.mail_notification_layout"
        values = {**(render_values or {}), **recipients_group}
        lang = values.get("lang") or self.env.lang
        body = self.env["ir.qweb"]._render(
            xmlid, values, minimal_qcontext=True, raise_if_not_found=False, lang=lang, inherit_branding=False
        )
        if not body:
            _logger.warning("the layout %s of e-mails is missing: they are sent without", xmlid)
            body = message.sudo().body
        return self.env["mail.render.mixin"]._replace_local_links(body)

    # values of the e-mails

    def _notify_by_email_get_base_mail_values(self, message, additional_values=None):
        """Return the values that all e-mails with a message share."""
        known = message.sudo()
        chain = (known.parent_id.message_id, known.message_id)
        values = {
            "mail_message_id": message.id,
            "references": " ".join(filter(None, chain)),
            **(additional_values or {}),
        }
        subject = self._subject_of_email(known)
        if subject != known.subject:
            values["subject"] = subject
        bounce = known.record_alias_domain_id.bounce_email
        headers = self._notify_by_email_get_headers(headers={"Return-Path": bounce} if bounce else {})
        return {**values, "headers": repr(headers)} if headers else values

    def _subject_of_email(self, message):
        """Return the subject of e-mails with a message, on one line."""
        texts = (
            message.subject,
            self._message_compute_subject() if self and not message.subject else False,
            message.record_name,
        )
        return " ".join(next(filter(None, texts), "").splitlines())

    def _notify_by_email_get_final_mail_values(self, recipient_ids, mail_values, additional_values=None):
        """Return the values of one e-mail.

        :param recipient_ids: ids of partners
        :param mail_values: what all e-mails with the message share
        :param additional_values: what is of this one
        """
        commands = [Command.link(id_) for id_ in recipient_ids]
        return {**mail_values, "recipient_ids": commands, **(additional_values or {})}
