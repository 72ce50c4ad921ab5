"""Watching records: the methods of models with rules tell the rules what happens."""

from odoo import api, models

from .base_automation import CREATE_TRIGGERS, MAIL_TRIGGERS, WRITE_TRIGGERS

#: what marks our functions on classes, with the function that was there before
_MARK = "_automation_former"
#: messages that people did not write
_BY_MACHINES = ("auto_comment", "notification", "user_notification")


def _as_inherited(kind, name):
    """Return a function that does what a method of a class would do without us."""

    def inherited(self, *args, **kwargs):
        return getattr(super(kind, self), name)(*args, **kwargs)

    return inherited


def _on_create(before):
    @api.model_create_multi
    def create(self, vals_list):
        """Create records, and run the rules for new ones."""
        rules = self.env["base.automation"]._get_actions(self, CREATE_TRIGGERS)
        if not rules:
            return before(self, vals_list)
        records = before(self.with_env(rules.env), vals_list)
        for rule in rules.with_context(old_values=None):
            rule._process(rule._filter_post(records, feedback=True))
        return records.with_env(self.env)

    return create


def _around_change(records, rules, names, change):
    """Change records, and run the rules for what they were and are.

    :param names: names of the fields that are changed
    :param change: function that does it, called without parameters
    """
    fits = {rule: rule._filter_pre(records, feedback=True) for rule in rules}
    known = records.sudo()
    old = {record.id: {name: record[name] for name in names} for record in known}
    result = change()
    for rule in rules.with_context(old_values=old):
        after, domain = rule._filter_post_export_domain(fits[rule].with_env(rule.env), feedback=True)
        rule._process(after, domain_post=domain)
    return result


def _on_write(before):
    def write(self, vals):
        """Write, and run the rules for changed records."""
        rules = self.env["base.automation"]._get_actions(self, WRITE_TRIGGERS)
        records = self.with_env(rules.env).filtered("id") if rules else self
        if not rules or not records:
            return before(self, vals)
        names = [name for name in vals if name in self._fields and self._fields[name].store]
        return _around_change(records, rules, names, lambda: before(self.with_env(rules.env), vals))

    return write


def _on_compute(before):
    def _compute_field_value(self, field):
        """Compute stored fields, and run the rules for what changes by it."""
        stored = [one.name for one in self.pool.field_computed.get(field) or (field,) if one.store]
        rules = self.env["base.automation"]._get_actions(self, WRITE_TRIGGERS) if stored else ()
        records = self.filtered("id").with_env(rules.env) if rules else self
        if not rules or not records:
            return before(self, field)
        return _around_change(records, rules, stored, lambda: before(self.with_env(rules.env), field))

    return _compute_field_value


def _on_unlink(before):
    def unlink(self):
        """Run the rules for records that go, and delete them."""
        for rule in self.env["base.automation"]._get_actions(self, ("on_unlink",)).with_context(old_values=None):
            rule._process(rule._filter_post(self.with_env(rule.env), feedback=True))
        return before(self)

    return unlink


def _on_message(before):
    @api.returns("mail.message", lambda message: message.id)
    def message_post(self, *args, **kwargs):
        """Post a message, and run the rules for it."""
        message = before(self, *args, **kwargs)
        known = message.sudo()
        is_internal = known.is_internal or known.subtype_id.internal
        if is_internal or known.message_type in _BY_MACHINES or "__action_done" in self.env.context:
            return message
        author = known.author_id
        trigger = "on_message_received" if not author or author.partner_share else "on_message_sent"
        for rule in self.env["base.automation"]._get_actions(self, (trigger,)).with_context(old_values=None):
            rule._process(rule._filter_pre(self.with_env(rule.env), feedback=True))
        return message

    return message_post


def _in_forms(rule_id, names):
    @api.onchange(*names)
    def run_rule(self):
        """Run a rule for a record that is being filled in."""
        rules = self.env["base.automation"]
        rule = rules.browse([id_ for id_ in rules._ids_of(self._name, ("on_change",)) if id_ == rule_id])
        return rule._process_onchange(self) if rule else None

    return run_rule


#: method -> what watches it, for which triggers
_WATCHERS = {
    "create": (_on_create, CREATE_TRIGGERS),
    "write": (_on_write, WRITE_TRIGGERS),
    "_compute_field_value": (_on_compute, WRITE_TRIGGERS),
    "unlink": (_on_unlink, ("on_unlink",)),
    "message_post": (_on_message, MAIL_TRIGGERS),
}


class BaseAutomationWatch(models.Model):
    """Rules that are told of changes."""

    _inherit = "base.automation"

    def _register_hook(self):
        """Watch the models that have rules."""
        super()._register_hook()
        self.flush_model(["active", "model_id", "on_change_field_ids", "trigger"])
        for rule in self.sudo().search([("active", "=", True)]):
            kind = self.env.registry.get(rule.model_name)
            if kind is None:
                continue
            for name, (watcher, triggers) in _WATCHERS.items():
                if rule.trigger in triggers and hasattr(kind, name):
                    _watch(kind, name, watcher)
            if rule.trigger == "on_change" and rule.on_change_field_ids:
                method = _in_forms(rule.id, rule.on_change_field_ids.mapped("name"))
                setattr(method, _MARK, None)
                setattr(kind, f"_automation_onchange_{rule.id}", method)

    def _unregister_hook(self):
        """Watch nothing any more."""
        super()._unregister_hook()
        for kind in self.env.registry.values():
            for name, method in list(vars(kind).items()):
                if hasattr(method, _MARK):
                    delattr(kind, name)
                    if former := getattr(method, _MARK):
                        setattr(kind, name, former)

    def _process_onchange(self, record):
        """Run the actions of the rule for a record that is being filled in, and return what they answer."""
        answer = {}
        for action in self.sudo().action_server_ids.with_env(self.env):
            context = {
                "active_id": record._origin.id,
                "active_ids": record._origin.ids,
                "active_model": record._name,
                "onchange_self": record,
            }
            try:
                told = action.with_context(**context).run()
            except Exception as error:
                self._add_postmortem(error)
                raise
            if isinstance(told, dict):
                values = told.get("value") or {}
                record.update({name: values[name] for name in values if name in record._fields and name != "id"})
                answer.setdefault("domain", {}).update(told.get("domain") or {})
                answer.update({"warning": told["warning"]} if told.get("warning") else {})
        return answer


def _watch(kind, name, watcher):
    """Put our function before a method of a class, once."""
    former = vars(kind).get(name)
    if hasattr(former, _MARK):
        return
    method = watcher(former or _as_inherited(kind, name))
    setattr(method, _MARK, former)
    setattr(kind, name, method)
