"""Users who are invited, and the groups that they begin with."""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize
from odoo.tools.translate import _

#: addresses that one call invites
MOST_INVITATIONS = 100


class ResUsers(models.Model):
    """Users whose first groups are settings."""

    _inherit = "res.users"

    @api.model
    def web_create_users(self, emails: list) -> bool:
        """Invite people: new users are made, archived ones come back.

        :param emails: their addresses, which they log in with
        :raise UserError: an address is none, or there are too many
        :raise AccessError: the current user may not manage users
        """
        self.check_access("create")
        if len(emails) > MOST_INVITATIONS:
            raise UserError(_("At most %s people can be invited at once.", MOST_INVITATIONS))
        addresses = {text: isinstance(text, str) and email_normalize(text) for text in map(_stripped, emails)}
        if wrong := [text for text, address in addresses.items() if not address]:
            raise UserError(_("These are no e-mail addresses: %s", ", ".join(map(str, wrong))))
        wanted = list(dict.fromkeys(addresses.values()))
        archived = self.with_context(active_test=False).search(
            [("active", "=", False), "|", ("login", "in", wanted), ("email", "in", wanted)]
        )
        archived.active = True
        back = {*archived.mapped("login"), *archived.mapped("email")}
        self.with_context(signup_valid=True).create(
            [
                {"login": address, "name": address.partition("@")[0], "email": address}
                for address in wanted
                if address not in back
            ]
        )
        return True

    def _default_groups(self):
        """Return the groups of employees, unless the settings say that those of the template count."""
        if self._template_counts():
            return super()._default_groups()
        employees = self.env.ref("base.group_user").sudo()
        return employees | employees.trans_implied_ids

    def _apply_groups_to_existing_employees(self):
        """Only where the template counts does its change change others."""
        return self._template_counts() and super()._apply_groups_to_existing_employees()

    @api.model
    def _template_counts(self) -> bool:
        """Return whether the groups of new users are those of the template."""
        return bool(self.env["ir.config_parameter"].sudo().get_param("base_setup.default_user_rights"))


def _stripped(text):
    return text.strip() if isinstance(text, str) else text
