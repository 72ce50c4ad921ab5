"""WebSockets of the bus: what the names that addons know them by do on the WebSockets of the server."""

import base64
import binascii
import bisect
import functools
import json
import logging
import os
import random
import time
import zlib
from collections import defaultdict
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit
from weakref import WeakSet

import psycopg2
from werkzeug.exceptions import BadRequest, ServiceUnavailable
from werkzeug.local import LocalStack

from odoo import api, http, modules, release
from odoo.exceptions import UserError
from odoo.http import SessionExpiredException, WebSocketHandler, WebSocketResponse
from odoo.http.httprequest import HTTPRequest
from odoo.http.session import get_default_session
from odoo.modules.registry import Registry
from odoo.orm.retrying import retrying
from odoo.sql_db import PoolError
from odoo.tools import config

from .delivery import acquire_cursor, deliveries
from .dispatch import dispatch, json_dump
from .websocket_protocol import (
    SUPPORTED_VERSIONS,
    CloseCode,
    CloseFrame,
    ConnectionClosed,
    ConnectionState,
    Frame,
    InvalidCloseCodeException,
    InvalidDatabaseException,
    InvalidStateException,
    InvalidWebsocketRequest,
    LifecycleEvent,
    Opcode,
    PayloadTooLargeException,
    ProtocolError,
    RateLimitExceededException,
    UpgradeRequired,
    WebsocketException,
)

__all__ = [
    "CloseCode",
    "CloseFrame",
    "ConnectionClosed",
    "ConnectionState",
    "Frame",
    "InvalidCloseCodeException",
    "InvalidDatabaseException",
    "InvalidStateException",
    "InvalidWebsocketRequest",
    "LifecycleEvent",
    "Opcode",
    "PayloadTooLargeException",
    "ProtocolError",
    "RateLimitExceededException",
    "UpgradeRequired",
    "Websocket",
    "WebsocketConnectionHandler",
    "WebsocketException",
    "WebsocketRequest",
    "acquire_cursor",
    "wsrequest",
]

_logger = logging.getLogger(__name__)

#: all of this process
_websocket_instances = WeakSet()
_websocket_stack = LocalStack()
#: what is at work for a message of a WebSocket
wsrequest = _websocket_stack()


