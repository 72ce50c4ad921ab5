"""Accounts that people make themselves, by invitation or without."""

from datetime import datetime, time, timedelta

from odoo import api, fields, models
from odoo.addons.auth_signup.exceptions import SignupError
from odoo.exceptions import UserError
from odoo.osv import expression
from odoo.tools import str2bool
from odoo.tools.translate import _

#: what is the partner's already, and not taken from a form
KEPT_OF_PARTNER = ("city", "country_id", "lang")


class ResUsers(models.Model):
    """Users who were invited, or came by themselves."""

    _inherit = "res.users"

    state = fields.Selection(
        [("new", "Never Connected"), ("active", "Confirmed")],
        string="Status",
        compute="_compute_state",
        search="_search_state",
    )

    @api.depends("login_date")
    def _compute_state(self):
        """Tell who never logged in."""
        for user in self:
            user.state = "active" if user.login_date else "new"

    @api.model
    def _search_state(self, operator, value):
        """Find users who never logged in, or did."""
        if operator not in ("=", "!=", "in", "not in"):
            raise NotImplementedError(f"the state of users cannot be searched with {operator}")
        wanted = {value} if operator in ("=", "!=") else set(value or ())
        if operator in ("!=", "not in"):
            wanted = {"new", "active"} - wanted
        parts = {"new": [("log_ids", "=", False)], "active": [("log_ids", "!=", False)]}
        return expression.OR([part for state, part in parts.items() if state in wanted] or [expression.FALSE_DOMAIN])

    @api.model
    def _get_signup_invitation_scope(self):
        """Return who may make an account: ``b2b`` those who are invited, ``b2c`` everybody."""
        return self.env["ir.config_parameter"].sudo().get_param("auth_signup.invitation_scope", "b2b")

    @api.model
    def _offers_of_accounts(self) -> dict:
        """Return whether visitors may make accounts, and ask for new passwords."""
        resets = self.env["ir.config_parameter"].sudo().get_param("auth_signup.reset_password")
        return {
            "reset_password_enabled": str2bool(resets or "", False),
            "signup_enabled": self._get_signup_invitation_scope() == "b2c",
        }

    @api.model
    def signup(self, values, token=None):
        """Make an account, or set the password of the one that there is.

        :param values: of the user
        :param token: of an invitation; without one, the settings have to allow accounts without invitation
        :return: login and password
        :raise SignupError: no account can be made
        :raise UserError: the token is not valid
        """
        if not token:
            values = {**values, "email": values.get("email") or values.get("login")}
            self._signup_create_user(values)
            return values.get("login"), values.get("password")
        partner = self.env["res.partner"]._signup_retrieve_partner(token, check_validity=True, raise_exception=True)
        # the token is good for one time
        partner.write({"signup_type": False})
        values = {name: value for name, value in values.items() if name not in KEPT_OF_PARTNER or not partner[name]}
        user = partner.user_ids[:1]
        if not user:
            return self._signup_invited(partner, values)
        # who somebody is was said when the account was made
        values = {name: value for name, value in values.items() if name not in ("login", "name")}
        is_first = not user.login_date
        user.write(values)
        if is_first:
            user._notify_inviter()
        return user.login, values.get("password")

    @api.model
    def _signup_invited(self, partner, values):
        """Make the account of an invited partner; return login and password."""
        company = partner.company_id
        values = {
            **values,
            "name": partner.name,
            "partner_id": partner.id,
            "email": values.get("email") or values.get("login"),
        }
        if company:
            values.update(company_id=company.id, company_ids=[(6, 0, company.ids)])
        self._signup_create_user(values)._notify_inviter()
        return values.get("login"), values.get("password")

    def _notify_inviter(self):
        """Tell those who invited the users that they are here."""
        for inviter, users in self.grouped("create_uid").items():
            for partner in users.partner_id:
                told = {"partnerId": partner.id, "username": partner.name}
                inviter.partner_id._bus_send("res.users/connection", told)

    @api.model
    def _signup_create_user(self, values):
        """Make a user of somebody from outside.

        :raise SignupError: for uninvited people where only invited ones may come
        """
        is_invited = "partner_id" in values
        if is_invited or self._get_signup_invitation_scope() == "b2c":
            return self._create_user_from_template(values)
        raise SignupError(_("Accounts are made by invitation only."))

    @api.model
    def _create_user_from_template(self, values):
        """Make a copy of the template of users from outside.

        :raise ValueError: without template, login, or name and partner
        :raise SignupError: the user cannot be made
        """
        parameter = self.env["ir.config_parameter"].sudo().get_param("base.template_portal_user_id") or ""
        template = self.browse(int(parameter) if parameter.isdigit() else ()).exists()
        if not template:
            raise ValueError(_("There is no template for new users."))
        if not values.get("login"):
            raise ValueError(_("A new user needs a login."))
        if not values.get("partner_id") and not values.get("name"):
            raise ValueError(_("A new user needs a name or a partner."))
        try:
            with self.env.cr.savepoint():
                user = template.with_context(no_reset_password=True).copy(
                    {"signature": False, **values, "active": True}
                )
                # the name below e-mails is not the template's
                user._compute_signature()
                return user
        except Exception as error:
            # whatever it is, it is told on the page
            raise SignupError(str(error)) from error

    # users made by others

    @api.model_create_multi
    def create(self, vals_list):
        """Invite new users who have an address."""
        users = super().create(vals_list)
        if not self.env.context.get("no_reset_password"):
            users.filtered(lambda user: user.email and user.active)._invite_quietly()
        return users

    def copy(self, default=None):
        """Invite nobody at the address of the original."""
        is_somebody_else = bool(default and default.get("email"))
        originals = self if is_somebody_else else self.with_context(no_reset_password=True)
        return super(ResUsers, originals).copy(default)

    # reminders

    def send_unregistered_user_reminder(self, after_days=5, batch_size=100):
        """Tell those who invited users which of them did not come, some days later.

        :param after_days: how many days ago they were invited
        :param batch_size: users who are read at once
        """
        if not self.env.is_admin():
            raise UserError(_("Only administrators send these reminders."))
        template = self.env.ref("auth_signup.mail_template_data_unregistered_users", raise_if_not_found=False)
        if not template:
            return
        batch_size = max(1, int(batch_size))
        day = datetime.combine(fields.Date.today() - timedelta(days=after_days), time.min)
        domain = [
            ("share", "=", False),
            ("create_uid.email", "!=", False),
            ("create_date", ">=", day),
            ("create_date", "<", day + timedelta(days=1)),
            ("log_ids", "=", False),
        ]
        for inviter, users in self.sudo()._read_group(domain, ["create_uid"], ["id:recordset"]):
            names = [
                f"{user.name} ({user.login})"
                for start in range(0, len(users), batch_size)
                for user in users[start : start + batch_size]
            ]
            template.with_context(dbname=self.env.cr.dbname, invited_users=names).send_mail(inviter.id)
