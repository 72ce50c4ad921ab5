"""Where requests come from."""

from __future__ import annotations

from urllib.parse import urlsplit

from odoo.tools.own_host import is_loopback, is_own_host

from .httprequest import HTTPRequest

#: headers that reverse proxies add
_FORWARDING = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP")
#: key of the environment of requests whose client was taken from such headers
_PROXY_FIXED = "werkzeug.proxy_fix.orig"


def is_from_this_machine(httprequest: HTTPRequest) -> bool:
    """Tell whether a request was made on the server's machine, as far as that can be known.

    Reverse proxies on the same machine pass on the requests of others: what shows signs of one, or was addressed to
    another host, is not.
    """
    if not is_loopback(httprequest.remote_addr):
        return False
    is_passed_on = any(name in httprequest.headers for name in _FORWARDING)
    if is_passed_on and _PROXY_FIXED not in httprequest.environ:
        return False
    return is_own_host(urlsplit(f"//{httprequest.host}").hostname)
