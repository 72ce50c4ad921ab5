"""Logging of the server process: handlers, format, levels."""

import json
import logging
import logging.handlers
import os
import platform
import pprint
import sys
import threading
import time
import traceback
import warnings

from . import release, sql_db, tools
from .tools.json_log import JSONFormatter
from .tools.request_ids import current_request_id
from .tools.request_stats import current_stats

_logger = logging.getLogger(__name__)

BLACK, RED, GREEN, YELLOW, BLUE, MAGENTA, CYAN, WHITE, _NOTHING, DEFAULT = range(10)
RESET_SEQ = "\033[0m"
COLOR_SEQ = "\033[1;%dm"
BOLD_SEQ = "\033[1m"
COLOR_PATTERN = f"{COLOR_SEQ}{COLOR_SEQ}%s{RESET_SEQ}"
#: foreground and background of the names of levels, the worst first; all others are green
LEVEL_COLOR_MAPPING = {
    logging.CRITICAL: (WHITE, RED),
    logging.ERROR: (RED, DEFAULT),
    logging.WARNING: (YELLOW, DEFAULT),
    logging.DEBUG: (BLUE, DEFAULT),
}

DEFAULT_LOG_CONFIGURATION = ["odoo.http.rpc.request:INFO", "odoo.http.rpc.response:INFO", ":INFO"]
_DEBUG = ["odoo:DEBUG", "odoo.sql_db:INFO"]
#: what --log-level means, in terms of --log-handler
PSEUDOCONFIG_MAPPER = {
    **{
        name: [f"{logger}:{level}" for logger in ("odoo", "werkzeug")]
        for name, level in (("critical", "CRITICAL"), ("error", "ERROR"), ("warn", "WARNING"))
    },
    "runbot": ["odoo:RUNBOT", "werkzeug:WARNING"],
    "info": [],
    "debug": _DEBUG,
    "debug_rpc": [*_DEBUG, "odoo.http.rpc.request:DEBUG"],
    "debug_rpc_answer": [*_DEBUG, "odoo.http.rpc:DEBUG"],
    "debug_sql": ["odoo.sql_db:DEBUG"],
}

_RUNBOT = 25
_FORMAT = "%(asctime)s %(pid)s %(levelname)s %(dbname)s %(name)s: %(message)s %(perf_info)s%(request_mark)s"
_initialised = False


def log(logger, level, prefix, msg, depth=None):
    """Log a structure, one log record a line.

    :param logging.Logger logger: where to
    :param int level: level of the records
    :param str prefix: put before the first line; the others are indented as far
    :param msg: any object
    :param int depth: how deep nested structures are shown
    """
    indent = ""
    for line in (prefix + pprint.pformat(msg, depth=depth)).split("\n"):
        logger.log(level, "%s%s", indent, line)
        indent = " " * len(prefix)


class WatchedFileHandler(logging.handlers.WatchedFileHandler):
    """A log file that may be moved away while the server runs."""


class PostgreSQLHandler(logging.Handler):
    """Writes records into the table ``ir_logging`` of the database named by ``log_db``."""

    def emit(self, record):
        """Insert the record; a failure goes where failures of log handlers go."""
        thread = threading.current_thread()
        target = tools.config["log_db"]
        if target == "%d":
            target = getattr(thread, "dbname", None)
        if not target or getattr(self, "_busy", False):
            return
        self._busy = True
        try:
            with sql_db.db_connect(target, allow_uri=True).cursor() as cr:
                cr.execute("SET LOCAL statement_timeout = 1000")
                cr.execute(
                    "INSERT INTO ir_logging (create_date, type, dbname, name, level, message, path, line, func)"
                    " VALUES (now() AT TIME ZONE 'UTC', 'server', %s, %s, %s, %s, %s, %s, %s)",
                    (
                        getattr(thread, "dbname", None),
                        record.name,
                        logging.getLevelName(record.levelno),
                        self._message(record),
                        record.pathname,
                        record.lineno,
                        record.funcName,
                    ),
                    log_exceptions=False,
                )
        except Exception:
            self.handleError(record)
        finally:
            self._busy = False

    @staticmethod
    def _message(record):
        message = record.getMessage()
        if record.exc_info:
            message += "\n" + "".join(traceback.format_exception(*record.exc_info))
        return message


class PerfFilter(logging.Filter):
    """Adds to the record of a request how many queries it made and how long they and the rest took.

    As text, ``perf_info``, and as numbers, ``performance``.
    """

    def format_perf(self, query_count, query_time, remaining_time):
        """Return the three numbers as text."""
        return f"{query_count} {query_time:.3f} {remaining_time:.3f}"

    def format_cursor_mode(self, cursor_mode):
        """Return the mode of the request's cursor as text."""
        return cursor_mode or "-"

    def filter(self, record):
        """Set ``record.perf_info``; keeps every record."""
        record.perf_info = ""
        stats = current_stats.get()
        if stats is not None:
            rest = time.time() - stats.started - stats.query_time
            record.perf_info = self.format_perf(stats.queries, stats.query_time, rest)
            record.performance = {
                "queries": stats.queries,
                "query_seconds": round(stats.query_time, 6),
                "other_seconds": round(rest, 6),
                "cursor": stats.cursor_mode,
            }
            if (tools.config["db_replica_host"] or tools.config["db_replica_port"]) and stats.cursor_mode:
                record.perf_info += f" {self.format_cursor_mode(stats.cursor_mode)}"
            # one line tells of a request
            current_stats.set(None)
        return True


