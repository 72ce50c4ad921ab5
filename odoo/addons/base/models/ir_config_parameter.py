"""``ir.config_parameter``: settings of the database as keys and values."""

import logging
import uuid

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL, config, mute_logger, ormcache
from odoo.tools.translate import _

_logger = logging.getLogger(__name__)

#: parameters that every database has: their first value, or what makes it
_default_parameters = {
    "base.login_cooldown_after": 10,
    "base.login_cooldown_duration": 60,
    "database.create_date": fields.Datetime.now,
    "database.secret": uuid.uuid4,
    "database.uuid": uuid.uuid1,
    "web.base.url": lambda: f"http://localhost:{config.get('http_port')}",
}


class IrConfigParameter(models.Model):
    """A setting of the database."""

    _name = "ir.config_parameter"
    _description = "System Parameter"
    _rec_name = "key"
    _order = "key"
    _allow_sudo_commands = False

    key = fields.Char(required=True)
    value = fields.Text(required=True)

    _sql_constraints = [
        ("key_uniq", "unique (key)", "There is a parameter with this key already."),
    ]

    @mute_logger("odoo.addons.base.models.ir_config_parameter")
    def init(self, force=False):
        """Set the parameters that every database has.

        :param force: give them new values where they exist, as in a copied database
        """
        parameters = self.sudo()
        known = () if force else parameters.search([("key", "in", list(_default_parameters))]).mapped("key")
        for key, first in _default_parameters.items():
            if key not in known:
                parameters.set_param(key, str(first() if callable(first) else first))

    @api.model
    def get_param(self, key, default=False):
        """Return the value of a parameter, ``default`` when it is not set.

        :raise AccessError: when the user may not read parameters
        """
        if not self.env.su:
            self.browse().check_access("read")
        return self._get_param(key) or default

    @api.model
    @ormcache("key", cache="stable")
    def _get_param(self, key):
        """Return the value of a parameter, ``None`` when it is not set; without access check."""
        # the cache holds text, and reading by SQL does not fill record caches with settings nobody asked for
        self.flush_model(["key", "value"])
        rows = self.env.execute_query(SQL("SELECT value FROM ir_config_parameter WHERE key = %s", key))
        return rows[0][0] if rows else None

    @api.model
    def set_param(self, key, value):
        """Set a parameter; ``False`` or ``None`` remove it.

        :return: the value it had, ``False`` when it was not set
        """
        parameter = self.search([("key", "=", key)])
        old = parameter.value
        if value is None or value is False:
            parameter.unlink()
        elif not parameter:
            self.create({"key": key, "value": value})
        elif old != str(value):
            parameter.value = value
        return old

    @api.model_create_multi
    def create(self, vals_list):
        """Add parameters and forget cached ones."""
        self.env.registry.clear_cache("stable")
        return super().create(vals_list)

    def write(self, vals):
        """Update parameters and forget cached ones.

        :raise ValidationError: when a parameter that every database has would get another key
        """
        if "key" in vals:
            fixed = [key for key in self.mapped("key") if key in _default_parameters]
            if fixed and vals["key"] not in fixed:
                raise ValidationError(_("These parameters keep their key: %s", ", ".join(fixed)))
        self.env.registry.clear_cache("stable")
        return super().write(vals)

    def unlink(self):
        """Delete parameters and forget cached ones."""
        if self:
            self.env.registry.clear_cache("stable")
        return super().unlink()

    @api.private
    @api.ondelete(at_uninstall=False)
    def unlink_default_parameters(self):
        """Refuse to delete parameters that every database has."""
        for parameter in self:
            if parameter.key in _default_parameters:
                raise ValidationError(_("Parameter %s is needed and cannot be deleted.", parameter.key))
