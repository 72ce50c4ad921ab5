"""Words of WebSockets (RFC 6455): codes, states, and what can go wrong."""

from dataclasses import dataclass
from enum import Enum, IntEnum, auto

from werkzeug.exceptions import HTTPException

#: versions of the protocol that are spoken
SUPPORTED_VERSIONS = {"13"}


class CloseCode(IntEnum):
    """Why a WebSocket is closed."""

    CLEAN = 1000
    GOING_AWAY = 1001
    PROTOCOL_ERROR = 1002
    INCORRECT_DATA = 1003
    ABNORMAL_CLOSURE = 1006
    INCONSISTENT_DATA = 1007
    MESSAGE_VIOLATING_POLICY = 1008
    MESSAGE_TOO_BIG = 1009
    EXTENSION_NEGOTIATION_FAILED = 1010
    SERVER_ERROR = 1011
    RESTART = 1012
    TRY_LATER = 1013
    BAD_GATEWAY = 1014
    SESSION_EXPIRED = 4001
    KEEP_ALIVE_TIMEOUT = 4002


class Opcode(IntEnum):
    """What a frame is."""

    CONTINUE = 0x00
    TEXT = 0x01
    BINARY = 0x02
    CLOSE = 0x08
    PING = 0x09
    PONG = 0x0A


class ConnectionState(Enum):
    """How far a WebSocket is."""

    OPEN = auto()
    CLOSING = auto()
    CLOSED = auto()


class LifecycleEvent(IntEnum):
    """When addons are called."""

    OPEN = 0
    CLOSE = 1


class WebsocketException(Exception):
    """What can go wrong with a WebSocket."""


class ConnectionClosed(WebsocketException):
    """Nothing comes any more: the client has gone."""


class InvalidCloseCodeException(WebsocketException):
    """A code that no WebSocket may be closed with."""

    def __init__(self, code):
        super().__init__(f"A WebSocket cannot be closed with the code {code}")


class InvalidDatabaseException(WebsocketException):
    """The database of the session cannot be used."""


class InvalidStateException(WebsocketException):
    """The WebSocket is not open."""


class InvalidWebsocketRequest(WebsocketException):
    """A message that is none of ours."""


class PayloadTooLargeException(WebsocketException):
    """A message that is too long."""


class ProtocolError(WebsocketException):
    """What came is no WebSocket."""


class RateLimitExceededException(Exception):
    """Too many messages at once."""


class UpgradeRequired(HTTPException):
    """The client speaks another version of the protocol."""

    code = 426
    description = "This version of WebSockets is not spoken here."

    def get_headers(self, environ=None, scope=None):
        """Return the headers, with the versions that are spoken."""
        return [*super().get_headers(environ, scope), ("Sec-WebSocket-Version", "; ".join(sorted(SUPPORTED_VERSIONS)))]


@dataclass
class Frame:
    """What is sent at once.

    :ivar opcode: what it is
    :ivar payload: its content, text or bytes
    :ivar fin: whether it is the last one of its message
    """

    opcode: Opcode
    payload: str | bytes = b""
    fin: bool = True
    rsv1: bool = False
    rsv2: bool = False
    rsv3: bool = False


class CloseFrame(Frame):
    """The frame that closes a WebSocket.

    :param int code: one that may be sent, or one of 3000 to 4999, which are free
    :param str reason: short text
    :raise InvalidCloseCodeException: the code may not be sent
    """

    _SENT = frozenset(CloseCode) - {CloseCode.ABNORMAL_CLOSURE}

    def __init__(self, code, reason):
        if code not in self._SENT and not 3000 <= code < 5000:
            raise InvalidCloseCodeException(code)
        payload = code.to_bytes(2, "big") + (reason or "").encode()
        super().__init__(Opcode.CLOSE, payload)
        self.code = code
        self.reason = reason
