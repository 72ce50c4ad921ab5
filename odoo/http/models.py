"""The models of a database that requests are answered with: HTTP names them here, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from werkzeug.routing import Map, Rule
    from werkzeug.wrappers import Response

    from odoo.orm.environment import Environment
    from odoo.orm.registry import Registry


class HttpModel(Protocol):
    """`ir.http`: what is done with a request, step by step. Addons override the steps."""

    def routing_map(self) -> Map:
        """Return all routes of the installed modules."""

    def _match(self, path_info: str) -> tuple[Rule, dict[str, Any]]:
        """Return the rule and the arguments of the route for a path.

        :raises werkzeug.exceptions.NotFound: no route has this path
        """

    def _authenticate(self, endpoint: Callable[..., Any]) -> None:
        """Check the session and do what the `auth` of the route asks for."""

    def _auth_method_public(self) -> None:
        """Be the public user, unless somebody is logged in."""

    def _sanitize_cookies(self, cookies: Any) -> None:
        """Remove from the mutable `cookies` what may not be used."""

    def _is_allowed_cookie(self, cookie_type: str) -> bool:
        """Tell whether a cookie of this type may be set."""

    def _pre_dispatch(self, rule: Rule, args: dict[str, Any]) -> None:
        """Prepare the request for its controller."""

    def _dispatch(self, endpoint: Callable[..., Any]) -> Any:
        """Call the controller method and return its result."""

    def _post_dispatch(self, response: Response) -> None:
        """Finish a response."""

    def _serve_fallback(self) -> Response | None:
        """Return what stands at a path that is no route."""

    def _handle_error(self, exception: Exception) -> Response:
        """Return the response for an exception."""

    def _redirect(self, location: str, code: int) -> Response:
        """Return a redirection."""

    def _post_logout(self) -> None:
        """Do what is to be done when a session was logged out."""


def http_model(models: Registry | Environment) -> HttpModel:
    """Return the model that requests are handed to.

    :raises KeyError: the database is not initialised
    """
    return models["ir.http"]


def authenticate(registry: Registry, credential: Mapping[str, Any], user_agent: Mapping[str, Any]) -> dict[str, Any]:
    """Check credentials.

    :param credential: `type`, `login` and what proves it
    :param user_agent: from where
    :return: `uid`, and in `mfa` whether a second factor is due
    :raises odoo.exceptions.AccessDenied: they are wrong
    """
    return registry["res.users"].authenticate(registry.db_name, credential, user_agent)


def session_token(env: Environment, uid: int | None, sid: str) -> str | None:
    """Return the token that a session of a user has to have, nothing when no session of the user is valid."""
    return env["res.users"].browse(uid)._compute_session_token(sid) or None


def note_device(env: Environment, request: Any) -> None:
    """Note that the session of a request is in use on its device."""
    env["res.device.log"]._update_device(request)


def note_logout(env: Environment, session: Any) -> None:
    """Note that a session is in use no more."""
    env["res.device.log"].note_end(session)


def render_template(env: Environment, template: str | None, values: dict[str, Any]) -> Any:
    """Return a rendered template."""
    return env["ir.ui.view"]._render_template(template, values)


def keep_profile(env: Environment, values: Mapping[str, Any]) -> Any:
    """Return a new record of what was measured; what the model has no field for is left out."""
    profiles = env["ir.profile"]
    return profiles.create({name: value for name, value in values.items() if name in profiles._fields})