class Websocket(WebSocketHandler):
    """A WebSocket of a page.

    :param session: session of the handshake
    :param cookies: cookies of the handshake
    :param str db: name of the database
    :param httprequest: the handshake
    :param version: version of the worker that opened it
    """

    #: seconds without anything after which the client is asked whether it is there, and for its answer
    CONNECTION_TIMEOUT = 60
    TIMEOUT = 15
    INACTIVITY_TIMEOUT = CONNECTION_TIMEOUT - TIMEOUT
    #: seconds that ids of what was sent are kept: messages with smaller ids may still come
    MAX_NOTIFICATION_HISTORY_SEC = 10
    MESSAGE_MAX_SIZE = 2**20
    #: seconds that it may be open, without chance
    KEEP_ALIVE_TIMEOUT = config["websocket_keep_alive_timeout"]
    #: messages that may come at once, and seconds between them in the long run
    RL_BURST = config["websocket_rate_limit_burst"]
    RL_DELAY = config["websocket_rate_limit_delay"]

    max_size = MESSAGE_MAX_SIZE
    ping_interval = INACTIVITY_TIMEOUT
    ping_timeout = TIMEOUT
    lifetime_code = CloseCode.KEEP_ALIVE_TIMEOUT
    __event_callbacks = defaultdict(list)

    def __init__(self, session, cookies, db, httprequest, version=None):
        self._session = session
        self._cookies = cookies
        self._db = db
        self._httprequest = httprequest
        self._version = version
        #: channels with their database, and the texts that they are stored as
        self._channels = set()
        self._texts = frozenset()
        self._last_notif_sent_id = 0
        #: `(id, time)` of what was sent lately, by id
        self._notif_history = []
        #: whether everything was sent once: what comes from then on is told
        self._caught_up = False
        self._transport = None
        self.state = ConnectionState.OPEN
        # not all of them come back at the same moment
        self.lifetime = self.KEEP_ALIVE_TIMEOUT * random.uniform(1, 1.5)
        self.frame_rate = (self.RL_BURST, self.RL_DELAY)

    # what addons may ask for

    @classmethod
    def onopen(cls, func):
        """Have `func(env, websocket)` called with each WebSocket that is opened; a decorator."""
        cls.__event_callbacks[LifecycleEvent.OPEN].append(func)
        return func

    @classmethod
    def onclose(cls, func):
        """Have `func(env, websocket)` called with each WebSocket that is closed; a decorator."""
        cls.__event_callbacks[LifecycleEvent.CLOSE].append(func)
        return func

    @property
    def is_closed(self):
        """Whether nothing can be sent any more."""
        return self.state is not ConnectionState.OPEN or self._transport is None or self._transport.is_closed

    def disconnect(self, code, reason=None):
        """Close it.

        :param int code: see :class:`CloseCode`; with 1006 the connection is dropped
        :param str reason: short text for the client
        :raise InvalidCloseCodeException: the code may not be sent
        """
        drops = code == CloseCode.ABNORMAL_CLOSURE
        if not drops:
            CloseFrame(code, reason)
        if self.state is not ConnectionState.OPEN:
            return
        self.state = ConnectionState.CLOSING
        if self._transport is not None:
            if drops:
                self._transport.drop()
            else:
                self._transport.close(int(code), reason or "")

    def subscribe(self, channels, last):
        """Listen to channels.

        :param set channels: channels with their database
        :param int last: id of the last message that the client knows
        """
        self._channels = channels
        self._texts = frozenset(map(json_dump, channels))
        if self._last_notif_sent_id == 0:
            self._last_notif_sent_id = last
        self.trigger_notification_dispatching()

    def trigger_notification_dispatching(self):
        """Have what is new sent, soon."""
        if not self.is_closed:
            deliveries.plan(self)

    # the server

    def opened(self, websocket):
        """Begin, see :class:`~odoo.http.WebSocketHandler`."""
        self._transport = websocket
        _websocket_instances.add(self)
        WebsocketConnectionHandler._serve_forever(self, self._db, self._httprequest, self._version)

    def received(self, websocket, message):
        """Do what a message asks for."""
        if self.state is not ConnectionState.OPEN:
            return
        with WebsocketRequest(self._db, self._httprequest, self) as ws_request:
            try:
                ws_request.serve_websocket_message(message)
            except SessionExpiredException:
                self.disconnect(CloseCode.SESSION_EXPIRED)
            except PoolError:
                self.disconnect(CloseCode.TRY_LATER)
            except (InvalidWebsocketRequest, InvalidDatabaseException, UserError) as error:
                _logger.warning("A message of a WebSocket is not served: %s", error)
            except Exception:
                _logger.exception("A message of a WebSocket could not be served")

    def closed(self, websocket, code, reason):
        """End."""
        self.state = ConnectionState.CLOSED
        dispatch.unsubscribe(self)
        self._trigger_lifecycle_event(LifecycleEvent.CLOSE)
        try:
            with acquire_cursor(self._db) as cr:
                env = api.Environment(cr, self._session.uid, dict(self._session.context))
                retrying(lambda: env["ir.websocket"]._on_websocket_closed(self._cookies), env)
        except psycopg2.Error as error:
            _logger.warning("The end of a WebSocket could not be noted: %s", str(error).strip())
        except PoolError:
            _logger.warning("The end of a WebSocket could not be noted: no connection to the database")

    def _trigger_lifecycle_event(self, event):
        """Call what addons want to be called; no cursor is opened for nothing."""
        callbacks = self.__event_callbacks[event]
        if not callbacks:
            return
        with acquire_cursor(self._db) as cr:
            env = api.Environment(cr, self._session.uid, dict(self._session.context))
            for callback in callbacks:
                try:
                    with cr.savepoint():
                        callback(env, self)
                except Exception:
                    _logger.exception("The callback %s of a WebSocket failed", callback)

    # messages

    def _dispatch_bus_notifications(self, delivery=None):
        """Send what is new, unless the session is not valid any more.

        :param delivery: what was fetched for several WebSockets at once; without, it is fetched for this one
        """
        if self.is_closed:
            return
        if delivery is None:
            deliveries.deliver(self._db, [self])
            return
        if not delivery.is_allowed(self._session):
            self.disconnect(CloseCode.SESSION_EXPIRED)
            return
        history = self._notif_history
        messages = delivery.messages(self._texts, self._last_notif_sent_id, {number for number, _time in history})
        self._caught_up = True
        if not messages:
            return
        self._transport.send(delivery.frame(messages))
        now = time.time()
        for number, _text in messages:
            bisect.insort(history, (number, now))
        self._trim_history(now)

    def _trim_history(self, now):
        """Forget ids before which nothing is expected any more."""
        history, end = self._notif_history, now - self.MAX_NOTIFICATION_HISTORY_SEC
        count = next((index for index, (_id, sent) in enumerate(history) if sent > end), len(history))
        if count:
            self._last_notif_sent_id = history[count - 1][0]
            del history[:count]


