"""To which records rules apply, and running their actions."""

from odoo import fields, models
from odoo.tools import safe_eval

#: records that rules run for in this chain of changes: ``{rule: records}``
_DONE = "__action_done"
#: whether records are looked at to find out if a rule applies
_FEEDBACK = "__action_feedback"


class BaseAutomationRun(models.Model):
    """The running of rules."""

    _inherit = "base.automation"

    def _get_eval_context(self, payload=None):
        """Return what expressions of the rule may name.

        :param payload: what a program sent
        """
        self.ensure_one()
        names = {
            "datetime": safe_eval.datetime,
            "dateutil": safe_eval.dateutil,
            "model": self.env[self.sudo().model_name],
            "time": safe_eval.time,
            "uid": self.env.uid,
            "user": self.env.user,
        }
        return names if payload is None else {**names, "payload": payload}

    # domains

    def _domain(self, field_name):
        """Return a domain of the rule, ``None`` where it has none."""
        text = self.sudo()[field_name]
        return safe_eval.safe_eval(text, self._get_eval_context()) if text else None

    def _filtered(self, records, domain, feedback):
        """Return those records for which a domain holds, without that rights or rules run meanwhile."""
        if domain is None or not records:
            return records
        looked_at = records.with_context(**{_FEEDBACK: True}) if feedback else records
        return looked_at.sudo().filtered_domain(domain).with_env(records.env)

    def _filter_pre(self, records, feedback=False):
        """Return the records for which the rule holds before they are changed.

        :param feedback: what rules do because of the looking is not done again
        """
        return self._filtered(records, self._domain("filter_pre_domain"), feedback)

    def _filter_post(self, records, feedback=False):
        """Return the records for which the rule holds after they were changed; see :meth:`_filter_pre`."""
        return self._filter_post_export_domain(records, feedback=feedback)[0]

    def _filter_post_export_domain(self, records, feedback=False):
        """Return the records for which the rule holds after they were changed, and the domain or ``None``."""
        domain = self._domain("filter_domain")
        return self._filtered(records, domain, feedback), domain

    def _check_trigger_fields(self, record):
        """Tell whether one of the fields that are watched has changed.

        What they were is in the context, as ``old_values``; new records and messages have none.
        """
        watched = self.sudo().trigger_field_ids.mapped("name")
        old_values = self.env.context.get("old_values")
        if not watched or old_values is None:
            return True
        old, current = old_values.get(record.id) or {}, record.sudo()
        return any(name in old and old[name] != current[name] for name in watched)

    # running

    def _process(self, records, domain_post=None):
        """Run the actions of the rule, once for each record in a chain of changes.

        :param records: records for which the rule holds
        :param domain_post: the domain that held
        """
        self.ensure_one()
        done = self.env.context.get(_DONE, {})
        records -= done.get(self, records.browse())
        records = records.filtered(self._check_trigger_fields)
        if not records:
            return
        noted = {self: done.get(self, records.browse()) | records}
        if self.env.context.get(_FEEDBACK):
            # who looks whether records fit shares this dict, and finds there what was done meanwhile
            done.update(noted)
            automation = self
        else:
            automation = self.with_context(**{_DONE: {**done, **noted}})
            records = records.with_context(**{_DONE: {**done, **noted}})
        if "date_automation_last" in records._fields:
            records.date_automation_last = fields.Datetime.now()
        for action in automation.sudo().action_server_ids.with_env(automation.env).sorted(lambda a: a.sudo().sequence):
            for record in records:
                automation._run_action(action, record, domain_post)

    def _run_action(self, action, record, domain_post=None):
        """Run an action for a record, as the user who changed it."""
        context = {
            "active_id": record.id,
            "active_ids": record.ids,
            "active_model": record._name,
            "domain_post": domain_post,
        }
        try:
            action.with_context(**context).run()
        except Exception as error:
            self._add_postmortem(error)
            raise

    def _add_postmortem(self, e):
        """Have an error tell users of the house which rule it is of."""
        if not self.env.user._is_internal():
            return
        known = self.sudo()
        e.context = {
            **getattr(e, "context", {}),
            "base_automation": {"id": known.id, "name": known.name},
            "exception_class": "base_automation",
        }
