"""``res.users.settings``: what users set for themselves, kept apart from the user."""

from odoo import api, fields, models


class ResUsersSettings(models.Model):
    """Settings of a user; modules add fields."""

    _name = "res.users.settings"
    _description = "User Settings"
    _rec_name = "user_id"

    user_id = fields.Many2one(
        "res.users",
        string="User",
        required=True,
        readonly=True,
        ondelete="cascade",
        domain=[("res_users_settings_id", "=", False)],
    )

    _sql_constraints = [
        ("unique_user_id", "UNIQUE(user_id)", "A user has one record of settings."),
    ]

    @api.model
    def _get_fields_blacklist(self):
        """Return the names of fields that clients are not told."""
        return []

    @api.model
    def _find_or_create_for_user(self, user):
        """Return the settings of ``user``, made when missing."""
        settings = self.sudo()
        # whoever asks for them tells clients all of them
        columns = [name for name, field in self._fields.items() if field.column_type and field.prefetch]
        return settings.search_fetch([("user_id", "=", user.id)], columns) or settings.create({"user_id": user.id})

    def _res_users_settings_format(self, fields_to_format=None):
        """Return settings as clients get them: all, or those named."""
        self.ensure_one()
        if fields_to_format:
            names = [name for name in fields_to_format if name not in self._get_fields_blacklist()]
        else:
            ignored = {
                "create_uid",
                "create_date",
                "write_uid",
                "write_date",
                "display_name",
                *self._get_fields_blacklist(),
            }
            names = [
                name
                for name, field in self._fields.items()
                if name not in ignored and (name == "id" or not field.automatic)
            ]
        return self._format_settings(names)

    def _format_settings(self, fields_to_format):
        """Return the values of the named fields; the user is a dict with the id."""
        [values] = self._read_format(fnames=[name for name in fields_to_format if name != "user_id"])
        owner = {"user_id": {"id": self.user_id.id}} if "user_id" in fields_to_format else {}
        return {**values, **owner}

    def set_res_users_settings(self, new_settings):
        """Change settings.

        :return: those that are different now, as clients get them
        """
        self.ensure_one()
        changed = {name: value for name, value in new_settings.items() if name in self._fields and self[name] != value}
        self.write(changed)
        return self._res_users_settings_format([*changed, "id"])
