"""Compressed messages of WebSockets (``permessage-deflate``, RFC 7692), which cost no memory between two messages."""

from websockets.exceptions import InvalidHeader, NegotiationError
from websockets.extensions.permessage_deflate import PerMessageDeflate, ServerPerMessageDeflateFactory
from websockets.headers import build_extension, parse_extension

#: bytes from which on a message is worth being compressed
_WORTH = 1024
#: what compressing a message takes: 32 KB while it lasts
_WINDOW_BITS = 12
_SETTINGS = {"level": 4, "memLevel": 5}
#: each message stands for itself: neither side has to remember the ones before
_factory = ServerPerMessageDeflateFactory(
    server_no_context_takeover=True,
    client_no_context_takeover=True,
    server_max_window_bits=_WINDOW_BITS,
    compress_settings=_SETTINGS,
)


class Deflate(PerMessageDeflate):
    """The compression of one WebSocket; short messages go as they are."""

    def encode(self, frame):
        """Compress an outgoing frame, which is a whole message."""
        return super().encode(frame) if len(frame.data) >= _WORTH else frame


def negotiate(header):
    """Return what is answered to the extensions that a client offers, and the compression of its WebSocket.

    :param str header: value of ``Sec-WebSocket-Extensions``
    :return: value of the same header of the answer and a :class:`Deflate`; nothing and None when none is agreed on
    """
    try:
        offers = parse_extension(header) if header else ()
    except InvalidHeader:
        offers = ()
    for name, wanted in offers:
        if name != Deflate.name:
            continue
        try:
            agreed, plain = _factory.process_request_params(wanted, [])
        except NegotiationError:
            # the client may have another offer
            continue
        bits = plain.remote_max_window_bits, plain.local_max_window_bits
        return build_extension([(name, agreed)]), Deflate(True, True, *bits, _SETTINGS)
    return "", None
