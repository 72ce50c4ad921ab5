"""Users and groups: channels that they are members of by their groups."""

from odoo import Command, api, models


class ResUsers(models.Model):
    """Users who come, go, and change groups."""

    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        """Make new users members of the channels of their groups."""
        created = super().create(vals_list)
        self.env["discuss.channel"]._join_users_of(created.sudo().groups_id)
        return created

    def write(self, vals):
        """Make users members of the channels of new groups; those who go leave the rooms of the house."""
        result = super().write(vals)
        if vals.get("active") is False:
            self._unsubscribe_from_non_public_channels()
        if self._adds_groups(vals):
            self.env["discuss.channel"]._join_users_of(self.sudo().groups_id)
        return result

    @staticmethod
    def _adds_groups(vals):
        """Tell whether values of users put them into groups."""
        of_form = any(name.startswith(("in_group_", "sel_groups_")) for name in vals)
        commands = [command[0] for command in vals.get("groups_id") or () if isinstance(command, (list, tuple))]
        return of_form or bool({Command.LINK, Command.SET} & set(commands))

    def unlink(self):
        """Have users who go leave the rooms of the house."""
        self._unsubscribe_from_non_public_channels()
        return super().unlink()

    def _unsubscribe_from_non_public_channels(self):
        """Take users out of the channels that are limited to a group."""
        rooms = [
            ("partner_id", "in", self.sudo().partner_id.ids),
            ("channel_id.channel_type", "=", "channel"),
            ("channel_id.group_public_id", "!=", False),
        ]
        if self:
            self.env["discuss.channel.member"].sudo().search(rooms).unlink()


class ResGroups(models.Model):
    """Groups whose users are members of channels."""

    _inherit = "res.groups"

    def write(self, vals):
        """Make new users members of the channels."""
        done = super().write(vals)
        if "users" in vals:
            self.env["discuss.channel"]._join_users_of(self)
        return done
