"""People who are invited to have an account: the tokens and addresses in their e-mails."""

from urllib.parse import urlencode

from odoo import api, fields, models, tools
from odoo.addons.auth_signup.exceptions import SignupError
from odoo.exceptions import AccessDenied, UserError

__all__ = ["ResPartner", "SignupError"]

#: what tokens are signed for
SCOPE = "signup"
#: for each kind of token the parameter with the hours it is valid, and how many by default
VALIDITY = {
    "reset": ("auth_signup.reset_password.validity.hours", 4),
    "signup": ("auth_signup.signup.validity.hours", 144),
}


class ResPartner(models.Model):
    """Partners who may make an account, or set its password anew."""

    _inherit = "res.partner"

    signup_type = fields.Char(string="Signup Token Type", copy=False, groups="base.group_erp_manager")

    def signup_prepare(self, signup_type="signup"):
        """Have tokens be valid that the partners get from now on.

        :param signup_type: ``signup`` or ``reset``
        :raise ValueError: it is none of them
        """
        if signup_type not in VALIDITY:
            raise ValueError(f"tokens are for {', '.join(VALIDITY)}, not for {signup_type}")
        self.signup_type = signup_type
        return True

    def action_signup_prepare(self):
        """Have tokens be valid that the partners get from now on."""
        return self.signup_prepare()

    def signup_cancel(self):
        """Have no tokens of the partners be valid any more."""
        return self.write({"signup_type": None})

    # tokens

    def _last_login(self) -> int | None:
        """Return when somebody logged in as the partner last, in seconds; ``None`` for never."""
        dates = [user.login_date for user in self.sudo().with_context(active_test=False).user_ids if user.login_date]
        return int(max(dates).timestamp()) if dates else None

    def _generate_signup_token(self, expiration=None):
        """Return a token of the partner, valid until they log in, for so long and for what it is made for.

        :param expiration: hours; those of the settings by default
        """
        self.ensure_one()
        kind = self.sudo().signup_type
        if not expiration:
            name, hours = VALIDITY["reset" if kind == "reset" else "signup"]
            expiration = _positive(self.env["ir.config_parameter"].sudo().get_param(name)) or hours
        return tools.hash_sign(
            self.sudo().env, SCOPE, [self.id, self._last_login(), kind or False], expiration_hours=expiration
        )

    @api.model
    def _partner_of_token(self, token):
        """Return the partner of a token, none when it is not valid (any more)."""
        values = tools.verify_hash_signed(self.sudo().env, SCOPE, token) if token and isinstance(token, str) else None
        if not isinstance(values, list) or len(values) != 3:
            return self.browse()
        partner_id, login, kind = values
        partner = self.browse(int(partner_id)).exists()
        is_current = partner and (partner._last_login(), partner.sudo().signup_type or False) == (login, kind)
        return partner if is_current else self.browse()

    @api.model
    def _signup_retrieve_partner(self, token, check_validity=False, raise_exception=False):
        """Return the partner of a token.

        :param check_validity: kept for callers; only valid tokens are known
        :param raise_exception: kept for callers
        :raise UserError: it is not valid
        """
        partner = self._partner_of_token(token)
        if not partner:
            raise UserError(self.env._("This link is not valid any more: ask for a new one."))
        return partner

    @api.model
    def _signup_retrieve_info(self, token):
        """Return what the page of a token begins with: ``db``, ``token``, ``name``, ``login``, and ``email``.

        :return: ``None`` for tokens that are not valid
        """
        partner = self._partner_of_token(token).sudo()
        if not partner:
            return None
        user = partner.user_ids[:1]
        known = {"db": self.env.cr.dbname, "token": token, "name": partner.name}
        if user:
            return {**known, "login": user.login}
        return {**known, "login": partner.email or "", "email": partner.email or ""}

    # addresses

    def _get_signup_url(self):
        """Return the address by which the partner logs in, makes an account or sets a password.

        :raise AccessError: for a user whom the caller may not change
        """
        self.ensure_one()
        others = self.sudo().user_ids.filtered(lambda user: user != self.env.user)
        if any(user._is_internal() for user in others):
            self.env["res.users"].check_access("write")
        elif any(user._is_portal() for user in others):
            self.check_access("write")
        return self._get_signup_url_for_action()[self.id]

    def _get_signup_url_for_action(
        self, url=None, action=None, view_type=None, menu_id=None, res_id=None, model=None
    ) -> dict:
        """Return the addresses by which partners come to something, logging in or making an account on the way.

        The context may have ``signup_valid`` (partners without user may make one), ``signup_force_type_in_url``
        (the page), ``create_user`` and ``relative_url``.

        :param url: where they come to
        :param action: instead, an action, or ``/mail/view`` for a document
        :param view_type: form of the document; the form has its own address
        :param menu_id: kept for callers: menus have no addresses
        :param res_id: id of the document
        :param model: name of its model
        :return: ``{partner id: address}``, ``False`` for those who have no user and cannot make one
        """
        place = url or _place(action, view_type, res_id, model)
        return {partner.id: partner._signup_url_to(place) for partner in self}

    def _signup_url_to(self, place):
        """Return the address by which the partner comes to a place, ``False`` if by none."""
        context = self.env.context
        partner = self.sudo()
        if context.get("signup_valid") and not partner.user_ids:
            partner.signup_prepare()
        kind = context.get("signup_force_type_in_url", partner.signup_type or "")
        query = {"db": self.env.cr.dbname}
        if partner.signup_type:
            query["token"] = partner._generate_signup_token()
        elif partner.user_ids:
            query["login"] = partner.user_ids[0].login
        else:
            return False
        if context.get("create_user") and partner.email:
            query["signup_email"] = partner.email
        if place:
            query["redirect"] = place
        route = {"reset": "reset_password", "": "login"}.get(kind, kind)
        base = "" if context.get("relative_url") else self.get_base_url()
        return f"{base}/web/{route}?{urlencode(query)}"

    def signup_get_auth_param(self) -> dict:
        """Return what links for partners carry, so that they log in or make an account.

        :return: ``{partner id: {"auth_login": login}}``, or with ``auth_signup_token`` for those who may make one
        :raise AccessDenied: for others than internal users
        :raise AccessError: for partners whom the caller may not read
        """
        if not self.env.user._is_internal() and not self.env.is_admin():
            raise AccessDenied
        self.check_access("read")
        partners = self.sudo()
        is_open = self.env["res.users"]._get_signup_invitation_scope() == "b2c"
        found = {}
        for partner in partners:
            found[partner.id] = {}
            if partner.user_ids:
                found[partner.id] = {"auth_login": partner.user_ids[0].login}
            elif is_open:
                partner.signup_prepare()
                found[partner.id] = {"auth_signup_token": partner._generate_signup_token()}
        return found


def _place(action, view_type, res_id, model):
    """Return the address of a document or action, ``None`` for none."""
    if action == "/mail/view":
        return f"/mail/view?{urlencode({'model': model, 'res_id': res_id})}"
    parts = [f"action-{action}"] if action else [f"m-{model}" if "." not in model else model] if model else []
    if not parts:
        return None
    if res_id and view_type in (None, "form"):
        parts.append(str(res_id))
    return "/".join(["/odoo", *parts])


def _positive(text):
    """Return the positive number in a text, 0 for others."""
    try:
        return max(0.0, float(text or 0))
    except ValueError:
        return 0.0
