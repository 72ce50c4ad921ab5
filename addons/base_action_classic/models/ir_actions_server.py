"""Server actions that create, copy and write records by lines of fields, and those that lead to another action."""

import ast
import logging

from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools.safe_eval import safe_eval, test_python_expr

_logger = logging.getLogger("odoo.addons.base.models.ir_actions_server")

#: type of field -> what turns the text of a line into a value; other types take the text
_CONVERTERS = {
    "integer": int,
    "many2one": int,
    "many2one_reference": int,
    "float": float,
    "monetary": float,
    "boolean": lambda text: text.strip().lower() in ("1", "true", "yes"),
    "one2many": lambda text: [Command.set(ast.literal_eval(text))],
    "many2many": lambda text: [Command.set(ast.literal_eval(text))],
}


class IrServerObjectLines(models.Model):
    """The value that a server action gives a field."""

    _name = "ir.server.object.lines"
    _description = "Value of a Server Action"
    _order = "id"
    _allow_sudo_commands = False

    server_id = fields.Many2one("ir.actions.server", string="Action", required=True, ondelete="cascade", index=True)
    col1 = fields.Many2one("ir.model.fields", string="Field", required=True, ondelete="cascade")
    value = fields.Text(required=True, help="The value as text, or the expression that gives it.")
    type = fields.Selection(
        [("value", "Value"), ("equation", "Expression")], string="Evaluation", required=True, default="value"
    )

    @api.constrains("value", "type")
    def _check_expressions(self):
        """Refuse expressions that do not compile or use what they may not."""
        for line in self.filtered(lambda line: line.type == "equation"):
            if problem := test_python_expr(line.value.strip(), mode="eval"):
                raise ValidationError(problem)

    def _evaluate(self, eval_context):
        """Return ``{field name: value}``.

        :param eval_context: names that expressions can use
        :raise UserError: a text is no value for its field
        """
        values = {}
        for line in self:
            field = line.col1
            if line.type == "equation":
                value = safe_eval(line.value, eval_context)
                values[field.name] = value.ids if field.ttype.endswith("2many") and hasattr(value, "ids") else value
                continue
            try:
                values[field.name] = _CONVERTERS.get(field.ttype, str)(line.value)
            except (ValueError, SyntaxError) as error:
                raise UserError(
                    self.env._(
                        "The action %(action)s cannot set %(field)s to %(value)s: it takes a %(type)s value.",
                        action=line.server_id.name,
                        field=field.name,
                        value=line.value,
                        type=field.ttype,
                    )
                ) from error
        return values


