"""The web worker: clients are waited for outside of the threads, and not for ever."""

import contextlib
import errno
import re
import selectors
import socket
import time
from collections import deque
from functools import partial

from gunicorn.http.unreader import SocketUnreader
from gunicorn.workers.gthread import TConn, ThreadWorker

from odoo.tools import config

#: bytes that the header of a request may have
HEADER_SIZE = 256 * 1024
#: bytes of the longest body that is waited for outside of the threads
BODY_SIZE = 1024 * 1024
#: bytes of bodies that are kept so at a time, a process
BUFFER_SIZE = 64 * 1024 * 1024
#: seconds, and bytes, that a client has to read its last answer
_LINGER_TIME = 2
_LINGER_SIZE = 64 * 1024
#: seconds between two looks for clients that take too long
_LOOK_INTERVAL = 0.5
_RECEIVE_SIZE = 64 * 1024

_LENGTH_RE = re.compile(rb"\r\ncontent-length[ \t]*:[ \t]*(\d{1,18})[ \t]*\r\n", re.IGNORECASE)
#: headers of a body whose length is not known, or that the client holds back until it is asked for
_UNSURE_RE = re.compile(rb"\r\n(transfer-encoding|expect)[ \t]*:", re.IGNORECASE)


class Pace:
    """How long a client may take to send a request: it is not silent for long, and not too slow on the whole."""

    def __init__(self):
        self._waited = 0
        self._last_wait = 0
        self._received = 0

    def took(self, seconds, size):
        """Note what came after how much waiting."""
        self._waited += seconds
        self._last_wait = seconds
        self._received += size

    def patience(self):
        """Return the seconds to wait for more, none or less when the client is too slow."""
        silence, rate = config["http_read_timeout"], config["http_min_rate"]
        if self._last_wait >= silence:
            return 0
        return min(silence, silence + self._received / rate - self._waited) if rate else silence


class _TimedReader(SocketUnreader):
    """Reads the rest of a request for a thread."""

    def __init__(self, sock):
        super().__init__(sock)
        self.pace = Pace()

    def chunk(self, size_hint=None):
        """Return what comes next.

        :raise TimeoutError: the client takes too long
        """
        patience, before, start = self.pace.patience(), self.sock.gettimeout(), time.monotonic()
        if patience <= 0:
            raise TimeoutError("The client sends its request too slowly")
        self.sock.settimeout(patience if before is None else min(patience, before))
        data = b""
        try:
            data = super().chunk(size_hint)
            return data
        finally:
            self.sock.settimeout(before)
            self.pace.took(time.monotonic() - start, len(data))


class Connection(TConn):
    """A connection and what has come of its next request.

    :param linger: function that takes the connection when its last answer was sent, and closes it
    """

    def __init__(self, *args, linger):
        super().__init__(*args)
        self._linger = linger
        # data are waited for elsewhere, see Worker
        self.data_ready = True
        #: whether a thread reads the rest of the request
        self.streams = False
        #: bytes that came after the last answer
        self.lingered = 0
        self.expect_request()

    def expect_request(self):
        """Begin to wait for a request."""
        self.received = bytearray()
        #: bytes of the whole request, None as long as its header is not complete
        self.size = None
        self.deadline = time.monotonic() + config["http_header_timeout"]

    def init(self):
        """Prepare the parser for the request that has come."""
        super().init()
        self.parser.unreader, former = _TimedReader(self.sock), self.parser.unreader
        self.parser.unreader.unread(former.take_buffered() + bytes(self.received))
        self.received = bytearray()

    def close(self, graceful=False):
        """Close the connection.

        :param bool graceful: let the client read the last answer first
        """
        if graceful:
            self._linger(self)
        else:
            super().close()

    def receive(self, data):
        """Take what has come.

        :return: whether a thread can go on with it
        """
        now = time.monotonic()
        if not self.received:
            data = data.lstrip(b"\r\n")  # allowed between requests
        self.received += data
        if self.size is None:
            end = self.received.find(b"\r\n\r\n", max(0, len(self.received) - len(data) - 3))
            if end < 0:
                return False
            header = bytes(self.received[: end + 4])
            length = max(map(int, _LENGTH_RE.findall(header)), default=0)
            self.size = end + 4 + length
            self.streams = length > BODY_SIZE or _UNSURE_RE.search(header) is not None
            self._pace, self._last = Pace(), now
        self._pace.took(now - self._last, len(data))
        self._last = now
        self.deadline = now + self._pace.patience()
        return self.streams or len(self.received) >= self.size


