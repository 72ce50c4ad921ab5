"""Wizards of the configuration: steps after an installation, and the settings page."""

import logging
from functools import partial

from odoo import api, fields, models
from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.tools import ormcache
from odoo.tools.text import natural_number
from odoo.tools.translate import _

_logger = logging.getLogger(__name__)

#: types of fields that switch something on and off
SWITCH_TYPES = ("boolean", "selection")
#: parameters of fields that are settings, and more of those that switch groups
FIELD_PARAMETERS = frozenset({"config_parameter", "default_model"})
GROUP_PARAMETERS = frozenset({"group", "implied_group"})
#: states of modules that can be uninstalled
IN_USE = ("installed", "to upgrade")


class ResConfigConfigurable(models.TransientModel):
    """A step of the configuration: its form is shown once, then the next one follows."""

    _name = "res.config"
    _description = "Config"

    def start(self):
        """Return the action of the first step."""
        return self.next()

    def next(self):
        """Return the action that reloads the client, as no step waits."""
        return {"type": "ir.actions.client", "tag": "reload"}

    def execute(self):
        """Do what the form asks for.

        :raise NotImplementedError: unless a wizard does something
        """
        raise NotImplementedError("a step of the configuration does something in execute()")

    def cancel(self):
        """Do what is to be done when the step is skipped: nothing, as a rule."""

    def action_next(self):
        """Do what the form asks for, and return the action of the next step."""
        return self.execute() or self.next()

    def action_skip(self):
        """Skip the step, and return the action of the next one."""
        return self.cancel() or self.next()

    def action_cancel(self):
        """Skip the step, and return the action of the next one."""
        return self.cancel() or self.next()


