"""``mail.activity.mixin``: documents about which there are things to do."""

import logging
from datetime import datetime

import pytz

from odoo import api, fields, models
from odoo.osv import expression
from odoo.tools import SQL

_logger = logging.getLogger(__name__)


class MailActivityMixin(models.AbstractModel):
    """Documents with activities."""

    _name = "mail.activity.mixin"
    _description = "Activity Mixin"

    activity_ids = fields.One2many(
        "mail.activity", "res_id", "Activities", auto_join=True, groups="base.group_user", copy=False
    )
    activity_state = fields.Selection(
        [("overdue", "Overdue"), ("today", "Today"), ("planned", "Planned")],
        string="Activity State",
        compute="_compute_activity_state",
        search="_search_activity_state",
        groups="base.group_user",
        help="Whether what has to be done is late, due today, or later.",
    )
    activity_user_id = fields.Many2one(
        "res.users",
        "Responsible User",
        compute="_compute_activity_user_id",
        search="_search_activity_user_id",
        readonly=True,
        groups="base.group_user",
    )
    activity_type_id = fields.Many2one(
        "mail.activity.type",
        "Next Activity Type",
        related="activity_ids.activity_type_id",
        readonly=False,
        search="_search_activity_type_id",
        groups="base.group_user",
    )
    activity_type_icon = fields.Char("Activity Type Icon", related="activity_ids.icon")
    activity_date_deadline = fields.Date(
        "Next Activity Deadline",
        compute="_compute_activity_date_deadline",
        search="_search_activity_date_deadline",
        compute_sudo=False,
        readonly=True,
        store=False,
        groups="base.group_user",
    )
    my_activity_date_deadline = fields.Date(
        "My Activity Deadline",
        compute="_compute_my_activity_date_deadline",
        search="_search_my_activity_date_deadline",
        compute_sudo=False,
        readonly=True,
        groups="base.group_user",
    )
    activity_summary = fields.Char(
        "Next Activity Summary",
        related="activity_ids.summary",
        readonly=False,
        search="_search_activity_summary",
        groups="base.group_user",
    )
    activity_exception_decoration = fields.Selection(
        [("warning", "Alert"), ("danger", "Error")],
        compute="_compute_activity_exception_type",
        search="_search_activity_exception_decoration",
        help="How the record is marked for what is to be done.",
    )
    activity_exception_icon = fields.Char("Icon", compute="_compute_activity_exception_type")

    # computed fields

    @api.depends("activity_ids.activity_type_id.decoration_type", "activity_ids.activity_type_id.icon")
    def _compute_activity_exception_type(self):
        """Take the mark of the worst kind of activity."""
        for record in self:
            kinds = record.sudo().activity_ids.activity_type_id.filtered("decoration_type")
            worst = kinds.filtered(lambda kind: kind.decoration_type == "danger")[:1] or kinds[-1:]
            record.activity_exception_decoration = worst.decoration_type
            record.activity_exception_icon = worst.icon

    @api.depends("activity_ids.user_id")
    def _compute_activity_user_id(self):
        """Take the responsible of the next activity."""
        for record in self:
            record.activity_user_id = record.activity_ids[:1].user_id

    @api.depends("activity_ids.state")
    def _compute_activity_state(self):
        """Take the worst state of the activities."""
        for record in self:
            states = set(record.activity_ids.mapped("state"))
            record.activity_state = next((one for one in ("overdue", "today", "planned") if one in states), False)

    @api.depends("activity_ids.date_deadline")
    def _compute_activity_date_deadline(self):
        """Take when the next activity is due."""
        for record in self:
            record.activity_date_deadline = record.activity_ids[:1].date_deadline

    @api.depends("activity_ids.date_deadline", "activity_ids.user_id")
    @api.depends_context("uid")
    def _compute_my_activity_date_deadline(self):
        """Take when the next activity of the user is due."""
        for record in self:
            own = record.activity_ids.filtered(lambda activity: activity.user_id.id == self.env.uid)
            record.my_activity_date_deadline = own[:1].date_deadline

    # searches

    def _search_activity_exception_decoration(self, operator, operand):
        """Find by the mark of activities."""
        return [("activity_ids.activity_type_id.decoration_type", operator, operand)]

    @api.model
    def _search_activity_user_id(self, operator, operand):
        """Find by the responsible; archived activities count for people."""
        wants_none = isinstance(operand, bool) and (operator == "=") != operand
        if wants_none:
            return [("activity_ids", "=", False)]
        every = self.env["mail.activity"].sudo().with_context(active_test=False)
        responsible = every._search([("user_id", operator, operand), ("res_model", "=", self._name)])
        return [("id", "in", responsible.subselect("res_id"))]

    @api.model
    def _search_activity_type_id(self, operator, operand):
        """Find by the kind."""
        return [("activity_ids.activity_type_id", operator, operand)]

    @api.model
    def _search_activity_summary(self, operator, operand):
        """Find by the summary."""
        return [("activity_ids.summary", operator, operand)]

    @api.model
    def _search_activity_date_deadline(self, operator, operand):
        """Find by when something is due."""
        if operator == "=" and not operand:
            return [("activity_ids", "=", False)]
        return [("activity_ids.date_deadline", operator, operand)]

    @api.model
    def _search_my_activity_date_deadline(self, operator, operand):
        """Find by when something of the user is due."""
        found = self.env["mail.activity"]._search(
            [("res_model", "=", self._name), ("user_id", "=", self.env.uid), ("date_deadline", operator, operand)]
        )
        return [("id", "in", found.subselect("res_id"))]

    def _activity_state_query(self, zone=None):
        """Return the statement for the state of each document that has something to do: ``res_id``, ``state``."""
        self.env["mail.activity"].flush_model(["active", "date_deadline", "res_id", "res_model", "user_tz"])
        now = pytz.utc.localize(datetime.utcnow())
        return SQL(
            """
            SELECT res_id,
                   CASE min(sign(date_deadline - (%(now)s AT TIME ZONE COALESCE(user_tz, %(zone)s))::date))
                        WHEN -1 THEN 'overdue' WHEN 0 THEN 'today' ELSE 'planned' END AS state
              FROM mail_activity WHERE res_model = %(model)s AND active = TRUE GROUP BY res_id
            """,
            now=now,
            zone=zone or "UTC",
            model=self._name,
        )

    @api.model
    def _search_activity_state(self, operator, value):
        """Find by the state."""
        states = {"overdue", "today", "planned", False}
        wanted = set(value) if operator in ("in", "not in") else {value}
        if operator in ("!=", "not in"):
            wanted = states - wanted
        if wanted >= states:
            return expression.TRUE_DOMAIN
        # those with none of the other states, where those without anything to do are wanted
        named = (states - wanted) if False in wanted else wanted
        found = SQL("(SELECT res_id FROM (%s) AS s WHERE state = ANY(%s))", self._activity_state_query(), list(named))
        return [("id", "not in" if False in wanted else "in", found)]

    @api.model
    def _read_group_groupby(self, groupby_spec, query):
        """Group by the state too."""
        if groupby_spec != "activity_state":
            return super()._read_group_groupby(groupby_spec, query)
        states = SQL("(%s)", self._activity_state_query(self.env.context.get("tz")))
        alias = query.make_alias(self._table, "last_activity_state")
        query.add_join(
            "LEFT JOIN",
            alias,
            states,
            SQL("%s = %s", SQL.identifier(self._table, "id"), SQL.identifier(alias, "res_id")),
        )
        return SQL.identifier(alias, "state")

    # changes

    def write(self, vals):
        """Archived documents have nothing to do."""
        if vals.get("active") is False:
            self._delete_activities()
        return super().write(vals)

    def unlink(self):
        """Delete documents with what was to do."""
        planned = (
            self.env["mail.activity"]
            .sudo()
            .with_context(active_test=False)
            ._search([("res_id", "in", self.ids), ("res_model", "=", self._name)])
        )
        ids = list(planned.get_result_ids())
        gone = super().unlink()
        self.env["mail.activity"].sudo().browse(ids).exists().unlink()
        return gone

    def toggle_active(self):
        """Archived documents have nothing to do."""
        self.filtered(lambda record: record[self._active_name])._delete_activities()
        return super().toggle_active()

    def _delete_activities(self):
        """Delete what is to do."""
        domain = [("res_id", "in", self.ids), ("res_model", "=", self._name)]
        self.env["mail.activity"].sudo().search(domain).unlink()

    # planning

    def activity_send_mail(self, template_id):
        """Post a template on the documents.

        :return: ``False`` when the template is gone
        """
        found = self.env["mail.template"].search([("id", "=", template_id)])
        if found:
            self.message_post_with_source(found, subtype_xmlid="mail.mt_comment")
        return bool(found)

    def activity_search(self, act_type_xmlids="", user_id=None, additional_domain=None):
        """Return the activities of some kinds that the system made.

        :param act_type_xmlids: external ids of the kinds
        """
        activities = self.env["mail.activity"]
        type_ids = self._ids_of_types(act_type_xmlids)
        if self.env.context.get("mail_activity_automation_skip") or not type_ids:
            return activities
        domain = [
            ("automated", "=", True),
            ("res_model", "=", self._name),
            ("res_id", "in", self.ids),
            ("activity_type_id", "in", type_ids),
        ]
        if user_id:
            domain.append(("user_id", "=", user_id))
        return activities.search(expression.AND([domain, additional_domain or []]))

    def _ids_of_types(self, xmlids):
        """Return the ids of kinds of activities that there are."""
        find = self.env["ir.model.data"]._xmlid_to_res_id
        return list(filter(None, (find(xmlid, raise_if_not_found=False) for xmlid in xmlids or ())))

    def activity_schedule(self, act_type_xmlid="", date_deadline=None, summary="", note="", **act_values):
        """Plan an activity for each document.

        :param act_type_xmlid: external id of the kind
        :param date_deadline: when it is due; today by default
        :param act_values: more values of the activities
        :return: the activities; ``False`` where the context says that nothing is planned
        """
        if self.env.context.get("mail_activity_automation_skip"):
            return False
        if isinstance(date_deadline, datetime):
            _logger.warning("activities are due on a day, not at a time: %s", date_deadline)
        kinds = self.env["mail.activity.type"]
        if act_type_xmlid:
            kind = self.env.ref(act_type_xmlid, raise_if_not_found=False) or self._default_activity_type()
        else:
            kind = kinds.browse(act_values.pop("activity_type_id", False) or ())
        model_id = self.env["ir.model"]._get_id(self._name)
        values = {
            "activity_type_id": kind.id,
            "automated": True,
            "date_deadline": date_deadline or fields.Date.context_today(self),
            "note": note or kind.default_note,
            "res_model_id": model_id,
            "summary": summary or kind.summary,
            **act_values,
        }
        if not values.get("user_id"):
            values["user_id"] = kind.default_user_id.id or self.env.uid
        return self.env["mail.activity"].create([{**values, "res_id": record.id} for record in self])

    def _default_activity_type(self):
        """Return the kind of activities of unknown kinds."""
        return self.env["mail.activity"]._default_activity_type_for_model(self._name)

    def _activity_schedule_with_view(
        self, act_type_xmlid="", date_deadline=None, summary="", views_or_xmlid="", render_context=None, **act_values
    ):
        """Plan an activity for each document, whose note is a view.

        :param views_or_xmlid: the view
        :param render_context: what the view uses beside ``object``
        """
        planned = self.env["mail.activity"]
        if self.env.context.get("mail_activity_automation_skip"):
            return False
        view = getattr(views_or_xmlid, "id", views_or_xmlid)
        notes = self.env["mail.render.mixin"]._render_template_qweb_view(
            view, self._name, self.ids, add_context=render_context
        )
        common = {"act_type_xmlid": act_type_xmlid, "date_deadline": date_deadline, "summary": summary, **act_values}
        return planned.union(*(record.activity_schedule(note=notes[record.id], **common) for record in self))

    def _activities_to_change(self, act_type_xmlids, user_id):
        """Return the activities to change; ``None`` where nothing is to be changed by the system."""
        if self.env.context.get("mail_activity_automation_skip") or not self._ids_of_types(act_type_xmlids):
            return None
        return self.activity_search(act_type_xmlids, user_id=user_id)

    def activity_reschedule(self, act_type_xmlids, user_id=None, date_deadline=None, new_user_id=None):
        """Have activities that the system made be due on another day, or be done by somebody else."""
        activities = self._activities_to_change(act_type_xmlids, user_id)
        if activities is None:
            return False
        values = {"date_deadline": date_deadline, "user_id": new_user_id}
        activities.write({name: value for name, value in values.items() if value})
        return activities

    def activity_feedback(self, act_type_xmlids, user_id=None, feedback=None, attachment_ids=None):
        """Mark activities that the system made as done."""
        activities = self._activities_to_change(act_type_xmlids, user_id)
        if activities is None:
            return False
        activities.action_feedback(feedback=feedback, attachment_ids=attachment_ids)
        return True

    def activity_unlink(self, act_type_xmlids, user_id=None):
        """Delete activities that the system made."""
        activities = self._activities_to_change(act_type_xmlids, user_id)
        if activities is None:
            return False
        activities.unlink()
        return True
