"""``mail.compose.message``: a message that is being written, for one record or many."""

import ast
from datetime import timedelta

from odoo import Command, api, fields, models, tools
from odoo.exceptions import UserError, ValidationError
from odoo.osv import expression
from odoo.tools.translate import _

from ..tools.parser import parse_res_ids

#: more records are not kept by their ids, but read from the context
_KEPT_IDS = 500
_OF_RECORDS = ("composition_mode", "model", "res_domain", "res_ids")


def _editable(**kwargs):
    """Return the parameters of a field that follows from others until somebody changes it."""
    return {"store": True, "readonly": False, "compute_sudo": False, **kwargs}


class MailComposer(models.TransientModel):
    """What is written, and whom it goes to."""

    _name = "mail.compose.message"
    _inherit = "mail.composer.mixin"
    _description = "Email composition wizard"
    _batch_size = 50

    subject = fields.Char(compute="_compute_subject", readonly=False, store=True)
    body = fields.Html(
        compute="_compute_body",
        readonly=False,
        store=True,
        sanitize=True,
        sanitize_style=True,
        render_engine="qweb",
        render_options={"post_process": True},
    )
    parent_id = fields.Many2one("mail.message", "Parent Message", ondelete="set null")
    template_id = fields.Many2one(
        "mail.template",
        "Use template",
        domain="[('model', '=', model), '|', ('user_id', '=', False), ('user_id', '=', uid)]",
    )
    attachment_ids = fields.Many2many(
        "ir.attachment",
        "mail_compose_message_ir_attachments_rel",
        "wizard_id",
        "attachment_id",
        string="Attachments",
        compute="_compute_attachment_ids",
        readonly=False,
        store=True,
    )
    email_layout_xmlid = fields.Char(
        "Email Notification Layout", copy=False, **_editable(compute="_compute_email_layout_xmlid")
    )
    email_add_signature = fields.Boolean(
        "Add signature", compute="_compute_email_add_signature", readonly=False, store=True
    )
    email_from = fields.Char("From", **_editable(compute="_compute_authorship"))
    author_id = fields.Many2one("res.partner", "Author", **_editable(compute="_compute_authorship"))
    composition_mode = fields.Selection(
        [("comment", "Post on a document"), ("mass_mail", "Email Mass Mailing")],
        string="Composition mode",
        default="comment",
    )
    composition_batch = fields.Boolean("Batch composition", compute="_compute_composition_batch")
    model = fields.Char("Related Document Model", compute="_compute_model", readonly=False, store=True)
    model_is_thread = fields.Boolean("Thread-Enabled", compute="_compute_model_is_thread")
    res_ids = fields.Text("Related Document IDs", compute="_compute_res_ids", readonly=False, store=True)
    res_domain = fields.Text("Active domain")
    res_domain_user_id = fields.Many2one(
        "res.users", string="Responsible", help="Whose rights the domain is read with."
    )
    record_alias_domain_id = fields.Many2one(
        "mail.alias.domain", "Alias Domain", compute="_compute_record_environment", readonly=False, store=True
    )
    record_company_id = fields.Many2one(
        "res.company", "Company", compute="_compute_record_environment", readonly=False, store=True
    )
    record_name = fields.Char("Record Name", compute="_compute_record_name", readonly=False, store=True)
    message_type = fields.Selection(
        [
            ("auto_comment", "Automated Targeted Notification"),
            ("comment", "Comment"),
            ("notification", "System notification"),
        ],
        "Type",
        required=True,
        default="comment",
    )
    subtype_id = fields.Many2one(
        "mail.message.subtype",
        "Subtype",
        ondelete="set null",
        compute="_compute_subtype_id",
        readonly=False,
        store=True,
    )
    subtype_is_log = fields.Boolean("Is a log", compute="_compute_subtype_is_log")
    mail_activity_type_id = fields.Many2one("mail.activity.type", "Mail Activity Type", ondelete="set null")
    reply_to = fields.Char("Reply To", **_editable(compute="_compute_reply_to"))
    reply_to_force_new = fields.Boolean(
        "Considers answers as new thread", compute="_compute_reply_to_force_new", readonly=False, store=True
    )
    reply_to_mode = fields.Selection(
        [
            ("update", "Store email and replies in the chatter of each record"),
            ("new", "Collect replies on a specific email address"),
        ],
        string="Replies",
        compute="_compute_reply_to_mode",
        inverse="_inverse_reply_to_mode",
    )
    partner_ids = fields.Many2many(
        "res.partner",
        "mail_compose_message_res_partner_rel",
        "wizard_id",
        "partner_id",
        "Additional Contacts",
        compute="_compute_partner_ids",
        readonly=False,
        store=True,
    )
    auto_delete = fields.Boolean("Delete Emails", **_editable(compute="_compute_auto_delete"))
    auto_delete_keep_log = fields.Boolean(
        "Keep Message Copy", compute="_compute_auto_delete_keep_log", readonly=False, store=True
    )
    force_send = fields.Boolean(
        "Send mailing or notifications directly", compute="_compute_force_send", readonly=False, store=True
    )
    mail_server_id = fields.Many2one(
        "ir.mail_server", string="Outgoing mail server", **_editable(compute="_compute_mail_server_id")
    )
    scheduled_date = fields.Char("Scheduled Date", **_editable(compute="_compute_scheduled_date"))
    use_exclusion_list = fields.Boolean("Check Exclusion List", default=True)
    template_name = fields.Char("Template Name")

    # defaults and checks

    @api.model
    def default_get(self, fields_list):
        """Take from the context what is written about.

        :raise ValueError: for the key of earlier versions that named one record
        :raise AccessError: for recipients that the user may not read
        """
        if "default_res_id" in self.env.context:
            raise ValueError("the composer takes a list of ids: default_res_ids, not default_res_id")
        values = super().default_get(fields_list)
        xmlid = self.env.context.get("default_subtype_xmlid")
        if xmlid and "subtype_id" in fields_list:
            values["subtype_id"] = self.env["ir.model.data"]._xmlid_to_res_id(xmlid)
        # unreadable ones would be left out without a word
        self.env["res.partner"].browse(_linked_ids(values.get("partner_ids"))).check_access("read")
        return values

    @api.constrains("res_ids")
    def _check_res_ids(self):
        """Check that the ids are a list."""
        for composer in self:
            composer._evaluate_res_ids()

    @api.constrains("res_domain")
    def _check_res_domain(self):
        """Check that the domain is one."""
        for composer in self:
            composer._evaluate_res_domain()

    def _evaluate_res_domain(self):
        """Return the domain.

        :raise ValidationError: when it is none
        """
        try:
            domain = ast.literal_eval(self.res_domain or "[]") if isinstance(self.res_domain, str) else self.res_domain
            expression.expression(domain or [], self.env[self.model] if self.model else self)
        except (ValueError, AssertionError, SyntaxError, TypeError) as error:
            raise ValidationError(_("%s is no domain.", self.res_domain)) from error
        return domain or []

    def _evaluate_res_ids(self):
        """Return the ids of the records that are named.

        :raise ValidationError: when they are no list of ids
        """
        return parse_res_ids(self.res_ids, self.env)

    def _written_about(self):
        """Return the ids of all records that are written about."""
        if self.res_domain:
            user = self.res_domain_user_id or self.env.user
            model = self.env[self.model].with_user(user).with_context(active_test=False)
            return model.search(self._evaluate_res_domain()).ids
        ids = self._evaluate_res_ids()
        if ids:
            return ids
        context = self.env.context
        return list(context.get("active_ids") or ())

    def _single(self):
        """Return the record that texts are rendered for already, nothing where there are several."""
        ids = [] if self.composition_mode == "mass_mail" or self.composition_batch else self._evaluate_res_ids()
        return self.env[self.model].browse(ids) if self.model in self.env and len(ids) == 1 else None

    # what is written about

    @api.depends("res_domain", "res_ids")
    def _compute_composition_batch(self):
        """Tell whether there are several records."""
        for composer in self:
            composer.composition_batch = bool(composer.res_domain) or len(composer._evaluate_res_ids()) > 1

    @api.depends("composition_mode", "parent_id")
    def _compute_model(self):
        """Take the model of the message that is answered, or of the context."""
        comments = self.filtered(lambda composer: composer.parent_id and composer.composition_mode == "comment")
        for composer in comments:
            composer.model = composer.parent_id.model
        for composer in (self - comments).filtered(lambda composer: not composer.model):
            composer.model = self.env.context.get("active_model")

    @api.depends("model")
    def _compute_model_is_thread(self):
        """Tell whether messages can be posted on the records."""
        for composer in self:
            model = self.env.get(composer.model) if composer.model else None
            composer.model_is_thread = model is not None and hasattr(model, "message_post")

    @api.depends("composition_mode", "parent_id")
    def _compute_res_ids(self):
        """Take the document of the message that is answered, or the records of the context."""
        context = self.env.context
        for composer in self.filtered(lambda composer: not composer.res_ids):
            answered = composer.parent_id if composer.composition_mode == "comment" else None
            if answered:
                composer.res_ids = str([answered.res_id])
                continue
            ids = context.get("composer_force_res_ids") or context.get("active_ids")
            if not ids and context.get("active_id"):
                ids = [context["active_id"]]
            if ids and len(ids) <= _KEPT_IDS:
                composer.res_ids = f"{list(ids)}"

    @api.depends(*_OF_RECORDS)
    def _compute_record_environment(self):
        """Take the company of the record."""
        for composer in self:
            record = composer._single()
            known = record is not None
            company = record.sudo()._mail_get_companies(default=self.env.company)[record.id] if known else False
            domain = (
                record.sudo()._mail_get_alias_domains(default_company=self.env.company)[record.id] if known else False
            )
            composer.record_company_id, composer.record_alias_domain_id = company, domain

    @api.depends("composition_mode", "model", "parent_id", "res_domain", "res_ids")
    def _compute_record_name(self):
        """Take the name of the record."""
        for composer in self:
            record = composer._single()
            composer.record_name = (
                composer.record_name or composer.parent_id.record_name or record.display_name
                if record is not None
                else False
            )

    @api.depends("model")
    def _compute_render_model(self):
        """Render for the records."""
        for composer in self:
            composer.render_model = composer.model

    # what follows from the template

    def _from_template(self, name, record):
        """Return what the template says: rendered for a record, else as it is written."""
        template = self.template_id
        target = {"body": "body_html"}.get(name, name)
        if record is not None and isinstance(template[target], str):
            return template._generate_template(record.ids, {target})[record.id].get(target)
        return template[target]

    @api.depends("composition_mode", "model", "parent_id", "record_name", "res_domain", "res_ids", "template_id")
    def _compute_subject(self):
        """Take the subject of the template, of the message that is answered, of the record."""
        for composer in self:
            record = composer._single()
            if composer.template_id.subject:
                composer.subject = composer._from_template("subject", record)
            elif not composer.template_id or not composer.subject:
                subject = composer.parent_id.subject
                if not subject and record is not None:
                    own = hasattr(record, "_message_compute_subject")
                    subject = record._message_compute_subject() if own else composer.record_name
                composer.subject = subject

    @api.depends(*_OF_RECORDS, "template_id")
    def _compute_body(self):
        """Take the text of the template."""
        for composer in self:
            if composer.template_id and not tools.is_html_empty(composer.template_id.body_html):
                composer.body = composer._from_template("body", composer._single())
            elif not composer.template_id:
                composer.body = False

    @api.depends(*_OF_RECORDS, "template_id")
    def _compute_attachment_ids(self):
        """Take the files of the template; for one record its reports too."""
        for composer in self:
            record, template = composer._single(), composer.template_id
            files = template.attachment_ids
            if template and record is not None:
                made = template._generate_template(record.ids, {"attachment_ids", "report_template_ids"})[record.id]
                own = [
                    {"name": name, "datas": content, "res_model": self._name, "res_id": 0, "type": "binary"}
                    for name, content in made.get("attachments", ())
                ]
                files = files.browse(made.get("attachment_ids", ())) + files.create(own)
            if template or not composer.attachment_ids:
                composer.attachment_ids = files
            elif composer.attachment_ids and composer._origin.template_id:
                composer.attachment_ids = False

    @api.depends("template_id")
    def _compute_email_add_signature(self):
        """Templates say goodbye themselves."""
        for composer in self:
            composer.email_add_signature = composer.composition_mode == "comment" and not composer.template_id

    @api.depends("template_id")
    def _compute_email_layout_xmlid(self):
        """Take the layout of the template."""
        for composer in self:
            composer.email_layout_xmlid = composer.template_id.email_layout_xmlid

    @api.depends("composition_mode", "email_from", "model", "res_domain", "res_ids", "template_id")
    def _compute_authorship(self):
        """Take the sender of the template, else the user."""
        threads, user = self.env["mail.thread"], self.env.user
        for composer in self:
            record = composer._single()
            if composer.template_id.email_from:
                composer.email_from = composer._from_template("email_from", record)
            elif composer.template_id or not composer.email_from:
                composer.email_from = user.email_formatted
            author = user.partner_id
            if record is not None and composer.email_from:
                found = threads.with_context(active_test=False)._mail_find_partner_from_emails([composer.email_from])[0]
                author = found or author
            composer.author_id = author

    @api.depends(*_OF_RECORDS, "template_id")
    def _compute_reply_to(self):
        """Take where answers to the template go."""
        for composer in self:
            text = composer.template_id.reply_to
            composer.reply_to = composer._from_template("reply_to", composer._single()) if text else False

    @api.depends("composition_mode", "model", "res_ids", "template_id")
    def _compute_scheduled_date(self):
        """Take when the template is sent."""
        for composer in self:
            text = composer.template_id.scheduled_date
            composer.scheduled_date = composer._from_template("scheduled_date", composer._single()) if text else False

    @api.depends("template_id")
    def _compute_lang(self):
        """Take the language of the template."""
        for composer in self:
            text = composer.template_id.lang
            record = composer._single()
            composer.lang = (
                composer.template_id._render_lang(record.ids)[record.id] if text and record is not None else text
            )

    @api.depends("template_id")
    def _compute_mail_server_id(self):
        """Take the server of the template."""
        for composer in self:
            composer.mail_server_id = composer.template_id.mail_server_id

    @api.depends("composition_mode", "model", "parent_id", "res_domain", "res_ids", "template_id")
    def _compute_partner_ids(self):
        """Take the recipients of the template, or of the message that is answered."""
        for composer in self:
            record, comment = composer._single(), composer.composition_mode == "comment"
            if composer.template_id and record is not None:
                made = composer.template_id._generate_template(
                    record.ids, {"email_cc", "email_to", "partner_to"}, find_or_create_partners=True
                )[record.id]
                composer.partner_ids = [Command.set(made.get("partner_ids", []))]
            elif composer.parent_id and comment:
                composer.partner_ids = composer.parent_id.partner_ids
            elif composer.template_id or composer._origin.template_id:
                composer.partner_ids = False

    @api.depends("composition_mode", "template_id")
    def _compute_auto_delete(self):
        """Take what the template says; posts keep their message."""
        for composer in self:
            template = composer.template_id
            composer.auto_delete = template.auto_delete if template else composer.composition_mode == "comment"

    # what follows from how it is sent

    @api.depends("composition_mode", "auto_delete")
    def _compute_auto_delete_keep_log(self):
        """Keep the text of mass e-mails that are deleted."""
        for composer in self:
            composer.auto_delete_keep_log = composer.composition_mode == "mass_mail" and composer.auto_delete

    @api.depends(*_OF_RECORDS)
    def _compute_force_send(self):
        """Send at once what is not too much."""
        limit = self.env["mail.thread"]._mail_parameter("mail.mail.force.send.limit", 100)
        for composer in self:
            number = len(composer._evaluate_res_ids())
            mass = composer.composition_mode == "mass_mail"
            composer.force_send = not composer.composition_batch or (
                mass and not composer.res_domain and number <= limit
            )

    @api.depends("composition_mode")
    def _compute_subtype_id(self):
        """Posts are comments."""
        comment = self.env.ref("mail.mt_comment")
        for composer in self:
            composer.subtype_id = comment if composer.composition_mode == "comment" else False

    @api.depends("subtype_id")
    def _compute_subtype_is_log(self):
        """Tell whether it is a note."""
        note = self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_note")
        for composer in self:
            composer.subtype_is_log = composer.subtype_id.id == note

    @api.depends("model")
    def _compute_reply_to_force_new(self):
        """Answers about records without messages go elsewhere."""
        for composer in self:
            composer.reply_to_force_new = not composer.model_is_thread

    @api.depends("reply_to_force_new")
    def _compute_reply_to_mode(self):
        """Say the same in words."""
        for composer in self:
            composer.reply_to_mode = "new" if composer.reply_to_force_new else "update"

    def _inverse_reply_to_mode(self):
        """Take what was chosen."""
        for composer in self:
            composer.reply_to_force_new = composer.reply_to_mode == "new"

    @api.depends("composition_mode", "template_id", "is_mail_template_editor")
    def _compute_can_edit_body(self):
        """Posts are rendered already, and can be changed by everybody."""
        mass = self.filtered(lambda composer: composer.composition_mode == "mass_mail")
        (self - mass).can_edit_body = True
        super(MailComposer, mass)._compute_can_edit_body()

    @api.autovacuum
    def _gc_lost_attachments(self):
        """Delete files of messages that were never sent."""
        self.env["ir.attachment"].search(
            [
                ("res_model", "=", self._name),
                ("res_id", "=", 0),
                ("create_date", "<", fields.Datetime.now() - timedelta(days=1)),
                ("write_date", "<", fields.Datetime.now() - timedelta(days=1)),
            ]
        ).unlink()

    # templates

    def open_template_creation_wizard(self):
        """Return the dialog that makes a template of the message."""
        self.ensure_one()
        form = self.env.ref("mail.mail_compose_message_view_form_template_save")
        here = {"res_model": self._name, "res_id": self.id, "target": "new", "context": {"dialog_size": "medium"}}
        title = _("Create a Mail Template")
        return {"type": "ir.actions.act_window", "name": title, "view_id": form.id, "view_mode": "form", **here}

    def create_mail_template(self):
        """Make a template of the message, and use it.

        :raise UserError: when the model of the records is gone
        """
        self.ensure_one()
        if not self.model or self.model not in self.env:
            raise UserError(_("A template is for a kind of records: this message is about none."))
        template = self.env["mail.template"].create(
            {
                "name": self.template_name or self.subject,
                "subject": self.subject,
                "body_html": self.body,
                "model_id": self.env["ir.model"]._get_id(self.model),
                "use_default_to": True,
                "user_id": self.env.uid,
            }
        )
        own = self.attachment_ids.filtered(
            lambda file: file.res_model == self._name and file.create_uid.id == self.env.uid
        )
        own.write({"res_model": template._name, "res_id": template.id})
        template.attachment_ids = [Command.link(id_) for id_ in self.attachment_ids.ids]
        self.template_id = template
        return self._reopen()

    def cancel_save_template(self):
        """Return to the message."""
        return self._reopen()

    def _reopen(self):
        """Return the action that shows the message."""
        return {
            "type": "ir.actions.act_window",
            "view_mode": "form",
            "res_id": self.id,
            "res_model": self._name,
            "target": "new",
            "context": dict(self.env.context, dialog_size="large"),
        }


def _linked_ids(values):
    """Return the ids that a value of a relation links.

    :param values: ids, and commands
    """
    linked = []
    for value in values or ():
        if isinstance(value, int):
            linked.append(value)
        elif value[0] == Command.LINK:
            linked.append(value[1])
        elif value[0] == Command.SET:
            linked.extend(value[2])
    return linked
