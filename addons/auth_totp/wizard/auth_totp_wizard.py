"""The dialog in which users switch on their second factor."""

import base64
import io

import pyotp
import segno

from odoo import _, api, fields, models
from odoo.addons.base.models.res_users import check_identity
from odoo.addons.base.models.res_users_identity import CLOSE
from odoo.exceptions import AccessDenied, TooManyAttempts, UserError

from ..models.res_users import read_code


class TOTPWizard(models.TransientModel):
    """A new secret: shown as a picture for the app, kept once the app made a right code from it."""

    _name = "auth_totp.wizard"
    _description = "2-Factor Setup Wizard"
    _transient_max_hours = 0.5

    user_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="cascade")
    secret = fields.Char(required=True, readonly=True)
    url = fields.Char(compute="_compute_qrcode", store=True, readonly=True)
    qrcode = fields.Binary(attachment=False, compute="_compute_qrcode", store=True, readonly=True)
    code = fields.Char("Verification Code", size=7, store=False)

    @api.depends("user_id.login", "user_id.company_id.display_name", "secret")
    def _compute_qrcode(self):
        """Write user, company and secret as apps read them, and draw that."""
        for wizard in self:
            company = wizard.user_id.company_id.display_name or "Quoin"
            wizard.url = pyotp.totp.TOTP(wizard.secret).provisioning_uri(name=wizard.user_id.login, issuer_name=company)
            picture = io.BytesIO()
            segno.make(wizard.url, error="m", micro=False).save(picture, kind="png", scale=4)
            wizard.qrcode = base64.b64encode(picture.getvalue())

    @check_identity
    def enable(self):
        """Switch the second factor on.

        :raise UserError: when the code is wrong
        """
        self.ensure_one()
        code = read_code(self.env.context.get("code") or self.code)
        if code is None:
            raise UserError(_("A code has six digits."))
        try:
            done = self.user_id._totp_try_setting(self.secret, code)
        except TooManyAttempts as error:
            raise UserError(error.args[0]) from error
        except AccessDenied as error:
            raise UserError(_("The code is wrong: enter the one that your app shows now.")) from error
        if not done:
            raise UserError(_("You have a second factor already."))
        # nobody needs the secret here any more
        self.sudo().unlink()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": _("From now on you enter a code after your password."),
                "next": dict(CLOSE),
            },
        }