class WebsocketRequest:
    """The work for a message of a WebSocket.

    :param str db: name of the database
    :param httprequest: the handshake
    :param websocket: the :class:`Websocket`
    """

    def __init__(self, db, httprequest, websocket):
        self.db = db
        self.httprequest = httprequest
        self.ws = websocket
        self.session = self.registry = self.env = None

    def __enter__(self):
        _websocket_stack.push(self)
        return self

    def __exit__(self, *args):
        _websocket_stack.pop()

    @property
    def cookies(self):
        """Cookies of the handshake."""
        return self.ws._cookies

    def serve_websocket_message(self, message):
        """Do what a message asks for, in a transaction.

        :param str message: JSON object with `event_name` and maybe `data`
        :raise InvalidWebsocketRequest: it is none
        :raise InvalidDatabaseException: the database cannot be used
        :raise SessionExpiredException: the session is gone or not valid any more
        """
        event_name, data = _parse(message)
        self.session = self._get_session()
        try:
            self.registry = Registry(self.db).check_signaling()
            with acquire_cursor(self.db) as cr:
                self.env = api.Environment(cr, self.session.uid, self.session.context)
                # a language that was switched off is no reason to fail
                lang = self.env["res.lang"]._get_code(self.session.context.get("lang"))
                self.update_context(lang=lang)
                retrying(functools.partial(self._serve_ir_websocket, event_name, data), self.env)
        except (AttributeError, KeyError, psycopg2.OperationalError, psycopg2.ProgrammingError) as error:
            if self.env is not None and not isinstance(error, psycopg2.OperationalError):
                raise
            raise InvalidDatabaseException(str(error).strip()) from error
        if self.session.is_dirty and self.session.uid is not None:
            # the device was seen
            http.root.session_store.save(self.session)

    def update_env(self, user=None, context=None, su=None):
        """Change the environment; parameters as those of an environment."""
        self.env = self.env(None, user, context, su)

    def update_context(self, **overrides):
        """Change some keys of the context."""
        self.update_env(context=dict(self.env.context, **overrides))

    def _serve_ir_websocket(self, event_name, data):
        """Do what an event asks for; of unknown ones only the session is checked."""
        ir_websocket = self.env["ir.websocket"]
        ir_websocket._authenticate()
        ir_websocket = self.env["ir.websocket"]
        if event_name == "subscribe":
            if "channels" not in data:
                raise InvalidWebsocketRequest("The subscription names no channels")
            ir_websocket._subscribe(data)
        elif event_name == "update_presence":
            period = data.get("inactivity_period")
            if isinstance(period, bool) or not isinstance(period, (int, float)):
                raise InvalidWebsocketRequest("The presence tells no time")
            ir_websocket._update_bus_presence(period, data.get("im_status_ids_by_model") or {})
        else:
            ir_websocket._on_client_event(event_name, data)

    def _get_session(self):
        """Return the session as it is now.

        :raise SessionExpiredException: it is gone
        """
        if session := http.root.session_store.get(self.ws._session.sid):
            return session
        raise SessionExpiredException("Nobody knows this session any more")


def _parse(message):
    """Return the name of an event, and its data.

    :raise InvalidWebsocketRequest: the message has none
    """
    try:
        content = json.loads(message)
    except (ValueError, RecursionError) as error:
        raise InvalidWebsocketRequest("The message is no JSON") from error
    if not isinstance(content, dict) or not isinstance(content.get("event_name"), str):
        raise InvalidWebsocketRequest("The message has no event_name")
    data = content.get("data")
    return content["event_name"], data if isinstance(data, dict) else {}


def _worker_version():
    """Return what tells one worker of the client from the next: the series, and a number of its code."""
    workers = Path(__file__).parent / "static" / "src" / "workers"
    code = b"".join(path.read_bytes() for path in sorted(workers.glob("*.js")))
    return f"{release.series}-{zlib.crc32(code)}"


