"""A request in its thread: the application is called, and its answer sent as far as the client takes it."""

import logging
import os
import re
import time
from email.utils import formatdate

from .deflate import negotiate
from .incoming import FileWrapper, make_environ

_logger = logging.getLogger(__name__)

_STATUS_RE = re.compile(r"[1-5]\d\d( [ \t\x21-\x7e\x80-\xff]*)?")
_NAME_RE = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
#: fields that are about the connection, and not the application's
_HOP_BY_HOP = frozenset(
    ("connection", "keep-alive", "proxy-connection", "te", "trailer", "trailers", "transfer-encoding")
)  # fmt: skip
_known_names: set[str] = set()
_MAX_NAMES = 1000


class Exchange:
    """A request and its answer.

    What the client does not take at once is handed to the loop; a long answer goes on in a thread when that is gone.

    :param connection: the :class:`~.connection.Connection`, which takes nothing else meanwhile
    :param incoming: the :class:`~.incoming.Incoming` request
    :ivar environ: environment of WSGI
    :ivar status: status of the answer, None before there is one
    :ivar deflate: compression that was agreed on for the WebSocket that the connection becomes, None without
    """

    def __init__(self, connection, incoming):
        self.incoming = incoming
        self.environ = None
        self.status = None
        self.deflate = None
        self._connection = connection
        self._front = connection.front
        self._headers = []
        self._result = self._iterator = self._handler = None
        self._length = None
        self._sent = 0
        self._begun = self._chunked = False
        self._bodyless = incoming.method == "HEAD"
        # what follows a request for another protocol may be in that one
        self._keep = incoming.keep_alive and not incoming.upgrades

    @property
    def method(self):
        """Method of the request."""
        return self.incoming.method

    @property
    def uri(self):
        """Target of the request as it came."""
        return self.environ["RAW_URI"] if self.environ else ""

    # the application

    def run(self):
        """Answer the request."""
        self._guard(self._begin)

    def resume(self):
        """Go on with an answer whose former parts have been sent."""
        self._guard(self._go_on)

    def _guard(self, step):
        try:
            step()
        except BaseException as error:
            self._fail(error)

    def _begin(self):
        connection = self._connection
        self.environ = environ = make_environ(self.incoming, connection.base, connection.address)
        if self.incoming.upgrades:
            environ["odoo.websocket"] = self._set_handler
        self._result = result = self._front.application(environ, self._start_response)
        if self._handler is not None:
            self._upgrade()
        elif isinstance(result, FileWrapper) and self._length and not self._bodyless and self._send_file(result.file):
            return
        else:
            self._iterator = iter(result)
            self._go_on()

    def _start_response(self, status, headers, exc_info=None):
        if exc_info is not None:
            try:
                if self._begun:
                    raise exc_info[1].with_traceback(exc_info[2])
            finally:
                exc_info = None
        elif self.status is not None:
            raise AssertionError("The answer has a status already")
        if not _STATUS_RE.fullmatch(status):
            raise ValueError(f"Invalid status {status!r}")
        self.status = status
        self._headers, self._length = [], None
        for name, value in headers:
            if name not in _known_names:
                _check_name(name)
            lower = name.lower()
            if lower in _HOP_BY_HOP:
                if lower == "connection" and value.lower() == "close":
                    self._keep = False
                continue
            if lower == "content-length":
                self._length = int(value)
            self._headers.append(f"{name}: {value}\r\n")
        return self._write

    def _set_handler(self, handler):
        """Have the connection become a WebSocket; return the headers that its answer has of this server."""
        self._handler = handler
        agreed, self.deflate = negotiate(self.environ.get("HTTP_SEC_WEBSOCKET_EXTENSIONS", ""))
        return [("Sec-WebSocket-Extensions", agreed)] if agreed else []

    def _go_on(self):
        for data in self._iterator:
            if data and not self._write(data, more=True):
                return
            if self._connection.gone:
                break
        self._finish()

    # what is sent

    def _head(self):
        """Return the header of the answer, and decide how its end is told."""
        code = int(self.status[:3])
        if code < 200 or code in (204, 304):
            self._bodyless = True
        if self._length is None and not self._bodyless:
            if self.incoming.version == "1.1":
                self._chunked = True
                self._headers.append("Transfer-Encoding: chunked\r\n")
            else:
                self._keep = False
        self._keep = self._keep and not self._front.stopping and self._connection.may_be_kept(self.incoming)
        if self._handler is not None:
            self._headers.append("Connection: Upgrade\r\n")
        elif not self._keep:
            self._headers.append("Connection: close\r\n")
        elif self.incoming.version == "1.0":
            self._headers.append("Connection: keep-alive\r\n")
        fields = "".join(self._headers)
        count = len(self._headers)
        if fields.count("\n") != count or fields.count("\r") != count or "\0" in fields:
            raise ValueError("A field of the answer's header has a line break in it")
        self._begun = True
        return f"HTTP/{self.incoming.version} {self.status}\r\n{_date()}{fields}\r\n".encode("latin-1")

    def _write(self, data, more=False):
        """Send a part of the answer; return whether another one may follow now."""
        if self.status is None:
            raise AssertionError("The answer has no status")
        buffers = [] if self._begun else [self._head()]
        if not self._bodyless:
            self._frame(data, buffers)
        complete = self._length is not None and self._sent >= self._length
        return self._send(buffers, self._front.submit_to(self.resume) if more and not complete else None)

    def _frame(self, data, buffers):
        if self._chunked:
            buffers += (b"%x\r\n" % len(data), data, b"\r\n")
            return
        if self._length is not None and self._sent + len(data) > self._length:
            data = data[: self._length - self._sent]
        self._sent += len(data)
        if data:
            buffers.append(data)

    def _send(self, buffers, then):
        """Send as much as possible, hand the rest to the loop.

        :param then: what to do when the rest is sent; without, the answer goes on at once
        :return: whether the answer goes on at once
        """
        rest = self._connection.send(buffers) if buffers else None
        if not rest:
            return True
        if then is None:
            # the last part, or one of a caller that does not know how to wait
            self._connection.keep_rest(rest)
            return True
        self._front.call(self._connection.drain, rest, then)
        return False

    def _send_file(self, file):
        """Send a file by the system's own means, if it has one; return whether it has."""
        try:
            descriptor, position = file.fileno(), file.tell()
        except (AttributeError, OSError):
            return False
        self._sent = min(self._length, os.fstat(descriptor).st_size - position)
        self._send([self._head()], None)
        if self._connection.send_file(descriptor, position, self._sent, self._front.submit_to(self._finish_sent)):
            self._finish()
        return True

    def _finish_sent(self):
        self._guard(self._finish)

    def _finish(self):
        """End the answer."""
        if not self._begun and not self._connection.gone:
            if self.status is None:
                raise AssertionError("The application gave no status")
            if self._length is None and not self._bodyless and self.status[:3] not in ("101", "204", "304"):
                self._length = 0
                self._headers.append("Content-Length: 0\r\n")
            self._send([self._head()], None)
        if self._chunked:
            self._send([b"0\r\n\r\n"], None)
        if self._length is not None and not self._bodyless and self._sent < self._length:
            if not self._connection.gone:
                _logger.error("The answer to %s is shorter than it says", self.uri)
            self._keep = False
        self._end()

    def _upgrade(self):
        self._send([self._head()], None)
        self._close_result()
        self._front.on_answered(self)
        self._front.call(self._connection.upgrade, self._handler, self)

    def _fail(self, error):
        """End an answer that cannot be given, or not as a whole."""
        if not self._connection.gone:
            _logger.error("The request %s %s failed", self.method, self.uri, exc_info=error)
        self._keep = False
        if not self._begun:
            self._begun = True
            self.status = "500 Internal Server Error"
            self._send([b"HTTP/1.1 500 Internal Server Error\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"], None)
        else:
            self._connection.cut()
        self._end()

    def _end(self):
        self._close_result()
        self.incoming.close()
        self._front.on_answered(self)
        self._connection.finish(self._keep)

    def _close_result(self):
        close, self._result = getattr(self._result, "close", None), None
        if close is not None:
            try:
                close()
            except Exception:
                _logger.exception("The end of the answer to %s failed", self.uri)


def _check_name(name):
    if not _NAME_RE.fullmatch(name):
        raise ValueError(f"Invalid name of a header field: {name!r}")
    if len(_known_names) < _MAX_NAMES:
        _known_names.add(name)


_dates = (0, "")


def _date():
    """Return the line with the date, made once a second."""
    global _dates
    second, line = _dates
    current = int(time.time())
    if current != second:
        line = f"Date: {formatdate(current, usegmt=True)}\r\n"
        _dates = (current, line)
    return line
