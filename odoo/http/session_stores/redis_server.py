"""Sessions in Redis: one key each, which expires by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from odoo.http.constants import SESSION_LIFETIME
from odoo.http.outage import SessionsUnavailable, log_outage
from odoo.http.session import Session

from .base import SessionStore, decode, encode

try:
    import redis
    import redis.backoff
    import redis.retry
except ImportError:
    redis = None  # type: ignore[assignment]  # an extra

#: what the keys begin with, so that the server may be shared
PREFIX = "odoo:session:"
#: seconds to wait for the server
_TIMEOUT = 3
#: keys that are looked at together
_BATCH = 500


class RedisSessionStore(SessionStore):
    """Sessions as keys of a Redis server.

    :param address: URL of the server: `redis://[[user]:password@]host[:port][/number]`, `rediss://...` over TLS, or
        `unix://path`
    :param session_class: class of the sessions
    :raises RuntimeError: the Python package `redis` is not installed
    """

    def __init__(self, address: str, session_class: type = Session) -> None:
        super().__init__(session_class)
        if redis is None:
            raise RuntimeError(
                "Sessions in Redis (--session-store) need the Python package redis: pip install 'odoo[redis]'"
            )
        parts = urlsplit(address)
        #: the server, without the password
        self._place = f"{parts.scheme}://{parts.hostname or ''}{f':{parts.port}' if parts.port else ''}{parts.path}"
        self._client = redis.Redis.from_url(
            address,
            socket_timeout=_TIMEOUT,
            socket_connect_timeout=_TIMEOUT,
            # a connection that the server closed meanwhile is made anew, once; who does not answer is not asked again
            retry=redis.retry.Retry(redis.backoff.NoBackoff(), 1, supported_errors=(redis.ConnectionError,)),
        )

    def _read(self, identifier):
        with self._answering():
            stored: Any = self._client.get(PREFIX + identifier)
        kept = stored and decode(stored, f"the key of the session {identifier}")
        return (kept["sid"], kept["data"]) if kept else None

    def _write(self, identifier, digest, data, new):
        kept = encode({"sid": digest, "data": data})
        with self._answering():
            return bool(self._client.set(PREFIX + identifier, kept, ex=SESSION_LIFETIME, nx=new, xx=not new))

    def _remove(self, identifiers: Collection[str]) -> Any:
        with self._answering():
            return self._client.delete(*(PREFIX + identifier for identifier in identifiers))

    def _present(self, identifiers: Collection[str]) -> set[str]:
        with self._answering(), self._client.pipeline(transaction=False) as pipeline:
            for identifier in identifiers:
                pipeline.exists(PREFIX + identifier)
            return {name for name, found in zip(identifiers, pipeline.execute(), strict=True) if found}

    def vacuum(self, max_lifetime: int = SESSION_LIFETIME) -> None:
        """Remove the keys not written for `max_lifetime` seconds; what is older than a week goes by itself."""
        if max_lifetime >= SESSION_LIFETIME:
            return
        with self._answering():
            batch: list[bytes] = []
            for key in self._client.scan_iter(match=f"{PREFIX}*", count=_BATCH):
                batch.append(key)
                if len(batch) == _BATCH:
                    self._remove_older(batch, max_lifetime)
                    batch = []
            self._remove_older(batch, max_lifetime)

    def _remove_older(self, keys, max_lifetime):
        with self._client.pipeline(transaction=False) as pipeline:
            for key in keys:
                pipeline.ttl(key)
            ages = [SESSION_LIFETIME - left for left in pipeline.execute()]
        if old := [key for key, age in zip(keys, ages, strict=True) if age >= max_lifetime]:
            self._client.delete(*old)

    @contextmanager
    def _answering(self) -> Iterator[None]:
        """Tell the log, and nobody else, what is wrong when the server does not answer: the request may come again."""
        try:
            yield
        except redis.RedisError as error:
            log_outage(error, f"server of the sessions, {self._place},")
            raise SessionsUnavailable(_TIMEOUT) from error
