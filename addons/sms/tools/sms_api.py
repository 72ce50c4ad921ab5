"""Calls of a server that sends text messages."""

from odoo.addons.iap.tools import iap_tools
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

#: what servers answer when they refuse something, for people
ERROR_MESSAGES = {
    "insufficient_credit": _lt("The account has not enough credits."),
    "invalid_sender_name": _lt("The server does not take this sender name."),
    "phone_number_already_registered": _lt("The account is registered with another number."),
    "registration_needed": _lt("Register your account first."),
    "sms_blocked": _lt("The number gets no messages."),
    "unregistered": _lt("The account is not registered."),
    "verification_code_expired": _lt("The code is too old: ask for a new one."),
    "verification_sms_code_invalid": _lt("The code is wrong."),
    "wrong_number_format": _lt("This is no telephone number."),
}


class SmsApi:
    """The server of a company, found by ``res.company._get_sms_api_class``, which addons extend for others.

    Addons for other servers have classes with the methods of this one.
    """

    def __init__(self, env, account=None):
        """Prepare calls.

        :param account: ``iap.account`` that pays; that of the company by default
        """
        self.env = env
        self.account = account or env["iap.account"].get("sms")

    def _endpoint(self):
        """Return the address of the server, empty where there is none."""
        chosen = self.env["ir.config_parameter"].sudo().get_param("sms.endpoint")
        return (chosen or "").strip().rstrip("/") or iap_tools.iap_get_endpoint(self.env)

    def _contact_iap(self, local_endpoint, params, timeout=15):
        """Call the server as the account.

        :param local_endpoint: path on the server
        :raise AccessError: there is no server, or it cannot be reached
        """
        account, endpoint = self.account.sudo(), self._endpoint()
        known = {
            "account_token": account.account_token,
            "dbuuid": self.env["ir.config_parameter"].sudo().get_param("database.uuid"),
        }
        url = endpoint + local_endpoint if endpoint else ""
        return iap_tools.iap_jsonrpc(url, params={**params, **known}, timeout=timeout)

    def _send_sms_batch(self, messages, delivery_reports_url=False):
        """Have messages sent.

        :param messages: list of ``{"content": text, "numbers": list of {"number": text, "uuid": text}}``
        :param delivery_reports_url: where the server tells later what became of them
        :return: list of dicts with ``uuid``, ``state``, and maybe ``failure_reason``
        """
        params = {"messages": messages, "webhook_url": delivery_reports_url}
        return self._contact_iap("/api/sms/3/send", params)

    def _get_sms_api_error_messages(self):
        """Return ``{answer of the server: what people are told}``."""
        return {code: str(message) for code, message in ERROR_MESSAGES.items()}

    def _send_verification_sms(self, phone_number):
        """Have the server send a code to a number, with which the account is registered."""
        return self._contact_iap("/api/sms/1/account/create", {"phone_number": phone_number})

    def _verify_account(self, verification_code):
        """Register the account with the code that was sent."""
        return self._contact_iap("/api/sms/2/account/verify", {"code": verification_code})

    def _set_sender_name(self, sender_name):
        """Choose what telephones show as the sender."""
        return self._contact_iap("/api/sms/1/account/update_sender", {"sender_name": sender_name})
