"""Messages on their way to WebSockets: one look at the database for all that wait at a moment."""

import itertools
import logging
import random
import threading
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from odoo import SUPERUSER_ID, api, http
from odoo.modules.registry import Registry
from odoo.osv import expression
from odoo.service import security
from odoo.sql_db import PoolError
from odoo.tools import config
from odoo.tools.budgets import Budget, run_within

from .websocket_protocol import CloseCode

__all__ = ["Deliveries", "Delivery", "acquire_cursor", "deliveries"]

_logger = logging.getLogger("odoo.addons.bus.websocket")

#: how often a cursor is asked for, and the seconds between two times, longer each time
_MAX_TRIES = 10
_DELAY = 0.03
#: databases that are looked at at once
_THREADS = 4
#: seconds after which a message was sent to all who listened: later it may be deleted
_SETTLED = 100


@contextmanager
def acquire_cursor(db):
    """Open a cursor, waiting for a connection if there is none.

    :param str db: name of the database
    :raise PoolError: there is none for long
    """
    for number in itertools.count(1):
        try:
            cursor = Registry(db).cursor()
            break
        except PoolError:
            if number == _MAX_TRIES:
                raise
            time.sleep(random.uniform(_DELAY, number * _DELAY))
    with cursor:
        yield cursor


class _Marks:
    """How far the messages of a database had come at some moments."""

    def __init__(self):
        self._marks = deque()

    def add(self, moment, last_id):
        """Note the id of the last message of a moment."""
        if not self._marks or moment - self._marks[-1][0] >= 1:
            self._marks.append((moment, last_id))

    def settled(self, moment):
        """Return the id of the last message that was settled at a moment, 0 when none is known."""
        marks = self._marks
        while len(marks) > 1 and marks[1][0] <= moment - _SETTLED:
            marks.popleft()
        return marks[0][1] if marks and marks[0][0] <= moment - _SETTLED else 0


class Delivery:
    """The messages for some WebSockets of one database.

    :param env: environment of a cursor of that database
    :param websockets: those that wait
    :param _Marks marks: of the database
    """

    def __init__(self, env, websockets, marks):
        self._env = env
        self._sessions = {}
        self._frames = {}
        now = time.monotonic()
        settled = marks.settled(now)
        bus = env["bus.bus"]
        marks.add(now, bus._bus_last_id())
        channels = set().union(*(websocket._texts for websocket in websockets))
        starts = {
            # who knows of no message yet is told by their age
            max(last, settled) if last and websocket._caught_up else last
            for websocket in websockets
            for last in (websocket._last_notif_sent_id,)
        }
        #: text of a channel -> `(id, text of the message, whether it is sent to who knows of none)`, oldest first
        self._by_channel = {}
        for channel, *message in self._fetch(bus, channels, starts, settled):
            self._by_channel.setdefault(channel, []).append(tuple(message))

    @staticmethod
    def _fetch(bus, channels, starts, settled):
        """Return `(channel, id, message, whether it is recent)` of what may be new to somebody."""
        recent = bus._since(0)
        known = starts - {0}
        parts = [[("id", ">", min(known))]] if known else []
        if 0 in starts:
            parts.append([("id", ">", settled), *recent])
        domain = expression.AND([[("channel", "in", list(channels))], expression.OR(parts)])
        rows = bus.search_fetch(domain, ["channel", "message", "create_date"], order="id")
        young = set(rows.filtered_domain(recent)._ids) if 0 in starts else ()
        return [(row.channel, row.id, row.message, row.id in young) for row in rows]

    def is_allowed(self, session):
        """Tell whether the session of a WebSocket is still valid; its content may have changed since the handshake."""
        sid = session.sid
        if sid not in self._sessions:
            current = http.root.session_store.get(sid)
            self._sessions[sid] = (
                bool(current)
                and current.uid == session.uid
                and (current.uid is None or security.check_session(current, self._env))
            )
        return self._sessions[sid]

    def messages(self, texts, last, known):
        """Return `(id, text)` of the messages for a WebSocket, oldest first.

        :param texts: its channels, as they are stored
        :param int last: messages up to this id are known; 0 for what is recent
        :param known: ids that are known although they are greater
        """
        lists = [self._by_channel[text] for text in self._by_channel.keys() & texts]
        found = [
            (number, text)
            for rows in lists
            for number, text, is_recent in rows
            if (number > last if last else is_recent) and number not in known
        ]
        if len(lists) > 1:
            found.sort()
        return found

    def frame(self, messages):
        """Return the text that is sent for messages; the same object for the same messages."""
        key = tuple(number for number, _text in messages)
        if key not in self._frames:
            parts = (f'{{"id":{number},"message":{text}}}' for number, text in messages)
            self._frames[key] = f"[{','.join(parts)}]"
        return self._frames[key]


class Deliveries:
    """Sends messages to the WebSockets of this process that wait for them, database by database."""

    def __init__(self):
        self._lock = threading.Lock()
        #: database -> the WebSockets that wait
        self._waiting = {}
        self._running = set()
        self._marks = {}
        self._pool = None

    def plan(self, websocket):
        """Have a WebSocket get what is new to it, soon."""
        db = websocket._db
        with self._lock:
            self._waiting.setdefault(db, set()).add(websocket)
            if db in self._running:
                return
            self._running.add(db)
            if self._pool is None:
                self._pool = ThreadPoolExecutor(_THREADS, "odoo.bus.delivery")
            self._pool.submit(self._work, db)

    def is_busy(self, db):
        """Tell whether messages of a database are on their way."""
        with self._lock:
            return db in self._running

    def _work(self, db):
        while True:
            with self._lock:
                websockets = self._waiting.pop(db, None)
                if not websockets:
                    self._running.discard(db)
                    return
            open_ones = [websocket for websocket in websockets if not websocket.is_closed]
            if not open_ones:
                continue
            budget = Budget("delivery of messages", config["limit_time_real"], config["limit_time_cpu"])
            try:
                run_within(budget, lambda open_ones=open_ones: self.deliver(db, open_ones))
            except BaseException as error:
                _end(open_ones, error)

    def deliver(self, db, websockets):
        """Send what is new to some WebSockets of a database."""
        # who is still allowed to listen may have been decided by another process
        Registry(db).check_signaling()
        with acquire_cursor(db) as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"lang": None})
            with self._lock:
                marks = self._marks.setdefault(db, _Marks())
            delivery = Delivery(env, websockets, marks)
            for websocket in websockets:
                websocket._dispatch_bus_notifications(delivery)


def _end(websockets, error):
    """Close WebSockets that could not be sent what they wait for: their clients come back and ask for it."""
    if isinstance(error, PoolError):
        code = CloseCode.TRY_LATER
        _logger.warning("No connection to the database: %d WebSockets are closed for a while", len(websockets))
    else:
        code = CloseCode.SERVER_ERROR
        _logger.error("Messages could not be sent to %d WebSockets", len(websockets), exc_info=error)
    for websocket in websockets:
        websocket.disconnect(code)


#: the one of this process
deliveries = Deliveries()
