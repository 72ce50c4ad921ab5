"""``ir.model.access``: which groups may read, write, create and delete the records of a model."""

import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL, ormcache
from odoo.tools.translate import _

_logger = logging.getLogger("odoo.addons.base.models.ir_model")

MODES = ("read", "write", "create", "unlink")


class IrModelAccess(models.Model):
    """Permissions of a group, or of everybody, on a model."""

    _name = "ir.model.access"
    _description = "Model Access"
    _order = "model_id,group_id,name,id"
    _allow_sudo_commands = False

    name = fields.Char(required=True, index=True)
    active = fields.Boolean(default=True, help="Archived permissions are kept but do not count.")
    model_id = fields.Many2one("ir.model", string="Model", required=True, index=True, ondelete="cascade")
    group_id = fields.Many2one("res.groups", string="Group", ondelete="restrict", index=True)
    perm_read = fields.Boolean(string="Read Access")
    perm_write = fields.Boolean(string="Write Access")
    perm_create = fields.Boolean(string="Create Access")
    perm_unlink = fields.Boolean(string="Delete Access")

    def _column(self, mode: str) -> SQL:
        """Return the column of the permission ``mode``.

        :raise ValueError: when there is no such permission
        """
        if mode not in MODES:
            raise ValueError(f"Invalid access mode {mode!r}, choose one of {', '.join(MODES)}")
        return SQL.identifier("a", f"perm_{mode}")

    @api.private
    @api.model
    def group_names_with_access(self, model_name, access_mode):
        """Return the full names of the groups that have a permission, sorted."""
        lang = self.env.lang or "en_US"
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """SELECT COALESCE(c.name->>%(lang)s, c.name->>'en_US'), COALESCE(g.name->>%(lang)s, g.name->>'en_US')
                 FROM ir_model_access a
                 JOIN ir_model m ON a.model_id = m.id
                 JOIN res_groups g ON a.group_id = g.id
            LEFT JOIN ir_module_category c ON c.id = g.category_id
                WHERE m.model = %(model)s AND a.active AND %(permission)s
             ORDER BY 1, 2""",
                lang=lang,
                model=model_name,
                permission=self._column(access_mode),
            )
        )
        return [f"{category}/{name}" if category else name for category, name in self.env.cr.fetchall()]

    @api.model
    @ormcache("model_name", "access_mode")
    def _get_access_groups(self, model_name, access_mode="read"):
        """Return the ids of the groups that have a permission, ``None`` among them standing for everybody."""
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """SELECT DISTINCT a.group_id FROM ir_model_access a JOIN ir_model m ON a.model_id = m.id
                WHERE m.model = %s AND a.active AND %s""",
                model_name,
                self._column(access_mode),
            )
        )
        return frozenset(group_id for [group_id] in self.env.cr.fetchall())

    @api.model
    @ormcache("self.env.uid", "mode")
    def _get_allowed_models(self, mode="read"):
        """Return the names of the models that the user has the permission ``mode`` on."""
        group_ids = list(self.env.user._get_group_ids())
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """SELECT DISTINCT m.model FROM ir_model_access a JOIN ir_model m ON a.model_id = m.id
                WHERE a.active AND %s AND (a.group_id IS NULL OR a.group_id = ANY(%s))""",
                self._column(mode),
                group_ids,
            )
        )
        return frozenset(name for [name] in self.env.cr.fetchall())

    @api.private
    @api.model
    def check(self, model, mode="read", raise_exception=True):
        """Tell whether the user has a permission on a model.

        :raise AccessError: when not, if ``raise_exception``
        """
        allowed = self.env.su or model in self._get_allowed_models(mode)
        if not allowed:
            if model not in self.env:
                _logger.error("Missing model %s", model)
            if raise_exception:
                raise self._make_access_error(model, mode)
        return allowed

    def _make_access_error(self, model: str, mode: str):
        """Return the error for a user without a permission, naming the groups that have it."""
        _logger.info("No permission to %s for user %s on model %s", mode, self.env.uid, model)
        operations = {"read": _("access"), "write": _("modify"), "create": _("create"), "unlink": _("delete")}
        kind = self.env["ir.model"]._get(model).name or model
        lines = [
            _(
                # addons look for these leading words
                "You are not allowed to %(operation)s '%(kind)s' (records of %(model)s).",
                operation=operations[mode],
                kind=kind,
                model=model,
            )
        ]
        groups = self.group_names_with_access(model, mode)
        if groups:
            lines.append(_("Members of these groups may:\n%s", "\n".join(f"- {name}" for name in groups)))
        else:
            lines.append(_("No group may."))
        lines.append(_("Ask an administrator if you need to."))
        return AccessError("\n\n".join(lines))

    @api.private
    @api.model
    def call_cache_clearing_methods(self):
        """Forget what was worked out from permissions."""
        self.env.invalidate_all()
        self.env.registry.clear_cache()

    @api.model_create_multi
    def create(self, vals_list):
        """Add permissions and forget cached ones."""
        self.call_cache_clearing_methods()
        for vals in vals_list:
            if not vals.get("group_id") and any(vals.get(f"perm_{mode}") for mode in MODES[1:]):
                _logger.debug("permission %s has no group: everybody may change the records", vals.get("name"))
        return super().create(vals_list)

    def write(self, values):
        """Update permissions and forget cached ones."""
        self.call_cache_clearing_methods()
        return super().write(values)

    def unlink(self):
        """Delete permissions and forget cached ones."""
        self.call_cache_clearing_methods()
        return super().unlink()
