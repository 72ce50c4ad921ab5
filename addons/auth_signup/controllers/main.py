"""The pages of new accounts and forgotten passwords, and what leads there."""

import logging

from werkzeug.exceptions import NotFound
from werkzeug.urls import url_encode

from odoo import _, http
from odoo.addons.auth_signup.exceptions import SignupError
from odoo.addons.base.models.ir_mail_server import MailDeliveryException
from odoo.addons.base_setup.controllers.main import BaseSetup
from odoo.addons.web.controllers.home import LOGIN_HEADERS, LOGIN_SUCCESSFUL_PARAMS, SIGN_UP_REQUEST_PARAMS
from odoo.addons.web.controllers.home import Home as WebHome
from odoo.addons.web.controllers.utils import ensure_db, guarded
from odoo.exceptions import AccessDenied, TooManyAttempts, UserError
from odoo.http import request
from odoo.tools import config, email_normalize

_logger = logging.getLogger(__name__)

LOGIN_SUCCESSFUL_PARAMS.add("account_created")
#: characters that a field of the forms may have
LONGEST = 4096


class AuthSignupHome(WebHome):
    """The login with its ways to an account."""

    @http.route()
    def web_login(self, *args, **kw):
        """Tell the page of the login what it may offer."""
        ensure_db()
        response = super().web_login(*args, **kw)
        if response.is_qweb:
            response.qcontext.update(self.get_auth_signup_config())
        return response

    @http.route(["/web/signup"], website=True, sitemap=False, auth="public", type="http", methods=["GET", "POST"])
    def web_auth_signup(self, *args, **kw):
        """Make an account: by the link of an invitation, or of one's own accord where that is allowed."""
        qcontext = self.get_auth_signup_qcontext()
        self._refuse_unless(qcontext, "signup_enabled")
        if "error" not in qcontext and request.httprequest.method == "POST":
            if answer := self._try_signup(qcontext):
                return answer
        elif email := qcontext.get("signup_email"):
            # who has an account already only has to log in; what the login is, if not this address, is nobody's matter
            known = [("email", "=", email), ("state", "!=", "new")]
            if request.env["res.users"].sudo().search_count(known, limit=1):
                return request.redirect(f"/web/login?{url_encode({'login': email, 'redirect': '/web'})}")
        return self._account_page("auth_signup.signup", qcontext)

    def _try_signup(self, qcontext):
        """Make the account of the form and log in; return where that leads, or None and the error in `qcontext`."""
        try:
            self.do_signup(qcontext)
        except UserError as error:
            qcontext["error"] = error.args[0]
            return None
        except (SignupError, ValueError) as error:
            taken = request.env["res.users"].sudo().with_context(active_test=False)
            if taken.search_count([("login", "=", qcontext.get("login"))], limit=1):
                qcontext["error"] = _("There is an account with this address already: log in.")
            else:
                _logger.warning("An account could not be made: %s", error)
                qcontext["error"] = _("The account could not be made.")
            return None
        if not qcontext.get("token"):
            self._send_account_created(qcontext)
        return self._after_signup(qcontext, is_new=True)

    def _after_signup(self, qcontext, is_new=False):
        """Return where the user who was just logged in goes: the page asked for, the second factor, or home."""
        session = request.session
        request.params["login_success"] = bool(session.uid)
        place = self._login_redirect(session.uid or session.get("pre_uid"), redirect=qcontext.get("redirect"))
        if is_new and place == "/web/login_successful":
            place += "?account_created=True"
        return request.redirect(place)

    def _send_account_created(self, qcontext):
        """Send the e-mail that tells somebody that the account is there."""
        users = request.env["res.users"].sudo()
        user = users.search(users._get_login_domain(qcontext.get("login")), order=users._get_login_order(), limit=1)
        template = request.env.ref("auth_signup.mail_template_user_signup_account_created", raise_if_not_found=False)
        if user and template:
            template.sudo().send_mail(user.id, force_send=True)

    @http.route(
        ["/web/reset_password"], website=True, sitemap=False, auth="public", type="http", methods=["GET", "POST"]
    )
    def web_auth_reset_password(self, *args, **kw):
        """Send the link by which a password is set anew, and set it for who comes by that link."""
        qcontext = self.get_auth_signup_qcontext()
        self._refuse_unless(qcontext, "reset_password_enabled")
        is_sent = request.httprequest.method == "POST" and "error" not in qcontext
        refusal = None
        try:
            if is_sent and (answer := self._set_password(qcontext)):
                return answer
        except TooManyAttempts as error:
            refusal, qcontext["error"] = error, error.args[0]
        except UserError as error:
            qcontext["error"] = error.args[0]
        except (SignupError, ValueError) as error:
            _logger.warning("A password could not be set: %s", error)
            qcontext["error"] = _("The password could not be set.")
        page = self._account_page("auth_signup.reset_password", qcontext)
        if refusal:
            page.status_code, page.headers["Retry-After"] = refusal.http_status, str(refusal.retry_after)
        return page

    def _set_password(self, qcontext):
        """Set the password of the form and return where that leads; without a token, send the link for it."""
        if not qcontext.get("token"):
            return self._send_reset_link(qcontext)
        self.do_signup(qcontext)
        return self._after_signup(qcontext)

    def _send_reset_link(self, qcontext):
        """Send the link to the account of the form. The page tells nobody whether there is such an account."""
        login = (qcontext.get("login") or "").strip()
        if not login:
            raise UserError(_("Enter your e-mail address."))
        users = request.env["res.users"].sudo()
        users._count_reset_request(login)
        try:
            with request.env.cr.savepoint():
                users.reset_password(login)
        except (UserError, MailDeliveryException) as error:
            _logger.info("No link to set a password for %.100r: %s", login, error)
        qcontext["message"] = _("If there is an account with this address, a link to set the password is on its way.")

    def _account_page(self, template, qcontext):
        """Return a page that no other site may have in a frame."""
        response = request.render(template, qcontext)
        response.headers.update(LOGIN_HEADERS)
        return guarded(response)

    def get_auth_signup_config(self) -> dict:
        """Return what the pages may offer: accounts without invitation, new passwords, the list of databases."""
        offers = request.env["res.users"]._offers_of_accounts()
        return {**offers, "disable_database_manager": not config["list_db"]}

    @staticmethod
    def _refuse_unless(qcontext, offer):
        """Answer that a page is not there, unless the settings offer it or a token leads to it."""
        if not (qcontext[offer] or qcontext.get("token")):
            raise NotFound

    def get_auth_signup_qcontext(self) -> dict:
        """Return what the pages show: what was sent, what the token says, what is offered, and an error."""
        given = {name: request.params[name] for name in request.params.keys() & SIGN_UP_REQUEST_PARAMS}
        # files under the names of fields are nothing
        given = {name: value for name, value in given.items() if isinstance(value, str)}
        qcontext = {**given, **self.get_auth_signup_config()}
        # whatever the address says, errors and messages of the page are its own
        qcontext.pop("error", None)
        qcontext.pop("message", None)
        if any(len(value) > LONGEST for value in given.values()):
            qcontext["error"] = _("What you entered is too long.")
        token = qcontext.get("token") or request.session.get("auth_signup_token")
        return self._with_token(qcontext, token) if token else qcontext

    @staticmethod
    def _with_token(qcontext, token):
        """Return what the pages show for a token: what it knows of the visitor, or that it is no good."""
        known = request.env["res.partner"].sudo()._signup_retrieve_info(token)
        if known:
            return {**known, **qcontext, "token": token}
        request.session.pop("auth_signup_token", None)
        error = _("This link is not valid any more: ask for a new one.")
        return {**qcontext, "token": token, "error": error, "invalid_token": True}

    def _prepare_signup_values(self, qcontext) -> dict:
        """Return the values of the user for what was sent.

        :raise UserError: passwords that are missing or differ
        """
        values = {name: qcontext.get(name) for name in ("login", "name", "password")}
        if not values["login"] or not values["password"] or not (values["name"] or "").strip():
            raise UserError(_("Fill in all fields of the form."))
        if values["password"] != qcontext.get("confirm_password"):
            raise UserError(_("The two passwords differ: enter them again."))
        lang = request.context.get("lang") or ""
        if lang in [code for code, _name in request.env["res.lang"].get_installed()]:
            values["lang"] = lang
        return values

    def do_signup(self, qcontext):
        """Make the account, or set the password, and remember what the login needs.

        :raise UserError: what was sent cannot be used
        :raise odoo.addons.auth_signup.exceptions.SignupError: the account cannot be made
        """
        values = self._prepare_signup_values(qcontext)
        if not qcontext.get("token") and not email_normalize(values["login"]):
            raise UserError(_("Enter an e-mail address, such as name@example.com."))
        self._signup_with_values(qcontext.get("token"), values)

    def _signup_with_values(self, token, values):
        """Make the account or set the password, and log in with it."""
        login, secret = request.env["res.users"].sudo().signup(values, token)
        # the login works with a transaction of its own
        request.env.cr.commit()
        try:
            request.session.authenticate(request.db, {"login": login, "password": secret, "type": "password"})
        except AccessDenied as error:
            raise SignupError(_("The login with the new password failed.")) from error
        request.session.pop("auth_signup_token", None)


class AuthBaseSetup(BaseSetup):
    """The settings page with invitations that can be repeated."""

    @http.route()
    def base_setup_data(self, **kwargs):
        """Return what the page shows, and that invitations can be sent again."""
        return {**super().base_setup_data(**kwargs), "resend_invitation": True}
