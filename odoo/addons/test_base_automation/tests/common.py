from odoo.addons.mail.tests.common import MailCommon


class RuleCase(MailCommon):
    """Rules about tasks, whose actions write down that they ran."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tasks = cls.env["test_base_automation.task"]
        cls.model = cls.env["ir.model"]._get("test_base_automation.task")
        cls.addClassCleanup(cls.env["base.automation"]._unregister_hook)

    def fields_of(self, *names):
        """Return fields of tasks."""
        return self.env["ir.model.fields"].browse(
            self.env["ir.model.fields"]._get(self.model.model, n).id for n in names
        )

    def rule(self, trigger, code="record.write({'note': (record.note or '') + 'x'})", model=None, **values):
        """Create a rule with an action that runs code, by default one that writes an x."""
        model = model or self.model
        action = {"model_id": model.id, "state": "code", "code": code, "usage": "base_automation"}
        trigger_fields = values.pop("trigger_fields", None)
        if trigger_fields is not None:
            values["trigger_field_ids"] = [(6, 0, self.fields_of(*trigger_fields).ids)]
        return self.env["base.automation"].create(
            {
                "name": f"Rule {trigger}",
                "model_id": model.id,
                "trigger": trigger,
                "action_server_ids": [(0, 0, action)],
                **values,
            }
        )

    def create(self, **values):
        return self.tasks.create({"name": "Task", **values})