class IrActionsServer(models.Model):
    """Creates, copies or writes a record as its lines say; what has no policy does what it does today."""

    _inherit = "ir.actions.server"

    state = fields.Selection(
        selection_add=[("client_action", "Open Action")], default="code", ondelete={"client_action": "cascade"}
    )
    use_create = fields.Selection(
        [
            ("new", "Create a new record of the model"),
            ("new_other", "Create a new record of another model"),
            ("copy_current", "Copy the current record"),
            ("copy_other", "Copy another record"),
        ],
        string="Creation Policy",
    )
    use_write = fields.Selection(
        [
            ("current", "Write on the current record"),
            ("other", "Write on a record that is chosen here"),
            ("expression", "Write on a record that an expression finds"),
        ],
        string="Update Policy",
    )
    fields_lines = fields.One2many("ir.server.object.lines", "server_id", string="Values", copy=True)
    ref_object = fields.Reference(selection="_selection_target_model", string="Reference Record")
    link_new_record = fields.Boolean(string="Attach the New Record", help="Set the link field to the new record.")
    write_expression = fields.Char(help="Gives the record to write on, or its id.")
    action_id = fields.Many2one("ir.actions.actions", string="Action to Open", ondelete="set null")

    @api.model_create_multi
    def create(self, vals_list):
        """Create actions; those with lines of fields have a policy."""
        return super().create([{**self._policy_of_lines(vals), **vals} for vals in vals_list])

    def _policy_of_lines(self, vals):
        """Return the policy that values with lines of fields stand for, unless they name one."""
        if not vals.get("fields_lines"):
            return {}
        return {"object_create": {"use_create": "new"}, "object_write": {"use_write": "current"}}.get(
            vals.get("state"), {}
        )

    @api.constrains("write_expression")
    def _check_write_expression(self):
        """Refuse expressions that do not compile or use what they may not."""
        for action in self.filtered("write_expression"):
            if problem := test_python_expr(action.write_expression.strip(), mode="eval"):
                raise ValidationError(problem)

    @api.constrains("fields_lines", "use_create", "use_write", "crud_model_id", "ref_object", "model_id", "state")
    def _check_lines(self):
        """Refuse fields of another model than that of the record."""
        for action in self:
            name = action._target_model_name()
            foreign = [f"{field.model}.{field.name}" for field in action.fields_lines.col1 if field.model != name]
            if name and foreign:
                raise ValidationError(
                    self.env._(
                        "The action %(action)s is about records of %(model)s, which have no fields %(fields)s.",
                        action=action.name,
                        model=name,
                        fields=", ".join(foreign),
                    )
                )

    def _policy(self):
        """Return what kind of record the action creates or writes on, nothing where it does it in today's way."""
        return {"object_create": self.use_create, "object_write": self.use_write}.get(self.state)

    def _target_model_name(self):
        """Return the model of the record that the action creates or writes on."""
        policy = self._policy()
        if policy in ("new", "copy_current", "current"):
            return self.model_id.model
        if policy in ("copy_other", "other") and self.ref_object:
            return self.ref_object._name
        return self.crud_model_id.model if policy else None

    @api.depends("use_create", "use_write")
    def _compute_crud_relations(self):
        """Leave the model alone that was chosen for a policy."""
        classic = self.filtered(lambda action: action._policy())
        for action in classic:
            chosen = action.crud_model_id
            action.update_field_id = action.update_related_model_id = action.update_path = False
            action.crud_model_id = chosen
        return super(IrActionsServer, self - classic)._compute_crud_relations()

    # ------------------------------------------------------------------ running

    def _get_eval_context(self, action=None):
        """Add the names of the former examples: ``self`` and ``print``, which writes into the log."""
        context = super()._get_eval_context(action=action)
        context["self"] = self
        context["print"] = lambda *words: _logger.info("%s", " ".join(map(str, words)))
        return context

    def _run_action_client_action_multi(self, eval_context=None):
        """Return the action that this one leads to."""
        return self.action_id and self.env[self.action_id.type].browse(self.action_id.id)._get_action_dict()

    def _run_action_object_create(self, eval_context=None):
        """Create or copy a record, with the values of the lines, and link it to the current one if asked to."""
        policy = self._policy()
        if not policy:
            return super()._run_action_object_create(eval_context=eval_context)
        values, current = self.fields_lines._evaluate(eval_context), self._current_record(eval_context)
        if policy.startswith("copy"):
            created = (current if policy == "copy_current" else self._referred(eval_context)).copy(values)
        else:
            created = eval_context["env"][self._target_model_name()].create(values)
        link = self.link_field_id
        if self.link_new_record and link:
            several = link.ttype.endswith("2many")
            current.write({link.name: [Command.link(created.id)] if several else created.id})
        return None

    def _run_action_object_write(self, eval_context=None):
        """Write the values of the lines."""
        policy = self._policy()
        if not policy:
            return super()._run_action_object_write(eval_context=eval_context)
        find = {"current": self._current_record, "other": self._referred, "expression": self._found}[policy]
        find(eval_context).write(self.fields_lines._evaluate(eval_context))
        return None

    def _current_record(self, eval_context):
        """Return the record that the action runs for, in the environment of the caller; none outside of a record."""
        record = eval_context["record"]
        return eval_context["env"][self.model_id.model] if record is None else record

    def _referred(self, eval_context):
        """Return the record that was chosen, in the environment of the caller.

        :raise UserError: there is none
        """
        if not self.ref_object:
            raise UserError(self.env._("The action %s refers to no record.", self.name))
        return self.ref_object.with_env(eval_context["env"])

    def _found(self, eval_context):
        """Return the record that the expression gives.

        :raise UserError: it gives none of the model
        """
        found = safe_eval(self.write_expression or "None", eval_context)
        model = eval_context["env"][self.crud_model_id.model or self.model_id.model]
        record = model.browse(found) if isinstance(found, int) and not isinstance(found, bool) else found
        if getattr(record, "_name", None) != model._name:
            raise UserError(
                self.env._(
                    "The expression of the action %(action)s gives %(found)r, which is neither a record of %(model)s "
                    "nor the id of one.",
                    action=self.name,
                    found=found,
                    model=model._name,
                )
            )
        return record
