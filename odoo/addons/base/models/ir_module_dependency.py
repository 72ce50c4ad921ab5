"""Which modules a module needs, and which it cannot live beside."""

from odoo import api, fields, models

#: states of modules, as in ``ir.module.module``
STATES = [
    ("uninstallable", "Uninstallable"),
    ("uninstalled", "Not Installed"),
    ("installed", "Installed"),
    ("to upgrade", "To be upgraded"),
    ("to remove", "To be removed"),
    ("to install", "To be installed"),
]
_STATES_OF_NAMED = [*STATES, ("unknown", "Unknown")]


def _modules_by_name(lines):
    """Return ``{name: module}`` of the modules that dependency or exclusion lines name."""
    modules = lines.env["ir.module.module"].search([("name", "in", list(set(lines.mapped("name"))))])
    return {module.name: module for module in modules}


def _named_domain(lines, operator, value):
    """Return the domain on names for a search on the module that lines name."""
    values = [value] if isinstance(value, int) else value
    modules = lines.env["ir.module.module"].browse(values)
    return [("name", "not in" if operator in ("!=", "not in") else "in", modules.mapped("name"))]


class ModuleDependency(models.Model):
    """A module that another one needs."""

    _name = "ir.module.module.dependency"
    _description = "Module dependency"
    _log_access = False
    _allow_sudo_commands = False

    name = fields.Char(index=True)
    module_id = fields.Many2one("ir.module.module", "Module", ondelete="cascade")
    depend_id = fields.Many2one(
        "ir.module.module",
        "Dependency",
        compute="_compute_depend",
        search="_search_depend",
    )
    state = fields.Selection(_STATES_OF_NAMED, string="Status", compute="_compute_state")
    auto_install_required = fields.Boolean(default=True)

    @api.depends("name")
    def _compute_depend(self):
        modules = _modules_by_name(self)
        for line in self:
            line.depend_id = modules.get(line.name)

    def _search_depend(self, operator, value):
        return _named_domain(self, operator, value)

    @api.depends("depend_id.state")
    def _compute_state(self):
        for line in self:
            line.state = line.depend_id.state or "unknown"

    @api.private
    @api.model
    def all_dependencies(self, module_names):
        """Return ``{name: [names it depends on]}`` for modules and everything below them.

        :param module_names: names of modules
        """
        needs, todo = {}, set(module_names)
        while todo:
            for name in todo:
                needs[name] = []
            for line in self.search([("module_id.name", "in", list(todo))]):
                needs[line.module_id.name].append(line.name)
            todo = {name for names in needs.values() for name in names} - set(needs)
        return needs


class ModuleExclusion(models.Model):
    """A module that another one cannot be installed along with."""

    _name = "ir.module.module.exclusion"
    _description = "Module exclusion"
    _allow_sudo_commands = False

    name = fields.Char(index=True)
    module_id = fields.Many2one("ir.module.module", "Module", ondelete="cascade")
    exclusion_id = fields.Many2one(
        "ir.module.module",
        "Exclusion Module",
        compute="_compute_exclusion",
        search="_search_exclusion",
    )
    state = fields.Selection(_STATES_OF_NAMED, string="Status", compute="_compute_state")

    @api.depends("name")
    def _compute_exclusion(self):
        modules = _modules_by_name(self)
        for line in self:
            line.exclusion_id = modules.get(line.name)

    def _search_exclusion(self, operator, value):
        return _named_domain(self, operator, value)

    @api.depends("exclusion_id.state")
    def _compute_state(self):
        for line in self:
            line.state = line.exclusion_id.state or "unknown"
