"""HTTP clients for tests that share the transaction of the test with the server."""

from __future__ import annotations

from xmlrpc.client import Transport as XmlRpcTransport

import requests

__all__ = ["JsonRpcException", "Opener", "Transport"]


class JsonRpcException(Exception):
    """The server answered a JSON-RPC request with an error.

    :param code: its code
    :param message: name of the exception on the server, or its message
    """

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


def _hand_over(cr):
    """Write what the test has pending and forget what it has cached: the request works on the same rows."""
    cr.flush()
    cr.clear()


class Opener(requests.Session):
    """A session of requests.

    :param cr: cursor of the test
    """

    def __init__(self, cr):
        super().__init__()
        self.cr = cr

    def request(self, *args, **kwargs):
        """See :meth:`requests.Session.request`."""
        _hand_over(self.cr)
        return super().request(*args, **kwargs)


class Transport(XmlRpcTransport):
    """A transport for :class:`xmlrpc.client.ServerProxy`.

    :param cr: cursor of the test
    """

    def __init__(self, cr):
        self.cr = cr
        super().__init__()

    def request(self, *args, **kwargs):
        """See :meth:`xmlrpc.client.Transport.request`."""
        _hand_over(self.cr)
        return super().request(*args, **kwargs)
