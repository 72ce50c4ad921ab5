"""``auth.passkey.key``: the public halves of passkeys."""

import hmac
import json
import logging
import time
from urllib.parse import urlsplit

import webauthn
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, options_to_json_dict
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from odoo import _, api, fields, models
from odoo.addons.base.models.res_users import check_identity
from odoo.addons.base.models.res_users_identity import RELOAD, client_address, is_own_session
from odoo.exceptions import AccessDenied, AccessError, UserError
from odoo.fields import NO_ACCESS
from odoo.http import request
from odoo.tools import SQL, ormcache
from odoo.tools.signing import hash_sign, verify_hash_signed

_logger = logging.getLogger(__name__)

#: seconds for which a challenge can be answered
CHALLENGE_LIFETIME = 300
#: key of the session: what its challenge is for, the database and the user, the challenge, and when it was made
CHALLENGE = "auth_passkey_challenge"
#: cookie of visitors, with the signed challenge they log in with: no session is stored for who only asks for one
VISITOR_CHALLENGE = "passkey_challenge"
#: longest answer of a browser, in characters
MAX_RESPONSE = 20_000
#: passkeys of a user, at most
MAX_KEYS = 50


class PassKey(models.Model):
    """A passkey of the user who made it. Its private half never leaves the device."""

    _name = "auth.passkey.key"
    _description = "Passkey"
    _order = "id desc"

    name = fields.Char(required=True)
    credential_identifier = fields.Char(required=True, groups=NO_ACCESS)
    public_key = fields.Char(required=True, groups=NO_ACCESS)
    sign_count = fields.Integer(default=0, groups=NO_ACCESS, help="Grows with each use, where the device counts.")

    challenged_at = fields.Float(groups=NO_ACCESS, help="When the newest challenge was made that a visitor answered.")

    _sql_constraints = [
        ("unique_identifier", "UNIQUE (credential_identifier)", "This passkey is known already."),
    ]

    # who asks

    @api.model
    def _known_origins(self) -> list[str]:
        """Return the origins that passkeys work on: that of ``web.base.url`` and those of ``auth_passkey.origins``."""
        get_param = self.env["ir.config_parameter"].sudo().get_param
        urls = [get_param("web.base.url") or "", *(get_param("auth_passkey.origins") or "").split(",")]
        parts = [urlsplit(url.strip()) for url in urls]
        return [f"{part.scheme}://{part.netloc}" for part in parts if part.scheme and part.netloc]

    @api.model
    def _page_origin(self) -> str:
        """Return the origin of the page that is open, the first one when it is none of ours.

        :raise UserError: the server does not know its own address
        """
        origins = self._known_origins()
        if not origins:
            raise UserError(_("Passkeys need the address of this server: set the system parameter web.base.url."))
        current = request.httprequest.host_url.rstrip("/") if request else None
        return current if current in origins else origins[0]

    @api.model
    def _rp_id(self) -> str:
        """Return the host that passkeys are made for and asked for on this page."""
        return urlsplit(self._page_origin()).hostname or ""

    # challenges

    @api.model
    def _new_challenge(self, purpose: str) -> bytes:
        """Return a new challenge, which only this session can answer, once and soon."""
        challenge = webauthn.helpers.generate_challenge()
        whose = [self.env.cr.dbname, self.env.uid]
        request.session[CHALLENGE] = [purpose, *whose, bytes_to_base64url(challenge), int(time.time())]
        return challenge

    @api.model
    def _take_challenge(self, purpose: str) -> bytes:
        """Return the challenge of the session, which forgets it.

        :raise AccessDenied: there is none for this purpose in this database, it is too old, or it is somebody else's
        """
        kept = request.session.pop(CHALLENGE, None) if request else None
        if not kept or kept[:2] != [purpose, self.env.cr.dbname] or not 0 <= time.time() - kept[4] < CHALLENGE_LIFETIME:
            raise AccessDenied(_("That took too long: try again."))
        # who logs in is not known yet, but a new passkey is that of who asked for it
        if purpose == "registration" and not (kept[2] == self.env.uid and is_own_session(self.env)):
            raise AccessDenied(_("This page is not yours: log in again."))
        return base64url_to_bytes(kept[3])

    @api.model
    def _new_login_challenge(self) -> bytes:
        """Return a new challenge to log in with, or to show who is there: visitors keep theirs in a signed cookie."""
        if request.session.get("uid"):
            return self._new_challenge("login")
        challenge = webauthn.helpers.generate_challenge()
        content = [bytes_to_base64url(challenge), time.time()]
        self._send_visitor_challenge(hash_sign(self.env, VISITOR_CHALLENGE, content), CHALLENGE_LIFETIME)
        return challenge

    @api.model
    def _send_visitor_challenge(self, value: str, max_age: int):
        """Have the browser keep a challenge for some seconds, 0: forget it."""
        secure = request.httprequest.scheme == "https"
        request.future_response.set_cookie(
            VISITOR_CHALLENGE, value, max_age=max_age, httponly=True, samesite="Strict", secure=secure
        )

    def _take_login_challenge(self) -> bytes:
        """Return the challenge that this passkey answers, which counts once.

        :raise AccessDenied: there is none, it is too old, or this passkey has answered it or a newer one
        """
        if not request or request.session.get("uid"):
            return self._take_challenge("login")
        signed = request.httprequest.cookies.get(VISITOR_CHALLENGE, "")
        self._send_visitor_challenge("", 0)
        challenge, made_at = verify_hash_signed(self.env, VISITOR_CHALLENGE, signed) or ("", 0)
        # a browser may keep the cookie although it was told to forget it
        if made_at <= max(self.sudo().challenged_at, time.time() - CHALLENGE_LIFETIME):
            raise AccessDenied(_("That took too long: try again."))
        self.sudo().challenged_at = made_at
        return base64url_to_bytes(challenge)

    @api.model
    def _parse_response(self, response: str) -> dict:
        """Return what a browser answered.

        :raise AccessDenied: it is no answer
        """
        try:
            parsed = json.loads(response) if isinstance(response, str) and len(response) <= MAX_RESPONSE else None
        except (ValueError, RecursionError):
            parsed = None
        if not isinstance(parsed, dict) or not isinstance(parsed.get("id"), str):
            raise AccessDenied(_("The browser gave no passkey."))
        return parsed

    # using a passkey

    @api.model
    def _start_auth(self) -> dict:
        """Return the options of ``navigator.credentials.get``: any passkey of this server, unlocked by somebody."""
        options = webauthn.generate_authentication_options(
            rp_id=self._rp_id(),
            challenge=self._new_login_challenge(),
            timeout=CHALLENGE_LIFETIME * 1000,
            user_verification=UserVerificationRequirement.REQUIRED,
        )
        return options_to_json_dict(options)

    @api.model
    def _find(self, response: dict):
        """Return the passkey that an answer names, an empty record for one that is not known."""
        return self.sudo().search([("credential_identifier", "=", response["id"])], limit=1)

    def _verify_auth(self, response: dict):
        """Check what the passkey signed.

        :param response: what the browser answered
        :raise AccessDenied: it is wrong
        """
        self.ensure_one()
        challenge = self._take_login_challenge()
        key = self.sudo()
        try:
            verified = webauthn.verify_authentication_response(
                credential=response,
                expected_challenge=challenge,
                expected_rp_id=self._rp_id(),
                expected_origin=self._page_origin(),
                credential_public_key=base64url_to_bytes(key.public_key),
                credential_current_sign_count=key.sign_count,
                require_user_verification=True,
            )
        except (WebAuthnException, ValueError, TypeError, KeyError) as error:
            _logger.info("Passkey #%d refused from %s: %s", self.id, client_address(), error)
            raise AccessDenied(_("The passkey was not accepted.")) from None
        if verified.new_sign_count != key.sign_count:
            key.sign_count = verified.new_sign_count

    # making one

    @api.model
    def _start_registration(self) -> dict:
        """Return the options of ``navigator.credentials.create`` for the current user."""
        user = self.env.user
        known = self.sudo().search([("create_uid", "=", user.id)])
        if len(known) >= MAX_KEYS:
            raise UserError(_("You have %s passkeys: delete some that you do not use.", len(known)))
        options = webauthn.generate_registration_options(
            rp_id=self._rp_id(),
            rp_name=user.company_id.name or "Quoin",
            user_id=self._user_handle(user.id),
            user_name=user.login,
            user_display_name=user.name,
            challenge=self._new_challenge("registration"),
            timeout=CHALLENGE_LIFETIME * 1000,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
            ),
            exclude_credentials=[
                PublicKeyCredentialDescriptor(id=base64url_to_bytes(key.credential_identifier)) for key in known
            ],
        )
        return options_to_json_dict(options)

    @ormcache("user_id")
    def _user_handle(self, user_id: int) -> bytes:
        """Return what stands for a user on devices: it tells nobody who that is."""
        secret = self.env["ir.config_parameter"].sudo().get_param("database.secret")
        return hmac.digest(secret.encode(), f"auth_passkey {user_id}".encode(), "sha256")

    @api.model
    def _verify_registration_options(self, registration: str) -> dict:
        """Check a new passkey of the current user.

        :param registration: what the browser answered, as JSON
        :return: the values of the new record, but for its name
        :raise UserError: it is wrong
        """
        try:
            response = self._parse_response(registration)
            challenge = self._take_challenge("registration")
            verified = webauthn.verify_registration_response(
                credential=response,
                expected_challenge=challenge,
                expected_rp_id=self._rp_id(),
                expected_origin=self._page_origin(),
                require_user_verification=True,
            )
        except AccessDenied as error:
            raise UserError(error.args[0]) from error
        except (WebAuthnException, ValueError, TypeError, KeyError) as error:
            _logger.info("New passkey of #%d refused: %s", self.env.uid, error)
            raise UserError(_("The passkey was not accepted.")) from error
        return {
            "credential_identifier": bytes_to_base64url(verified.credential_id),
            "public_key": bytes_to_base64url(verified.credential_public_key),
            "sign_count": verified.sign_count,
        }

    @api.model
    def _keep(self, name: str, registration: str):
        """Add a new passkey of the current user, whose other sessions end.

        :param name: what the user calls it
        :param registration: what the browser answered, as JSON
        :raise UserError: it is no passkey that the browser was asked for
        """
        row = {"name": name, "create_uid": self.env.uid, "write_uid": self.env.uid}
        row.update(self._verify_registration_options(registration))
        # as with API keys, users have no way to write what nobody reads
        [[key_id]] = self.env.execute_query(
            SQL(
                """INSERT INTO auth_passkey_key (create_date, write_date, %s)
                   VALUES (now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC', %s) RETURNING id""",
                SQL(", ").join(map(SQL.identifier, row)),
                SQL(", ").join(SQL("%s", value) for value in row.values()),
            )
        )
        self.env.invalidate_all()
        self._owners_changed()
        _logger.info("Passkey %r (#%d) of #%d added from %s", name, key_id, self.env.uid, client_address())

    @api.model
    def _owners_changed(self):
        """Have the tokens of sessions made anew; the current session goes on."""
        self.env.flush_all()
        self.env.registry.clear_cache()
        self.env.user._refresh_session()

    @check_identity
    def action_delete_passkey(self):
        """Delete passkeys, own ones or any by administrators; the other sessions of their users end.

        :raise AccessError: for other users
        """
        if not (self.env.is_system() or all(key.create_uid == self.env.user for key in self.sudo())):
            raise AccessError(_("Users delete their own passkeys only."))
        for key in self.sudo():
            _logger.info(
                "Passkey %r (#%d) of #%d deleted by #%d from %s",
                key.name,
                key.id,
                key.create_uid.id,
                self.env.uid,
                client_address(),
            )
        self.sudo().unlink()
        self._owners_changed()
        return dict(RELOAD)

    def action_rename_passkey(self):
        """Return the action in which the passkey gets another name."""
        return self._get_records_action(
            name=_("Rename Passkey"),
            target="new",
            views=[(self.env.ref("auth_passkey.auth_passkey_key_rename").id, "form")],
            context={},
        )