class Worker(ThreadWorker):
    """Gives requests to threads when they have come, long bodies excepted, and closes connections that take too long.

    Half of the threads is kept from those that read a body while it comes.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        #: connections whose next request has begun to come or has to come, oldest first
        self._arriving = {}
        self._buffered = 0
        self._streaming = 0
        self._queue = deque()
        self._next_look = 0

    # connections

    def accept(self, listener):
        """Accept a connection and wait for its request."""
        if self.nr_conns >= self.worker_connections - self.cfg.threads:
            self._drop_oldest()
        try:
            sock, address = listener.accept()
        except OSError as error:
            if error.errno in (errno.EMFILE, errno.ENFILE):
                self._drop_oldest()
            elif error.errno not in (errno.EAGAIN, errno.ECONNABORTED, errno.EWOULDBLOCK):
                raise
            return
        self.nr_conns += 1
        self._arrive(Connection(self.cfg, sock, address, listener.getsockname(), linger=self._linger))

    def on_client_socket_readable(self, conn, client):
        """Wait for the next request of a connection that was kept."""
        if conn not in self.keepalived_conns:  # dropped after this event was noticed
            return
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        conn.expect_request()
        self._arrive(conn)

    def enqueue_req(self, conn):
        """Go on with a connection of which more than a request has come."""
        conn.expect_request()
        self._arrive(conn, conn.parser.unreader.take_buffered())

    def murder_pending(self):
        """Close the connections whose request takes too long to come."""
        now = time.monotonic()
        if now < self._next_look:
            return
        self._next_look = now + _LOOK_INTERVAL
        for conn in [conn for conn in self._arriving if conn.deadline < now]:
            self._drop(conn, b"408 Request Timeout")

    def _cap_keepalive(self, deadline):
        super()._cap_keepalive(deadline)
        for conn in self._arriving:
            conn.deadline = min(conn.deadline, deadline)

    def _linger(self, conn):
        """Close a connection once the client has; a connection that is closed with unread data loses its answer."""
        self.nr_conns += 1
        conn.expect_request()
        conn.deadline = time.monotonic() + _LINGER_TIME
        conn.sock.setblocking(False)
        self._register(conn, self._discard)
        try:
            conn.sock.shutdown(socket.SHUT_WR)
        except OSError:  # it is closed already
            self._drop(conn)

    def _discard(self, conn, data):
        conn.lingered += len(data)
        if conn.lingered > _LINGER_SIZE:
            self._drop(conn)

    # requests that come

    def _arrive(self, conn, data=b""):
        conn.sock.setblocking(False)
        self._register(conn, self._receive)
        if data:
            self._receive(conn, data)

    def _register(self, conn, take):
        """Have ``take(conn, data)`` called with what comes; a connection that ends is dropped."""
        self._arriving[conn] = None
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._on_arriving_readable, conn, take))

    def _on_arriving_readable(self, conn, take, client):
        if conn not in self._arriving:  # dropped after this event was noticed
            return
        try:
            data = client.recv(_RECEIVE_SIZE)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            take(conn, data)
        else:
            self._drop(conn)

    def _receive(self, conn, data):
        begins = conn.size is None
        ready = conn.receive(data)
        if conn.size is None:
            if len(conn.received) > HEADER_SIZE:
                self._drop(conn, b"431 Request Header Fields Too Large")
            return
        if begins and not ready:
            if self._buffered + conn.size > BUFFER_SIZE:
                conn.streams = ready = True
            else:
                self._arriving[conn] = conn.size
                self._buffered += conn.size
        if ready:
            self._leave(conn)
            self._start(conn)

    def _leave(self, conn):
        self.poller.unregister(conn.sock)
        self._buffered -= self._arriving.pop(conn) or 0

    def _drop(self, conn, status=None):
        """Close a connection whose request does not come, with an answer if it had begun."""
        self._leave(conn)
        if status and conn.received:
            with contextlib.suppress(OSError):
                conn.sock.send(b"HTTP/1.1 %s\r\nConnection: close\r\nContent-Length: 0\r\n\r\n" % status)
        self.nr_conns -= 1
        conn.close()

    def _drop_oldest(self):
        """Make room for another connection: close the oldest of those that wait, or else of those that are kept."""
        if self._arriving and len(self._arriving) >= len(self._queue):
            self._drop(next(iter(self._arriving)))
        elif self._queue:
            self.nr_conns -= 1
            self._queue.popleft().close()
        elif self.keepalived_conns:
            self.keepalived_conns[0].timeout = 0
            self.murder_keepalived()

    # threads

    def _start(self, conn):
        if conn.streams:
            if self._streaming >= max(1, self.cfg.threads // 2):
                self._queue.append(conn)
                return
            self._streaming += 1
        super().enqueue_req(conn)

    def finish_request(self, conn, fs):
        """Go on with a connection after a request, and with a body that waits for a thread."""
        if conn.streams:
            conn.streams = False
            self._streaming -= 1
            if self._queue:
                self._start(self._queue.popleft())
        super().finish_request(conn, fs)
