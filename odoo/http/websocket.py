"""WebSockets: what a controller answers a handshake with, and what happens with the connection afterwards."""

from __future__ import annotations

import base64
import binascii
import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from werkzeug.exceptions import BadRequest, Forbidden, HTTPException

from .response import Response

if TYPE_CHECKING:
    from wsgiref.types import StartResponse

    from .local import CurrentRequest

#: key of the WSGI environment: the function that servers which know WebSockets take the handler by; it returns the
#: headers that they add to the answer, if any
ENVIRON_KEY = "odoo.websocket"
_KEY_SALT = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_VERSION = "13"


class WebSocket(ABC):
    """An open WebSocket, as its handler sees it. All methods may be called from any thread."""

    @abstractmethod
    def send(self, message: str | bytes) -> None:
        """Send a message, soon; nothing happens when the WebSocket is closed.

        A client that does not read what it is sent is dropped, see :attr:`WebSocketHandler.max_unsent`.
        """

    @abstractmethod
    def close(self, code: int = 1000, reason: str = "") -> None:
        """Close the WebSocket, after the messages that are on their way.

        :param code: 1000 or one of those that RFC 6455 leaves to applications
        :param reason: text of at most 123 bytes
        """

    @abstractmethod
    def drop(self) -> None:
        """Drop the connection, without a word."""

    @property
    @abstractmethod
    def is_closed(self) -> bool:
        """Whether nothing can be sent any more."""


class WebSocketHandler:
    """What an addon does with a WebSocket. There is one handler for each; an addon extends this class.

    The methods are called in threads of the server, one at a time, in the order in which things happened. There is no
    request then and no cursor: a method opens the cursor that it needs, from the name of the database that the handler
    was made with.

    :cvar max_size: bytes that a message may have; the WebSocket is closed with code 1009 otherwise
    :cvar max_unsent: bytes that may wait for a client that does not read
    :cvar lifetime: seconds after which the WebSocket is closed with `lifetime_code`, None: any number
    :cvar ping_interval: seconds without a byte after which the client is asked whether it is there
    :cvar ping_timeout: seconds that it has for its answer
    :cvar frame_rate: how many frames may come at once, and the seconds between two in the long run; a client that sends
        more is closed with code 1013. None: any number
    """

    max_size = 1024 * 1024
    max_unsent = 4 * 1024 * 1024
    lifetime: float | None = None
    lifetime_code = 4002
    ping_interval: float = 50
    ping_timeout: float = 20
    frame_rate: tuple[int, float] | None = None

    def opened(self, websocket: WebSocket) -> None:
        """Called first."""

    def received(self, websocket: WebSocket, message: str | bytes) -> None:
        """Called with each message. An exception is logged, and closes the WebSocket with code 1011."""

    def closed(self, websocket: WebSocket, code: int, reason: str) -> None:
        """Called last.

        :param code: what it was closed with; 1006: the connection broke, 1001: the server stops
        """


class WebSocketResponse(Response):
    """The answer to a handshake: from then on the connection is the handler's.

    :param request: the request with the handshake
    :param handler: what is done with the WebSocket
    :param origins: origins of pages that may open it beside those of this host, `*` for all of them. A page of another
        site comes with the cookies of the user as well: whoever allows it checks who asks
    :param protocol: subprotocol that was chosen
    :raises werkzeug.exceptions.HTTPException: the request is no handshake, comes from another site's page, or the
        server that runs knows no WebSockets
    """

    def __init__(
        self,
        request: CurrentRequest,
        handler: WebSocketHandler,
        origins: Iterable[str] = (),
        protocol: str | None = None,
    ) -> None:
        environ = request.httprequest.environ
        key = _handshake_key(environ)
        _check_origin(environ, request.httprequest.host, set(origins))
        if ENVIRON_KEY not in environ:
            raise _NotImplementedHere("This server knows no WebSockets")
        accept = hashlib.sha1(key + _KEY_SALT, usedforsecurity=False).digest()
        headers = {"Upgrade": "websocket", "Sec-WebSocket-Accept": base64.b64encode(accept).decode()}
        if protocol:
            headers["Sec-WebSocket-Protocol"] = protocol
        super().__init__(status=101, headers=headers)
        self.handler = handler

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Hand the connection over (WSGI)."""
        of_server = environ[ENVIRON_KEY](self.handler) or []
        headers = [(name, value) for name, value in self.headers.to_wsgi_list() if not name.startswith("Content-")]
        start_response(self.status, headers + of_server)
        return []


class _UpgradeRequired(HTTPException):
    code = 426
    description = "This address is for WebSockets."

    def get_headers(self, *args: Any, **kwargs: Any) -> list[tuple[str, str]]:
        """Return the headers, with what the client is to do."""
        return [*super().get_headers(*args, **kwargs), ("Upgrade", "websocket"), ("Sec-WebSocket-Version", _VERSION)]


class _NotImplementedHere(HTTPException):
    code = 501


def _handshake_key(environ: dict[str, Any]) -> bytes:
    """Return the key of a handshake.

    :raises werkzeug.exceptions.HTTPException: the request is none
    """
    tokens = {token.strip().lower() for token in environ.get("HTTP_CONNECTION", "").split(",")}
    if environ.get("HTTP_UPGRADE", "").lower() != "websocket" or "upgrade" not in tokens:
        raise _UpgradeRequired
    if environ.get("HTTP_SEC_WEBSOCKET_VERSION") != _VERSION:
        raise _UpgradeRequired(f"Only version {_VERSION} of WebSockets is known.")
    key = environ.get("HTTP_SEC_WEBSOCKET_KEY", "")
    try:
        valid = len(base64.b64decode(key, validate=True)) == 16
    except (binascii.Error, ValueError):
        valid = False
    if not valid or environ["REQUEST_METHOD"] != "GET" or environ["SERVER_PROTOCOL"] != "HTTP/1.1":
        raise BadRequest("The handshake of the WebSocket is not right.")
    return key.encode()


def _check_origin(environ, host, allowed):
    """Refuse a handshake that a page of another site makes.

    :raises werkzeug.exceptions.Forbidden: it does
    """
    origin = environ.get("HTTP_ORIGIN")
    if origin is None or "*" in allowed or origin in allowed:
        return
    if urlsplit(origin).netloc.lower() != host.lower():
        raise Forbidden("A page of another site may not open this WebSocket.")
