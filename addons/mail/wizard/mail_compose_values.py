"""The values of the messages and e-mails that a composer makes."""

import base64

from odoo import Command, models, tools

from ..models.mail_thread_notify import _parsed_time


class MailComposerValues(models.TransientModel):
    """What is sent about each record."""

    _inherit = "mail.compose.message"

    def _prepare_mail_values(self, res_ids):
        """Return ``{record id: values}`` of messages, or of e-mails.

        :param res_ids: ids of the records
        """
        self.ensure_one()
        shared = self._prepare_mail_values_static()
        dynamic = self._prepare_mail_values_rendered(res_ids) if self._is_rendered() else None
        dynamic = self._prepare_mail_values_dynamic(res_ids) if dynamic is None else dynamic
        values = {id_: {**shared, **dynamic[id_]} for id_ in res_ids}
        if self.composition_mode == "mass_mail":
            self._add_mail_values(values)
        return values

    def _is_rendered(self):
        """Tell whether the texts were rendered for the one record already."""
        return self.composition_mode == "comment" and not self.composition_batch

    def _prepare_mail_values_static(self):
        """Return what is the same for all records."""
        ids = ("author_id", "mail_activity_type_id", "mail_server_id", "parent_id")
        values = {name: self[name].id for name in ids} | {"reply_to_force_new": self.reply_to_force_new}
        if self.composition_mode == "mass_mail":
            of_mails = {
                "auto_delete": self.auto_delete,
                "is_notification": self.auto_delete_keep_log,
                "model": self.model,
            }
            return values | of_mails | {"message_type": "email_outgoing", "record_name": False, "subtype_id": False}
        taken = ("email_add_signature", "email_layout_xmlid", "force_send", "message_type", "record_name")
        values |= {name: self[name] for name in taken}
        values |= {name: self[name].id for name in ("record_alias_domain_id", "record_company_id")}
        subtype = self.subtype_id or self.env.ref("mail.mt_comment")
        described = self.env.context.get("model_description")
        return values | {"mail_auto_delete": self.auto_delete, "model_description": described, "subtype_id": subtype.id}

    def _prepare_mail_values_rendered(self, res_ids):
        """Return what is in the composer already."""
        self.ensure_one()
        files = self._files_to_send()
        values = {name: self[name] or "" for name in ("body", "subject")}
        values.update((name, self[name]) for name in ("email_from", "scheduled_date"))
        values.update(attachment_ids=files.ids, partner_ids=self.partner_ids.ids)
        if self.lang:
            values["force_email_lang"] = self.lang
        return {id_: dict(values) for id_ in res_ids}

    def _files_to_send(self):
        """Return the files of a post: copies of those that belong to the template."""
        of_template = self.attachment_ids.filtered(lambda file: file.res_model == "mail.template")
        copies = of_template.browse()
        for file in of_template:
            copies += file.copy({"res_model": self._name, "res_id": 0})
        return (self.attachment_ids - of_template) + copies

    def _prepare_mail_values_dynamic(self, res_ids):
        """Return what is rendered for each record."""
        self.ensure_one()
        mass = self.composition_mode == "mass_mail"
        names = ("subject", "email_from", "reply_to", "scheduled_date")
        bodies = self._render_field("body", res_ids, compute_lang=True)
        texts = {name: self._render_or_take(name, res_ids) for name in names}
        langs = self._render_lang(res_ids)
        generated = self._recipients_and_files(res_ids)
        records = self.env[self.model].browse(res_ids) if self.model in self.env else None
        domains = records.sudo()._mail_get_alias_domains(default_company=self.env.company)
        companies = records.sudo()._mail_get_companies(default=self.env.company)
        result = {}
        for id_ in res_ids:
            given = generated[id_]
            values = {
                "attachment_ids": self._copied_files(),
                "body": bodies[id_] or "",
                "email_from": texts["email_from"][id_] or self.env.user.email_formatted,
                "partner_ids": given.get("partner_ids", []),
                "record_alias_domain_id": domains[id_].id,
                "record_company_id": companies[id_].id,
                "scheduled_date": texts["scheduled_date"][id_],
                "subject": texts["subject"][id_] or "",
                "attachments": [(name, base64.b64decode(content)) for name, content in given.get("attachments", ())],
            }
            if mass:
                values.update(
                    email_cc=given.get("email_cc") or False,
                    email_to=given.get("email_to") or False,
                    reply_to=texts["reply_to"][id_],
                )
            elif langs.get(id_):
                values["force_email_lang"] = langs[id_]
            result[id_] = values
        return result

    def _render_or_take(self, name, res_ids):
        """Return ``{record id: a text rendered for it}``, in the language of each."""
        if not self[name]:
            return dict.fromkeys(res_ids, False)
        return self._render_field(name, res_ids, compute_lang=True)

    def _copied_files(self):
        """Return ids of copies of the files, in an order that shows them as the composer does."""
        copies = [file.copy({"res_model": self._name, "res_id": 0}) for file in self.attachment_ids]
        return [copy.id for copy in reversed(copies)]

    def _recipients_and_files(self, res_ids):
        """Return ``{record id: recipients and printed reports}`` that follow from the template or the record."""
        if self.template_id:
            convert = self.env.context.get("mail_composer_force_partners", True)
            made = self.template_id._generate_template(
                res_ids,
                {"email_cc", "email_to", "partner_to", "report_template_ids"},
                find_or_create_partners=convert,
            )
        elif self.composition_mode == "mass_mail" and not self.partner_ids:
            made = self.env[self.model].browse(res_ids)._message_get_default_recipients()
        else:
            made = {id_: {} for id_ in res_ids}
        for values in made.values():
            values["partner_ids"] = list(dict.fromkeys([*values.get("partner_ids", ()), *self.partner_ids.ids]))
        return made

    # e-mails

    def _add_mail_values(self, values):
        """Complete the values of e-mails, by what the records say; leave out who is not to get them."""
        records = self.env[self.model].browse(values)
        replies = records.sudo()._notify_get_reply_to(default=False) if not self.reply_to_force_new else {}
        for record in records:
            of_record = values[record.id]
            headers = record._notify_by_email_get_headers()
            reply_to = replies.get(record.id) if not self.reply_to_force_new else of_record.get("reply_to")
            of_record.update(
                body_html=of_record["body"],
                headers=repr(headers) if headers else False,
                recipient_ids=[Command.link(id_) for id_ in of_record.pop("partner_ids")],
                reply_to=reply_to or of_record["email_from"],
                res_id=record.id,
                scheduled_date=_parsed_time(of_record["scheduled_date"]),
            )
            files = [
                Command.create({"name": name, "raw": content, "res_model": self._name, "res_id": 0})
                for name, content in of_record.pop("attachments")
            ]
            links = [Command.link(id_) for id_ in of_record.pop("attachment_ids")]
            of_record["attachment_ids"] = [*links, *files]
            of_record.pop("force_email_lang", None)
        if self.email_layout_xmlid:
            self._put_into_layout(records, values)
        self._exclude(values)

    def _put_into_layout(self, records, values):
        """Put the texts of e-mails into the layout."""
        threads = self.env["mail.thread"]
        for record in records:
            of_record = values[record.id]
            if not of_record["recipient_ids"]:
                continue
            message = (
                self.env["mail.message"]
                .sudo()
                .new(
                    {
                        "author_id": self.author_id.id,
                        "body": of_record["body"],
                        "email_from": of_record["email_from"],
                        "model": record._name,
                        "record_name": record.display_name,
                        "res_id": record.id,
                    }
                )
            )
            lang = self._render_lang(record.ids)[record.id] or self.env.lang
            row = {"active": True, "groups": set(), "id": of_record["recipient_ids"][0][1], "is_follower": False}
            row.update(lang=lang, notif="email", share=True, type="customer", uid=False, ushare=False)
            source = record if hasattr(record, "_notify_by_email_render_layout") else threads
            for _lang, context, group in source._notify_get_classified_recipients_iterator(
                message, [row], msg_vals={"model": record._name, "res_id": record.id}, force_email_lang=lang
            ):
                of_record["body_html"] = source._notify_by_email_render_layout(
                    message, group, msg_vals={"email_layout_xmlid": self.email_layout_xmlid}, render_values=context
                )

    # who is left out

    def _get_done_emails(self, mail_values_dict):
        """Return addresses that were written to before; extended by other modules."""
        return []

    def _get_optout_emails(self, mail_values_dict):
        """Return addresses that want no e-mails of the kind; extended by other modules."""
        return []

    def _get_recipients_data(self, mail_values_dict):
        """Return ``{record id: dict with mail_to, mail_to_normalized}``: the addresses of each e-mail."""
        ids = {command[1] for values in mail_values_dict.values() for command in values["recipient_ids"]}
        partners = {partner.id: partner for partner in self.env["res.partner"].sudo().browse(ids)}
        result = {}
        for id_, values in mail_values_dict.items():
            texts = [partners[command[1]].email for command in values["recipient_ids"]]
            texts += [values.get("email_to"), values.get("email_cc")]
            texts = [text for text in texts if text]
            normalized = [address for text in texts for address in tools.email_normalize_all(text)]
            result[id_] = {"mail_to": texts, "mail_to_normalized": normalized}
        return result

    def _get_blacklist_record_ids(self, mail_values_dict, recipients_info=None):
        """Return the ids of the records whose address wants no mass e-mails."""
        if not self.use_exclusion_list:
            return set()
        listed = set(self.env["mail.blacklist"].sudo().search([]).mapped("email"))
        if not listed:
            return set()
        records = self.env[self.model].browse(mail_values_dict)
        if "email_normalized" in records._fields and hasattr(records, "_message_receive_bounce"):
            return {record.id for record in records.sudo() if record.email_normalized in listed}
        info = recipients_info or self._get_recipients_data(mail_values_dict)
        return {id_ for id_, row in info.items() if listed.intersection(row["mail_to_normalized"])}

    def _exclude(self, mail_values_dict):
        """Cancel e-mails that nobody is to get."""
        info = self._get_recipients_data(mail_values_dict)
        listed = self._get_blacklist_record_ids(mail_values_dict, info)
        opted_out = set(self._get_optout_emails(mail_values_dict))
        done = set(self._get_done_emails(mail_values_dict))
        sent = set()
        for id_, values in mail_values_dict.items():
            addresses = set(info[id_]["mail_to_normalized"])
            failure = None
            key = (tuple(sorted(addresses)), values["subject"], str(values["body"]))
            own_files = any(command[0] == Command.CREATE for command in values["attachment_ids"])
            if id_ in listed:
                failure = "mail_bl"
                values["is_notification"] = False
            elif not info[id_]["mail_to"]:
                failure = "mail_email_missing"
            elif not addresses:
                failure = "mail_email_invalid"
            elif opted_out and addresses <= opted_out:
                failure = "mail_optout"
            elif addresses <= done or (key in sent and not own_files):
                failure = "mail_dup"
            if failure:
                values.update(state="cancel", failure_type=failure)
            else:
                sent.add(key)
