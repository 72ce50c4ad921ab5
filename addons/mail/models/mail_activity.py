"""``mail.activity``: what has to be done about a document, until when and by whom."""

from datetime import date, datetime, timedelta

import pytz

from odoo import api, fields, models
from odoo.tools import SQL, clean_context, is_html_empty
from odoo.tools.translate import _

#: how many overdue activities are deleted in one go
_GC_LIMIT = 10000


class MailActivity(models.Model):
    """A thing to do."""

    _name = "mail.activity"
    _description = "Activity"
    _order = "date_deadline ASC, id ASC"
    _rec_name = "summary"

    res_model_id = fields.Many2one("ir.model", "Document Model", index=True, ondelete="cascade", required=True)
    res_model = fields.Char(
        "Related Document Model", index=True, related="res_model_id.model", precompute=True, store=True, readonly=True
    )
    res_id = fields.Many2oneReference("Related Document ID", index=True, model_field="res_model")
    res_name = fields.Char("Document Name", compute="_compute_res_name", compute_sudo=True, store=True, readonly=True)
    activity_type_id = fields.Many2one(
        "mail.activity.type",
        string="Activity Type",
        domain="['|', ('res_model', '=', False), ('res_model', '=', res_model)]",
        ondelete="restrict",
        default=lambda self: self._default_activity_type(),
    )
    activity_category = fields.Selection(related="activity_type_id.category", readonly=True)
    activity_decoration = fields.Selection(related="activity_type_id.decoration_type", readonly=True)
    icon = fields.Char("Icon", related="activity_type_id.icon", readonly=True)
    summary = fields.Char("Summary")
    note = fields.Html("Note", sanitize_style=True)
    date_deadline = fields.Date("Due Date", index=True, required=True, default=fields.Date.context_today)
    date_done = fields.Date("Done Date", compute="_compute_date_done", store=True)
    automated = fields.Boolean("Automated activity", readonly=True, help="Made by the system, not by people.")
    attachment_ids = fields.Many2many(
        "ir.attachment", "activity_attachment_rel", "activity_id", "attachment_id", string="Attachments"
    )
    user_id = fields.Many2one(
        "res.users",
        "Assigned to",
        default=lambda self: self.env.user,
        index=True,
        required=True,
        ondelete="cascade",
    )
    user_tz = fields.Selection(string="Timezone", related="user_id.tz", store=True)
    request_partner_id = fields.Many2one("res.partner", string="Requesting Partner")
    state = fields.Selection(
        [("overdue", "Overdue"), ("today", "Today"), ("planned", "Planned"), ("done", "Done")],
        "State",
        compute="_compute_state",
    )
    recommended_activity_type_id = fields.Many2one("mail.activity.type", string="Recommended Activity Type")
    previous_activity_type_id = fields.Many2one("mail.activity.type", string="Previous Activity Type", readonly=True)
    has_recommended_activities = fields.Boolean(
        "Next activities available", compute="_compute_has_recommended_activities"
    )
    mail_template_ids = fields.Many2many(related="activity_type_id.mail_template_ids", readonly=True)
    chaining_type = fields.Selection(related="activity_type_id.chaining_type", readonly=True)
    can_write = fields.Boolean(compute="_compute_can_write")
    active = fields.Boolean(default=True)

    _sql_constraints = [
        (
            "check_res_id_is_set",
            "CHECK(res_id IS NOT NULL AND res_id !=0 )",
            "An activity is about a document.",
        )
    ]

    # defaults

    @api.model
    def default_get(self, fields):
        """Take the model of the document from the context."""
        values = super().default_get(fields)
        if values.get("res_model") and "res_model_id" not in values:
            values["res_model_id"] = self.env["ir.model"]._get_id(values["res_model"])
        return values

    @api.model
    def _default_activity_type(self):
        """Return the kind that activities have at first."""
        context = self.env.context
        model_name = context.get("default_res_model")
        if not model_name and context.get("default_res_model_id"):
            model_name = self.env["ir.model"].sudo().browse(context["default_res_model_id"]).model
        return self._default_activity_type_for_model(model_name) if model_name else False

    @api.model
    def _default_activity_type_for_model(self, model):
        """Return the kind that activities of records of a model have at first."""
        todo = self.env.ref("mail.mail_activity_data_todo", raise_if_not_found=False)
        if todo and todo.active and todo.res_model in (model, False):
            return todo
        kinds = self.env["mail.activity.type"]
        return kinds.search([("res_model", "=", model)], limit=1) or kinds.search([("res_model", "=", False)], limit=1)

    # computed fields

    @api.onchange("previous_activity_type_id")
    def _compute_has_recommended_activities(self):
        """Tell whether the activity before suggests something."""
        for activity in self:
            activity.has_recommended_activities = bool(activity.previous_activity_type_id.suggested_next_type_ids)

    @api.onchange("previous_activity_type_id")
    def _onchange_previous_activity_type_id(self):
        """Take what has to follow the activity before."""
        for activity in self:
            following = activity.previous_activity_type_id.triggered_next_type_id
            if following:
                activity.activity_type_id = following

    @api.depends("active")
    def _compute_date_done(self):
        """Keep when the activity was archived for the first time."""
        undone = self.filtered("active")
        undone.date_done = False
        for activity in self - undone:
            activity.date_done = activity.date_done or fields.Date.today()

    @api.depends("res_model", "res_id")
    def _compute_res_name(self):
        """Take the name of the document."""
        for activity in self:
            known = activity.res_model and activity.res_model in self.env and activity.res_id
            activity.res_name = self.env[activity.res_model].browse(activity.res_id).display_name if known else False

    @api.depends("active", "date_deadline")
    def _compute_state(self):
        """Compare the due date with the day where the responsible is."""
        for activity in self:
            if not activity.active:
                activity.state = "done"
            elif activity.date_deadline:
                zone = activity.user_id.sudo().tz or False
                activity.state = self._compute_state_from_date(activity.date_deadline, zone)
            else:
                activity.state = False

    @api.model
    def _compute_state_from_date(self, date_deadline, tz=False):
        """Return the state that follows from a due date.

        :param tz: time zone in which days are counted; that of the server without
        """
        today = datetime.now(pytz.utc).astimezone(pytz.timezone(tz)).date() if tz else date.today()
        deadline = fields.Date.to_date(date_deadline)
        return "today" if deadline == today else "overdue" if deadline < today else "planned"

    @api.depends("res_model", "res_id", "user_id")
    def _compute_can_write(self):
        """Tell whether the user may change the activity."""
        writable = self._filtered_access("write")
        for activity in self:
            activity.can_write = activity in writable

    @api.depends("summary", "activity_type_id")
    def _compute_display_name(self):
        """Show the summary, otherwise the kind."""
        for activity in self:
            activity.display_name = activity.summary or activity.activity_type_id.display_name

    @api.onchange("activity_type_id")
    def _onchange_activity_type_id(self):
        """Take what the kind says."""
        kind = self.activity_type_id
        if not kind:
            return
        if kind.summary:
            self.summary = kind.summary
        self.date_deadline = kind._get_date_deadline()
        self.user_id = kind.default_user_id or self.env.user
        if not is_html_empty(kind.default_note):
            self.note = kind.default_note

    @api.onchange("recommended_activity_type_id")
    def _onchange_recommended_activity_type_id(self):
        """Take the kind that was chosen among the suggested ones."""
        if self.recommended_activity_type_id:
            self.activity_type_id = self.recommended_activity_type_id

    # changes

    @api.model_create_multi
    def create(self, vals_list):
        """Plan activities: the responsible follows the document, and is told by others."""
        activities = super().create(vals_list)
        activities.check_access("create")
        activities._follow_documents()
        foreign = activities.filtered(lambda activity: activity.user_id != self.env.user)
        if foreign and not self.env.context.get("mail_activity_quick_update"):
            foreign.action_notify()
        activities._announce("activity_created")
        return activities

    def write(self, values):
        """Change activities; whoever becomes responsible follows the document, and is told."""
        moved = self.browse()
        if values.get("user_id"):
            moved = self.filtered(lambda activity: activity.user_id.id != values["user_id"])
            moved._announce("activity_deleted")
        result = super().write(values)
        if moved:
            if values["user_id"] != self.env.uid and not self.env.context.get("mail_activity_quick_update"):
                moved.action_notify()
            moved._follow_documents()
            moved._announce("activity_created")
        return result

    def unlink(self):
        """Delete activities."""
        self._announce("activity_deleted")
        return super().unlink()

    def _follow_documents(self):
        """Have the responsible follow the documents."""
        for model_name, activities in self._grouped_by_model().items():
            for user, of_user in activities.grouped("user_id").items():
                documents = self.env[model_name].browse(of_user.mapped("res_id"))
                if hasattr(documents, "message_subscribe"):
                    documents.sudo().message_subscribe(partner_ids=user.sudo().partner_id.ids)

    def _grouped_by_model(self):
        """Return ``{model name: activities}`` for documents of models that are there."""
        by_model = self.sudo().grouped("res_model")
        return {name: of_model.with_env(self.env) for name, of_model in by_model.items() if name in self.env}

    def _announce(self, what):
        """Tell the browsers of the responsible that what is due changed."""
        today = fields.Date.today()
        due = self.sudo().filtered(lambda activity: activity.active and activity.date_deadline <= today)
        for user in due.user_id:
            user._bus_send("mail.activity/updated", {what: True})

    @api.model
    def _classify_by_model(self):
        """Return ``{model name: {"activities": them, "record_ids": ids of documents}}``."""
        return {
            name: {"activities": of_model, "record_ids": of_model.sudo().mapped("res_id")}
            for name, of_model in self._grouped_by_model().items()
        }

    def action_notify(self):
        """Tell the responsible of their activities."""
        for activity in self.sudo():
            if activity.res_model not in self.env:
                continue
            user = activity.user_id
            here = activity.with_context(lang=user.lang or self.env.lang)
            document = here.env[activity.res_model].browse(activity.res_id)
            if not hasattr(document, "message_notify"):
                document = here.env["mail.thread"]
            described = here.env["ir.model"]._get(activity.res_model).display_name
            body = here.env["ir.qweb"]._render(
                "mail.message_activity_assigned",
                {
                    "activity": here,
                    "model_description": described,
                    "is_html_empty": is_html_empty,
                    "access_link": document._notify_get_action_link(
                        "view", model=activity.res_model, res_id=activity.res_id
                    ),
                },
                minimal_qcontext=True,
            )
            what = here.summary or here.activity_type_id.name or ""
            document.with_env(here.env(user=self.env.user.id, su=True)).message_notify(
                model=activity.res_model,
                res_id=activity.res_id,
                partner_ids=user.partner_id.ids,
                body=body,
                record_name=activity.res_name,
                model_description=described,
                email_layout_xmlid="mail.mail_notification_layout",
                subject=here.env._(
                    "“%(activity)s: %(summary)s” assigned to you", activity=activity.res_name, summary=what
                ),
                subtitles=[
                    here.env._("Activity: %s", here.activity_type_id.name or ""),
                    here.env._("Deadline: %s", fields.Date.to_string(activity.date_deadline)),
                ],
            )

    # doing them

    def action_done(self):
        """Mark activities as done."""
        return self.filtered("active").action_feedback()

    def action_feedback(self, feedback=False, attachment_ids=None):
        """Mark activities as done, with what came of it.

        :param attachment_ids: ids of files
        :return: id of the first message that tells of it, or ``False``
        """
        done, _following = self.with_context(clean_context(self.env.context))._action_done(feedback, attachment_ids)
        return done[:1].id

    def action_done_redirect_to_other(self):
        """Mark activities as done, and return the list of the other ones without document."""
        self.action_done()
        context = self.env.context
        if context.get("active_model") == "mail.activity":
            ids = context.get("active_ids", [])
        else:
            groups = self.env["res.users"]._get_activity_groups()
            ids = next((group["activity_ids"] for group in groups if group["model"] == "mail.activity"), [])
        action = self.env["ir.actions.actions"]._for_xml_id("mail.mail_activity_without_access_action")
        return {**action, "context": {"active_model": "mail.activity", "active_ids": ids}}

    def action_done_schedule_next(self):
        """Mark activities as done, and return the form of the next one."""
        return self.action_feedback_schedule_next()

    def action_feedback_schedule_next(self, feedback=False, attachment_ids=None):
        """Mark activities as done, and return the form of the next one, ``False`` where one follows by itself."""
        following_form = self._form_of_next()
        following = self._action_done(feedback=feedback, attachment_ids=attachment_ids)[1]
        return not following and following_form

    def _form_of_next(self):
        """Return the action that opens the form of what comes next."""
        defaults = {f"default_{name}": self[name] for name in ("res_id", "res_model")}
        defaults["default_previous_activity_type_id"] = self.activity_type_id.id
        defaults["activity_previous_deadline"] = self.date_deadline
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "target": "new",
            "name": _("Schedule an Activity"),
            "views": [(False, "form")],
            "view_mode": "form",
            "context": {**clean_context(self.env.context), **defaults},
        }

    def _action_done(self, feedback=False, attachment_ids=None):
        """Mark activities as done: tell of it on the documents, plan what follows.

        :return: the messages, and the activities that follow
        :raise AccessError: for files that the user may not read
        """
        # the documents are told with all rights
        self.env["ir.attachment"].browse(attachment_ids or ()).check_access("read")
        messages, planned = self.env["mail.message"], []
        files = (
            self.env["ir.attachment"]
            .sudo()
            .search([("res_model", "=", self._name), ("res_id", "in", self.ids)])
            .grouped("res_id")
        )
        for activity in self:
            if activity.chaining_type == "trigger":
                here = activity.with_context(activity_previous_deadline=activity.date_deadline)
                planned.append(here._prepare_next_activity_values())
            message = activity._tell_done(feedback, attachment_ids)
            own = files.get(activity.id)
            if own and message:
                own.write({"res_id": message.id, "res_model": message._name})
                message.sudo().attachment_ids = own
            kept = activity.activity_type_id.keep_done
            if kept and (own or attachment_ids):
                activity.attachment_ids = [(4, id_) for id_ in [*(own.ids if own else ()), *(attachment_ids or ())]]
            messages += message
        following = self.create(planned) if planned else self.browse()
        done = self.filtered(lambda activity: activity.activity_type_id.keep_done)
        done.action_archive()
        (self - done).unlink()
        return messages, following

    def _tell_done(self, feedback, attachment_ids):
        """Tell on the document that the activity is done, and return the message."""
        document = self.env[self.res_model].sudo().browse(self.res_id).exists()
        if not document or not hasattr(document, "message_post_with_source"):
            return self.env["mail.message"]
        return document.message_post_with_source(
            "mail.message_activity_done",
            attachment_ids=attachment_ids,
            author_id=self.env.user.partner_id.id,
            render_values={
                "activity": self,
                "feedback": feedback,
                "display_assignee": self.user_id != self.env.user,
            },
            mail_activity_type_id=self.activity_type_id.id,
            subtype_xmlid="mail.mt_activities",
        )

    def _prepare_next_activity_values(self):
        """Return the values of the activity that follows."""
        self.ensure_one()
        values = self.default_get(list(self._fields))
        values.update(
            previous_activity_type_id=self.activity_type_id.id,
            res_id=self.res_id,
            res_model=self.res_model,
            res_model_id=self.env["ir.model"]._get_id(self.res_model),
        )
        following = self.new(values)
        following._onchange_previous_activity_type_id()
        following._onchange_activity_type_id()
        return following._convert_to_write(following._cache)

    @api.readonly
    def action_close_dialog(self):
        """Return the action that closes the form."""
        return {"type": "ir.actions.act_window_close"}

    @api.readonly
    def action_open_document(self):
        """Return the action that opens the document."""
        self.ensure_one()
        action = {"type": "ir.actions.act_window", "target": "current", "view_mode": "form"}
        return action | {name: self[name] for name in ("res_id", "res_model")}

    def action_snooze(self):
        """Put activities off by a week."""
        today = fields.Date.context_today(self)
        for activity in self.filtered("active"):
            activity.date_deadline = max(activity.date_deadline, today) + timedelta(days=7)

    def action_cancel(self):
        """Delete activities that are not done."""
        self.filtered("active").unlink()

    @api.autovacuum
    def _gc_delete_old_overdue_activities(self):
        """Delete activities that were due years ago."""
        years = int(self.env["ir.config_parameter"].sudo().get_param("mail.activity.gc.delete_overdue_years", 0))
        if years <= 0:
            return
        limit = fields.Date.today() - timedelta(days=365 * years)
        self.search([("date_deadline", "<", limit)], limit=_GC_LIMIT).unlink()

    def init(self):
        """Make the index by which documents find what is to be done next."""
        self.env.cr.execute(
            SQL(
                """CREATE INDEX IF NOT EXISTS mail_activity_res_model_res_id_date_idx
                       ON mail_activity (res_model, res_id, date_deadline)"""
            )
        )