class ResConfigSettings(models.TransientModel):
    """The settings page, where the name and the parameters of a field say what it sets.

    - ``default_<name>`` with ``default_model``: the default value of a field of that model
    - ``group_<name>`` with ``implied_group``: whether the groups in ``group`` (internal users as a rule) imply it
    - ``module_<name>``: whether the module is installed
    - ``config_parameter``: the system parameter with that key
    """

    _name = "res.config.settings"
    _description = "Config Settings"

    def _valid_field_parameter(self, field, name):
        """Accept the parameters of settings; those with groups at fields that are switches only."""
        accepted = FIELD_PARAMETERS | GROUP_PARAMETERS if field.type in SWITCH_TYPES else FIELD_PARAMETERS
        return name in accepted or super()._valid_field_parameter(field, name)

    def copy(self, default=None):
        """Refuse: there is one page.

        :raise UserError: always
        """
        raise UserError(_("Settings cannot be duplicated."))

    @api.private
    def onchange_module(self, field_value, module_name):
        """Warn when other modules go with the one that is switched off."""
        module = (
            self.env["ir.module.module"]
            .sudo()
            .search(
                [
                    ("name", "=", module_name.removeprefix("module_")),
                    ("state", "in", ("to install", "installed", "to upgrade")),
                ]
            )
        )
        if module and not int(field_value):
            dependants = module.downstream_dependencies() | module
            return {
                "warning": {
                    "title": _("Warning!"),
                    "message": _(
                        "These modules are uninstalled together with their data:\n%s",
                        "\n".join(dependants.mapped("shortdesc")),
                    ),
                }
            }
        return {}

    @property
    def _onchange_methods(self) -> dict:
        """Methods that forms call for changes, with the warning for each module that a field switches."""
        found = {name: list(methods) for name, methods in super()._onchange_methods.items()}
        for name in self._fields:
            if name.startswith("module_"):
                found.setdefault(name, []).append(partial(_warn_of_uninstallation, name=name))
        return found

    @ormcache("tuple(fnames) if fnames else None")
    def _classify(self, fnames):
        """Return the names of the fields by kind; see :meth:`_get_classified_fields`."""
        kinds: dict = {"default": [], "group": [], "module": [], "config": [], "other": []}
        for name, field in self._fields.items():
            if fnames is not None and name not in fnames:
                continue
            if name.startswith("default_"):
                if not hasattr(field, "default_model"):
                    raise ValueError(f"field {field} has no default_model")
                kinds["default"].append(name)
            elif name.startswith("group_"):
                if field.type not in SWITCH_TYPES or not hasattr(field, "implied_group"):
                    raise ValueError(f"field {field} has to be boolean or selection, with implied_group")
                kinds["group"].append(name)
            elif name.startswith("module_"):
                if field.type not in SWITCH_TYPES:
                    raise ValueError(f"field {field} has to be boolean or selection")
                kinds["module"].append(name)
            elif getattr(field, "config_parameter", None):
                if field.type not in ("boolean", "integer", "float", "char", "selection", "many2one", "datetime"):
                    raise ValueError(f"field {field} of type {field.type} cannot be a system parameter")
                kinds["config"].append(name)
            else:
                kinds["other"].append(name)
        return kinds

    @api.model
    def _get_classified_fields(self, fnames=None):
        """Return what the fields set, by kind.

        ``default``: (name, model, field), ``group``: (name, groups, implied group), ``module``: modules,
        ``config``: (name, key), ``other``: names.

        :param fnames: look at these fields only
        :raise ValueError: when a field lacks a parameter that its name asks for
        """
        kinds = self._classify(fnames)
        groups = []
        for name in kinds["group"]:
            field = self._fields[name]
            members = self.env["res.groups"]
            for xmlid in getattr(field, "group", "base.group_user").split(","):
                members += self.env.ref(xmlid)
            groups.append((name, members, self.env.ref(field.implied_group)))
        modules = (
            self.env["ir.module.module"]
            .sudo()
            .browse(
                self.env["ir.module.module"].sudo()._get_id(name[len("module_") :]) or False for name in kinds["module"]
            )
        )
        return {
            "default": [(name, self._fields[name].default_model, name[len("default_") :]) for name in kinds["default"]],
            "group": groups,
            "module": modules.filtered("id"),
            "config": [(name, self._fields[name].config_parameter) for name in kinds["config"]],
            "other": list(kinds["other"]),
        }

    @api.private
    def get_values(self):
        """Return the values of fields that no rule finds; extended by other modules."""
        return {}

    @api.model
    def default_get(self, fields):
        """Return the present settings."""
        result = super().default_get(fields)
        if not fields:
            return result
        classified = self._get_classified_fields(fields)
        defaults = self.env["ir.default"]
        for name, model, field_name in classified["default"]:
            value = defaults._get(model, field_name)
            if value is not None:
                result[name] = value
        for name, groups, implied_group in classified["group"]:
            result[name] = all(implied_group in group.implied_ids for group in groups)
            if self._fields[name].type == "selection":
                result[name] = str(int(result[name]))
        for module in classified["module"]:
            name = f"module_{module.name}"
            result[name] = module.state in ("installed", "to install", "to upgrade")
            if self._fields[name].type == "selection":
                result[name] = str(int(result[name]))
        parameters = self.env["ir.config_parameter"].sudo()
        for name, key in classified["config"]:
            result[name] = self._parameter_value(
                self._fields[name],
                parameters.get_param(key, self._fields[name].default(self) if self._fields[name].default else False),
            )
        result.update(self.get_values())
        return result

    def _parameter_value(self, field, value):
        """Return the text of a system parameter as a value of ``field``; nothing when it is not one."""
        if value is None or value is False:
            return value
        try:
            if field.type == "many2one":
                return self.env[field.comodel_name].browse(int(value)).exists().id
            if field.type in ("integer", "float"):
                return (int if field.type == "integer" else float)(value)
            if field.type == "boolean":
                return bool(value)
        except ValueError:
            _logger.warning("%r is no value for setting %s", value, field)
            return 0 if field.type in ("integer", "float") else False
        return value

    @api.private
    def set_values(self):
        """Store the settings; extended by other modules for fields that no rule stores.

        :raise AccessError: when the user may not change settings
        """
        self = self.with_context(active_test=False)
        classified = self._get_classified_fields()
        current = self.default_get(list(self._fields))
        defaults = self.env["ir.default"].sudo()
        for name, model, field_name in classified["default"]:
            value = self[name]
            if isinstance(value, models.BaseModel):
                value = value.ids if self._fields[name].type in ("one2many", "many2many") else value.id
            if name not in current or value != current[name]:
                defaults.set(model, field_name, value)
        # groups are taken away before others are given
        for name, groups, implied_group in sorted(classified["group"], key=lambda item: _is_on(self[item[0]])):
            value = _is_on(self[name])
            if value != _is_on(current.get(name)):
                (groups.sudo()._apply_group if value else groups.sudo()._remove_group)(implied_group)
        parameters = self.env["ir.config_parameter"].sudo()
        for name, key in classified["config"]:
            text = self._parameter_text(self._fields[name])
            before = parameters.get_param(key)
            if text == before or str(text) == before:
                continue
            parameters.set_param(key, text)

    def _parameter_text(self, field):
        """Return the value of ``field`` as a system parameter."""
        value = self[field.name]
        if field.type == "char":
            return (value or "").strip() or False
        if field.type in ("integer", "float"):
            return repr(value) if value else False
        if field.type == "many2one":
            return value.id
        if field.type == "datetime":
            return fields.Datetime.to_string(value)
        return value

    def execute(self):
        """Store the settings, install and uninstall modules, and return the action that goes on.

        :raise AccessError: when the user may not change settings
        """
        self.ensure_one()
        if not self.env.is_admin():
            raise AccessError(_("Only administrators may change settings."))
        page = self.with_context(active_test=False)
        modules = page._get_classified_fields()["module"]
        page.set_values()
        env = page._change_modules(modules.filtered(lambda module: _is_on(page[f"module_{module.name}"])), modules)
        follow_up = env["res.config"].next() or {}
        if follow_up.get("type") == "ir.actions.act_window_close":
            # the page shows what was stored before
            return {"type": "ir.actions.client", "tag": "reload"}
        return follow_up

    def _change_modules(self, wanted, modules) -> api.Environment:
        """Install and uninstall modules.

        :param wanted: those of ``modules`` that are to be installed, the others are not
        :return: an environment with the models as they are afterwards
        """
        changes = [
            (wanted.filtered_domain([("state", "=", "uninstalled")]), "button_immediate_install"),
            ((modules - wanted).filtered_domain([("state", "in", IN_USE)]), "button_immediate_uninstall"),
        ]
        changes = [(changed, button) for changed, button in changes if changed]
        if not changes:
            return self.env
        self.env.flush_all()
        for changed, button in changes:
            getattr(changed, button)()
        # the models of the present environment are those from before
        self.env.reset()
        return self.env()

    def _page_action(self):
        """Return the action that shows the page, if there is one."""
        return self.env["ir.actions.act_window"].sudo().search([("res_model", "=", self._name)], limit=1)

    def cancel(self) -> dict:
        """Return the action that shows the page as it is stored."""
        action = self._page_action()
        return action._get_action_dict() if action else {}

    def _compute_display_name(self) -> None:
        """Tell the name of the action that shows the page."""
        self.display_name = self._page_action().name or self._name

    @api.private
    @api.model
    def get_option_path(self, menu_xml_id):
        """Return the path of a menu item and the id of its action, to tell users where a setting is."""
        menu = self.env.ref(menu_xml_id)
        return menu.complete_name, menu.action.id

    @api.private
    @api.model
    def get_option_name(self, full_field_name):
        """Return the label of a setting, given as ``model.field``."""
        model_name, _dot, name = full_field_name.rpartition(".")
        return self.env[model_name]._fields[name].get_description(self.env, ["string"])["string"]

    @api.private
    @api.model
    def get_config_warning(self, msg):
        """Return the error that tells about a setting and leads to it.

        :param msg: text where ``%(field:model.field)s`` stands for the label of a setting and ``%(menu:module.name)s``
            for the path of a menu item, which the user is led to
        """
        action_id, values = None, {}
        for reference in _references(msg):
            kind, _colon, name = reference.partition(":")
            if kind == "menu":
                values[reference], action_id = self.get_option_path(name)
            elif kind == "field":
                values[reference] = self.get_option_name(name)
        text = msg % values
        if action_id:
            return RedirectWarning(text, action_id, _("Open the settings"))
        return UserError(text)

    @api.model_create_multi
    def create(self, vals_list):
        """Store values of related fields only where they differ, so that nothing is written for nothing."""
        for vals in vals_list:
            self._drop_unchanged(vals)
        return super().create(vals_list)

    def _drop_unchanged(self, vals):
        """Take the values out of ``vals`` that related fields have already."""
        for name in list(vals):
            field = self._fields.get(name)
            if not field or not field.related or field.readonly or field.type in ("one2many", "many2many"):
                continue
            head, _dot, tail = field.related.partition(".")
            start = vals.get(head) or self.default_get([head]).get(head)
            head_field = self._fields[head]
            if not start or head_field.type != "many2one" or not tail:
                continue
            record = self.env[head_field.comodel_name].browse(start)
            target = record
            for part in tail.split(".")[:-1]:
                target = target[part][:1]
            target_field = target._fields[tail.split(".")[-1]]
            if target and target_field.convert_to_write(target[target_field.name], target) == vals[name]:
                del vals[name]

    def action_open_template_user(self):
        """Return the action that shows the template of new users."""
        stored = self.env["ir.config_parameter"].sudo().get_param("base.template_portal_user_id") or ""
        template = self.env["res.users"].browse(natural_number(stored)).exists()
        if not template:
            raise UserError(_("The template of new users does not exist any more."))
        form = self.env.ref("base.view_users_form")
        users = self.env["ir.actions.actions"]._for_xml_id("base.action_res_users")
        return {**users, "views": [[form.id, "form"]], "res_id": template.id}


def _is_on(value) -> bool:
    """Tell whether the value of a switch says yes; selections say ``"0"`` and ``"1"``."""
    return bool(int(value or 0))


def _warn_of_uninstallation(settings, name: str) -> dict:
    """Return the result of the onchange method of the field ``name``, which switches a module."""
    return settings.onchange_module(settings[name], name)


def _references(message: str) -> list[str]:
    """Return the names between ``%(`` and ``)s`` in ``message``."""
    return [part.partition(")")[0] for part in message.split("%(")[1:]]
