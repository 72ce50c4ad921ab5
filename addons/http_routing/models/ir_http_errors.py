"""Pages that tell visitors what went wrong."""

import contextlib
import logging
import traceback

import werkzeug.exceptions
from werkzeug.http import HTTP_STATUS_CODES

from odoo import models
from odoo.db.outage import is_outage
from odoo.exceptions import AccessDenied, AccessError, UserError
from odoo.http import Response, SessionExpiredException, request
from odoo.http.errors import limit_exceeded

_logger = logging.getLogger(__name__)

#: status of errors that have no page of their own
OTHER = 418


class IrHttp(models.AbstractModel):
    """Errors of public pages."""

    _inherit = "ir.http"

    @classmethod
    def _handle_error(cls, exception):
        """Return the page of an error for visitors, what programs are told for others."""
        is_page = getattr(request, "is_frontend", False) and request.dispatcher.routing_type == "http"
        told_elsewhere = isinstance(exception, SessionExpiredException) or is_outage(exception)
        if not is_page or told_elsewhere or limit_exceeded(exception) or hasattr(exception, "retry_after"):
            return super()._handle_error(exception)
        code, values = cls._get_exception_code_values(exception)
        with cls._env_after_error() as env:
            if code in (403, 404):
                response = cls._serve_fallback()
                if response is not None:
                    cls._post_dispatch(response)
                    return response
            if code == 500:
                values = cls._get_values_500_error(env, values, exception)
            code, html = cls._error_html_or_plain(env, code, values)
        response = Response(html, status=code, content_type="text/html;charset=utf-8")
        cls._post_dispatch(response)
        return response

    @classmethod
    @contextlib.contextmanager
    def _env_after_error(cls):
        """Have an environment of the visitor, in which nothing is left of what failed."""
        with contextlib.ExitStack() as stack:
            if request.env.cr.closed:
                # it only read; whoever asked goes on with it
                request.env = request.env(cr=stack.enter_context(request.registry.cursor()))
            else:
                request.env.cr.rollback()
            request.env.invalidate_all(flush=False)
            if request.env.uid is None:
                cls._auth_method_public()
            request.update_context(lang=request.lang.code)
            yield request.env

    @classmethod
    def _error_html_or_plain(cls, env, code, values):
        """Return the page of an error, and one without anything when that fails, too."""
        try:
            return cls._get_error_html(env, code, values)
        except Exception:  # the error that is being told matters more than its looks
            _logger.exception("The page of an error could not be made")
            env.cr.rollback()
            return code, f"<h1>{values['status_code']}</h1><p>{values['status_message']}</p>"

    @classmethod
    def _get_exception_code_values(cls, exception):
        """Return the status of an exception, and the values of its page.

        :return: ``(code, {"exception", "traceback", "status_code", "status_message", "error_message",
            "failing_template"})``
        """
        # templates wrap what their expressions raise
        told = exception if isinstance(exception, UserError) else (exception.__cause__ or exception)
        message = None
        if isinstance(exception, werkzeug.exceptions.HTTPException):
            code, message = exception.code or 500, exception.description
        elif isinstance(told, UserError):
            code = 403 if isinstance(told, (AccessDenied, AccessError)) else 400
            message = str(told.args[0]) if told.args else None
        else:
            code = 500
        values = {
            "exception": exception,
            "traceback": "".join(traceback.format_exception(exception)),
            "status_code": code,
            "status_message": HTTP_STATUS_CODES.get(code, ""),
            "error_message": message,
            "failing_template": getattr(exception, "template", None),
        }
        return code, values

    @classmethod
    def _get_values_500_error(cls, env, values, exception):
        """Return the values of the page of a fault of the program; addons say where it was."""
        return values

    @classmethod
    def _get_error_html(cls, env, code, values):
        """Return status and page of an error: those without page of their own are all told by one."""
        views = env["ir.ui.view"].sudo()
        template = f"http_routing.{code}"
        if not env["ir.model.data"].sudo()._xmlid_to_res_id(template):
            code, template = OTHER, "http_routing.http_error"
        return code, views._render_template(template, values)
