"""Server actions: what the server does by itself, for bindings, automation and scheduled jobs."""

import json
import logging
from functools import reduce

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL
from odoo.tools.safe_eval import safe_eval, test_python_expr

_logger = logging.getLogger("odoo.addons.base.models.ir_actions")
_server_action_logger = logging.getLogger("odoo.addons.base.models.ir_actions.server_action_safe_eval")

_WEBHOOK_TIMEOUT = 1


class LoggerProxy:
    """The methods of a logger that code of users may call."""

    critical = _server_action_logger.critical
    debug = _server_action_logger.debug
    error = _server_action_logger.error
    exception = _server_action_logger.exception
    info = _server_action_logger.info
    log = _server_action_logger.log
    warning = _server_action_logger.warning


class IrActionsServer(models.Model):
    """Runs code, writes or creates records, calls a web hook, or runs other server actions."""

    _name = "ir.actions.server"
    _description = "Server Actions"
    _table = "ir_act_server"
    _inherit = ["ir.actions.actions"]
    _order = "sequence,name"
    _allow_sudo_commands = False

    DEFAULT_PYTHON_CODE = (
        "# Available names: env, model, record, records, user, uid, time, datetime, dateutil, timezone,\n"
        '# float_compare, b64encode, b64decode, Command, UserError, log(message, level="info"), _logger\n'
        '# Assign a dictionary to "action" to have the client do something next.\n'
    )

    @api.model
    def _default_update_path(self):
        model = self.env["ir.model"].browse(self.env.context.get("default_model_id"))
        if not model or model.model not in self.env:
            return ""
        names = self.env[model.model]._fields
        return next((name for name in ("stage_id", "user_id", "partner_id", "name") if name in names), "")

    @api.model
    def _selection_target_model(self):
        return self.env["ir.filters"]._list_all_models()

    name = fields.Char(required=True)
    type = fields.Char(default="ir.actions.server")
    usage = fields.Selection(
        [("ir_actions_server", "Server Action"), ("ir_cron", "Scheduled Action")],
        default="ir_actions_server",
        required=True,
    )
    state = fields.Selection(
        [
            ("object_write", "Update Record"),
            ("object_create", "Create Record"),
            ("code", "Execute Code"),
            ("webhook", "Send Webhook Notification"),
            ("multi", "Execute Existing Actions"),
        ],
        string="Type",
        default="object_write",
        required=True,
        copy=True,
    )
    sequence = fields.Integer(default=5)
    model_id = fields.Many2one("ir.model", string="Model", required=True, ondelete="cascade", index=True)
    available_model_ids = fields.Many2many(
        "ir.model", string="Available Models", compute="_compute_available_model_ids", store=False
    )
    model_name = fields.Char(related="model_id.model", string="Model Name", readonly=True, store=True)
    code = fields.Text(string="Python Code", groups="base.group_system", default=DEFAULT_PYTHON_CODE)
    condition = fields.Char(
        default="True",
        groups="base.group_system",
        help="Expression with the names that code has; the action does not run where it is false.",
    )
    child_ids = fields.Many2many(
        "ir.actions.server", "rel_server_actions", "server_id", "action_id", string="Child Actions"
    )
    crud_model_id = fields.Many2one(
        "ir.model", string="Record to Create", compute="_compute_crud_relations", readonly=False, store=True
    )
    crud_model_name = fields.Char(related="crud_model_id.model", string="Target Model Name", readonly=True)
    link_field_id = fields.Many2one(
        "ir.model.fields",
        string="Link Field",
        compute="_compute_link_field_id",
        readonly=False,
        store=True,
        help="Field of the record that receives the record being created.",
    )
    groups_id = fields.Many2many(
        "res.groups",
        "ir_act_server_group_rel",
        "act_id",
        "gid",
        string="Allowed Groups",
        help="Only members can run the action; everybody who can write on the records when there are none.",
    )
    update_field_id = fields.Many2one(
        "ir.model.fields",
        string="Field to Update",
        ondelete="cascade",
        compute="_compute_crud_relations",
        store=True,
        readonly=False,
    )
    update_path = fields.Char(
        string="Field to Update Path", default=_default_update_path, help='For instance "partner_id.name".'
    )
    update_related_model_id = fields.Many2one("ir.model", compute="_compute_crud_relations", readonly=True, store=True)
    update_field_type = fields.Selection(related="update_field_id.ttype", readonly=True)
    update_m2m_operation = fields.Selection(
        [
            ("add", "Adding"),
            ("remove", "Removing"),
            ("set", "Setting it to"),
            ("clear", "Clearing it"),
        ],
        string="Many2many Operations",
        default="add",
    )
    update_boolean_value = fields.Selection(
        [("true", "Yes (True)"), ("false", "No (False)")], string="Boolean Value", default="true"
    )
    value = fields.Text(help="The value, or the expression that computes it.")
    evaluation_type = fields.Selection(
        [("value", "Update"), ("equation", "Compute")], string="Value Type", default="value", change_default=True
    )
    resource_ref = fields.Reference(selection="_selection_target_model", string="Record", inverse="_set_resource_ref")
    selection_value = fields.Many2one(
        "ir.model.fields.selection",
        string="Custom Value",
        ondelete="cascade",
        domain='[("field_id", "=", update_field_id)]',
        inverse="_set_selection_value",
    )
    value_field_to_show = fields.Selection(
        [
            ("value", "value"),
            ("resource_ref", "reference"),
            ("update_boolean_value", "update_boolean_value"),
            ("selection_value", "selection_value"),
        ],
        compute="_compute_value_field_to_show",
    )
    webhook_url = fields.Char(string="Webhook URL")
    webhook_field_ids = fields.Many2many(
        "ir.model.fields", "ir_act_server_webhook_field_rel", "server_id", "field_id", string="Webhook Fields"
    )
    webhook_sample_payload = fields.Text(string="Sample Payload", compute="_compute_webhook_sample_payload")

    # ------------------------------------------------------------------ constraints

    @api.constrains("webhook_field_ids")
    def _check_webhook_field_ids(self):
        """Refuse to send fields that not everybody may read."""
        for action in self:
            restricted = action.webhook_field_ids.filtered(
                lambda field: field.model in self.env and self.env[field.model]._fields[field.name].groups
            )
            if restricted:
                raise ValidationError(
                    self.env._(
                        "These fields are reserved to groups and cannot be sent: %s",
                        ", ".join(restricted.mapped("name")),
                    )
                )

    @api.constrains("code")
    def _check_python_code(self):
        """Refuse code that does not compile or uses what it may not."""
        for code in filter(None, self.sudo().mapped("code")):
            if problem := test_python_expr(code.strip(), mode="exec"):
                raise ValidationError(problem)

    @api.constrains("condition")
    def _check_condition(self):
        """Refuse conditions that are no expressions, or use what they may not."""
        for condition in filter(None, self.sudo().mapped("condition")):
            if problem := test_python_expr(condition.strip(), mode="eval"):
                raise ValidationError(problem)

    @api.constrains("child_ids")
    def _check_child_recursion(self):
        """Refuse circles."""
        if self._has_cycle("child_ids"):
            raise ValidationError(self.env._("A server action cannot run itself, directly or not."))

    @api.constrains("update_field_id", "evaluation_type")
    def _raise_many2many_error(self):
        """Many2many fields cannot be computed by an expression."""
        for action in self:
            if action.update_field_id.ttype == "many2many" and action.evaluation_type == "equation":
                raise ValidationError(self.env._("Many2many fields cannot be set by an expression."))

    # ------------------------------------------------------------------ computed fields

    @api.depends("state")
    def _compute_available_model_ids(self):
        """List the models an action of this type can be about."""
        allowed = self._get_available_models()
        for action in self:
            action.available_model_ids = allowed

    def _get_available_models(self):
        names = [name for name in self.env if not self.env[name]._abstract and self.env[name].has_access("read")]
        return self.env["ir.model"].sudo().search([("model", "in", names)])

    @api.depends("model_id", "update_path", "state")
    def _compute_crud_relations(self):
        """Find the model to create in, or else the field to update by following its path."""
        for action in self:
            model = field = related = False
            if action.model_id and action.state == "object_create":
                model = action.crud_model_id or action.model_id
            elif action.model_id and action.state == "object_write":
                model, field, _target = action._traverse_path()
                related = field.relation and self.env["ir.model"]._get_id(field.relation)
            if not action.model_id or action.state != "object_write":
                action.update_path = False
            action.crud_model_id, action.update_field_id, action.update_related_model_id = model, field, related

    def _traverse_path(self, record=None):
        """Follow ``update_path``.

        :param record: record on which the path begins
        :return: ``(ir.model of the last field, ir.model.fields, target records)``; empty records when there is no path
        :raise ValidationError: when the path is broken
        """
        self.ensure_one()
        names = self.update_path.split(".") if self.update_path else []
        model = self.env[self.model_id.model]
        for name in names[:-1]:
            field = model._fields.get(name)
            if field is None or not field.relational:
                raise ValidationError(
                    self.env._(
                        "The path %(path)s is broken: %(name)s is not a relational field of %(model)s.",
                        path=self.update_path,
                        name=name,
                        model=model._name,
                    )
                )
            model = self.env[field.comodel_name]
        if not names or names[-1] not in model._fields:
            return self.env["ir.model"], self.env["ir.model.fields"], record
        target = reduce(getattr, names[:-1], record) if record is not None else None
        return (
            self.env["ir.model"]._get(model._name),
            self.env["ir.model.fields"]._get(model._name, names[-1]),
            target,
        )

    def _stringify_path(self):
        """Return the path of the field to update with the labels of its fields."""
        self.ensure_one()
        labels, model = [], self.env[self.model_id.model]
        for name in (self.update_path or "").split("."):
            field = model._fields.get(name)
            if field is None:
                return self.update_path
            labels.append(field.string)
            model = self.env[field.comodel_name] if field.relational else None
        return " > ".join(labels)

    @api.depends("model_id")
    def _compute_link_field_id(self):
        """Forget the link when it belongs to another model."""
        for action in self:
            if action.link_field_id.model_id != action.model_id:
                action.link_field_id = False

    @api.depends("evaluation_type", "update_field_id")
    def _compute_value_field_to_show(self):
        """Choose the field in which the value is entered."""
        by_type = {
            "one2many": "resource_ref",
            "many2one": "resource_ref",
            "many2many": "resource_ref",
            "selection": "selection_value",
            "boolean": "update_boolean_value",
        }
        for action in self:
            action.value_field_to_show = (
                "value" if action.evaluation_type == "equation" else by_type.get(action.update_field_id.ttype, "value")
            )

    @api.depends("state", "model_id", "webhook_field_ids", "name")
    def _compute_webhook_sample_payload(self):
        """Show what would be sent for one record."""
        for action in self:
            if action.state != "webhook" or action.model_id.model not in self.env:
                action.webhook_sample_payload = False
                continue
            sample = self.env[action.model_id.model].with_context(active_test=False).search([], limit=1)
            payload = action._webhook_payload(sample)
            action.webhook_sample_payload = json.dumps(payload, indent=4, sort_keys=True, default=str)

    @api.onchange("resource_ref")
    def _set_resource_ref(self):
        """Take the id of the chosen record as value."""
        self._take_value("resource_ref", lambda record: str(record.id))

    @api.onchange("selection_value")
    def _set_selection_value(self):
        """Take the chosen option as value."""
        self._take_value("selection_value", lambda option: option.value)

    def _take_value(self, name, value_of):
        """Take over what was chosen in a field, for the actions whose value is entered there."""
        for action in self:
            chosen = action.value_field_to_show == name and action[name]
            if chosen:
                action.value = value_of(chosen)

    # ------------------------------------------------------------------ binding

    def _get_readable_fields(self):
        """Add what clients need of server actions."""
        return super()._get_readable_fields() | {"groups_id", "model_name"}

    def _register_hook(self):
        """Warn about old names of methods that run actions."""
        super()._register_hook()
        for cls in type(self).__mro__:
            for name in vars(cls):
                if name.startswith("run_action_"):
                    _logger.warning("%s of %s is ignored: call it _%s", name, cls.__module__, name)

    def create_action(self):
        """Offer the action in the views of its model."""
        for action in self:
            action.write({"binding_model_id": action.model_id.id, "binding_type": "action"})
        return True

    def unlink_action(self):
        """Withdraw the action from the views of its model."""
        self.check_access("write")
        self.filtered("binding_model_id").write({"binding_model_id": False})
        return True

    # ------------------------------------------------------------------ running

    def _get_eval_context(self, action=None):
        """Return the names that the code of an action can use."""

        def log(message, level="info"):
            """Write a line into the log table, which survives a rollback."""
            with self.pool.cursor() as cr:
                cr.execute(
                    SQL(
                        "INSERT INTO ir_logging(create_date, create_uid, type, dbname, name, level, message, path, "
                        "line, func) VALUES (NOW() at time zone 'UTC', %s, 'server', %s, %s, %s, %s, 'action', %s, %s)",
                        self.env.uid,
                        self._cr.dbname,
                        __name__,
                        level,
                        message,
                        str(action.id),
                        action.name,
                    )
                )

        context = super()._get_eval_context(action=action)
        model = self.env[action.sudo().model_id.model]
        record = records = None
        current = self.env.context.get("active_model") == model._name
        if current and self.env.context.get("active_id"):
            record = model.browse(self.env.context["active_id"])
        if current and self.env.context.get("active_ids"):
            records = model.browse(self.env.context["active_ids"])
        if self.env.context.get("onchange_self"):
            record = self.env.context["onchange_self"]
        context.update(
            {
                "env": self.env,
                "model": model,
                "UserError": UserError,
                "Warning": UserError,
                "records": records,
                "log": log,
                "_logger": LoggerProxy,
                "pool": self.pool,
                "cr": self.env.cr,
                "context": self.env.context,
                **self._names_of_record(record),
            }
        )
        return context

    def _names_of_record(self, record):
        """Return the names by which code has the record it runs for; the last two are those of older editions."""
        return dict.fromkeys(("record", "object", "obj"), record)

    def _admits(self, eval_context):
        """Tell whether the condition of the action holds."""
        condition = (self.condition or "").strip()
        return condition in ("", "True") or bool(safe_eval(condition, eval_context))

    def _get_runner(self):
        """Return ``(method, multi)``: what runs an action of this type, and whether for all records at once."""
        multi = getattr(type(self), f"_run_action_{self.state}_multi", None)
        if multi:
            return multi, True
        return getattr(type(self), f"_run_action_{self.state}", None), False

    def run(self):
        """Run the actions on the records that the context tells (``active_model``, ``active_id(s)``).

        :return: the action dictionary that the last one returned, or ``False``
        :raise AccessError: when the user may not run one, or not write on the records
        """
        result = False
        for action in self.sudo():
            eval_context = self._get_eval_context(action)
            action._check_may_run(self, eval_context)
            runner, multi = action._get_runner()
            if runner is None:
                _logger.warning("Nothing runs server actions of type %r: %s is ignored", action.state, action.name)
            elif multi:
                if not action._admits(eval_context):
                    continue
                run_self = action.with_context(eval_context["env"].context)
                result = runner(run_self, eval_context=eval_context)
            else:
                result = action._run_one_by_one(runner, eval_context)
        return result or False

    def _check_may_run(self, caller, eval_context):
        """Refuse users who are not in the groups of the action or, without groups, may not write on the records."""
        groups = self.groups_id
        if groups:
            if set(groups.ids).isdisjoint(caller.env.user._get_group_ids()):
                raise AccessError(caller.env._("You may not run the action %s.", self.name))
            return
        model = caller.env[self.model_name]
        try:
            model.check_access("write")
            for records in (eval_context.get("record"), eval_context.get("records")):
                if records is not None and records.ids:
                    records.check_access("write")
        except AccessError:
            _logger.warning(
                "Forbidden server action %r run by user %s on %s", self.name, caller.env.user.login, self.model_name
            )
            raise

    def _run_one_by_one(self, runner, eval_context):
        """Run an action once for each active record."""
        context = self.env.context
        active_id = context.get("active_id")
        if not active_id and context.get("onchange_self"):
            active_id = context["onchange_self"]._origin.id
            if not active_id:
                return self._admits(eval_context) and runner(self, eval_context=eval_context)
        result = False
        for record_id in context.get("active_ids") or ([active_id] if active_id else []):
            run_self = self.with_context(active_ids=[record_id], active_id=record_id)
            record = eval_context["model"].browse(record_id)
            env = eval_context["env"](context=run_self.env.context)
            eval_context.update(self._names_of_record(record), env=env, context=env.context, records=record)
            if self._admits(eval_context):
                result = runner(run_self, eval_context=eval_context)
        return result

    def _run_action_code_multi(self, eval_context):
        """Run Python code; what it assigns to ``action`` is returned."""
        # in place: extensions look at what else the code has assigned
        safe_eval(self.code.strip(), eval_context, mode="exec", nocopy=True, filename=str(self))
        return eval_context.get("action")

    def _run_action_multi(self, eval_context=None):
        """Run other server actions."""
        results = [action.run() for action in self.child_ids.sorted()]
        return next(filter(None, reversed(results)), False)

    def _active_record(self):
        """Return the record that the action runs for, empty when the context tells none."""
        return self.env[self.model_id.model].browse(self.env.context.get("active_id"))

    def _run_action_object_write(self, eval_context=None):
        """Write a value on a field reached from the record."""
        values = {self.update_field_id.name: self._eval_value(eval_context)[self.id]}
        onchange_record = self.env.context.get("onchange_self")
        if onchange_record is not None and not isinstance(onchange_record, bool):
            for name, value in values.items():
                onchange_record[name] = value
            return
        _model, _field, target = self._traverse_path(self._active_record())
        target.write(values)

    def _run_action_object_create(self, eval_context=None):
        """Create a record from a name, and link it to the current one."""
        created_id, _name = self.env[self.crud_model_id.model].name_create(self.value)
        link = self.link_field_id
        if link:
            several = link.ttype in ("one2many", "many2many")
            self._active_record().write({link.name: [Command.link(created_id)] if several else created_id})

    def _webhook_payload(self, record):
        payload = {"_id": record.id, "_model": self.model_id.model, "_action": f"{self.name}(#{self.id})"}
        names = self.webhook_field_ids.mapped("name")
        if record and names:
            payload.update(record.read(names, load=None)[0])
        return payload

    def _run_action_webhook(self, eval_context=None):
        """Post the fields of the record to an URL; a third party that is down keeps nobody from working.

        :raise UserError: when there is no URL
        """
        record = self._active_record()
        if not record:
            return
        if not self.webhook_url:
            raise UserError(self.env._("The action %s has no webhook URL.", self.name))
        # loaded with the first call: a server starts without
        import requests

        payload = json.dumps(self._webhook_payload(record), sort_keys=True, default=str)
        try:
            response = requests.post(
                self.webhook_url, data=payload, headers={"Content-Type": "application/json"}, timeout=_WEBHOOK_TIMEOUT
            )
            response.raise_for_status()
        except requests.exceptions.ReadTimeout:
            _logger.warning(
                "No answer of %s within %s s: it may have received the call", self.webhook_url, _WEBHOOK_TIMEOUT
            )
        except requests.exceptions.RequestException as error:
            _logger.warning("The call of webhook %s failed: %s", self.webhook_url, error)

    def _eval_value(self, eval_context=None):
        """Return ``{action id: value to write}``."""
        result = {}
        for action in self:
            field_type = action.update_field_id.ttype
            if action.evaluation_type == "equation":
                value = safe_eval(action.value, eval_context)
            elif field_type in ("one2many", "many2many"):
                value = action._x2many_commands()
            elif field_type == "boolean":
                value = action.update_boolean_value == "true"
            elif field_type in ("many2one", "integer"):
                value = action._convert(int)
            elif field_type in ("float", "monetary"):
                value = action._convert(float)
            else:
                value = action.value
            result[action.id] = value
        return result

    def _convert(self, kind):
        """Convert the value to a number; an empty one is zero."""
        try:
            return kind(self.value or 0)
        except ValueError:
            raise UserError(
                self.env._(
                    "The action %(action)s sets %(field)s to %(value)r, which is no number.",
                    action=self.name,
                    field=self.update_field_id.name,
                    value=self.value,
                )
            ) from None

    def _x2many_commands(self):
        if self.update_m2m_operation == "clear":
            return [Command.clear()]
        record_id = self._convert(int)
        return {
            "add": [Command.link(record_id)],
            "remove": [Command.unlink(record_id)],
            "set": [Command.set([record_id])],
        }[self.update_m2m_operation]

    def copy_data(self, default=None):
        """Copy actions under a name of their own."""
        default = dict(default or {})
        return [
            values if "name" in default else dict(values, name=self.env._("%s (copy)", action.name))
            for action, values in zip(self, super().copy_data(default=default), strict=True)
        ]
