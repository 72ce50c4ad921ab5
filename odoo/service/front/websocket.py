"""An open WebSocket: the loop reads and writes it, its handler is called in threads."""

import logging
import threading
from collections import deque

from websockets.exceptions import ProtocolError
from websockets.frames import CloseCode, Opcode
from websockets.protocol import OPEN, SERVER, Protocol

from odoo.http.websocket import WebSocket
from odoo.tools.budgets import Budget, run_within
from odoo.tools.config import config
from odoo.tools.request_ids import named_run

from .clock import now

_logger = logging.getLogger(__name__)

#: seconds for the closing handshake
_CLOSING_TIME = 5
#: messages, and bytes of them, that wait for the handler before the loop reads no more
_MAX_WAITING = 32
_MAX_WAITING_SIZE = 1024 * 1024
#: bytes that are read at once where they may be compressed: each becomes a thousand at most
_PIECE = 1024
#: bytes of answers to pings that wait for the client before the loop reads no more
_MAX_ANSWERS = 64 * 1024


class OpenWebSocket(WebSocket):
    """The WebSocket that a connection has become.

    :param connection: the :class:`~.connection.Connection`
    :param handler: the :class:`~odoo.http.websocket.WebSocketHandler`
    :param exchange: the handshake
    :param rest: buffers that are to be sent before anything else
    """

    __slots__ = (
        "_answers", "_arrivals", "_busy", "_closing", "_connection", "_dies", "_events", "_events_size", "_handler",
        "_held", "_over", "_parts", "_pinged", "_protocol", "_unsent", "uri",
    )  # fmt: skip

    def __init__(self, connection, handler, exchange, rest):
        self.uri = exchange.uri
        self._connection = connection
        self._handler = handler
        self._protocol = Protocol(SERVER, state=OPEN, max_size=handler.max_size, logger=_logger)
        #: what has come and waits until what was compressed before it is done with
        self._held = b""
        if exchange.deflate is not None:
            self._protocol.extensions = [exchange.deflate]
        #: parts of the message that is coming
        self._parts = []
        #: what the handler will be told: functions, and bytes that they stand for
        self._events = deque()
        self._events_size = 0
        self._busy = self._over = self._closing = self._pinged = False
        self._unsent = self._answers = 0
        #: when the last frames came, as many as may come at once
        self._arrivals = deque(maxlen=handler.frame_rate[0]) if handler.frame_rate else None
        self._dies = now() + handler.lifetime if handler.lifetime else None
        self._plan()
        if rest:
            connection.drain(rest, self._on_drained)
        self._tell(lambda: handler.opened(self))

    # for handlers, in any thread

    @property
    def is_closed(self):
        """Whether nothing can be sent any more."""
        return self._closing or self._over

    def send(self, message):
        """Send a message, soon."""
        if self.is_closed:
            return
        data = message.encode() if isinstance(message, str) else bytes(message)
        self._unsent += len(data)
        if self._unsent > self._handler.max_unsent:
            self._closing = True
            self._connection.front.call(self._abort)
            return
        send = self._protocol.send_text if isinstance(message, str) else self._protocol.send_binary
        self._connection.front.call(self._send, send, data)

    def close(self, code=1000, reason=""):
        """Close the WebSocket, after the messages that are on their way."""
        if not self.is_closed:
            self._connection.front.call(self._close, code, reason)

    def drop(self):
        """Drop the connection, without a word."""
        if not self.is_closed:
            self._closing = True
            self._connection.front.call(self._abort)

    # the loop

    def receive(self, data):
        """Take what has come."""
        self._pinged = False
        connection = self._connection
        # what a client sends does not put off until when it has to read
        if not connection.is_draining and (
            connection.deadline > now() + self._handler.ping_timeout or not self._closing
        ):
            self._plan()
        if not self._protocol.extensions:
            self._read(data)
            return
        self._held += data
        self._read_held()

    def _read_held(self):
        """Take what has come in pieces, as little may become much: until the handler has enough before it."""
        while self._held and not self._over and not self._has_enough():
            piece, self._held = self._held[:_PIECE], self._held[_PIECE:]
            self._read(piece)
        if self._held:
            self._connection.pause_reading()

    def _read(self, data):
        """Have the protocol take what has come."""
        try:
            self._protocol.receive_data(data)
        except EOFError:
            return
        for frame in self._protocol.events_received():
            if self._comes_too_fast():
                self._close(CloseCode.TRY_AGAIN_LATER, "")
            if frame.opcode in (Opcode.TEXT, Opcode.BINARY, Opcode.CONT):
                self._take(frame)
        self._answers += self._flush()
        if self._answers > _MAX_ANSWERS:
            self._connection.pause_reading()

    def _comes_too_fast(self):
        """Note that a frame has come, and tell whether it is one too many."""
        if self._arrivals is None or self._closing:
            return False
        moment, (burst, delay) = now(), self._handler.frame_rate
        too_fast = len(self._arrivals) == burst and moment - self._arrivals[0] < delay * burst
        self._arrivals.append(moment)
        return too_fast

    def _take(self, frame):
        """Take a part of a message."""
        if self._closing:
            return
        if frame.opcode != Opcode.CONT:
            self._parts = [frame.opcode]
        self._parts.append(frame.data)
        if not frame.fin:
            return
        opcode, *parts = self._parts
        self._parts = []
        message = parts[0] if len(parts) == 1 else b"".join(parts)
        size = len(message)
        if opcode == Opcode.TEXT:
            try:
                message = str(message, "utf-8")
            except UnicodeDecodeError:
                self._protocol.fail(CloseCode.INVALID_DATA, "invalid UTF-8")
                return
        self._tell(lambda: self._handler.received(self, message), size)

    def on_end(self):
        """Note that the client has gone."""
        self._finish()

    def on_deadline(self):
        """Ask whether the client is there, or do away with it."""
        moment = now()
        if self._closing or self._pinged or self._connection.is_draining:
            self._abort()
        elif self._dies is not None and self._dies <= moment:
            self._close(self._handler.lifetime_code, "")
        else:
            self._pinged = True
            self._connection.deadline = moment + self._handler.ping_timeout
            self._protocol.send_ping(b"")
            self._flush()

    def go_away(self, deadline):
        """Close because the server stops."""
        self._close(CloseCode.GOING_AWAY, "")
        self._connection.deadline = min(self._connection.deadline, deadline)

    def _plan(self):
        deadline = now() + self._handler.ping_interval
        self._connection.deadline = deadline if self._dies is None else min(deadline, self._dies)

    def _send(self, send, data):
        if not self._over and self._protocol.state is OPEN:
            send(data)
            self._flush()

    def _close(self, code, reason):
        if self._over or self._protocol.state is not OPEN:
            return
        try:
            self._protocol.send_close(code, reason)
        except ProtocolError:
            _logger.exception("The WebSocket %s cannot be closed with code %s", self.uri, code)
            self._protocol.send_close(CloseCode.INTERNAL_ERROR)
        self._flush()

    def _flush(self):
        """Send what the protocol has to send; return how many bytes wait for the client."""
        if self._over:
            return 0
        buffers = self._protocol.data_to_send()
        ends = b"" in buffers
        if self._protocol.close_expected() and not self._closing:
            self._closing = True
            self._connection.deadline = now() + _CLOSING_TIME
        # in one piece: the system takes only so many at once
        data, waiting = b"".join(buffers), 0
        if data:
            if self._connection.push([data], self._on_drained):
                self._unsent = 0
            else:
                waiting = len(data)
        if self._connection.gone or (ends and not self._connection.is_draining):
            self._finish()
        return waiting

    def _on_drained(self):
        self._unsent = self._answers = 0
        if self._connection.gone or self._protocol.eof_sent:
            self._finish()
            return
        if self._closing:
            self._connection.deadline = now() + _CLOSING_TIME
        else:
            self._plan()
        self._read_on()

    def _abort(self):
        self._connection.cut()
        self._finish()

    def _finish(self):
        """Close the connection."""
        if self._over:
            return
        self._over = self._closing = True
        code, reason = self._protocol.close_rcvd or self._protocol.close_sent, ""
        code, reason = (code.code, code.reason) if code else (CloseCode.ABNORMAL_CLOSURE, "")
        self._tell(lambda: self._handler.closed(self, int(code), reason))
        self._connection.close()

    # threads

    def _tell(self, event, size=0):
        """Have the handler told of something, after all that was before."""
        self._events.append((event, size))
        self._events_size += size
        if self._has_enough():
            self._connection.pause_reading()
        if not self._busy:
            self._busy = True
            self._connection.front.telling.add(self)
            self._connection.front.pool.submit(self._work)

    def _has_enough(self):
        return len(self._events) > _MAX_WAITING or self._events_size > _MAX_WAITING_SIZE or self._answers > _MAX_ANSWERS

    def _work(self):
        event, __ = self._events[0]
        vars(threading.current_thread()).update(dbname=None, uid=None, url=self.uri)
        budget = Budget(
            "work for a WebSocket", config["limit_time_real"], config["limit_time_cpu"], rows=config["limit_rows"]
        )
        try:
            with named_run("ws"):
                run_within(budget, event)
        except BaseException:
            _logger.exception("The handler of the WebSocket %s failed", self.uri)
            self.close(CloseCode.INTERNAL_ERROR)
        finally:
            self._connection.front.call(self._on_told)

    def _on_told(self):
        __, size = self._events.popleft()
        self._events_size -= size
        self._read_on()
        if self._events:
            self._connection.front.pool.submit(self._work)
        else:
            self._busy = False
            self._connection.front.telling.discard(self)

    def _read_on(self):
        """Read again, when neither the handler nor the client has too much before it."""
        few = len(self._events) <= _MAX_WAITING // 2 and self._events_size <= _MAX_WAITING_SIZE // 2
        if few and self._answers <= _MAX_ANSWERS and not self._over:
            self._read_held()
            if not (self._held or self._has_enough()):
                self._connection.resume_reading()
