"""Server actions that send messages, add followers and plan activities."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.translate import _

#: what actions of this addon do; they need records that stay
_STATES = ("followers", "mail_post", "next_activity", "remove_followers")
_FOLLOWERS = ("followers", "remove_followers")


def _kept(**kwargs):
    """Return the parameters of a field that is emptied when another kind of action is chosen."""
    return {"store": True, "readonly": False, "copy": True, **kwargs}


class ServerActions(models.Model):
    """More kinds of server actions."""

    _inherit = "ir.actions.server"

    state = fields.Selection(
        selection_add=[
            ("next_activity", "Create Activity"),
            ("mail_post", "Send Email"),
            ("followers", "Add Followers"),
            ("remove_followers", "Remove Followers"),
            ("object_create",),
        ],
        ondelete=dict.fromkeys(_STATES, "cascade"),
    )
    partner_ids = fields.Many2many("res.partner", **_kept(compute="_compute_partner_ids"))
    template_id = fields.Many2one(
        "mail.template",
        "Email Template",
        domain="[('model_id', '=', model_id)]",
        ondelete="set null",
        **_kept(compute="_compute_template_id"),
    )
    mail_post_autofollow = fields.Boolean(
        "Subscribe Recipients", help="They follow the record.", **_kept(compute="_compute_mail_post_autofollow")
    )
    mail_post_method = fields.Selection(
        [("email", "Email"), ("comment", "Message"), ("note", "Note")],
        string="Send Email As",
        **_kept(compute="_compute_mail_post_method"),
    )
    activity_type_id = fields.Many2one(
        "mail.activity.type",
        string="Activity Type",
        domain="['|', ('res_model', '=', False), ('res_model', '=', model_name)]",
        ondelete="restrict",
        **_kept(compute="_compute_activity_type_id"),
    )
    activity_summary = fields.Char("Title", **_kept(compute="_compute_activity_info"))
    activity_note = fields.Html("Note", **_kept(compute="_compute_activity_info"))
    activity_date_deadline_range = fields.Integer("Due Date In", **_kept(compute="_compute_activity_info"))
    activity_date_deadline_range_type = fields.Selection(
        [("days", "Days"), ("weeks", "Weeks"), ("months", "Months")],
        string="Due type",
        **_kept(compute="_compute_activity_info"),
    )
    activity_user_type = fields.Selection(
        [("specific", "Specific User"), ("generic", "Dynamic User (based on record)")],
        string="User Type",
        **_kept(compute="_compute_activity_info"),
    )
    activity_user_id = fields.Many2one("res.users", string="Responsible", **_kept(compute="_compute_activity_info"))
    activity_user_field_name = fields.Char("User Field", **_kept(compute="_compute_activity_info"))

    # what other kinds have no use for

    @api.depends("state")
    def _compute_partner_ids(self):
        """Only followers are named."""
        self.filtered(lambda action: action.state != "followers").partner_ids = False

    @api.depends("model_id", "state")
    def _compute_template_id(self):
        """Only messages have a template, of their model."""
        for action in self:
            if action.state != "mail_post" or action.template_id.model_id != action.model_id:
                action.template_id = False

    @api.depends("state")
    def _compute_mail_post_method(self):
        """Messages are comments at first."""
        for action in self:
            action.mail_post_method = (action.mail_post_method or "comment") if action.state == "mail_post" else False

    @api.depends("state", "mail_post_method")
    def _compute_mail_post_autofollow(self):
        """Who gets a message on the record follows it."""
        for action in self:
            action.mail_post_autofollow = action.mail_post_method in ("comment", "note")

    @api.depends("model_id", "state")
    def _compute_activity_type_id(self):
        """Only activities have a kind, of their model."""
        for action in self:
            fits = action.state == "next_activity" and action.activity_type_id.res_model == action.model_id.model
            if not fits:
                action.activity_type_id = False

    @api.depends("state", "activity_type_id")
    def _compute_activity_info(self):
        """Take what the kind of activity says."""
        for action in self:
            if action.state != "next_activity":
                action.update(dict.fromkeys(_OF_ACTIVITIES, False))
                continue
            kind = action.activity_type_id
            action.activity_summary = action.activity_summary or kind.summary
            action.activity_note = action.activity_note or kind.default_note
            action.activity_date_deadline_range = action.activity_date_deadline_range or kind.delay_count
            action.activity_date_deadline_range_type = (
                action.activity_date_deadline_range_type or kind.delay_unit or "days"
            )
            action.activity_user_type = action.activity_user_type or "specific"
            action.activity_user_id = action.activity_user_id or kind.default_user_id
            action.activity_user_field_name = action.activity_user_field_name or "user_id"

    # constraints

    @api.constrains("activity_date_deadline_range")
    def _check_activity_date_deadline_range(self):
        """Check that activities are not due before they are planned."""
        if any(action.activity_date_deadline_range < 0 for action in self):
            raise ValidationError(_("An activity is due on the day or later: the number of days is not negative."))

    @api.constrains("model_id", "template_id")
    def _check_mail_template_model(self):
        """Check that templates are for the records of the action."""
        posting = self.filtered(lambda one: one.state == "mail_post" and one.template_id)
        wrong = posting.filtered(lambda one: one.template_id.model_id != one.model_id)
        if wrong:
            raise ValidationError(_("The template of %s is for other records.", wrong[0].name))

    @api.constrains("state", "model_id", "mail_post_method")
    def _check_mail_model_coherency(self):
        """Check that the records can have what the action does."""
        for action in self.filtered(lambda action: action.state in _STATES):
            model = action.model_id
            posts = action.state == "mail_post" and action.mail_post_method != "email"
            if model.transient:
                raise ValidationError(_("%s is for records that stay.", action.name))
            if (posts or action.state in _FOLLOWERS) and not model.is_mail_thread:
                raise ValidationError(_("Records of %s have no messages and followers.", model.name))
            if action.state == "next_activity" and not model.is_mail_activity:
                raise ValidationError(_("Records of %s have no activities.", model.name))

    # running

    def _active_records(self):
        """Return the records that the action is run on."""
        context = self.env.context
        ids = context.get("active_ids") or ([context["active_id"]] if context.get("active_id") else [])
        return self.env[self.model_name].browse(ids)

    def _run_action_followers_multi(self, eval_context=None):
        """Have the partners follow the records."""
        if self.partner_ids:
            self._active_records().message_subscribe(partner_ids=self.partner_ids.ids)
        return False

    def _run_action_remove_followers_multi(self, eval_context=None):
        """Have the partners follow the records no longer."""
        if self.partner_ids:
            self._active_records().message_unsubscribe(partner_ids=self.partner_ids.ids)
        return False

    def _is_recompute(self):
        """Tell whether the action runs because of a value that is still to be computed, and will run again."""
        records, changed = self._active_records(), self.env.context.get("old_values")
        if not changed:
            return False
        watched = self.env.context.get("domain_post") or []
        filtered = {leaf[0] for leaf in watched if isinstance(leaf, (list, tuple))}
        names = [name for values in changed.values() for name in values if name not in filtered]
        return bool(names) and self.env.records_to_compute(records._fields[names[0]]) & records == records

    def _run_action_mail_post_multi(self, eval_context=None):
        """Send the template about the records."""
        records = self._active_records()
        if not self.template_id or not records or self._is_recompute():
            return False
        drop = ("default_type", "default_parent_id")
        context = {key: value for key, value in self.env.context.items() if key not in drop}
        context.update(mail_create_nosubscribe=True, mail_post_autofollow=self.mail_post_autofollow)
        if self.mail_post_method in ("comment", "note"):
            kind = "mail.mt_comment" if self.mail_post_method == "comment" else "mail.mt_note"
            records.with_context(context).message_post_with_source(self.template_id, subtype_xmlid=kind)
            return False
        template = self.template_id.with_context(context)
        for record in records:
            template.send_mail(record.id, force_send=False)
        return False

    def _run_action_next_activity(self, eval_context=None):
        """Plan the activity on the record."""
        if not self.activity_type_id or not self.env.context.get("active_id") or self._is_recompute():
            return False
        values = {"activity_type_id": self.activity_type_id.id, "note": self.activity_note or ""}
        values["summary"] = self.activity_summary or ""
        if self.activity_date_deadline_range > 0:
            delay = relativedelta(
                **{self.activity_date_deadline_range_type or "days": self.activity_date_deadline_range}
            )
            values["date_deadline"] = fields.Date.context_today(self) + delay
        for record in self._active_records():
            user = self.activity_user_id
            if self.activity_user_type == "generic" and self.activity_user_field_name in record:
                user = record[self.activity_user_field_name]
            record.activity_schedule(**values, **({"user_id": user.id} if user else {}))
        return False

    @api.model
    def _get_eval_context(self, action=None):
        """Leave e-mails of actions to the queue."""
        context = super()._get_eval_context(action=action)
        for name in ("env", "model", "record", "records"):
            if context.get(name) is not None and hasattr(context[name], "with_context"):
                context[name] = context[name].with_context(mail_notify_force_send=False)
        if "env" in context:
            context["env"] = context["env"](context={**context["env"].context, "mail_notify_force_send": False})
        return context


_OF_ACTIVITIES = tuple(
    name for name in vars(ServerActions) if name.startswith("activity_") and name != "activity_type_id"
)
