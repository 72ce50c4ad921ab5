"""Which errors mean that the database cannot be reached now, and may be later."""

import psycopg2
from psycopg2 import errors

from .pool import PoolError

#: what a server says that stops, starts, ends a connection or has no more of them
_SAID_BY_SERVER = (
    errors.AdminShutdown,
    errors.CannotConnectNow,
    errors.ConnectionException,
    errors.CrashShutdown,
    errors.IdleSessionTimeout,
    errors.TooManyConnections,
)
#: what psycopg2 says to who goes on with a connection that was lost before
_CLOSED = "connection already closed"


def is_outage(error: BaseException | None) -> bool:
    """Tell whether an exception says, or was raised because, the database cannot be reached now.

    :param error: the exception
    """
    while error is not None:
        if isinstance(error, (PoolError, *_SAID_BY_SERVER)):
            return True
        if isinstance(error, psycopg2.Error):
            # errors without a code are those of the connection itself: refused, lost, or never let in
            is_of_connection = isinstance(error, psycopg2.OperationalError) and error.pgcode is None
            return is_of_connection or (isinstance(error, psycopg2.InterfaceError) and _CLOSED in str(error))
        error = error.__cause__
    return False
