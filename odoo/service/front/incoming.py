"""A request as it came: its header, and what the application is told of it."""

import io
import sys
from urllib.parse import unquote_to_bytes, urlsplit

from .body import Body

#: bytes of the header of a request, and of one field of it; number of fields
HEADER_SIZE = 256 * 1024
FIELD_SIZE = 8190
FIELD_COUNT = 100
#: status of the answer to a request with more
TOO_LARGE = "431 Request Header Fields Too Large"

#: keys of header fields in the environment of WSGI, by names as they came; a bounded cache
_keys = {}
_MAX_KEYS = 1000


class RefusedError(Exception):
    """A request that is answered without the application.

    :param str status: status of the answer
    """

    def __init__(self, status):
        super().__init__(status)
        self.status = status


class Incoming:
    """A request.

    :ivar str method: method
    :ivar bytes target: target as it came
    :ivar str path: path of the target, quoted
    :ivar str query: query of the target
    :ivar str version: `1.1` or `1.0`
    :ivar fields: pairs of name and value as they came (bytes)
    :ivar bool keep_alive: whether the client will send more requests
    :ivar bool expects: whether the client waits to be told to send the body
    :ivar bool upgrades: whether the client wants to speak another protocol from here on
    :ivar int length: announced length of the body, None without
    :ivar body: :class:`~.body.Body` that has come, or file, None without
    """

    __slots__ = (
        "body", "complete", "complete_header", "expects", "fields", "keep_alive", "length", "method", "path", "query",
        "size", "stored", "target", "upgrades", "version",
    )  # fmt: skip

    def __init__(self):
        self.method = self.version = self.path = self.query = ""
        self.target = b""
        self.fields = []
        self.keep_alive = self.expects = self.upgrades = False
        self.complete_header = self.complete = False
        #: `stored` is what the loop has put by of a body that a thread reads while it comes
        self.length = self.body = self.stored = None
        #: bytes of the header, without separators
        self.size = 0

    def add_target(self, data):
        """Add a part of the target.

        :raise RefusedError: it is too long
        """
        self.target += data
        self._grow(len(data))

    def add_field(self, name, value):
        """Add a field of the header; one after the body only counts, it is of no use to anybody.

        :raise RefusedError: there are too many, or it is too long
        """
        size = len(name) + len(value)
        if size > FIELD_SIZE or len(self.fields) >= FIELD_COUNT:
            raise RefusedError(TOO_LARGE)
        if not self.complete_header:
            self.fields.append((name, value))
        self._grow(size)

    def _grow(self, size):
        self.size += size
        if self.size > HEADER_SIZE:
            raise RefusedError(TOO_LARGE)

    def open_body(self):
        """Return the body as a file."""
        match self.body:
            case None:
                return io.BytesIO()
            case Body():
                return self.body.open()
        return self.body

    def close(self):
        """Give the room of the body back."""
        for body in (self.body, self.stored):
            if body is not None:
                body.close()

    def end_header(self, parser):
        """Take over what the parser made of the header.

        :raise RefusedError: the request cannot be answered
        """
        self.method, self.version = parser.get_method().decode("ascii"), parser.get_http_version()
        self.keep_alive, self.upgrades = parser.should_keep_alive(), parser.should_upgrade()
        if self.version not in ("1.0", "1.1"):
            raise RefusedError("505 HTTP Version Not Supported")
        self.complete_header = True
        try:
            self.path, self.query = _split_target(self.target.decode("latin-1"))
        except ValueError:  # it names a host that cannot be one
            raise RefusedError("400 Bad Request") from None
        hosts, chunked = 0, False
        for name, value in self.fields:
            match len(name):
                case 14 if name.lower() == b"content-length":
                    self.length = int(value)
                case 6 if name.lower() == b"expect":
                    if value.lower() != b"100-continue":
                        raise RefusedError("417 Expectation Failed")
                    self.expects = self.version == "1.1"
                case 4 if name.lower() == b"host":
                    hosts += 1
                case 17 if name.lower() == b"transfer-encoding":
                    chunked = self.version == "1.1" and value.lower() == b"chunked"
                    if not chunked:
                        # other codings are not decoded here; HTTP/1.0 knows none, what passes it on may see another end
                        raise RefusedError("501 Not Implemented" if self.version == "1.1" else "400 Bad Request")
        # what follows such a header the parser takes for the other protocol: a body there would be the next request
        if hosts > 1 or (self.upgrades and (chunked or self.length)):
            raise RefusedError("400 Bad Request")


def base_environ(server, multiprocess):
    """Return what the environment of all requests of a listening socket has.

    :param server: address of the socket, as `getsockname` returns it
    :param bool multiprocess: whether other processes serve the application too
    """
    name, port = server[:2] if isinstance(server, tuple) else (server or "localhost", "")
    return {
        "wsgi.version": (1, 0),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": multiprocess,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": FileWrapper,
        "wsgi.input_terminated": True,
        "wsgi.url_scheme": "http",
        "SERVER_SOFTWARE": "odoo",
        "SERVER_NAME": str(name),
        "SERVER_PORT": str(port),
        "SCRIPT_NAME": "",
    }


def make_environ(incoming, base, address):
    """Return the WSGI environment of a request.

    :param Incoming incoming: the request
    :param base: see :func:`base_environ`
    :param address: address of the client, as `accept` returns it
    """
    path = incoming.path
    environ = base.copy()
    environ["REQUEST_METHOD"] = incoming.method
    environ["RAW_URI"] = incoming.target.decode("latin-1")
    environ["SERVER_PROTOCOL"] = "HTTP/" + incoming.version
    environ["QUERY_STRING"] = incoming.query
    environ["PATH_INFO"] = unquote_to_bytes(path.encode("latin-1")).decode("latin-1") if "%" in path else path
    if isinstance(address, tuple):
        environ["REMOTE_ADDR"], environ["REMOTE_PORT"] = address[0], str(address[1])
    else:
        environ["REMOTE_ADDR"] = address or ""
    for name, value in incoming.fields:
        key = _keys[name] if name in _keys else _key(name)
        if key is None:
            continue
        text = value.decode("latin-1")
        if key in environ and key.startswith("HTTP_"):
            # RFC 6265: several cookies of HTTP/2 become one field
            environ[key] += ("; " if key == "HTTP_COOKIE" else ",") + text
        else:
            environ[key] = text
    environ["wsgi.input"] = incoming.open_body()
    return environ


def _split_target(target):
    if target.startswith("/"):
        path, __, query = target.partition("#")[0].partition("?")
        return path, query
    if "://" in target:
        parts = urlsplit(target)
        return parts.path or "/", parts.query
    return target, ""


def _key(name):
    """Return the key of a header field; None for a name with an underscore, which would pass for another one."""
    if b"_" in name:
        key = None
    else:
        key = name.decode("ascii").upper().replace("-", "_")
        if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            key = "HTTP_" + key
    if len(_keys) < _MAX_KEYS:
        _keys[name] = key
    return key


class FileWrapper:
    """An answer that is a file (`wsgi.file_wrapper`).

    :param file: file to read
    :param int size: bytes to read at once
    """

    def __init__(self, file, size=64 * 1024):
        self.file = file
        self._size = max(size, 64 * 1024)
        if hasattr(file, "close"):
            self.close = file.close

    def __iter__(self):
        return self

    def __next__(self):
        data = self.file.read(self._size)
        if not data:
            raise StopIteration
        return data
