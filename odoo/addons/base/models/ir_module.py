"""The modules known to a database, and their installation, upgrade and removal."""

import base64
import logging

import psycopg2
from docutils.core import publish_parts

from odoo import api, fields, models, modules
from odoo.exceptions import AccessDenied, UserError
from odoo.modules.db import create_categories
from odoo.modules.install_request import InstallRequest
from odoo.modules.manifest import (
    ManifestError,
    clear_manifest_cache,
    direct_dependencies,
    triggers_installation,
)
from odoo.modules.module import (
    MissingDependency,
    adapt_version,
    check_manifest_dependencies,
    get_manifest,
    get_module_icon_path,
    get_resource_path,
)
from odoo.orm.registry.locks import ModulesBusyError, claim_modules
from odoo.tools import SQL, html_sanitize, ormcache
from odoo.tools.budgets import extend_budget
from odoo.tools.suggestions import nearest

from .ir_module_dependency import STATES
from .ir_module_lists import view_lists

_logger = logging.getLogger(__name__)

#: opens the window that applies the marks
ACTION_DICT = {
    "view_mode": "form",
    "res_model": "base.module.upgrade",
    "target": "new",
    "type": "ir.actions.act_window",
}
#: seconds that a request may take which installs, upgrades or removes modules
CHANGE_TIME = 3600

_INSTALL_STATES = ("installed", "to install", "to upgrade")
#: columns of modules that hold what the manifest has under a key, after what they hold when it has nothing
_COLUMNS_OF_KEYS = (
    ("", {"name": "shortdesc", "summary": "summary", "description": "description", "website": "website"}),
    (False, {"maintainer": "maintainer", "icon": "icon"}),
    ("Unknown", {"author": "author"}),
    ("LGPL-3", {"license": "license"}),
    (100, {"sequence": "sequence"}),
)
_DOCUTILS = {
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "embed_stylesheet": False,
    "initial_header_level": 2,
    "report_level": 5,
    "halt_level": 5,
    "doctitle_xform": False,
    "output_encoding": "unicode",
}


def _version_on_disk(terp) -> str:
    """Return the version that a manifest tells, the first one of this series when it tells none."""
    return adapt_version(terp.get("version") or "1.0")


