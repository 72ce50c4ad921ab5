"""What follows from the companies that users may work in."""

from odoo import Command, api, models


class UsersOfCompanies(models.Model):
    """Users and the companies that they may work for."""

    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        """Create users; those of several companies get the features for it."""
        users = super().create(vals_list)
        users._follow_company_count()
        return users

    def write(self, values):
        """Update users; the features for several companies come and go with the second company."""
        result = super().write(values)
        if "company_ids" in values:
            self._follow_company_count()
        if "company_id" in values or "company_ids" in values:
            self._forget_current_company()
        return result

    @api.model
    def new(self, values=None, origin=None, ref=None):
        """Make a user in memory, with the features for several companies when there are several."""
        user = super().new(values=values, origin=origin, ref=ref)
        user._follow_company_count()
        return user

    def _follow_company_count(self):
        """Make exactly the users of several companies members of ``base.group_multi_company``."""
        group_id = self.env["ir.model.data"]._xmlid_to_res_id("base.group_multi_company", raise_if_not_found=False)
        if not group_id:
            return
        for user in self:
            several = len(user.company_ids) > 1
            if several != (group_id in user.groups_id.ids):
                user.update({"groups_id": [Command.link(group_id) if several else Command.unlink(group_id)]})

    def _forget_current_company(self):
        """Have the environments of these users look their companies up again."""
        for env in self.env.transaction.envs:
            if env.uid in self._ids:
                env._forget()
