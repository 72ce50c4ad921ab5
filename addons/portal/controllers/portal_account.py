"""What people from outside change about themselves: address, password, keys, and whether they stay."""

from odoo import http
from odoo.addons.web.controllers.utils import guarded
from odoo.exceptions import AccessDenied, UserError, ValidationError
from odoo.fields import Datetime
from odoo.http import Controller, request
from odoo.tools import email_normalize
from odoo.tools.date_utils import relativedelta
from odoo.tools.translate import _

#: fields of forms that are no data of the partner
FORM_FIELDS = ("redirect", "csrf_token")
#: what an address chooses from: name in templates -> model
PLACES = {"countries": "res.country", "states": "res.country.state"}
#: characters of a field
LONGEST = 500
#: pages that show or take secrets are in no frame of another site
FRAMES = {"X-Frame-Options": "SAMEORIGIN", "Cache-Control": "no-store"}
#: days that a key is valid
KEY_DAYS = 90


def get_error(e, path=""):
    """Return the text of an error in a dict of dicts, ``None`` where there is none.

    :param path: the keys, with dots between
    """
    for key in filter(None, path.split(".")):
        e = e.get(key) if isinstance(e, dict) else None
    return e if e and not isinstance(e, dict) else None


class AccountPages(Controller):
    """The pages of the account."""

    def _account_page(self, template, values):
        """Return a page that is in no frame of another site."""
        response = request.render(template, values)
        response.headers.update(FRAMES)
        return guarded(response)

    # address

    def _get_mandatory_fields(self) -> list:
        """Return the names of the fields that the form of the address needs."""
        return ["name", "phone", "email", "street", "city", "country_id"]

    def _get_optional_fields(self) -> list:
        """Return the names of the further fields that it may have."""
        return ["street2", "zipcode", "state_id", "vat", "company_name"]

    @http.route(["/my/account"], type="http", auth="user", website=True)
    def account(self, redirect=None, **post):
        """Show the address of the visitor, and change it."""
        is_sent = bool(post) and request.httprequest.method == "POST"
        post = _texts(post)
        refusal = self._save_address(post) if is_sent else ({}, [])
        if is_sent and not refusal[0]:
            return request.redirect(redirect or "/my/home")
        values = {**self._prepare_portal_layout_values(), **post, **self._address_values(), "redirect": redirect}
        values.update(zip(("error", "error_message"), refusal, strict=True))
        return self._account_page("portal.portal_my_details", values)

    def _address_values(self) -> dict:
        """Return what the page of the address shows beside what was sent."""
        partner = request.env.user.partner_id
        return {
            "partner": partner,
            **{name: request.env[model].sudo().search([]) for name, model in PLACES.items()},
            "has_check_vat": hasattr(partner, "check_vat"),
            "partner_can_edit_vat": partner.can_edit_vat(),
            "page_name": "my_details",
        }

    def _save_address(self, post):
        """Change the address to that of the form, unless something is wrong with it.

        :return: as of :meth:`details_form_validate`
        """
        partner = request.env.user.partner_id
        if not partner.can_edit_vat():
            post["country_id"] = str(partner.country_id.id or "")
        errors, messages = self.details_form_validate(post)
        if not errors:
            values = self._partner_values(post)
            self.on_account_update(values, partner)
            # the form has only what people may change about themselves
            partner.sudo().write(values)
        return errors, messages

    def _partner_values(self, post) -> dict:
        """Return the values of the partner for a form that is right."""
        names = [*self._get_mandatory_fields(), *self._get_optional_fields()]
        values = {name: post[name] for name in names if name in post}
        for name in {"country_id", "state_id"} & values.keys():
            values[name] = _whole(values[name]) or False
        if "zipcode" in values:
            values["zip"] = values.pop("zipcode")
        if not request.env.user.partner_id.can_edit_vat():
            values.pop("vat", None)
        return values

    def on_account_update(self, values, partner):
        """Do more when an address is changed; modules extend this.

        :param values: that will be written
        """

    def details_form_validate(self, data, partner_creation=False):
        """Return what is wrong with a form.

        :param data: the form
        :param partner_creation: it is one of somebody new
        :return: ``{name: "missing" or "error"}``, and sentences
        """
        errors, messages = {}, []
        mandatory, optional = self._get_mandatory_fields(), self._get_optional_fields()
        for name in mandatory:
            if not (data.get(name) or "").strip():
                errors[name] = "missing"
        if errors:
            messages.append(_("Some fields that we need are empty."))
        if data.get("email") and not email_normalize(data["email"]):
            errors["email"] = "error"
            messages.append(_("The e-mail address is none: it looks like name@example.com."))
        if any(isinstance(value, str) and len(value) > LONGEST for value in data.values()):
            errors["common"] = "Too long"
            messages.append(_("A field has at most %s characters.", LONGEST))
        self._validate_place(data, errors, messages)
        self._validate_name_and_vat(data, partner_creation, errors, messages)
        if unknown := [name for name in data if name not in {*mandatory, *optional, *FORM_FIELDS}]:
            errors["common"] = "Unknown field"
            messages.append(_("These fields cannot be changed here: %s", ", ".join(map(str, unknown))))
        return errors, messages

    def _validate_place(self, data, errors, messages):
        """Check that country and state are ones that there are."""
        country_id, state_id = _whole(data.get("country_id")), _whole(data.get("state_id"))
        country = request.env["res.country"].sudo().browse(int(country_id) or ()).exists()
        state = request.env["res.country.state"].sudo().browse(int(state_id) or ()).exists()
        if data.get("country_id") and not country:
            errors["country_id"] = "error"
            messages.append(_("There is no such country."))
        if data.get("state_id") and (not state or state.country_id != country):
            errors["state_id"] = "error"
            messages.append(_("This state is in another country."))

    def _validate_name_and_vat(self, data, is_new, errors, messages):
        """Check the tax number, and that who may not change name or number leaves them."""
        partner = request.env.user.partner_id
        name_changes = not is_new and "name" in data and data["name"] != partner.name
        if name_changes and data["name"] and not partner._can_edit_name():
            errors["name"] = "error"
            messages.append(_("The name is on documents already: ask us to change it."))
        vat = data.get("vat") or ""
        if not vat or (not is_new and vat == (partner.vat or "")):
            return
        if not is_new and not partner.can_edit_vat():
            errors["vat"] = "error"
            messages.append(_("The tax number is on documents already: ask us to change it."))
            return
        country_id = _whole(data.get("country_id"))
        partners = request.env["res.partner"]
        if country_id and hasattr(partners, "fix_eu_vat_number"):
            data["vat"] = vat = partners.fix_eu_vat_number(country_id, vat)
        if hasattr(partners, "check_vat"):
            values = {"vat": vat, "country_id": country_id, "company_name": data.get("company_name")}
            try:
                partners.new(values).check_vat()
            except ValidationError as error:
                errors["vat"] = "error"
                messages.append(error.args[0])

    # security

    @http.route("/my/security", type="http", auth="user", website=True, methods=["GET", "POST"])
    def security(self, **post):
        """Show what keeps the account safe, and change it."""
        values = self._security_values()
        if request.httprequest.method == "POST":
            acts = {"api_key": self._make_api_key, "remove_key": self._remove_api_key, "revoke": self._revoke_devices}
            sent = _texts(post)
            act = acts.get(sent.get("op"), self._update_password_of_form)
            values.update(act(sent))
        return self._account_page("portal.portal_my_security", values)

    def _security_values(self) -> dict:
        """Return what the page shows."""
        user = request.env.user
        return {
            **self._prepare_portal_layout_values(),
            "get_error": get_error,
            "allow_api_keys": bool(request.env["ir.config_parameter"].sudo().get_param("portal.allow_api_keys")),
            "api_keys": user.sudo().api_key_ids,
            "devices": user.sudo().device_ids,
            "errors": {},
            "success": {},
            "open_deactivate_modal": False,
            "page_name": "my_security",
        }

    def _update_password_of_form(self, post):
        """Change the password to that of the form."""
        return self._update_password(*((post.get(name) or "").strip() for name in ("old", "new1", "new2")))

    def _update_password(self, old, new1, new2) -> dict:
        """Change the password.

        :return: ``success``, or ``errors``, by ``password`` and the name of the field
        """
        given = {"old": old, "new1": new1, "new2": new2}
        empty = {name: _("Fill this in.") for name, value in given.items() if not value}
        if empty:
            return _password_errors(empty)
        if new1 != new2:
            return _password_errors({"new2": _("It is not the password above.")})
        if len(new1) > 4096:
            return _password_errors({"new1": _("It is too long.")})
        try:
            request.env["res.users"].change_password(old, new1)
        except AccessDenied as error:
            unexplained = error.args == AccessDenied().args
            return _password_errors({"old": _("This is not your password.") if unexplained else error.args[0]})
        except UserError as error:
            return _password_errors({"new1": error.args[0]})
        return {"success": {"password": True}}

    def _confirmed(self, post, key) -> dict | None:
        """Return what the page shows when the password of a form is wrong, ``None`` when it is right."""
        try:
            request.env.user._confirm_password((post.get("password") or "").strip())
        except AccessDenied as error:
            unexplained = error.args == AccessDenied().args
            return {"errors": {key: _("This is not your password.") if unexplained else error.args[0]}}
        return None

    def _make_api_key(self, post) -> dict:
        """Make a key, which the page shows once."""
        if refusal := self._confirmed(post, "api_key"):
            return refusal
        name = (post.get("name") or "").strip()[:LONGEST]
        if not name:
            return {"errors": {"api_key": _("Tell what the key is for.")}}
        request.env["res.users.apikeys.description"].check_access_make_key()
        longest = max(request.env.user.groups_id.sudo().mapped("api_key_duration"), default=0) or 1.0
        end = Datetime.now() + relativedelta(days=min(KEY_DAYS, longest))
        try:
            key = request.env["res.users.apikeys"]._generate(None, name, end)
        except UserError as error:
            return {"errors": {"api_key": error.args[0]}}
        return {"new_api_key": key, "api_keys": request.env.user.sudo().api_key_ids}

    def _remove_api_key(self, post) -> dict:
        """Delete a key of the visitor."""
        keys = request.env.user.sudo().api_key_ids
        keys.filtered(lambda key: key.id == _whole(post.get("key_id"))).with_env(request.env)._remove()
        request.env.user.invalidate_recordset(["api_key_ids"])
        return {"api_keys": request.env.user.sudo().api_key_ids}

    def _revoke_devices(self, post) -> dict:
        """End the sessions on other devices."""
        if refusal := self._confirmed(post, "revoke"):
            return refusal
        request.env.user.sudo()._action_revoke_all_devices()
        return {"success": {"revoke": True}, "devices": request.env.user.sudo().device_ids}

    @http.route("/my/deactivate_account", type="http", auth="user", website=True, methods=["POST"])
    def deactivate_account(self, validation, password, **post):
        """Close the account of the visitor, who enters login and password once more."""
        values = {**self._security_values(), "open_deactivate_modal": True}
        if validation != request.env.user.login:
            values["errors"] = {"deactivate": "validation"}
        elif self._confirmed(_texts({"password": password}), "deactivate"):
            values["errors"] = {"deactivate": "password"}
        else:
            try:
                request.env.user._deactivate_portal_user(**post)
            except UserError as error:
                values["errors"] = {"deactivate": {"other": error.args[0]}}
            else:
                request.session.logout()
                return request.redirect_query("/web/login", {"message": _("Your account is closed.")})
        return self._account_page("portal.portal_my_security", values)


def _texts(post) -> dict:
    """Return the texts of a form, without the files that were sent under the names of its fields."""
    return {name: value for name, value in post.items() if isinstance(value, str)}


def _password_errors(errors):
    """Return what the page shows for passwords that are not changed."""
    return {"errors": {"password": errors}}


def _whole(value) -> int:
    """Return a positive whole number, 0 for what is none."""
    try:
        number = int(value)
    except (TypeError, ValueError):
        return 0
    return number if 0 < number < 2**31 else 0
