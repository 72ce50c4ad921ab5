"""A connection, as the loop sees it: requests are collected, answers are taken as fast as the client reads them."""

import os
import socket
from collections import deque

import httptools

from .body import WAITING_SIZE, Body, ComingBody, StorageExceeded
from .clock import now
from .exchange import Exchange
from .incoming import FIELD_SIZE, TOO_LARGE, Incoming, RefusedError
from .pace import Pace

_RECEIVE_SIZE = 64 * 1024
#: bytes that are read before the request before them is answered
_AHEAD = 64 * 1024
#: seconds, and bytes, that a client has to read its last answer
_LINGER_TIME = 2
_LINGER_SIZE = 64 * 1024
NEVER = float("inf")


class Connection:
    """A connection and the requests that come over it, one after the other.

    While a request is in a thread (`busy`), only that thread sends, and the loop does not close the connection.

    :param front: the :class:`~.front.Front`
    :param sock: its socket
    :param address: address of the client
    :param base: what the environments of its requests have in common
    """

    __slots__ = (
        "_coming", "_discarded", "_file", "_incoming", "_kept_rest", "_out", "_out_pace", "_pace", "_parser",
        "_pending", "_pending_size", "_reading", "_refusal", "_then", "_unfinished", "_waiting", "address", "base",
        "busy", "deadline", "ended", "front", "gone", "lingers", "since", "sock", "websocket",
    )  # fmt: skip

    def __init__(self, front, sock, address, base):
        self.front = front
        self.sock = sock
        self.address = address
        self.base = base
        #: time of the last request, or of the beginning
        self.since = now()
        #: until when something has to happen
        self.deadline = self.since + front.patience.header
        #: whether a request is being answered
        self.busy = False
        #: whether the client sends nothing more, and whether it is not there any more
        self.ended = self.gone = False
        #: whether only the client's reading of the last answer is waited for
        self.lingers = False
        #: what messages go to, once the connection has become a WebSocket
        self.websocket = None
        self._parser = httptools.HttpRequestParser(self)
        self._incoming = self._coming = self._pace = self._refusal = None
        self._waiting = deque()
        self._pending = []
        self._pending_size = self._discarded = 0
        #: bytes given to the parser since it found something
        self._unfinished = 0
        self._out = self._out_pace = self._file = self._then = self._kept_rest = None
        self._reading = False
        self.resume_reading()

    # reading

    def pause_reading(self):
        """Leave what comes to the system."""
        if self._reading:
            self._reading = False
            self.front.loop.remove_reader(self.sock.fileno())

    def resume_reading(self):
        """Read what comes."""
        if not self._reading and not self.ended and not self.gone:
            self._reading = True
            self.front.loop.add_reader(self.sock.fileno(), self._on_readable)

    def _on_readable(self):
        try:
            data = self.sock.recv(_RECEIVE_SIZE)
        except BlockingIOError:
            return
        except OSError:
            self.gone, data = True, b""
        if not data:
            self._on_end()
        elif self.lingers:
            self._discarded += len(data)
            if self._discarded > _LINGER_SIZE:
                self.close()
        elif self.websocket is not None:
            self.websocket.receive(data)
        elif self.busy and not self._streams():
            self._keep_for_later(data)
        else:
            self._feed(data)

    def _on_end(self):
        """Note that the client sends nothing more; it may still wait for an answer."""
        self.pause_reading()
        self.ended = True
        if self.websocket is not None:
            self.websocket.on_end()
        elif self._streams():
            self._incoming.body.end(ConnectionError("The client has gone"))
        if not self.busy:
            self.close()

    def _keep_for_later(self, data):
        self._pending.append(data)
        self._pending_size += len(data)
        if self._pending_size > _AHEAD:
            self.pause_reading()
        if not self.busy:
            # the request ended meanwhile, and its thread saw nothing that waits
            self._next()

    def _feed(self, data):
        """Give data to the parser, which calls the methods `on_...`, and do what has become possible."""
        self._unfinished += len(data)
        try:
            self._parser.feed_data(data)
            if self._unfinished > FIELD_SIZE and self._incoming is not None:
                # the parser puts a field together, copying it for each part, and tells of it when it has the end
                self._refuse(RefusedError(TOO_LARGE))
        except httptools.HttpParserUpgrade as error:
            self._parser = httptools.HttpRequestParser(self)
            rest = data[error.args[0] :]
            if rest:
                self._pending.insert(0, rest)
                self._pending_size += len(rest)
        except httptools.HttpParserCallbackError as error:
            self._refuse(error.__context__)
        except httptools.HttpParserError:
            self._refuse(RefusedError("400 Bad Request"))
        if self._pace is not None and (not self.busy or self._streams()):
            self._wait_for_body(self._pace.moved(len(data)))
        if not self.busy:
            self._advance()

    def _wait_for_body(self, deadline):
        # while an answer is being read, its reader's deadline holds: a body must not put it off
        if not self.is_draining:
            self.deadline = deadline

    def _refuse(self, error):
        match error:
            case RefusedError():
                self._refusal = error.status
            case StorageExceeded():
                self._refusal = "503 Service Unavailable"
            case OSError():
                self._refusal = "507 Insufficient Storage"
            case _:
                raise error
        self.pause_reading()
        if self._streams():
            self._incoming.body.end(ConnectionError(str(error)))

    def _streams(self):
        """Tell whether a thread reads the body that comes; what comes after it is of another request."""
        return self._incoming is not None and isinstance(self._incoming.body, ComingBody)

    # what the parser finds

    def on_message_begin(self):
        """Begin a request."""
        self._incoming = Incoming()
        self._unfinished = 0
        if not self.busy:
            self.deadline = min(self.deadline, now() + self.front.patience.header)

    def on_url(self, data):
        """Take a part of the target."""
        self._unfinished = 0
        self._incoming.add_target(data)

    def on_header(self, name, value):
        """Take a field of the header, or one after the body."""
        self._unfinished = 0
        self._incoming.add_field(name, value)

    def on_headers_complete(self):
        """Prepare for the body."""
        incoming = self._incoming
        self._unfinished = 0
        incoming.end_header(self._parser)
        self._pace = Pace(self.front.patience)
        if incoming.length and incoming.length > WAITING_SIZE:
            self._hand_over()

    def on_body(self, data):
        """Take a part of the body."""
        incoming = self._incoming
        self._unfinished = 0
        if self._streams():
            if incoming.body.append(data):
                self.pause_reading()
                self._pace = None
                self._wait_for_body(NEVER)
            return
        if incoming.body is None:
            incoming.body = Body(self.front.room)
        incoming.body.append(data)
        if incoming.body.size > WAITING_SIZE:
            self._hand_over()

    def on_message_complete(self):
        """Have a complete request answered."""
        self._pace = None
        streams = self._streams()
        incoming, self._incoming = self._incoming, None
        incoming.complete = True
        if streams:
            incoming.body.end()
            self._wait_for_body(NEVER)
            # nobody asks for more: the request after it would not be read
            self.resume_reading()
        else:
            self._waiting.append(incoming)

    def _hand_over(self):
        """Give a request with a very long body to a thread that reads it while it comes."""
        if self.busy or self._waiting or not self.front.begin_stream():
            raise RefusedError("503 Service Unavailable")
        # now, as long as no thread sends anything
        self._ask_for_body()
        incoming = self._incoming
        body = incoming.body
        self._coming = ComingBody(body and body.open(), lambda: self.front.call(self._want_body))
        incoming.body = self._coming
        incoming.stored = body
        self._start(incoming)

    def _want_body(self):
        if self._coming is not None and self._pace is None and self._streams() and not self._refusal:
            self._pace = Pace(self.front.patience)
            self.deadline = self._pace.moved(0)
            self.resume_reading()

    def _ask_for_body(self):
        incoming = self._incoming
        if incoming.expects and incoming.complete_header:
            incoming.expects = False
            self.send([b"HTTP/1.1 100 Continue\r\n\r\n"])

    # requests, one after the other

    def _advance(self):
        """Do what comes next, when nothing is being answered."""
        if self._waiting:
            self._start(self._waiting.popleft())
        elif self._refusal:
            self.refuse(self._refusal)
        elif self._incoming is not None:
            self._ask_for_body()

    def _start(self, incoming):
        self.busy = True
        if self._coming is None:
            self.deadline = NEVER
        self.front.pool.submit(Exchange(self, incoming).run)

    def _next(self):
        """Go on after an answer."""
        if self.busy or self.sock.fileno() < 0 or self.lingers:
            return
        if self.gone:
            self.close()
            return
        if self._pending and not self._waiting and not self._refusal:
            data = b"".join(self._pending)
            self._pending.clear()
            self._pending_size = 0
            self.resume_reading()
            self._feed(data)
        else:
            self._advance()
        if self._incoming is not None and not self.busy:
            # its time begins now, whatever had come already
            self._pace = Pace(self.front.patience) if self._incoming.complete_header else None
            self.deadline = self._pace.moved(0) if self._pace else now() + self.front.patience.header
        if self.busy or self.lingers:
            return
        if self.ended:
            self.close()
        elif self.front.stopping and self._incoming is None:
            self.front.part_with(self)

    def refuse(self, status):
        """Answer without the application, and close."""
        self.send([f"HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n".encode()])
        self._close_gently()

    def on_deadline(self):
        """Do away with what takes too long."""
        if self.busy:
            self.deadline = NEVER
            if self._coming is not None:
                self._coming.end(TimeoutError("The client is too slow"))
                self.pause_reading()
            if self.is_draining or self._coming is None:
                self.cut()
                self._drained()
        elif self.websocket is not None:
            self.websocket.on_deadline()
        elif self._incoming is not None and not self.lingers:
            self.refuse("408 Request Timeout")
        else:
            self.close()

    # answers: what threads call

    def may_be_kept(self, incoming):
        """Tell whether another request can follow after the answer to one."""
        return incoming.complete and not self.gone

    def send(self, buffers):
        """Send as much as the client takes now; return the rest, None without."""
        if self.gone:
            return None
        if self._kept_rest is not None:
            self._kept_rest.extend(map(memoryview, buffers))
            return None
        try:
            sent = self.sock.sendmsg(buffers)
        except BlockingIOError:
            sent = 0
        except OSError:
            self.gone = True
            return None
        for number, buffer in enumerate(buffers):
            if sent < len(buffer):
                rest = deque(map(memoryview, buffers[number:]))
                rest[0] = rest[0][sent:]
                return rest
            sent -= len(buffer)
        return None

    def keep_rest(self, rest):
        """Keep what is left of an answer until :meth:`finish`."""
        self._kept_rest = rest

    def send_file(self, descriptor, position, size, then):
        """Send a part of a file; return whether all of it has gone, otherwise `then()` is called when it has."""
        while size and self._kept_rest is None and not self.gone:
            try:
                sent = os.sendfile(self.sock.fileno(), descriptor, position, min(size, _RECEIVE_SIZE * 16))
            except BlockingIOError:
                break
            except OSError:
                self.gone = True
                break
            if not sent:
                self.gone = True
                break
            position += sent
            size -= sent
        if self.gone or not size:
            return True
        rest, self._kept_rest = self._kept_rest or deque(), None
        self.front.call(self.drain, rest, then, (descriptor, position, size))
        return False

    def cut(self):
        """Have nothing more sent: what was sent is no whole answer."""
        self.gone = True

    def finish(self, keep):
        """Note that a request is answered.

        :param bool keep: whether another one may follow
        """
        if self._coming is not None:
            self._coming = None
            self.front.call(self.front.end_stream)
        rest, self._kept_rest = self._kept_rest, None
        if rest and not self.gone:
            self.front.call(self.drain, rest, lambda: self.finish(keep))
            return
        if not keep:
            self.front.call(self._close_gently)
            return
        self.since = now()
        self.deadline = self.since + self.front.patience.kept
        self.busy = False
        if self._has_more() or self.ended or self.gone or self.front.stopping:
            self.front.call(self._next)

    def _has_more(self):
        return self._pending or self._waiting or self._incoming is not None or self._refusal

    # answers: what the loop sends

    def drain(self, rest, then, file=None):
        """Send what a thread could not, as the client takes it.

        :param rest: buffers
        :param then: called when they are sent
        :param file: descriptor, position and size of a part of a file to send after them
        """
        self._out, self._then, self._file = rest, then, file
        self._out_pace = Pace(self.front.patience)
        self.deadline = self._out_pace.moved(0)
        self.front.loop.add_writer(self.sock.fileno(), self._on_writable)

    def _on_writable(self):
        try:
            sent = self._send_some()
        except BlockingIOError:
            return
        except OSError:
            self.gone = True
        if self.gone or not (self._out or self._file):
            self._drained()
        else:
            self.deadline = self._out_pace.moved(sent)

    def _send_some(self):
        if self._out:
            sent = self.sock.send(self._out[0])
            if sent < len(self._out[0]):
                self._out[0] = self._out[0][sent:]
            else:
                self._out.popleft()
            return sent
        descriptor, position, size = self._file
        sent = os.sendfile(self.sock.fileno(), descriptor, position, min(size, _RECEIVE_SIZE * 4))
        if not sent:
            self.gone = True  # the file is shorter than it was
        self._file = (descriptor, position + sent, size - sent) if sent < size else None
        return sent

    def _drained(self):
        self.front.loop.remove_writer(self.sock.fileno())
        then, self._then = self._then, None
        self._out = self._file = self._out_pace = None
        self.deadline = NEVER
        if self._coming is not None and self._pace is not None:
            # what is left of the body has its time from now on
            self._pace = Pace(self.front.patience)
            self.deadline = self._pace.moved(0)
        if then is not None:
            then()

    def push(self, buffers, then):
        """Send buffers after those that are still being sent.

        :param then: called when all have gone, unless they go at once
        :return: whether they went at once
        """
        if self._out is not None:
            self._out.extend(map(memoryview, buffers))
            return False
        rest = self.send(buffers)
        if rest:
            self.drain(rest, then)
        return not rest

    # the end

    def _close_gently(self):
        """Let the client read the last answer; a connection that is closed with unread data loses it."""
        self.busy = False
        if self.gone or self.ended:
            self.close()
            return
        try:
            self.sock.shutdown(socket.SHUT_WR)
        except OSError:  # it is closed already
            self.close()
            return
        self.lingers = True
        self._pending.clear()
        self.deadline = now() + _LINGER_TIME
        self.resume_reading()

    def close(self):
        """Close the connection."""
        if self.sock.fileno() < 0:
            return
        self.pause_reading()
        if self.is_draining:
            # the next connection may get the same descriptor, of which the loop must know nothing then
            self.front.loop.remove_writer(self.sock.fileno())
        if self._incoming is not None:
            self._incoming.close()
        for incoming in self._waiting:
            incoming.close()
        self._waiting.clear()
        self.front.forget(self)
        self.sock.close()

    @property
    def is_draining(self):
        """Whether something waits for the client to read."""
        return self._out is not None

    def upgrade(self, handler, exchange):
        """Become the WebSocket that a handshake asked for."""
        rest, self._kept_rest = self._kept_rest, None
        self.busy = False
        self.deadline = NEVER
        self.websocket = self.front.open_websocket(self, handler, exchange, rest)
        data = b"".join(self._pending)
        self._pending.clear()
        self.resume_reading()
        if data:
            self.websocket.receive(data)
        if self.ended:
            self.websocket.on_end()
