"""Calls of services that are paid with credits."""

import contextlib
import json
import logging
import uuid
from urllib.parse import urlsplit

from odoo import exceptions, modules
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)
_logger = logging.getLogger(__name__)

#: seconds that a service has to answer
DEFAULT_TIMEOUT = 15
#: bytes that an answer may have
LARGEST_ANSWER = 10 * 1024 * 1024


class InsufficientCreditError(Exception):
    """The account has not enough credits; ``data`` is what the service said about it, or ``None``."""

    data = None


class IAPServerError(exceptions.AccessError):
    """The service gave no answer that could be used."""


def iap_get_endpoint(env):
    """Return the address of the server that offers the services, empty where the database uses none.

    It is the system parameter ``iap.endpoint``.
    """
    return (env["ir.config_parameter"].sudo().get_param("iap.endpoint") or "").strip().rstrip("/")


def iap_jsonrpc(url, method="call", params=None, timeout=DEFAULT_TIMEOUT):
    """Call a service.

    :param url: address of the service
    :param method: name in the call, which services may ignore
    :param params: dict of what the service is told
    :param timeout: seconds that it has to answer
    :return: what the service returns
    :raise AccessError: in tests; without a server; when the server cannot be reached or fails, or refuses
    :raise InsufficientCreditError: the account has not enough credits
    :raise UserError: the service does not take what it was told
    """
    if modules.module.current_test:
        raise exceptions.AccessError(str(_lt("Services of other servers are not used in tests.")))
    if urlsplit(url or "").scheme not in ("http", "https"):
        raise exceptions.AccessError(str(no_server_message()))
    return _answer(_post(url, method, params or {}, timeout))


def no_server_message():
    """Return the text for those who use a service though none was chosen."""
    return _lt("No server of paid services is set: enter its address in the system parameter iap.endpoint.")


def _post(url, method, params, timeout):
    """Post a call, and return the decoded answer."""
    # loaded with the first call: a server starts without
    import requests

    payload = {"jsonrpc": "2.0", "method": method, "params": params, "id": uuid.uuid4().hex}
    try:
        with requests.post(url, json=payload, timeout=timeout, stream=True) as response:
            response.raise_for_status()
            content = response.raw.read(LARGEST_ANSWER + 1, decode_content=True)
    except (requests.RequestException, OSError) as error:
        _logger.warning("the service %s cannot be used: %s", url, error)
        raise IAPServerError(str(_lt("The service at %s cannot be reached.", url))) from error
    if len(content) > LARGEST_ANSWER:
        raise IAPServerError(str(_lt("The service at %s answers with more than it may.", url)))
    try:
        return json.loads(content)
    except ValueError as error:
        raise IAPServerError(str(_lt("The service at %s does not answer in a form that is known.", url))) from error


def _answer(response):
    """Return the result in a decoded answer, or raise the error that it tells."""
    if not isinstance(response, dict):
        raise IAPServerError(str(_lt("The service does not answer in a form that is known.")))
    error = response.get("error")
    if not error:
        return response.get("result")
    details = error.get("data") if isinstance(error, dict) else None
    details = details if isinstance(details, dict) else {}
    name = str(details.get("name") or "").rsplit(".", 1)[-1]
    message = str(details.get("message") or "")
    kind = _REMOTE_ERRORS.get(name)
    if kind is None:
        _logger.warning("a service failed: %s", error)
        raise IAPServerError(message or str(_lt("The service failed.")))
    raised = kind(message)
    raised.data = details
    raise raised


_REMOTE_ERRORS = {
    "InsufficientCreditError": InsufficientCreditError,
    "AccessError": exceptions.AccessError,
    "UserError": exceptions.UserError,
}


class IapTransaction:
    """What was reserved for a piece of work; ``credit`` may be lowered before it is paid."""

    def __init__(self):
        """Begin without credits."""
        self.credit = None


def iap_authorize(env, key, account_token, credit, dbuuid=False, description=None, credit_template=None, ttl=4320):
    """Reserve credits for a piece of work.

    :param key: key of the service, by which its server knows who asks
    :param account_token: token of the account that pays
    :param credit: number of credits
    :param dbuuid: database of the account, where accounts are bound to one
    :param description: what is paid, for the owner of the account
    :param credit_template: external id of a view for those who have not enough
    :param ttl: hours that the reservation holds
    :return: token of the reservation
    :raise InsufficientCreditError: there are not enough; the template is in its ``data`` as ``body``
    """
    params = {"account_token": account_token, "credit": credit, "description": description, "key": key, "ttl": ttl}
    if dbuuid:
        params["dbuuid"] = dbuuid
    try:
        return iap_jsonrpc(_address(env, "authorize"), params=params)
    except InsufficientCreditError as error:
        if credit_template:
            body = str(env["ir.qweb"]._render(credit_template))
            error.data = {**(error.data or {}), "body": body}
            error.args = (json.dumps(error.data, default=str),)
        raise


def iap_cancel(env, transaction_token, key):
    """Give reserved credits back.

    :param transaction_token: what `iap_authorize` returned
    """
    return iap_jsonrpc(_address(env, "cancel"), params={"key": key, "token": transaction_token})


def iap_capture(env, transaction_token, key, credit):
    """Pay with reserved credits.

    :param transaction_token: what `iap_authorize` returned
    :param credit: number of them, not more than were reserved
    """
    params = {"credit_to_capture": credit, "key": key, "token": transaction_token}
    return iap_jsonrpc(_address(env, "capture"), params=params)


@contextlib.contextmanager
def iap_charge(env, key, account_token, credit, dbuuid=False, description=None, credit_template=None, ttl=4320):
    """Do a piece of work that is paid when it is done, and not when it raises.

    The parameters are those of :func:`iap_authorize`. The block gets an object whose ``credit`` it may lower.
    """
    token = iap_authorize(env, key, account_token, credit, dbuuid, description, credit_template, ttl)
    transaction = IapTransaction()
    transaction.credit = credit
    try:
        yield transaction
    except BaseException:
        try:
            iap_cancel(env, token, key)
        except exceptions.AccessError:
            _logger.warning("reserved credits were not given back: they are free again in %s hours", ttl)
        raise
    iap_capture(env, token, key, transaction.credit)


def _address(env, operation):
    endpoint = iap_get_endpoint(env)
    return f"{endpoint}/iap/1/{operation}" if endpoint else ""