class Module(models.Model):
    """A module on disk, and what the database has of it."""

    _name = "ir.module.module"
    _description = "Module"
    _order = "application desc,sequence,name"
    _rec_name = "shortdesc"
    _rec_names_search = ["name", "shortdesc", "summary"]
    _allow_sudo_commands = False

    name = fields.Char("Technical Name", readonly=True, required=True)
    category_id = fields.Many2one("ir.module.category", string="Category", readonly=True, index=True)
    shortdesc = fields.Char("Module Name", readonly=True, translate=True)
    summary = fields.Char("Summary", readonly=True, translate=True)
    description = fields.Text("Description", readonly=True, translate=True)
    description_html = fields.Html("Description HTML", compute="_get_desc")
    author = fields.Char("Author", readonly=True)
    maintainer = fields.Char("Maintainer", readonly=True)
    contributors = fields.Text("Contributors", readonly=True)
    website = fields.Char("Website", readonly=True)
    # the names are historical: this is the version on disk, latest_version is the one in the database
    installed_version = fields.Char("Latest Version", compute="_get_latest_version")
    latest_version = fields.Char("Installed Version", readonly=True)
    published_version = fields.Char("Published Version", readonly=True)
    url = fields.Char("URL", readonly=True)
    sequence = fields.Integer("Sequence", default=100)
    dependencies_id = fields.One2many(
        "ir.module.module.dependency",
        "module_id",
        string="Dependencies",
        readonly=True,
    )
    country_ids = fields.Many2many("res.country", "module_country", "module_id", "country_id")
    exclusion_ids = fields.One2many("ir.module.module.exclusion", "module_id", string="Exclusions", readonly=True)
    auto_install = fields.Boolean("Automatic Installation")
    state = fields.Selection(
        STATES,
        string="Status",
        default="uninstallable",
        readonly=True,
        index=True,
        copy=False,
    )
    demo = fields.Boolean("Demo Data", default=False, readonly=True)
    license = fields.Selection(
        [
            ("GPL-2", "GPL Version 2"),
            ("GPL-2 or any later version", "GPL-2 or later version"),
            ("GPL-3", "GPL Version 3"),
            ("GPL-3 or any later version", "GPL-3 or later version"),
            ("AGPL-3", "Affero GPL-3"),
            ("LGPL-3", "LGPL Version 3"),
            ("Other OSI approved licence", "Other OSI Approved License"),
            ("OEEL-1", "Odoo Enterprise Edition License v1.0"),
            ("OPL-1", "Odoo Proprietary License v1.0"),
            ("Other proprietary", "Other Proprietary"),
        ],
        string="License",
        default="LGPL-3",
        readonly=True,
    )
    menus_by_module = fields.Text("Menus", compute="_get_views", store=True)
    reports_by_module = fields.Text("Reports", compute="_get_views", store=True)
    views_by_module = fields.Text("Views", compute="_get_views", store=True)
    application = fields.Boolean("Application", readonly=True)
    icon = fields.Char("Icon URL")
    icon_image = fields.Binary("Icon", compute="_get_icon_image")
    icon_flag = fields.Char("Flag", compute="_get_icon_image")
    to_buy = fields.Boolean("Odoo Enterprise Module", default=False)
    has_iap = fields.Boolean(compute="_compute_has_iap")

    _sql_constraints = [("name_uniq", "UNIQUE (name)", "There already is a module of this name.")]

    # ---- description of what is on disk

    @api.private
    @classmethod
    def get_module_info(cls, name):
        """Return the manifest of a module, ``{}`` when it does not exist or cannot be read."""
        try:
            return get_manifest(name)
        except (ManifestError, OSError) as error:
            _logger.warning("module %s: %s", name, error)
            return {}

    @api.depends("name", "description")
    def _get_desc(self):
        for module in self:
            path = get_resource_path(module.name, "static", "description", "index.html") if module.name else False
            if path:
                with open(path, encoding="utf-8") as file:
                    module.description_html = html_sanitize(file.read())
            else:
                parts = publish_parts(module.description or "", writer_name="html5", settings_overrides=_DOCUTILS)
                module.description_html = html_sanitize(parts["html_body"])

    @api.depends("name")
    def _get_latest_version(self):
        for module in self:
            module.installed_version = _version_on_disk(self.get_module_info(module.name))

    @api.depends("name", "state")
    def _get_views(self):
        lists = view_lists(self.env, self.filtered(lambda module: module.state in _INSTALL_STATES).mapped("name"))
        for module in self:
            found = lists.get(module.name, {})
            module.menus_by_module = "\n".join(sorted(found.get("menus", ())))
            module.reports_by_module = "\n".join(sorted(found.get("reports", ())))
            module.views_by_module = "\n".join(sorted(found.get("views", ())))

    @api.depends("icon")
    def _get_icon_image(self):
        for module in self:
            module.icon_image = module.icon_flag = False
            if not module.id:
                continue
            if path := get_module_icon_path(module):
                with open(path, "rb") as file:
                    module.icon_image = base64.b64encode(file.read())
            countries = self.get_module_info(module.name).get("countries") or []
            if len(countries) == 1:
                # two regional indicator letters make a flag
                module.icon_flag = "".join(chr(ord(letter) - ord("A") + 0x1F1E6) for letter in countries[0].upper())

    @api.depends("name")
    def _compute_has_iap(self):
        for module in self:
            needed = module.upstream_dependencies(exclude_states=("",)) if module.id else module
            module.has_iap = "iap" in needed.mapped("name")

    @api.private
    @staticmethod
    def get_values_from_terp(terp):
        """Return the values of a module's record for its manifest."""
        values = {column: terp.get(key, missing) for missing, keys in _COLUMNS_OF_KEYS for key, column in keys.items()}
        # the manifest may list what triggers the installation, and all of an empty list is always there
        values["auto_install"] = terp.get("auto_install") not in (None, False)
        values["application"] = bool(terp.get("application"))
        values["contributors"] = ", ".join(terp.get("contributors") or ()) or False
        values["url"] = next(filter(None, map(terp.get, ("url", "live_test_url"))), "")
        # what is on disk has been bought
        return values | {"to_buy": False}

    @api.model
    def update_list(self):
        """Compare the list of modules with what is on disk.

        :return: ``[number of changed modules, number of new ones]``
        """
        clear_manifest_cache()
        known = {module.name: module for module in self.with_context(lang=None).search([])}
        updated = added = 0
        for name in modules.get_modules():
            terp = self.get_module_info(name)
            if not terp:
                continue
            values = self.get_values_from_terp(terp)
            module = known.get(name)
            if module:
                changed = {key: value for key, value in values.items() if (module[key] or "") != (value or "")}
                if terp["installable"] and module.state == "uninstallable":
                    changed["state"] = "uninstalled"
                if _version_on_disk(terp) > (module.latest_version or _version_on_disk({})):
                    updated += 1
                if changed:
                    module.write(changed)
            else:
                state = "uninstalled" if terp["installable"] else "uninstallable"
                module = self.create({"name": name, "state": state, **values})
                added += 1
            module._update_from_terp(terp)
        return [updated, added]

    def _update_from_terp(self, terp):
        """Bring dependencies, countries, exclusions and category in line with the manifest."""
        self._update_lines(
            "dependencies_id",
            {
                name: {"auto_install_required": triggers_installation(name, terp)}
                for name in direct_dependencies(self.name, terp)
            },
        )
        self._update_lines("exclusion_ids", {name: {} for name in terp.get("excludes", [])})
        codes = {code.upper() for code in terp.get("countries", [])}
        if codes != set(self.country_ids.mapped("code")):
            self.country_ids = self.env["res.country"].search([("code", "in", list(codes))])
        path = (terp.get("category") or "Uncategorized").split("/")
        self.env.flush_all()
        category_id = create_categories(self.env.cr, path)
        if self.category_id.id != category_id:
            self.category_id = category_id

    def _update_lines(self, field_name, wanted):
        """Make the lines of a one2many field, keyed by name, what is wanted: ``{name: values}``."""
        lines = {line.name: line for line in self[field_name]}
        obsolete = self[field_name].filtered(lambda line: line.name not in wanted)
        if obsolete:
            obsolete.unlink()
        comodel = self.env[self._fields[field_name].comodel_name]
        if missing := {name: values for name, values in wanted.items() if name not in lines}:
            comodel.create([{"module_id": self.id, "name": name, **values} for name, values in missing.items()])
        for name, values in wanted.items():
            changed = {key: value for key, value in values.items() if name in lines and lines[name][key] != value}
            if changed:
                lines[name].write(changed)

    @api.model_create_multi
    def create(self, vals_list):
        """Create the records of modules, each with the external id ``base.module_<name>``."""
        records = super().create(vals_list)
        self.env["ir.model.data"].create(
            [
                {
                    "name": f"module_{module.name}",
                    "model": "ir.module.module",
                    "module": "base",
                    "res_id": module.id,
                    "noupdate": True,
                }
                for module in records
            ]
        )
        self.env.registry.clear_cache()
        return records

    @api.ondelete(at_uninstall=False)
    def _unlink_except_installed(self):
        for module in self:
            if module.state in ("installed", "to upgrade", "to remove", "to install"):
                raise UserError(
                    self.env._(
                        "The module %s is installed, or about to be: it cannot be taken off the list.", module.name
                    )
                )

    def write(self, vals):
        """Change modules; which ones are installed is cached."""
        if "state" in vals:
            self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        """Take modules off the list."""
        self.env.registry.clear_cache()
        return super().unlink()

    # ---- looking modules up

    def _get(self, name):
        """Return the module of a technical name (with all rights), possibly empty."""
        return self.browse(self._get_id(name)).sudo()

    @ormcache("name")
    def _get_id(self, name):
        self.flush_model(["name"])
        self.env.cr.execute("SELECT id FROM ir_module_module WHERE name = %s", [name])
        row = self.env.cr.fetchone()
        return row[0] if row else False

    @api.model
    @ormcache()
    def _installed(self):
        """Return ``{name: id}`` of the installed modules."""
        self.flush_model(["name", "state"])
        return dict(
            self.env.execute_query(SQL("SELECT name, id FROM ir_module_module WHERE state = 'installed' ORDER BY name"))
        )

    def _get_modules_to_load_domain(self):
        """Return the domain of the modules whose translations are loaded in the web client."""
        return [("state", "=", "installed")]

    @api.private
    def downstream_dependencies(self, known_deps=None, exclude_states=("uninstalled", "uninstallable", "to remove")):
        """Return the modules that need these, directly or not.

        :param known_deps: modules found already
        :param exclude_states: states of modules that are not followed
        """
        return self._closure(
            """SELECT DISTINCT m.id FROM ir_module_module_dependency d JOIN ir_module_module m ON d.module_id = m.id
               WHERE d.name IN (SELECT name FROM ir_module_module WHERE id = ANY(%s)) AND NOT m.state = ANY(%s)""",
            known_deps,
            exclude_states,
        )

    @api.private
    def upstream_dependencies(self, known_deps=None, exclude_states=("installed", "uninstallable", "to remove")):
        """Return the modules that these need, directly or not.

        :param known_deps: modules found already
        :param exclude_states: states of modules that are not followed
        """
        return self._closure(
            """SELECT DISTINCT m.id FROM ir_module_module_dependency d JOIN ir_module_module m ON d.name = m.name
               WHERE d.module_id = ANY(%s) AND NOT m.state = ANY(%s)""",
            known_deps,
            exclude_states,
        )

    def _closure(self, query, known_deps, exclude_states):
        """Follow dependencies by a query that takes ids and states."""
        self.flush_model(["name", "state"])
        self.env["ir.module.module.dependency"].flush_model(["module_id", "name"])
        found = set((known_deps or self.browse()).ids)
        todo = set(self.ids)
        while todo:
            self.env.cr.execute(query, [list(todo), list(exclude_states)])
            todo = {row[0] for row in self.env.cr.fetchall()} - found - set(self.ids)
            found |= todo
        return self.browse(sorted(found))

    # ---- marking

    @api.private
    def check_external_dependencies(self, module_name, newstate="to install"):
        """Check the Python packages and programs a module needs.

        :param str newstate: what is about to be done with it
        :raise UserError: when something is missing
        """
        try:
            check_manifest_dependencies(self.get_module_info(module_name))
        except MissingDependency as error:
            message = {
                "to install": self.env._("Module %(module)s cannot be installed: %(error)s."),
                "to upgrade": self.env._("Module %(module)s cannot be upgraded: %(error)s."),
            }.get(newstate, self.env._("Module %(module)s cannot be used: %(error)s."))
            raise UserError(message % {"module": module_name, "error": error}) from error

    def _state_update(self, newstate, states_to_update, level=100):
        """Put modules and what they need in a new state.

        :param str newstate: the state
        :param states_to_update: states of modules that are changed
        :param int level: how deep dependencies may go
        :return: whether one of them has demonstration data
        :raise UserError: when a dependency is missing, or dependencies go too deep
        """
        if level < 1:
            raise UserError(self.env._("Modules depend on each other in a circle: %s.", ", ".join(self.mapped("name"))))
        demo = False
        for module in self:
            if module.state not in states_to_update:
                demo = demo or module.demo
                continue
            self._check_dependencies_exist(module)
            needed = module.dependencies_id.depend_id.filtered(lambda other: other.state in states_to_update)
            needed_demo = needed._state_update(newstate, states_to_update, level - 1)
            demo = demo or needed_demo or module.demo
            self.check_external_dependencies(module.name, newstate)
            if module.state in states_to_update:
                module.write({"state": newstate, "demo": demo})
        return demo

    def _check_dependencies_exist(self, module):
        for line in module.dependencies_id:
            if line.state in ("unknown", "uninstallable"):
                hint = nearest(line.name, modules.get_modules())
                raise UserError(
                    self.env._(
                        "Module %(module)s needs module %(needed)s, which is not available%(hint)s.",
                        module=module.name,
                        needed=line.name,
                        hint=hint,
                    )
                )

    def button_install(self):
        """Mark modules for installation, with what they need and what installs itself along with them.

        :return: the action that opens the window that applies the marks
        :raise UserError: when one cannot be installed, or cannot be along with another
        """
        countries = self.env["res.company"].sudo().search([]).country_id
        marked = self
        while marked:
            marked._state_update("to install", ["uninstalled"])
            candidates = self.search([("state", "=", "uninstalled"), ("auto_install", "=", True)])
            marked = candidates.filtered(lambda module: module._installs_itself(countries))
        self._check_conflicts()
        return dict(ACTION_DICT, name=self.env._("Install"))

    def _installs_itself(self, countries):
        """Whether all that triggers the installation of this module is there, and some of it is new."""
        self.ensure_one()
        states = {line.state for line in self.dependencies_id if line.auto_install_required}
        if not states <= set(_INSTALL_STATES) or "to install" not in states:
            return False
        return not self.country_ids or bool(self.country_ids & countries)

    def _check_conflicts(self):
        """Refuse modules that exclude each other, and several of one exclusive category."""
        installed = self.search([("state", "in", _INSTALL_STATES)])
        by_name = {module.name: module for module in installed}
        for line in installed.exclusion_ids:
            if line.name in by_name:
                raise UserError(
                    self.env._(
                        "Modules %(one)s and %(other)s exclude each other.",
                        one=line.module_id.shortdesc,
                        other=by_name[line.name].shortdesc,
                    )
                )
        for category in self.env["ir.module.category"].search([("exclusive", "=", True)]):
            within = installed.filtered_domain([("category_id", "child_of", category.id)])
            # one of them may need all the others
            if within and not any(
                within <= module | module.upstream_dependencies(exclude_states=("",)) for module in within
            ):
                raise UserError(
                    self.env._(
                        "Only one module of the category %(category)s can be installed, not all of: %(modules)s.",
                        category=category.name,
                        modules=", ".join(within.mapped("shortdesc")),
                    )
                )

    def button_install_cancel(self):
        """Take back the marks for installation."""
        self.write({"state": "uninstalled", "demo": False})
        return True

    def button_upgrade(self):
        """Mark modules for upgrade, with what needs them, and for installation what they newly need.

        :return: the action that opens the window that applies the marks
        :raise UserError: when one is not installed, or needs what does not exist
        """
        if not self:
            return None
        self.update_list()
        todo = self | self.downstream_dependencies()
        if "base" in self.mapped("name"):
            todo |= self.search([("state", "=", "installed"), ("name", "!=", "studio_customization")])
        for module in self:
            if module.state not in ("installed", "to upgrade"):
                raise UserError(self.env._("Module %s cannot be upgraded: it is not installed.", module.name))
        todo = todo.filtered(lambda module: module.state in ("installed", "to upgrade"))
        to_install = self.browse()
        for module in todo:
            self._check_dependencies_exist(module)
            self.check_external_dependencies(module.name, "to upgrade")
            to_install |= module.dependencies_id.depend_id.filtered(lambda other: other.state == "uninstalled")
        todo.write({"state": "to upgrade"})
        if to_install:
            to_install.button_install()
        # addons that look after upgrades read the marks with statements of their own
        self.flush_model(["state"])
        return dict(ACTION_DICT, name=self.env._("Apply Schedule Upgrade"))

    def button_upgrade_cancel(self):
        """Take back the marks for upgrade."""
        self.write({"state": "installed"})
        return True

    def button_uninstall(self):
        """Mark modules for removal, with all that need them.

        :return: the action that opens the window that applies the marks
        :raise UserError: when one is not installed, or the server cannot do without it
        """
        if "base" in self.mapped("name"):
            raise UserError(self.env._("The module base cannot be removed: nothing works without it."))
        if not all(state in ("installed", "to upgrade") for state in self.mapped("state")):
            raise UserError(
                self.env._("Only installed modules can be removed; it may be that another user removed them meanwhile.")
            )
        both = self | self.downstream_dependencies()
        both.write({"state": "to remove"})
        return dict(ACTION_DICT, name=self.env._("Uninstall"))

    def button_uninstall_cancel(self):
        """Take back the marks for removal."""
        self.write({"state": "installed"})
        return True

    def button_uninstall_wizard(self):
        """Return the action that shows what a removal takes away."""
        return dict(
            ACTION_DICT,
            res_model="base.module.uninstall",
            name=self.env._("Uninstall module"),
            context={"default_module_id": self.id},
        )

    @api.private
    def module_uninstall(self):
        """Remove the data and the tables of modules, and record that they are not installed."""
        names = [module.name for module in self]
        self.env["ir.model.data"]._module_data_uninstall(names)
        # columns that modules added to this model are gone now
        remaining = self.with_context(prefetch_fields=False)
        return remaining.write({"latest_version": False, "state": "uninstalled"})

    # ---- applying the marks at once

    def button_immediate_install(self):
        """Install modules and what they need, now; return the action that reloads the web client."""
        self._check_administrator("install")
        return self._button_immediate_function(self.env.registry["ir.module.module"].button_install)

    def button_immediate_upgrade(self):
        """Upgrade modules and what needs them, now; return the action that reloads the web client."""
        self._check_administrator("upgrade")
        return self._button_immediate_function(self.env.registry["ir.module.module"].button_upgrade)

    def button_immediate_uninstall(self):
        """Remove modules and what needs them, now; return the action that reloads the web client."""
        self._check_administrator("uninstall")
        return self._button_immediate_function(self.env.registry["ir.module.module"].button_uninstall)

    def _check_administrator(self, operation):
        names = ", ".join(self.mapped("name"))
        if not self.env.is_admin():
            _logger.warning("User %s may not %s modules %s", self.env.user.login, operation, names)
            raise AccessDenied()
        _logger.info("User %s: %s modules %s", self.env.user.login, operation, names)

    def _button_immediate_function(self, function):
        """Mark by `function`, apply all marks in a new registry, and return what the web client does next.

        :raise UserError: when a job or another change of modules is running, or the modules cannot be installed; the
            database is as before then
        """
        if modules.module.current_test:
            raise RuntimeError("Installing modules inside a test would commit; it is not allowed")
        extend_budget(CHANGE_TIME)
        self._lock_changes()
        self._lock_jobs()
        function(self)
        env = self._apply_marks()
        return env["ir.module.module"].next() or {"type": "ir.actions.client", "tag": "reload", "params": {}}

    def _apply_marks(self):
        """Commit, apply all marks in a new registry, and return an environment of it.

        :raise UserError: when the marks cannot be applied; they are gone then
        """
        cr = self.env.cr
        self.env.flush_all()
        cr.commit()
        # the marks stay, whatever comes
        self.env.transaction.restartable = False
        try:
            registry = modules.registry.Registry.new(cr.dbname, update_module=True, request=InstallRequest())
        except Exception as error:
            _logger.exception("Changing modules failed")
            cr.reset()
            raise UserError(str(error) or repr(error)) from error
        cr.commit()
        self._adopt(registry)
        cr.reset()
        return api.Environment(cr, self.env.uid, self.env.context)

    def _lock_changes(self):
        """Make sure that nobody else changes modules: whoever does would apply these marks, too."""
        busy = not self.env.registry.ready
        if not busy:
            try:
                claim_modules(self.env.cr)
            except ModulesBusyError:
                busy = True
        if busy:
            raise UserError(self.env._("Modules are being changed already; wait until that is done."))

    def _lock_jobs(self):
        """Make sure that no scheduled job runs, and that none starts before the marks are committed."""
        try:
            self.env.cr.execute("SELECT FROM ir_cron FOR UPDATE NOWAIT", log_exceptions=False)
        except psycopg2.OperationalError as error:
            raise UserError(
                self.env._(
                    "A scheduled job is running, and modules cannot be changed meanwhile. Try again in a moment.",
                )
            ) from error

    def _adopt(self, registry):
        """Let the running request go on with the new registry."""
        from odoo.http import request

        self.env.transaction.owns_registry = False
        if request and getattr(request, "registry", None) is not None and request.db == registry.db_name:
            request.registry = registry

    def next(self):
        """Return the action of the next open configuration step, ``None`` when there is none."""
        if "ir.actions.todo" not in self.env:
            return None
        todo = self.env["ir.actions.todo"].search([("state", "=", "open")], limit=1)
        return todo.action_launch() if todo else None

    # ---- translations

    def _update_translations(self, filter_lang=None, overwrite=False):
        """Load the translations of modules for the installed languages.

        :param filter_lang: language code or list of them, instead of all installed
        :param bool overwrite: replace translations that differ
        """
        if not filter_lang:
            filter_lang = [code for code, _name in self.env["res.lang"].get_installed()]
        elif isinstance(filter_lang, str):
            filter_lang = [filter_lang]
        present = self.filtered(lambda module: module.state in _INSTALL_STATES)
        by_name = {module.name: direct_dependencies(module.name, get_manifest(module.name)) for module in present}
        names = modules.graph.topological_sort(by_name)
        self._load_module_terms(names, filter_lang, overwrite)

    @api.model
    def _load_module_terms(self, modules, langs, overwrite=False, imported_module=False):
        """Load the translation files of modules.

        :param modules: names, in the order in which they are loaded
        :param langs: language codes
        :param bool overwrite: replace translations that differ
        :param bool imported_module: whether the modules came by import instead of being on disk
        """
        from odoo.tools.translate import (
            TranslationImporter,
            get_datafile_translation_path,
            get_po_paths,
        )

        importer = TranslationImporter(self.env.cr, verbose=False)
        for name in modules:
            for lang in langs:
                for path in get_po_paths(name, lang, env=self.env if imported_module else None):
                    importer.load_file(path, lang)
            for path in get_datafile_translation_path(name, env=self.env if imported_module else None):
                for lang in langs:
                    importer.load_file(path, lang, module=name)
        importer.save(overwrite=overwrite)

    def _check(self):
        """Complain about what a module's author forgot."""
        for module in self:
            if not (module.description or module.summary):
                _logger.debug("module %s has neither summary nor description", module.name)

    @api.model
    def search_panel_select_range(self, field_name, **kwargs):
        """Restrict the categories of the search panel to those shown to users; see the method of the same name."""
        if field_name == "category_id":
            hidden = self.env["ir.module.category"].search([("visible", "=", False)])
            domain = kwargs.get("comodel_domain") or []
            kwargs["comodel_domain"] = [("id", "not in", hidden.ids), ("parent_id", "=", False), *domain]
        return super().search_panel_select_range(field_name, **kwargs)
