"""Users who log in with passkeys."""

from odoo import SUPERUSER_ID, _, api, fields, models
from odoo.addons.base.models.res_users import check_identity
from odoo.exceptions import AccessDenied, UserError
from odoo.modules.registry import Registry
from odoo.tools import SQL


class UsersPasskey(models.Model):
    """What a passkey does for its user."""

    _inherit = "res.users"

    auth_passkey_key_ids = fields.One2many("auth.passkey.key", "create_uid", string="Passkeys")

    @property
    def SELF_READABLE_FIELDS(self) -> list[str]:
        """Users see their passkeys."""
        return [*super().SELF_READABLE_FIELDS, "auth_passkey_key_ids"]

    @check_identity
    def action_create_passkey(self):
        """Return the action that asks the browser for a new passkey.

        :raise UserError: for others than the current user
        """
        if self != self.env.user:
            raise UserError(_("Users add their passkeys themselves."))
        return {
            "type": "ir.actions.act_window",
            "name": _("New Passkey"),
            "res_model": "auth.passkey.key.create",
            "views": [(False, "form")],
            "target": "new",
            "context": {"registration": self.env["auth.passkey.key"]._start_registration()},
        }

    @classmethod
    def _login(cls, db, credential, user_agent_env):
        """Find the user by the passkey: no login was entered."""
        if credential.get("type") == "webauthn":
            with Registry(db).cursor() as cr:
                keys = api.Environment(cr, SUPERUSER_ID, {})["auth.passkey.key"]
                key = keys._find(keys._parse_response(credential.get("webauthn_response")))
                # one that is not known fails as a login that is nobody's
                credential = {**credential, "login": key.create_uid.login or ""}
        return super()._login(db, credential, user_agent_env)

    def _what_is_tried(self, credential):
        """Failures with passwords do not make passkeys wait."""
        return "passkey" if credential.get("type") == "webauthn" else super()._what_is_tried(credential)

    def _check_credentials(self, credential, user_agent_env):
        """Let users in with a passkey of theirs; it is two factors in one."""
        if credential["type"] != "webauthn":
            return super()._check_credentials(credential, user_agent_env)
        keys = self.env["auth.passkey.key"]
        response = keys._parse_response(credential.get("webauthn_response"))
        key = keys._find(response)
        if not key or key.create_uid != self.env.user:
            raise AccessDenied(_("This passkey is not known here."))
        key.with_env(self.env)._verify_auth(response)
        return {"uid": self.env.uid, "auth_method": "passkey", "mfa": "skip"}

    def _get_session_token_query_params(self):
        """Sessions end when a passkey is added or deleted."""
        parts = super()._get_session_token_query_params()
        parts["select"] = SQL(
            "%s, array_agg(passkey.id ORDER BY passkey.id) FILTER (WHERE passkey.id IS NOT NULL)", parts["select"]
        )
        owner = SQL.identifier(self._table, "id")
        parts["joins"] = SQL("%s LEFT JOIN auth_passkey_key passkey ON passkey.create_uid = %s", parts["joins"], owner)
        return parts
