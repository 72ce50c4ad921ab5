"""How long a client may take."""

from dataclasses import dataclass

from odoo.tools import config

from .clock import now


@dataclass(frozen=True, slots=True)
class Patience:
    """What clients are given, in seconds, bytes and connections.

    :ivar header: seconds for the header of a request
    :ivar silence: seconds without a byte of a body, or of an answer that is being read
    :ivar rate: bytes a second that a body, or the reading of an answer, has to reach on the whole; 0: any
    :ivar kept: seconds that a connection is kept for another request
    :ivar per_address: connections of one address, 0: any number
    """

    header: float = 10
    silence: float = 20
    rate: float = 1024
    kept: float = 75
    per_address: int = 0

    @classmethod
    def configured(cls):
        """Return what the configuration of the server says.

        Behind a reverse proxy all connections have the proxy's address: it is up to the proxy to count them.
        """
        return cls(
            header=config["http_header_timeout"],
            silence=config["http_read_timeout"],
            rate=config["http_min_rate"],
            per_address=0 if config["proxy_mode"] else config["http_address_limit"],
        )


class Pace:
    """How a client sends or reads: it is not silent for long, and not too slow on the whole."""

    __slots__ = ("_begin", "_moved", "_patience")

    def __init__(self, patience):
        self._patience = patience
        self._begin = now()
        self._moved = 0

    def moved(self, size):
        """Note that bytes came or went, and return until when there have to be more (monotonic time)."""
        self._moved += size
        silence, rate = self._patience.silence, self._patience.rate
        deadline = now() + silence
        return min(deadline, self._begin + silence + self._moved / rate) if rate else deadline
