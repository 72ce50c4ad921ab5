"""What templates make of records, and sending it."""

import base64

from markupsafe import Markup

from odoo import Command, models, tools
from odoo.exceptions import AccessError, UserError
from odoo.tools import is_html_empty
from odoo.tools.safe_eval import safe_eval, time
from odoo.tools.translate import _

from .mail_thread_notify_email import BATCH_SIZE

_RECIPIENTS = ("email_cc", "email_to", "partner_to")
_STATIC = ("auto_delete", "email_layout_xmlid", "mail_server_id", "model", "res_id")
_FILES = ("attachment_ids", "report_template_ids")
#: what is rendered for an e-mail
_OF_MAILS = (
    "attachment_ids",
    "auto_delete",
    "body_html",
    "email_cc",
    "email_from",
    "email_to",
    "mail_server_id",
    "model",
    "partner_to",
    "reply_to",
    "report_template_ids",
    "res_id",
    "scheduled_date",
    "subject",
)


class MailTemplateSend(models.Model):
    """The sending of templates."""

    _inherit = "mail.template"

    def _generate_template(self, res_ids, render_fields, find_or_create_partners=False):
        """Return what the template makes of records.

        :param res_ids: ids of the records
        :param render_fields: names of fields of the template
        :param find_or_create_partners: make partners of addresses
        :return: ``{id: values}``; files are in ``attachment_ids`` and ``attachments``, a list of names and base64
        """
        self.ensure_one()
        wanted, results = set(render_fields), {}
        special = {*_RECIPIENTS, *_STATIC, *_FILES, "scheduled_date"}
        for _lang, (template, ids) in self._classify_per_lang(res_ids).items():
            of_lang: dict = {id_: {} for id_ in ids}
            for name in wanted - special:
                engine = getattr(template._fields[name], "render_engine", "inline_template")
                for id_, text in template._render_field(name, ids, engine=engine).items():
                    of_lang[id_][name] = text
            if wanted & set(_RECIPIENTS):
                template._generate_template_recipients(ids, wanted, of_lang, find_or_create_partners)
            if "scheduled_date" in wanted:
                for id_, text in template._render_field("scheduled_date", ids).items():
                    of_lang[id_]["scheduled_date"] = self._process_scheduled_date(text)
            template._generate_template_static_values(ids, wanted, of_lang)
            if wanted & set(_FILES):
                template._generate_template_attachments(ids, wanted, of_lang)
            results.update(of_lang)
        return results

    def _generate_template_static_values(self, res_ids, render_fields, results):
        """Add what is the same for all records."""
        for id_ in res_ids:
            values = results[id_]
            for name in _STATIC:
                if name in render_fields:
                    known = {"mail_server_id": self.mail_server_id.id, "res_id": id_ or False}
                    values[name] = known[name] if name in known else self[name]
        return results

    def _generate_template_recipients(self, res_ids, render_fields, results, find_or_create_partners=False):
        """Add whom it goes to: ``partner_ids``, ``email_to``, ``email_cc``."""
        if self.use_default_to and self.model:
            records = self.env[self.model].browse(res_ids).sudo()
            for id_, values in records._message_get_default_recipients().items():
                results[id_].update(values)
        else:
            for name in _RECIPIENTS:
                if name in render_fields:
                    for id_, text in self._render_field(name, res_ids).items():
                        results[id_][name] = text
        if find_or_create_partners:
            self._partners_of_addresses(res_ids, results)
        named = {id_: self._parse_partner_to(results[id_].pop("partner_to", "") or "") for id_ in res_ids}
        every = [("id", "in", list({one for ids in named.values() for one in ids}))]
        known = set(self.env["res.partner"].sudo().with_context(active_test=False).search(every)._ids)
        for id_ in res_ids:
            ids = [one for one in named[id_] if one in known]
            if ids:
                results[id_]["partner_ids"] = [*results[id_].get("partner_ids", []), *ids]
            if "partner_to" in render_fields:
                results[id_].setdefault("partner_ids", [])
        return results

    def _partners_of_addresses(self, res_ids, results):
        """Make partners of the addresses, with what the records know of them."""
        addresses: dict = {}
        for id_ in res_ids:
            texts = [results[id_].pop(name, "") for name in ("email_to", "email_cc")]
            addresses[id_] = [one for text in texts for one in tools.mail.email_split_and_format_normalize(text)]
        every = list(dict.fromkeys(one for of_record in addresses.values() for one in of_record))
        if not every:
            return
        records = self.env[self.model].browse(res_ids) if self.model else self.env["res.partner"]
        extra: dict = {}
        for record in records:
            company = record._mail_get_company_field()
            known = record._get_customer_information() if hasattr(record, "_get_customer_information") else {}
            for address in addresses[record.id]:
                key = tools.email_normalize(address)
                values = {"company_id": record[company].id} if company else {}
                extra.setdefault(key, {}).update({**values, **known.get(key, {})})
        # the language is that of the writer, not of the new partners
        model = self.env["res.partner"].with_context(lang=None)
        partners = model._find_or_create_from_emails(every, additional_values=extra)
        partner_of = dict(zip(every, partners, strict=True))
        for id_ in res_ids:
            ids = [partner_of[one].id for one in addresses[id_] if partner_of[one]]
            results[id_]["partner_ids"] = [*results[id_].get("partner_ids", []), *dict.fromkeys(ids)]

    def _generate_template_attachments(self, res_ids, render_fields, results):
        """Add the files: those of the template, and printed reports."""
        for id_ in res_ids:
            if "attachment_ids" in render_fields:
                results[id_]["attachment_ids"] = self.attachment_ids.ids
            if "report_template_ids" in render_fields and self.report_template_ids:
                results[id_]["attachments"] = [self._printed(report, id_) for report in self.report_template_ids]
        records = self.env[self.model].browse(res_ids) if self.model else None
        if records is not None and hasattr(records, "_process_attachments_for_template_post"):
            for id_, values in records._process_attachments_for_template_post(self).items():
                for name in ("attachments", "attachment_ids"):
                    if values.get(name):
                        results[id_][name] = [*results[id_].get(name, []), *values[name]]
        return results

    def _printed(self, report, res_id):
        """Return the name and the content, in base64, of a report on a record.

        :raise UserError: for kinds of reports that are no files
        """
        if report.report_type in ("qweb-html", "qweb-pdf"):
            content, extension = self.env["ir.actions.report"]._render_qweb_pdf(report, [res_id])
        else:
            rendered = self.env["ir.actions.report"]._render(report, [res_id])
            if not rendered:
                raise UserError(_("Reports of the type %s cannot be sent.", report.report_type))
            content, extension = rendered
        record = self.env[self.model].browse(res_id)
        name = _("Report")
        if report.print_report_name:
            name = safe_eval(report.print_report_name, {"object": record, "time": time}) or name
        if not name.endswith(f".{extension}"):
            name = f"{name}.{extension}"
        return name, base64.b64encode(content)

    # sending

    def send_mail(self, res_id, force_send=False, raise_exception=False, email_values=None, email_layout_xmlid=False):
        """Send the template for a record.

        :return: id of the e-mail; see :meth:`send_mail_batch`
        """
        self.ensure_one()
        how = {"force_send": force_send, "raise_exception": raise_exception}
        mail = self.send_mail_batch([res_id], email_values=email_values, email_layout_xmlid=email_layout_xmlid, **how)
        return mail.id

    def send_mail_batch(
        self, res_ids, force_send=False, raise_exception=False, email_values=None, email_layout_xmlid=False
    ):
        """Send the template for records.

        :param force_send: at once, instead of by the queue
        :param raise_exception: raise what goes wrong when it is sent
        :param email_values: values over those of the template
        :param email_layout_xmlid: external id of a layout, instead of that of the template
        :return: the e-mails, as superuser
        :raise AccessError: for records that the user may not read, and values that are not the user's to give
        """
        self.ensure_one()
        self._send_check_access(res_ids)
        self._check_email_values(email_values or {})
        size = int(self.env["ir.config_parameter"].sudo().get_param("mail.batch_size") or 0) or BATCH_SIZE
        mails = self.env["mail.mail"].sudo()
        for start in range(0, len(res_ids), size):
            mails |= self._create_mails(list(res_ids[start : start + size]), email_values, email_layout_xmlid)
        if force_send:
            mails.send(raise_exception=raise_exception)
        return mails

    def _check_email_values(self, email_values):
        """Check that values for e-mails neither send nor change what the user may not read or write.

        :raise AccessError: otherwise
        """
        if self.env.su:
            return
        self.env["mail.message"].browse(email_values.get("mail_message_id") or ()).check_access("write")
        fields = self.env["mail.mail"]._fields
        for name, commands in email_values.items():
            if name not in fields or fields[name].type not in ("one2many", "many2many"):
                continue
            ids = []
            for command in commands or ():
                kind = Command.LINK if isinstance(command, int) else command[0]
                if kind in (Command.UPDATE, Command.DELETE) or fields[name].type == "one2many":
                    raise AccessError(self.env._("E-mails are not sent with changes of other records: %s", name))
                if kind == Command.LINK:
                    ids.append(command if isinstance(command, int) else command[1])
                elif kind == Command.SET:
                    ids += command[2]
            if name == "attachment_ids":
                self.env["ir.attachment"].browse(ids).check_access("read")

    def _create_mails(self, res_ids, email_values, email_layout_xmlid):
        """Create the e-mails for some records."""
        generated = self._generate_template(res_ids, _OF_MAILS)
        layout = email_layout_xmlid or self.email_layout_xmlid
        values_list, files = [], []
        for id_ in res_ids:
            values = generated[id_]
            values["recipient_ids"] = [Command.link(one) for one in values.pop("partner_ids", [])]
            values["attachment_ids"] = [Command.link(one) for one in values.pop("attachment_ids", [])]
            files.append(values.pop("attachments", []))
            values.update(email_values or {})
            if not values.get("email_from"):
                values.pop("email_from", None)
            values_list.append(values)
        if layout:
            self._put_into_layout(layout, res_ids, values_list)
        for values in values_list:
            values["body"] = values.get("body_html") or ""
        mails = self.env["mail.mail"].sudo().create(values_list)
        for mail, printed in zip(mails, files, strict=True):
            if printed:
                mail.attachment_ids = [
                    Command.create(
                        {
                            "name": name,
                            "datas": content,
                            "type": "binary",
                            "res_model": "mail.message",
                            "res_id": mail.mail_message_id.id,
                        }
                    )
                    for name, content in printed
                ]
        return mails

    def _put_into_layout(self, layout, res_ids, values_list):
        """Put the texts of e-mails into a layout, each in its language."""
        by_id = dict(zip(res_ids, values_list, strict=True))
        for lang, (template, ids) in self._classify_per_lang(res_ids).items():
            records = template.env[self.model].browse(ids) if self.model else ()
            described = template.env["ir.model"]._get(self.model).display_name if self.model else False
            for record in records:
                values = by_id[record.id]
                message = (
                    self.env["mail.message"]
                    .sudo()
                    .new({"body": values.get("body_html") or "", "record_name": record.display_name})
                )
                company = record["company_id"] if "company_id" in record._fields else False
                context = {
                    "message": message,
                    "subtype": self.env["mail.message.subtype"].sudo(),
                    "model_description": described,
                    "company": (company and company._name == "res.company" and company) or self.env.company,
                    "record": record,
                    "record_name": False,
                    "subtitles": False,
                    "tracking_values": [],
                    "email_add_signature": False,
                    "is_discussion": False,
                    "signature": "",
                    "website_url": "",
                    "is_html_empty": is_html_empty,
                    "lang": lang or self.env.lang,
                    "has_button_access": False,
                    "button_access": False,
                    "actions": [],
                }
                html = template.env["ir.qweb"]._render(layout, context, minimal_qcontext=True, raise_if_not_found=False)
                values["body_html"] = self._replace_local_links(html) if html else Markup(values.get("body_html") or "")
