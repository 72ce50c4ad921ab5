"""Who listens to which channel in this process, and who is told when another one wrote a message."""

import json
import logging
import select
import threading
from contextlib import closing

import psycopg2

from odoo import models, sql_db
from odoo.db.lifecycle import MAINTENANCE_DATABASE
from odoo.tools import json_default

__all__ = ["ImDispatch", "channel_with_db", "dispatch", "hashable", "json_dump"]

_logger = logging.getLogger("odoo.addons.bus.models.bus")

#: seconds before the database is asked again after it could not be reached
_RETRY = 5
#: seconds after which the thread looks whether it is to end
_LOOK = 5


def json_dump(value):
    """Return compact JSON, in which channels and messages are stored and compared."""
    return json.dumps(value, separators=(",", ":"), default=json_default)


def hashable(key):
    """Return a key for dictionaries: JSON makes lists of tuples."""
    return tuple(key) if isinstance(key, list) else key


def channel_with_db(dbname, channel):
    """Return a channel as it is stored: with the name of its database.

    :param str dbname: name of the database
    :param channel: record, pair of a record and a text, text, or a channel with its database, which stays as it is
    """
    match channel:
        case models.BaseModel():
            return dbname, channel._name, channel.id
        case (models.BaseModel() as record, part):
            return dbname, record._name, record.id, part
        case str():
            return dbname, channel
    return channel


class ImDispatch(threading.Thread):
    """Wakes the WebSockets of this process when there are messages for them."""

    def __init__(self):
        super().__init__(name="odoo.bus.dispatch", daemon=True)
        #: channel with database -> the WebSockets that listen to it
        self._channels_to_ws = {}
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        #: asked for instead of `is_alive()`, which many threads that ask at once get wrong answers of
        self._begun = False

    def subscribe(self, channels, last, db, websocket):
        """Have a WebSocket listen to channels, and to no others any more.

        :param channels: records, pairs of a record and a text, texts
        :param int last: id of the last message that the client knows
        :param str db: name of their database
        :param websocket: :class:`~odoo.addons.bus.websocket.Websocket`
        """
        wanted = {hashable(channel_with_db(db, channel)) for channel in channels}
        with self._lock:
            for channel in wanted:
                self._channels_to_ws.setdefault(channel, set()).add(websocket)
            self._leave(websocket, websocket._channels - wanted)
            # before it is woken: a message of this moment is found by the one or the other
            websocket.subscribe(wanted, last)
        self._ensure_started()

    def unsubscribe(self, websocket):
        """Have a WebSocket listen to nothing."""
        with self._lock:
            self._leave(websocket, websocket._channels)

    def listeners(self, channels):
        """Return the WebSockets that listen to any of some channels with their database."""
        with self._lock:
            found = set()
            for channel in channels:
                found |= self._channels_to_ws.get(hashable(channel), set())
            return found

    def _leave(self, websocket, channels):
        for channel in channels:
            listeners = self._channels_to_ws.get(channel)
            if listeners is not None:
                listeners.discard(websocket)
                if not listeners:
                    del self._channels_to_ws[channel]

    def _ensure_started(self):
        with self._lock:
            if not self._begun:
                self._begun = True
                self.start()

    def stop(self):
        """End the thread."""
        self._stopped.set()

    def run(self):
        """Listen to the database until the end."""
        while not self._stopped.is_set():
            try:
                self._listen()
            except Exception as error:
                if isinstance(error, psycopg2.InterfaceError):
                    _logger.info("The bus lost its connection to the database: this process closed it")
                elif isinstance(error, psycopg2.Error):
                    _logger.warning("The bus waits for the database: %s", str(error).strip())
                else:
                    _logger.exception("The bus failed, and tries again")
                self._stopped.wait(_RETRY)

    def _listen(self):
        with closing(sql_db.db_connect(MAINTENANCE_DATABASE, direct=True).cursor()) as cr:
            cr.execute("LISTEN imbus")
            cr.commit()
            # what was announced while nobody listened
            listeners = self._all()
            for websocket in listeners:
                websocket._caught_up = False
            self._wake(listeners)
            connection = cr._cnx
            # it may have a number that select() cannot take, where there are thousands of WebSockets
            poll = select.poll()
            poll.register(connection, select.POLLIN)
            while not self._stopped.is_set():
                poll.poll(_LOOK * 1000)
                connection.poll()
                channels = []
                for notification in connection.notifies:
                    channels += json.loads(notification.payload)
                connection.notifies.clear()
                self._wake(self.listeners(channels))

    def _all(self):
        with self._lock:
            return set().union(*self._channels_to_ws.values())

    @staticmethod
    def _wake(websockets):
        for websocket in websockets:
            websocket.trigger_notification_dispatching()


#: the one of this process; its thread begins with the first subscription
dispatch = ImDispatch()
