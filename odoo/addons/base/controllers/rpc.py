"""The external API: XML-RPC and JSON-RPC."""

from __future__ import annotations

import re
import threading
import traceback
import xmlrpc.client
from collections import defaultdict
from datetime import date, datetime

from markupsafe import Markup
from werkzeug.exceptions import BadRequest

import odoo.exceptions
import odoo.service  # offers the services
from odoo.db.outage import is_outage
from odoo.fields import Command, Date, Datetime
from odoo.http import Controller, Response, dispatch_rpc, request, route
from odoo.http.errors import limit_exceeded, may_see_traceback
from odoo.tools import exception_to_unicode, frozendict, lazy
from odoo.tools.budgets import LimitExceeded
from odoo.tools.misc import ReadonlyDict

# XML 1.0 has no place for these, escaped or not.
_CONTROL_CHARACTERS = dict.fromkeys((*range(9), 11, 12, *range(14, 32)))

RPC_FAULT_CODE_CLIENT_ERROR = 1
RPC_FAULT_CODE_APPLICATION_ERROR = 1
RPC_FAULT_CODE_WARNING = 2
RPC_FAULT_CODE_ACCESS_DENIED = 3
RPC_FAULT_CODE_ACCESS_ERROR = 4


class OdooMarshaller(xmlrpc.client.Marshaller):
    """Marshaller that knows the values models return and drops what XML cannot hold."""

    dispatch = dict(xmlrpc.client.Marshaller.dispatch)

    def dump_frozen_dict(self, value, write):
        """Write a frozen dict as the struct of a plain one."""
        self.dump_struct(dict(value), write)

    def dump_bytes(self, value, write):
        """Write bytes as the text that they encode, in UTF-8."""
        self.dump_unicode(value.decode(), write)

    def dump_datetime(self, value, write):
        """Write a point in time as text, as records have it on the wire."""
        self.dump_unicode(Datetime.to_string(value), write)

    def dump_date(self, value, write):
        """Write a date as text, as records have it on the wire."""
        self.dump_unicode(Date.to_string(value), write)

    def dump_lazy(self, value, write):
        """Write the value that is behind it."""
        value = value._value
        return self.dispatch[type(value)](self, value, write)

    def dump_unicode(self, value, write):
        """Write text without the control characters that XML cannot have."""
        return super().dump_unicode(value.translate(_CONTROL_CHARACTERS), write)

    def dump_int_value(self, value, write):
        """Write what counts as an integer, an enumerator say, as its number."""
        self.dump_long(int(value), write)

    dispatch[frozendict] = dump_frozen_dict
    dispatch[ReadonlyDict] = dump_frozen_dict
    dispatch[defaultdict] = dump_frozen_dict
    dispatch[bytes] = dump_bytes
    dispatch[datetime] = dump_datetime
    dispatch[date] = dump_date
    dispatch[lazy] = dump_lazy
    dispatch[str] = dump_unicode
    dispatch[Command] = dump_int_value
    dispatch[Markup] = lambda self, value, write: self.dispatch[str](self, str(value), write)


def _traceback_for_caller(exception) -> str:
    """Return the traceback for employees who gave a valid password, the bare message for all others."""
    if may_see_traceback():
        return "".join(traceback.format_exception(exception))
    return f"{type(exception).__name__}: {exception_to_unicode(exception)}"


def _fault(exception) -> xmlrpc.client.Fault:
    """Return the fault of the second protocol: a number says of what kind it is."""
    if isinstance(exception, xmlrpc.client.Fault):
        return exception
    message = exception_to_unicode(exception)
    if isinstance(exception, odoo.exceptions.AccessDenied):
        return xmlrpc.client.Fault(RPC_FAULT_CODE_ACCESS_DENIED, message)
    if isinstance(exception, odoo.exceptions.AccessError):
        return xmlrpc.client.Fault(RPC_FAULT_CODE_ACCESS_ERROR, message)
    if isinstance(exception, (odoo.exceptions.UserError, odoo.exceptions.RedirectWarning)):
        return xmlrpc.client.Fault(RPC_FAULT_CODE_WARNING, message)
    if limit := limit_exceeded(exception):
        return xmlrpc.client.Fault(RPC_FAULT_CODE_APPLICATION_ERROR, str(limit))
    return xmlrpc.client.Fault(RPC_FAULT_CODE_APPLICATION_ERROR, _traceback_for_caller(exception))


