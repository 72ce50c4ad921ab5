"""The front: listening sockets, connections, deadlines, and the end of it all."""

import asyncio
import contextlib
import errno
import logging
import resource
import socket
from collections import Counter

from .body import Room
from .clock import now
from .connection import Connection
from .incoming import base_environ
from .pace import Patience
from .threads import ThreadPool
from .websocket import OpenWebSocket

_logger = logging.getLogger(__name__)

#: seconds between two looks for clients that take too long
LOOK_INTERVAL = 0.5
#: seconds that connections without a request are kept when the front is being replaced, for one more request
GRACE = 2
#: seconds that a WebSocket may take to be closed
_CLOSING_TIME = 2
#: files that may be open beside the connections, and how many are tried to be allowed
_OTHER_FILES = 200
_MAX_FILES = 65536
#: connections that are accepted before others get their turn
_ACCEPTED_AT_ONCE = 16
#: connections closed at once when there is no room, and seconds without new ones when none can be
_MADE_ROOM = 8
_PAUSE = 0.1


class Loop(asyncio.SelectorEventLoop):
    """An event loop of asyncio on the clock of the front."""

    def time(self):
        """Return the seconds that plans are made with."""
        return now()


def _ignore(exchange):
    """Do nothing."""


class Front:
    """Serves a WSGI application.

    :param application: the WSGI application
    :param listeners: listening sockets
    :param loop: event loop of asyncio, run by the caller
    :param int threads: number of threads that requests run in
    :param on_answered: called, in a thread, with each :class:`~.exchange.Exchange` whose answer is complete
    :param patience: :class:`~.pace.Patience`
    :param bool multiprocess: whether other processes serve the application too
    """

    def __init__(
        self, application, listeners, loop, threads, *, on_answered=_ignore, patience=None, multiprocess=False
    ):
        self.application = application
        self.loop = loop
        self.on_answered = on_answered
        self.patience = patience or Patience()
        self.room = Room()
        self.pool = ThreadPool(threads, lambda seconds, function: self.call(loop.call_later, seconds, function))
        self.stopping = False
        self._grace = 0
        self._listeners = [(listener, base_environ(listener.getsockname(), multiprocess)) for listener in listeners]
        #: connections, oldest first
        self._connections = {}
        self._per_address = Counter()
        #: WebSockets whose handler is being told of something
        self.telling = set()
        self._streams, self._max_streams = 0, max(1, threads // 2)
        self._capacity = _allow_files() - _OTHER_FILES

    def call(self, function, *args):
        """Have the loop call a function soon; from any thread."""
        with contextlib.suppress(RuntimeError):  # the loop is closed: everything is over
            self.loop.call_soon_threadsafe(function, *args)

    def submit_to(self, function):
        """Return a function that has another one called in a thread."""
        return lambda: self.pool.submit(function)

    def start(self):
        """Begin to accept connections."""
        for listener, base in self._listeners:
            listener.setblocking(False)
            self._listen(listener, base)
        self.loop.call_later(LOOK_INTERVAL, self._look)

    # connections

    def _accept(self, listener, base):
        for number in range(_ACCEPTED_AT_ONCE):
            if len(self._connections) >= self._capacity:
                if number:  # whether there is another one is known when the loop calls again
                    return
                if not self._make_room():
                    self._pause(listener, base)
                    return
            try:
                sock, address = listener.accept()
            except BlockingIOError:
                return
            except OSError as error:
                if error.errno in (errno.EMFILE, errno.ENFILE):
                    if not self._make_room():
                        self._pause(listener, base)
                elif error.errno != errno.ECONNABORTED:
                    raise
                return
            sock.setblocking(False)
            self._add(sock, address, base)

    def _add(self, sock, address, base):
        limit = self.patience.per_address
        peer = address[0] if isinstance(address, tuple) else address
        if limit and self._per_address[peer] >= limit:
            sock.close()
            return
        if sock.family != socket.AF_UNIX:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._per_address[peer] += 1
        self._connections[Connection(self, sock, address, base)] = peer

    def forget(self, connection):
        """Note that a connection is closed."""
        peer = self._connections.pop(connection)
        self._per_address[peer] -= 1
        if not self._per_address[peer]:
            del self._per_address[peer]

    def connections(self):
        """Return the open connections."""
        return list(self._connections)

    def _make_room(self):
        """Close some connections that wait, the oldest of the address that has most; return whether there were any."""
        waiting = [
            connection for connection in self._connections if not connection.busy and connection.websocket is None
        ]
        if not waiting:
            return False
        counts = Counter(self._connections[connection] for connection in waiting)
        peer = counts.most_common(1)[0][0]
        waiting = [connection for connection in waiting if self._connections[connection] == peer]
        for connection in sorted(waiting, key=lambda connection: connection.since)[:_MADE_ROOM]:
            connection.close()
        return True

    def _pause(self, listener, base):
        """Leave new connections to the system for a moment: all that there are, are in use."""
        self.loop.remove_reader(listener.fileno())
        self.loop.call_later(_PAUSE, self._listen, listener, base)

    def _listen(self, listener, base):
        if not self.stopping:
            self.loop.add_reader(listener.fileno(), self._accept, listener, base)

    def _look(self):
        """Do away with what takes too long."""
        self.loop.call_later(LOOK_INTERVAL, self._look)
        moment = now()
        for connection in self.connections():
            if connection.deadline < moment:
                connection.on_deadline()

    # bodies that threads read

    def begin_stream(self):
        """Reserve a thread that reads a body while it comes; return whether there is one."""
        if self._streams >= self._max_streams:
            return False
        self._streams += 1
        return True

    def end_stream(self):
        """Give the thread back."""
        self._streams -= 1

    # WebSockets

    def open_websocket(self, connection, handler, exchange, rest):
        """Return the WebSocket that a connection has become.

        :param exchange: the handshake
        :param rest: buffers that are to be sent before anything else
        """
        websocket = OpenWebSocket(connection, handler, exchange, rest)
        if self.stopping:
            websocket.go_away(now() + _CLOSING_TIME)
        return websocket

    # the end

    def stop(self, grace=0):
        """Accept nothing more, and close what waits.

        :param float grace: seconds that connections without a request are kept for one more
        """
        self._grace = grace
        if not self.stopping:
            self.stopping = True
            for listener, __ in self._listeners:
                self.loop.remove_reader(listener.fileno())
        moment = now()
        for connection in self.connections():
            if connection.websocket is not None:
                connection.websocket.go_away(moment + _CLOSING_TIME)
            elif not connection.busy and not connection.lingers:
                self.part_with(connection)

    def part_with(self, connection):
        """End a connection without a request, to which the last answer may have promised to take one more."""
        if self._grace:
            connection.deadline = min(connection.deadline, now() + self._grace)
        else:
            connection.close()

    def is_over(self):
        """Tell whether a front that was stopped has nothing left to do."""
        return not self._connections and not self.telling

    def close(self):
        """Close what is left."""
        for connection in self.connections():
            connection.close()
        self.pool.close()


def _allow_files():
    """Allow as many open files as the system lets this process have; return their number."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MAX_FILES if hard == resource.RLIM_INFINITY else min(hard, _MAX_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        return wanted
    return wanted if soft == resource.RLIM_INFINITY else soft