class WebsocketConnectionHandler:
    """Opens WebSockets."""

    SUPPORTED_VERSIONS = SUPPORTED_VERSIONS
    REQUIRED_HEADERS = {"connection", "host", "sec-websocket-key", "sec-websocket-version", "upgrade", "origin"}
    #: changes with the worker of the client: pages with an older one are told to be loaded again
    _VERSION = _worker_version()

    @classmethod
    def websocket_allowed(cls, request):
        """Tell whether WebSockets may be opened: not while a test runs that does not ask for them."""
        return not modules.module.current_test

    @classmethod
    def open_connection(cls, request, version):
        """Return the answer to a handshake.

        :param request: the request with the handshake
        :param str version: version of the worker of the client
        :raise werkzeug.exceptions.HTTPException: it is none
        """
        if not cls.websocket_allowed(request):
            raise ServiceUnavailable("There are no WebSockets in tests")
        try:
            cls._assert_handshake_validity(request.httprequest.headers)
        except Exception:
            _logger.error("A handshake of a WebSocket is not right: %s", request.httprequest.headers.get("User-Agent"))
            raise
        session = cls._session_of(request)
        websocket = Websocket(session, dict(request.httprequest.cookies), request.db, _kept(request), version)
        # who has no session yet gets one that is kept: it is looked for with each message
        request.session.touch()
        return WebSocketResponse(request, websocket, origins="*")

    @classmethod
    def _assert_handshake_validity(cls, headers):
        """Check the headers of a handshake.

        :raise werkzeug.exceptions.HTTPException: one is missing or wrong
        """
        missing = sorted(name for name in cls.REQUIRED_HEADERS if name not in headers)
        if missing:
            raise BadRequest(f"The handshake has no {', '.join(missing)}")
        tokens = {token.strip() for token in headers["connection"].lower().split(",")}
        if headers["upgrade"].lower() != "websocket" or "upgrade" not in tokens:
            raise BadRequest("The handshake asks for no WebSocket")
        if headers["sec-websocket-version"] not in cls.SUPPORTED_VERSIONS:
            raise UpgradeRequired
        with suppress(binascii.Error, ValueError):
            if len(base64.b64decode(headers["sec-websocket-key"], validate=True)) == 16:
                return
        raise BadRequest("The key of the handshake is not right")

    @classmethod
    def _session_of(cls, request):
        """Return the session of a WebSocket: pages of other sites get one that nobody is logged into.

        The address that the browser knows the server by may have another scheme than the request, behind a proxy that
        does not tell it; only who sets `ODOO_BUS_PUBLIC_SAMESITE_WS` has that compared, too.
        """
        origin, own = urlsplit(request.httprequest.headers["origin"]), urlsplit(request.httprequest.url)
        same = origin.netloc.lower() == own.netloc.lower()
        if os.getenv("ODOO_BUS_PUBLIC_SAMESITE_WS"):
            same = same and origin.scheme == own.scheme.replace("ws", "http", 1)
        if same:
            return request.session
        _logger.warning("A page of %s opens a WebSocket of %s: as a visitor", origin.netloc, own.netloc)
        session = http.root.session_store.new()
        session.update(get_default_session(), db=request.session.db)
        session.context["lang"] = request.default_lang()
        http.root.session_store.save(session)
        return session

    @classmethod
    def _serve_forever(cls, websocket, db, httprequest, version):
        """Begin to serve a WebSocket, whose messages come one by one.

        :param websocket: the :class:`Websocket`
        :param str db: name of the database
        :param httprequest: the handshake
        :param version: version of the worker that opened it; programs without a worker have none
        """
        if httprequest.user_agent.string and version != cls._VERSION:
            websocket.disconnect(CloseCode.CLEAN, "OUTDATED_VERSION")
            return
        websocket._trigger_lifecycle_event(LifecycleEvent.OPEN)


def _kept(request):
    """Return a handshake without what belongs to its connection, to be kept as long as the WebSocket."""
    environ = request.httprequest.environ
    kept = {name: value for name, value in environ.items() if isinstance(value, str) or name == "wsgi.version"}
    return HTTPRequest({**kept, "wsgi.url_scheme": environ["wsgi.url_scheme"]})


def _kick_all(code=CloseCode.GOING_AWAY):
    """Close all WebSockets of this process."""
    for websocket in list(_websocket_instances):
        websocket.disconnect(code)
