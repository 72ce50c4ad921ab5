"""``portal.wizard``: contacts get an account for the pages, or lose it."""

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

#: contacts of one dialog
MOST_PARTNERS = 500


class PortalWizard(models.TransientModel):
    """The dialog of accounts for contacts."""

    _name = "portal.wizard"
    _description = "Grant Portal Access"

    def _default_partner_ids(self):
        """Return the contacts of the context, and the people of companies among them."""
        given = self.env.context.get("default_partner_ids") or self.env.context.get("active_ids") or []
        ids = [command for command in given if isinstance(command, int)]
        for command in given:
            if isinstance(command, (list, tuple)):
                ids += command[2] if command[0] == Command.SET else [command[1]]
        chosen = self.env["res.partner"].browse(ids[:MOST_PARTNERS]).sudo()
        people = chosen.child_ids.filtered(lambda partner: partner.type in ("contact", "other"))
        return [Command.link(partner.id) for partner in (chosen | people)[:MOST_PARTNERS]]

    partner_ids = fields.Many2many("res.partner", string="Partners", default=_default_partner_ids)
    user_ids = fields.One2many(
        "portal.wizard.user",
        "wizard_id",
        string="Users",
        compute="_compute_user_ids",
        store=True,
        readonly=False,
    )
    welcome_message = fields.Text("Invitation Message", help="What the e-mail says beside the link.")

    @api.depends("partner_ids")
    def _compute_user_ids(self):
        """Have a line for each contact whom the user may read; those that there are stay as they are."""
        for wizard in self:
            readable = wizard.partner_ids.sudo(False)._filtered_access("read")
            present = wizard.user_ids.partner_id
            gone = wizard.user_ids.filtered(lambda line, wizard=wizard: line.partner_id not in wizard.partner_ids)
            wizard.user_ids = [
                *(Command.delete(line.id) for line in gone),
                *(
                    Command.create({"partner_id": partner.id, "email": partner.email})
                    for partner in readable
                    if partner not in present
                ),
            ]

    @api.model
    def action_open_wizard(self):
        """Return the dialog for the contacts of the context; its lines are there to be acted on."""
        return self.create({})._action_open_modal()

    def _action_open_modal(self):
        """Return the dialog."""
        return {
            "name": self.env._("Access to the portal"),
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "view_mode": "form",
            "views": [(False, "form")],
            "res_id": self.id,
            "target": "new",
        }