def _fault_v1(exception) -> xmlrpc.client.Fault:
    """Return the fault of the first protocol: a text says of what kind it is."""
    message = exception_to_unicode(exception)
    if isinstance(exception, odoo.exceptions.AccessDenied):
        return xmlrpc.client.Fault("AccessDenied", message)
    if isinstance(exception, odoo.exceptions.AccessError):
        return xmlrpc.client.Fault(f"warning -- AccessError\n\n{message}", "")
    if isinstance(exception, odoo.exceptions.MissingError):
        return xmlrpc.client.Fault(f"warning -- MissingError\n\n{message}", "")
    if isinstance(exception, (odoo.exceptions.UserError, odoo.exceptions.RedirectWarning)):
        return xmlrpc.client.Fault(f"warning -- UserError\n\n{message}", "")
    if limit := limit_exceeded(exception):
        return xmlrpc.client.Fault(str(limit), "")
    return xmlrpc.client.Fault(message, _traceback_for_caller(exception))


def _dump_fault(fault) -> str:
    """Return the XML of a fault; codes may be texts in the first protocol."""
    marshaller = OdooMarshaller(allow_none=False)
    body = marshaller.dumps(xmlrpc.client.Fault(fault.faultCode, fault.faultString))
    return f"<?xml version='1.0'?>\n<methodResponse>\n{body}</methodResponse>\n"


class RPC(Controller):
    """Doors of the external API; each call authenticates itself, there is no session."""

    def _call(self, service):
        """Run the call in the body of the request and return its result as XML."""
        threading.current_thread().uid = None
        params, method = xmlrpc.client.loads(request.httprequest.get_data(), use_datetime=True)
        result = dispatch_rpc(service, method, params)
        body = OdooMarshaller(allow_none=False).dumps((result,))
        return f"<?xml version='1.0'?>\n<methodResponse>\n{body}</methodResponse>\n"

    def _check_service(self, service):
        if not re.fullmatch("common|db|object", service):
            raise request.not_found(f"Unknown RPC service {service!r:.100}: choose one of common, db, object")

    @route("/xmlrpc/<service>", auth="none", methods=["POST"], csrf=False, save_session=False, readonly=True)
    def xmlrpc_1(self, service):
        """XML-RPC, first protocol: the kind of a fault is a text."""
        self._check_service(service)
        try:
            response = self._call(service)
        except (Exception, LimitExceeded) as error:
            if is_outage(error):
                raise
            response = _dump_fault(_fault_v1(error))
        return Response(response=response, mimetype="text/xml")

    @route("/xmlrpc/2/<service>", auth="none", methods=["POST"], csrf=False, save_session=False, readonly=True)
    def xmlrpc_2(self, service):
        """XML-RPC, second protocol: the kind of a fault is a number."""
        self._check_service(service)
        try:
            response = self._call(service)
        except (Exception, LimitExceeded) as error:
            if is_outage(error):
                raise
            response = _dump_fault(_fault(error))
        return Response(response=response, mimetype="text/xml")

    @route("/jsonrpc", type="json", auth="none", save_session=False, readonly=True)
    def jsonrpc(self, service, method, args):
        """JSON-RPC."""
        if not (isinstance(service, str) and isinstance(method, str) and isinstance(args, list)):
            raise BadRequest("A remote call has the names of a service and of a method, and a list of arguments")
        self._check_service(service)
        return dispatch_rpc(service, method, args)
