"""Log lines for programs: one JSON object a line."""

from __future__ import annotations

import json
import logging
import os
import threading
from datetime import UTC, datetime

__all__ = ["JSONFormatter"]


class JSONFormatter(logging.Formatter):
    """Writes a record as a JSON object without line breaks.

    Always there: ``time`` (UTC), ``level``, ``logger``, ``pid``, ``message``. Where they are known: ``database``,
    ``user`` (an id), ``request_id`` (of the request, or of the run of a job), ``exception`` (with its traceback),
    ``stack``; at the end of a request ``queries``, ``query_seconds``, ``other_seconds`` and ``cursor``.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        facts = vars(threading.current_thread())
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "pid": os.getpid(),
            "database": facts.get("dbname"),
            "user": facts.get("uid"),
            "request_id": getattr(record, "request_id", None) or facts.get("request_id"),
            "message": record.getMessage(),
            "exception": self.formatException(record.exc_info) if record.exc_info else None,
            "stack": self.formatStack(record.stack_info) if record.stack_info else None,
            **getattr(record, "performance", {}),
        }
        known = {key: value for key, value in line.items() if value is not None}
        return json.dumps(known, ensure_ascii=False, default=str)
