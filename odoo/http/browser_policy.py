"""What browsers are told not to do: headers of responses, and the nonce of the scripts of a page."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from werkzeug.datastructures import Headers

#: stands in rendered text for the nonce of the response; nobody who writes text into a page can know it
NONCE_MARK = f"nonce-{secrets.token_hex(24)}"
#: seconds that a browser that was here by https comes by https only: a year
HSTS_AGE = 365 * 24 * 3600
REFERRER_POLICY = "strict-origin-when-cross-origin"
#: what the client may ask the user's device for, and frames of other sites may not
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=(self)" for feature in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
)
#: types whose content a browser would show as a page, and what it may do then: be looked at
_PAGES = re.compile(r"(?:text/|application/(?:xhtml\+xml|xml)|image/svg)")
CONTENT_POLICY = "default-src 'none'"


def content_policy(mimetype: str | None) -> str:
    """Return the policy for a content that somebody brought: no scripts, no requests; pages have no origin either.

    PDF files are no pages: browsers do not show them in a sandbox.
    """
    is_page = _PAGES.match(mimetype or "")
    return f"{CONTENT_POLICY}; form-action 'none'; base-uri 'none'; sandbox" if is_page else CONTENT_POLICY


def report_policy() -> str:
    """Return the policy for a report as a page: it looks as it was made, and nothing in it runs."""
    return policy_text(
        {
            "default-src": ["'self'", "data:", "https:"],
            "style-src": ["'self'", "'unsafe-inline'", "https:"],
            "script-src": "'none'",
            "object-src": "'none'",
            "base-uri": "'self'",
            "frame-ancestors": "'self'",
            "sandbox": ["allow-same-origin", "allow-popups", "allow-modals", "allow-top-navigation-by-user-activation"],
        }
    )


def make_nonce() -> str:
    """Return a new nonce."""
    return secrets.token_urlsafe(18)


def policy_text(directives: Mapping[str, Iterable[str] | str]) -> str:
    """Return a policy as it is sent.

    :param directives: sources by directive; none for a directive without sources
    """
    parts = ([name, *([sources] if isinstance(sources, str) else sources)] for name, sources in directives.items())
    return "; ".join(" ".join(part) for part in parts)


def page_policy(nonce: str, frame_ancestors: str) -> dict[str, list[str]]:
    """Return the policy of a page of the client: scripts are those of the page, and those that these load.

    :param nonce: of the scripts
    :param frame_ancestors: who may show the page in a frame
    """
    anywhere = ["'self'", "https:", "data:", "blob:"]
    return {
        "default-src": ["'self'"],
        # templates of the client are compiled in the browser; trusted types let nothing else be evaluated
        "script-src": [f"'nonce-{nonce}'", "'strict-dynamic'", "'unsafe-eval'"],
        "style-src": ["'self'", "'unsafe-inline'", "https:"],
        "img-src": list(anywhere),
        "font-src": list(anywhere),
        "media-src": list(anywhere),
        "frame-src": list(anywhere),
        "worker-src": ["'self'", "blob:"],
        "connect-src": [*anywhere, "wss:"],
        "manifest-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'", "https:"],
        "frame-ancestors": [frame_ancestors],
        "require-trusted-types-for": ["'script'"],
    }


def guard_page(headers: Headers, policy: Mapping[str, Any], mode: str) -> None:
    """Set the headers of a page of the client.

    :param policy: see :func:`page_policy`
    :param mode: ``enforce``, ``report-only`` or ``off``
    """
    headers["Permissions-Policy"] = PERMISSIONS_POLICY
    # windows that the page opens keep their way back: logins at other sites need it
    headers["Cross-Origin-Opener-Policy"] = "same-origin-allow-popups"
    if mode == "off":
        headers["Content-Security-Policy"] = policy_text({"frame-ancestors": policy["frame-ancestors"]})
    elif mode == "report-only":
        headers["Content-Security-Policy"] = policy_text({"frame-ancestors": policy["frame-ancestors"]})
        headers["Content-Security-Policy-Report-Only"] = policy_text(policy)
    else:
        headers["Content-Security-Policy"] = policy_text(policy)


def guard_response(headers: Headers, scheme: str) -> None:
    """Set the headers that every response has.

    :param scheme: of the request, as the browser made it
    """
    # what is there is looked at once: each question to these headers goes through all of them, and a no is an exception
    present = {name.lower(): value for name, value in headers}
    if "x-content-type-options" not in present:
        headers.add("X-Content-Type-Options", "nosniff")
    if "referrer-policy" not in present:
        headers.add("Referrer-Policy", REFERRER_POLICY)
    if scheme == "https" and "strict-transport-security" not in present:
        headers.add("Strict-Transport-Security", f"max-age={HSTS_AGE}")
    if "content-security-policy" not in present and present.get("content-type", "").startswith("image/"):
        headers.add("Content-Security-Policy", CONTENT_POLICY)
