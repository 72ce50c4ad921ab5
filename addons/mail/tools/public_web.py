"""Requests to addresses that people write down: to public hosts only, with little time, and of bounded size."""

from __future__ import annotations

import ipaddress
import time
from dataclasses import dataclass

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NewConnectionError

#: seconds for a request altogether, and bytes of its answer
TIMEOUT, MAX_BYTES = 3, 512 * 1024
_MAX_REDIRECTS = 3
_CHUNK = 16 * 1024


class _Public:
    """A connection that is closed, before anything is said on it, unless the other end is on the public internet."""

    def _new_conn(self):
        connected = super()._new_conn()
        # what a name stood for before does not count: this is who answered
        if not ipaddress.ip_address(connected.getpeername()[0]).is_global:
            connected.close()
            raise NewConnectionError(self, "the address is not on the public internet")
        return connected


class _PublicHTTP(_Public, HTTPConnection):
    pass


class _PublicHTTPS(_Public, HTTPSConnection):
    pass


class _HTTPPool(HTTPConnectionPool):
    ConnectionCls = _PublicHTTP


class _HTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _PublicHTTPS


class _PublicAdapter(HTTPAdapter):
    """Connects to public hosts."""

    def init_poolmanager(self, *args, **kwargs):
        """Make the pools with connections that look at the other end."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _HTTPPool, "https": _HTTPSPool}


def public_session() -> requests.Session:
    """Return a session whose requests reach hosts of the public internet only, without any proxy."""
    session = requests.Session()
    session.trust_env = False
    session.max_redirects = _MAX_REDIRECTS
    for scheme in ("http://", "https://"):
        session.mount(scheme, _PublicAdapter())
    return session


@dataclass
class Page:
    """What an address answered.

    :ivar url: where it was in the end
    :ivar content_type: without parameters, in small letters
    :ivar content: the beginning of the answer; empty for other things than texts
    """

    url: str
    content_type: str
    content: bytes


def fetch(url: str, session: requests.Session | None = None) -> Page | None:
    """Return what is at an address, as far as it may be asked for, else nothing.

    :param url: text that somebody wrote
    :param session: of :func:`public_session`, for several requests
    """
    if not url.startswith(("http://", "https://")):
        return None
    end = time.monotonic() + TIMEOUT
    try:
        with (session or public_session()).get(url, timeout=TIMEOUT, stream=True) as answer:
            if not answer.ok:
                return None
            kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
            content = b""
            if kind.startswith("text/"):
                for chunk in answer.iter_content(_CHUNK):
                    content += chunk
                    if len(content) >= MAX_BYTES or time.monotonic() > end:
                        break
            return Page(answer.url, kind, content[:MAX_BYTES])
    except (requests.RequestException, ValueError):
        # an address that leads nowhere, or where nobody may ask
        return None
