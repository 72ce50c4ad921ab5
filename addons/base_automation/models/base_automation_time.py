"""Rules that run when a time comes."""

import logging
from datetime import datetime

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models, modules
from odoo.tools.translate import _

from .base_automation import TIME_TRIGGERS

_logger = logging.getLogger(__name__)

#: type of delay -> (its name in relativedelta, minutes)
DELAYS = {"minutes": ("minutes", 1), "hour": ("hours", 60), "day": ("days", 1440), "month": ("months", 43_200)}
#: minutes between two runs of the scheduled action
OFTEN, SELDOM = 1, 240
_EPOCH = datetime(1970, 1, 1)
#: months have different lengths, dates are days: what is searched is a little more than what is due
_MARGIN = relativedelta(days=4)


class BaseAutomationTime(models.Model):
    """Rules that wait for a time."""

    _inherit = "base.automation"

    @api.model
    def _time_rules(self):
        """Return the rules that wait for a time."""
        return self.sudo().search([("trigger", "in", TIME_TRIGGERS), ("active", "=", True)], order="id")

    @api.model
    def _get_cron_interval(self, automations=None):
        """Return how often, in minutes, times are looked at: a tenth of the shortest delay.

        :param automations: rules with delays; all that wait for a time by default
        """
        automations = self._time_rules() if automations is None else automations
        delays = [abs(rule.trg_date_range * DELAYS[rule.trg_date_range_type or "hour"][1]) for rule in automations]
        shortest = min(delays, default=0)
        return min(max(OFTEN, shortest // 10), SELDOM) if shortest else SELDOM

    @api.depends("trigger", "trg_date_range", "trg_date_range_type")
    def _compute_least_delay_msg(self):
        """Tell how late rules may run."""
        minutes = self._get_cron_interval()
        self.least_delay_msg = _("Times are looked at every %d minutes: a rule may run that much later.", minutes)

    @api.model
    def _update_cron(self):
        """Look at times as often as the rules need, and not at all without such rules."""
        cron = self.env.ref("base_automation.ir_cron_data_base_automation_check", raise_if_not_found=False)
        if not cron:
            return
        rules = self._time_rules()
        cron.sudo().try_write(
            {
                "active": bool(rules),
                "interval_number": self._get_cron_interval(rules),
                "interval_type": "minutes",
            }
        )

    # running

    @api.model
    def _check(self, automatic=False, use_new_cursor=False):
        """Run the rules whose time has come; called by the scheduled action.

        :param automatic: commit after each rule
        """
        for rule in self._time_rules().with_env(self.env):
            now = self.env.cr.now() if modules.module.current_test is False else fields.Datetime.now()
            _logger.debug("Rule %s is looked at", rule.id)
            rule._run_due_records(now)
            rule.sudo().last_run = now
            if automatic and not modules.module.current_test:
                self.env.cr.commit()

    def _run_due_records(self, now):
        """Run the rule for the records whose time came since it ran last."""
        rule = self.with_context(__action_done={})
        last = rule.sudo().last_run or _EPOCH
        domain = rule._domain("filter_domain") or []
        model = self.env[rule.sudo().model_name]
        for record in model.search([*domain, *rule._roughly_due(last, now)]):
            if not rule._is_due(record, last, now):
                continue
            try:
                with self.env.cr.savepoint():
                    rule._process(record.with_env(rule.env))
            except Exception:
                _logger.exception("Rule %s failed for %s", rule.sudo().name, record)

    def _delay(self):
        """Return the time between the date and the rule's running."""
        rule = self.sudo()
        return relativedelta(**{DELAYS[rule.trg_date_range_type or "hour"][0]: rule.trg_date_range})

    def _roughly_due(self, last, now):
        """Return a domain that holds at least for the records whose time came, for not reading all of them."""
        rule = self.sudo()
        date = rule.trg_date_id
        field = self.env[rule.model_name]._fields.get(date.name)
        if not field or not field.store or rule.trg_date_calendar_id or date.name == "date_automation_last":
            return []
        until = now - self._delay() + _MARGIN
        rough = [(date.name, "<", until)]
        if last != _EPOCH:
            rough.append((date.name, ">=", last - self._delay() - _MARGIN))
        return rough

    def _is_due(self, record, last, now):
        """Tell whether the time of a record came since the rule ran last."""
        rule = self.sudo()
        name = rule.trg_date_id.name
        value = record[name] if name else False
        if not value and name == "date_automation_last":
            value = record.create_date
        if not value:
            return False
        moment = fields.Datetime.to_datetime(value)
        calendar = rule.trg_date_calendar_id
        if calendar and rule.trg_date_range_type == "day":
            # the days between are counted from now: what is found is the same for all records
            return self._shifted(last) <= moment < self._shifted(now)
        return last <= moment + self._delay() < now

    def _shifted(self, moment):
        """Return a time moved back by the delay in working days."""
        rule = self.sudo()
        if moment == _EPOCH:
            return moment
        return rule.trg_date_calendar_id.plan_days(-rule.trg_date_range, moment, compute_leaves=True) or moment