class PortalWizardUser(models.TransientModel):
    """A contact of the dialog."""

    _name = "portal.wizard.user"
    _description = "Portal User Config"

    wizard_id = fields.Many2one("portal.wizard", string="Wizard", required=True, ondelete="cascade")
    partner_id = fields.Many2one("res.partner", string="Contact", required=True, readonly=True, ondelete="cascade")
    email = fields.Char("Email")
    user_id = fields.Many2one("res.users", string="User", compute="_compute_user_id", compute_sudo=True)
    login_date = fields.Datetime(related="user_id.login_date", string="Latest Authentication")
    is_portal = fields.Boolean("Is Portal", compute="_compute_group_details")
    is_internal = fields.Boolean("Is Internal", compute="_compute_group_details")
    email_state = fields.Selection(
        [("ok", "Valid"), ("ko", "Invalid"), ("exist", "Already Registered")],
        string="Status",
        compute="_compute_email_state",
        default="ok",
    )

    @api.depends("email")
    def _compute_email_state(self):
        """Tell which addresses are none, and which are others' logins."""
        addresses = {line: email_normalize(line.email or "") for line in self}
        with_address = self.filtered(lambda line: addresses[line])
        users = self.env["res.users"].sudo().with_context(active_test=False)
        similar = users.search_read(
            self._get_similar_users_domain(with_address), self._get_similar_users_fields(), load=None
        )
        for line in self:
            taken = any(self._is_portal_similar_than_user(user, line) for user in similar)
            line.email_state = "ko" if not addresses[line] else "exist" if taken else "ok"

    @api.depends("partner_id")
    def _compute_user_id(self):
        """Find the account, be it archived."""
        for line in self:
            users = line.partner_id.with_context(active_test=False).user_ids
            line.user_id = users.sorted(lambda user: not user.active)[:1]

    @api.depends("user_id", "user_id.groups_id")
    def _compute_group_details(self):
        """Tell what kind of user somebody is."""
        for line in self:
            user = line.sudo().user_id
            line.is_internal = bool(user) and user._is_internal()
            line.is_portal = bool(user) and not line.is_internal and user._is_portal() and user.active

    def _get_similar_users_domain(self, portal_users_with_email):
        """Return the domain of users whose login is an address of the lines; extended by modules."""
        return [("login", "in", [email_normalize(line.email) for line in portal_users_with_email])]

    def _get_similar_users_fields(self):
        """Return the names of the fields that tell such users apart; extended by modules."""
        return ["id", "login"]

    def _is_portal_similar_than_user(self, user, portal_user):
        """Return whether a user has the address of a line, and is somebody else.

        :param user: dict of the fields
        :param portal_user: the line
        """
        is_other = user["id"] != portal_user.sudo().user_id.id
        return is_other and user["login"] == email_normalize(portal_user.email or "")

    # acts

    def _check_may_manage(self):
        """Check that the user may change contacts: what is done to users is done for everybody.

        :raise AccessError: otherwise
        """
        self.ensure_one()
        self.check_access("write")
        self.partner_id.sudo(False).check_access("write")

    def _check_email(self):
        """Check that the address can be logged in with.

        :raise UserError: otherwise
        """
        if self.email_state == "ko":
            raise UserError(self.env._("%s has no e-mail address that works.", self.partner_id.display_name))
        if self.email_state == "exist":
            raise UserError(self.env._("Somebody else logs in with the address of %s.", self.partner_id.display_name))

    def action_grant_access(self):
        """Give a contact an account, and send the invitation."""
        self._check_may_manage()
        self._check_email()
        if self.is_portal or self.is_internal:
            raise UserError(self.env._("%s has access already.", self.partner_id.display_name))
        self._update_partner_email()
        user = self.user_id.sudo() or self._create_user()
        portal, public = self.env.ref("base.group_portal"), self.env.ref("base.group_public")
        user.write({"active": True, "groups_id": [Command.link(portal.id), Command.unlink(public.id)]})
        self.partner_id.sudo().signup_prepare()
        self.invalidate_recordset(["user_id", "is_portal"])
        self.with_context(active_test=True)._send_email()
        return self.action_refresh_modal()

    def action_revoke_access(self):
        """Take the account of a contact away; the user stays, archived."""
        self._check_may_manage()
        if not self.is_portal:
            raise UserError(self.env._("%s has no access.", self.partner_id.display_name))
        self._update_partner_email()
        self.partner_id.sudo().write({"signup_type": None})
        portal, public = self.env.ref("base.group_portal"), self.env.ref("base.group_public")
        commands = [Command.unlink(portal.id), Command.link(public.id)]
        self.user_id.sudo().write({"groups_id": commands, "active": False})
        self.invalidate_recordset(["user_id", "is_portal"])
        return self.action_refresh_modal()

    def action_invite_again(self):
        """Send the invitation once more."""
        self._check_may_manage()
        self._check_email()
        if not self.is_portal:
            raise UserError(self.env._("%s has no access.", self.partner_id.display_name))
        self._update_partner_email()
        self.partner_id.sudo().signup_prepare()
        self._send_email()
        return self.action_refresh_modal()

    def action_refresh_modal(self):
        """Return the dialog as it is now."""
        return self.wizard_id._action_open_modal()

    def _create_user(self):
        """Make the user from the template, in the company of the contact."""
        company = self.partner_id.company_id or self.env.company
        address = email_normalize(self.email)
        values = {
            "login": address,
            "email": address,
            "partner_id": self.partner_id.id,
            "company_id": company.id,
            "company_ids": [Command.set(company.ids)],
        }
        users = self.env["res.users"].sudo().with_context(no_reset_password=True)
        return users.with_company(company)._create_user_from_template(values)

    def _update_partner_email(self):
        """Take over an address that was changed in the dialog."""
        if self.email_state == "ok" and email_normalize(self.partner_id.email or "") != email_normalize(self.email):
            self.partner_id.write({"email": email_normalize(self.email)})

    def _send_email(self):
        """Send the invitation.

        :raise UserError: there is no such template
        """
        self.ensure_one()
        template = self.env.ref("portal.mail_template_data_portal_welcome", raise_if_not_found=False)
        if not template:
            raise UserError(self.env._("The template of the invitation does not exist any more."))
        invited = self.sudo().user_id
        links = invited.partner_id.with_context(signup_force_type_in_url="signup")._get_signup_url_for_action()
        told = {"welcome_message": self.wizard_id.welcome_message, "portal_url": links[invited.partner_id.id]}
        letter = template.sudo().with_context(lang=invited.lang, dbname=self.env.cr.dbname, **told)
        return bool(letter.send_mail(self.id, force_send=True))