class ColoredPerfFilter(PerfFilter):
    """The same in colours: the larger, the redder."""

    def format_perf(self, query_count, query_time, remaining_time):
        """Return the three numbers as coloured text."""
        return " ".join(
            (
                self._colour(query_count, "%d", 100, 1000),
                self._colour(query_time, "%.3f", 0.1, 3),
                self._colour(remaining_time, "%.3f", 1, 5),
            )
        )

    def format_cursor_mode(self, cursor_mode):
        """Return the mode of the request's cursor as coloured text."""
        colour = {"ro": GREEN, "rw": YELLOW, "ro->rw": RED}.get(cursor_mode, DEFAULT)
        return COLOR_PATTERN % (30 + colour, 40 + DEFAULT, super().format_cursor_mode(cursor_mode))

    @staticmethod
    def _colour(value, template, low, high):
        colour = GREEN if value < low else YELLOW if value < high else RED
        return COLOR_PATTERN % (30 + colour, 40 + DEFAULT, template % value)


class DBFormatter(logging.Formatter):
    """Adds process id, database and the name of the request to the record."""

    def format(self, record):
        """Return the line of a record."""
        record.pid = os.getpid()
        record.dbname = getattr(threading.current_thread(), "dbname", None) or "?"
        request_id = getattr(record, "request_id", None) or current_request_id()
        record.request_mark = f" [{request_id}]" if request_id else ""
        if not hasattr(record, "perf_info"):
            record.perf_info = ""
        return super().format(record)


class ColoredFormatter(DBFormatter):
    """The same with the level in colour."""

    def format(self, record):
        """Return the line of a record."""
        foreground, background = LEVEL_COLOR_MAPPING.get(record.levelno, (GREEN, DEFAULT))
        plain = record.levelname
        record.levelname = COLOR_PATTERN % (30 + foreground, 40 + background, plain)
        try:
            return super().format(record)
        finally:
            record.levelname = plain


def init_logger():
    """Set logging up according to the configuration; a second call does nothing."""
    global _initialised
    if _initialised:
        return
    _initialised = True
    logging.addLevelName(_RUNBOT, "RUNBOT")
    logging.captureWarnings(True)
    warnings.simplefilter("default", category=DeprecationWarning)
    warnings.filterwarnings("ignore", category=DeprecationWarning, module=r"(?!odoo)")

    handler = _make_handler()
    perf_filter = PerfFilter()
    if tools.config["log_format"] == "json":
        handler.setFormatter(JSONFormatter())
    elif isinstance(handler, logging.StreamHandler) and _has_colours(handler):
        handler.setFormatter(ColoredFormatter(_FORMAT))
        perf_filter = ColoredPerfFilter()
    else:
        handler.setFormatter(DBFormatter(_FORMAT))
    root = logging.getLogger()
    root.addHandler(handler)
    # the access log reaches these loggers, whatever server writes it
    for name in ("werkzeug", "odoo.http.access", "gunicorn.access"):
        logging.getLogger(name).addFilter(perf_filter)
    if tools.config["log_db"]:
        database_handler = PostgreSQLHandler()
        database_handler.setLevel(tools.config["log_db_level"].upper())
        root.addHandler(database_handler)
    _set_levels()


def _make_handler():
    path = tools.config["logfile"]
    if tools.config["syslog"]:
        address = "/dev/log" if os.path.exists("/dev/log") else ("localhost", 514)
        handler = logging.handlers.SysLogHandler(address)
        handler.ident = f"{release.product_name} {release.version} "
        return handler
    if not path:
        return logging.StreamHandler()
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        return WatchedFileHandler(path)
    except OSError as error:
        sys.exit(f"odoo-bin: cannot write the log file {path}: {error.strerror}")


def _has_colours(handler):
    return os.environ.get("ODOO_PY_COLORS") or (
        hasattr(handler.stream, "isatty") and handler.stream.isatty() and platform.system() != "Windows"
    )


def _set_levels():
    configuration = [*DEFAULT_LOG_CONFIGURATION, *PSEUDOCONFIG_MAPPER.get(tools.config["log_level"], [])]
    for item in tools.config["log_handler"] or []:
        configuration += [part for part in item.split(",") if part]
    if tools.config["log_sql"]:
        configuration.append("odoo.sql_db:DEBUG")
    if tools.config["log_web"]:
        configuration.append("odoo.http:DEBUG")
    for item in configuration:
        name, separator, level = item.strip().rpartition(":")
        if not separator:
            name, level = level, "DEBUG"
        number = logging.getLevelName(level.upper() or "INFO")
        if not isinstance(number, int):
            sys.exit(f"odoo-bin: --log-handler: {level!r} is not a level, in {item!r}")
        logging.getLogger(name or None).setLevel(number)
    _logger.debug("log levels: %s", json.dumps(configuration))


def runbot(self, message, *args, **kws):
    """Log at the level between INFO and WARNING, as a method of loggers."""
    self.log(_RUNBOT, message, *args, **kws)


logging.Logger.runbot = runbot
