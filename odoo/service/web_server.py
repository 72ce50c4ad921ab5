"""The web server: gunicorn with threads, serving the WSGI application of :mod:`odoo.http`."""

import logging
import os
import signal
import sys
import threading
import time
import traceback

import psutil
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger

from odoo.modules.registry import Registry
from odoo.tools import config

from .code_watcher import RestartRequested, restart_process

_logger = logging.getLogger(__name__)
_access_logger = logging.getLogger("odoo.http.access")

#: seconds that running requests get when the server stops
GRACEFUL_TIMEOUT = 15
_WATCH_INTERVAL = 5


class WebApplication(BaseApplication):
    """The configuration of gunicorn, derived from the server's.

    :param side_processes: objects with ``ensure_running()`` and ``stop()``, looked after by the master process
    :param on_ready: called with the address when the server listens
    """

    def __init__(self, side_processes=(), on_ready=None):
        self.side_processes = side_processes
        self._on_ready = on_ready
        super().__init__()

    def load_config(self):
        """Set gunicorn's settings."""
        interface = config["http_interface"] or "0.0.0.0"
        limit = config["limit_request"]
        settings = {
            "bind": f"{interface}:{config['http_port']}",
            "worker_class": "odoo.service.web_worker.Worker",
            "workers": max(config["workers"], 1),
            "threads": max(config["threads"], 1),
            "max_requests": limit,
            "max_requests_jitter": limit // 10,
            "timeout": max(60, config["limit_time_real"]),
            "graceful_timeout": GRACEFUL_TIMEOUT,
            "keepalive": 75,
            "limit_request_line": 0,
            "preload_app": True,
            "control_socket_disable": True,
            "logger_class": _GunicornLogger,
            "proc_name": "odoo",
            "pidfile": config["pidfile"] or None,
            # headers of a reverse proxy are judged by the application, see --proxy-mode
            "forwarded_allow_ips": "",
            "secure_scheme_headers": {},
            "when_ready": self._when_ready,
            "post_worker_init": _begin_worker,
            "pre_request": _begin_request,
            "post_request": _end_request,
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self):
        """Return the WSGI application."""
        from odoo.http import root

        return root

    def run(self):
        """Serve until a signal stops the server; leaves by SystemExit."""
        arbiter = None
        try:
            arbiter = _Arbiter(self)
            arbiter.run()
        except RestartRequested:
            arbiter.stop(graceful=False)
            restart_process()
        except RuntimeError as error:
            sys.exit(f"odoo-bin: the web server cannot start: {error}")

    def _when_ready(self, arbiter):
        port = config["http_port"]
        host = config["http_interface"] or "127.0.0.1"
        _logger.info(
            "HTTP service running on http://%s:%s with %d processes of %d threads",
            host,
            port,
            self.cfg.workers,
            self.cfg.threads,
        )
        if self._on_ready:
            self._on_ready(f"http://{'localhost' if host in ('127.0.0.1', '0.0.0.0') else host}:{port}")


class _Arbiter(Arbiter):
    """The master process; besides the web workers it looks after other processes."""

    def manage_workers(self):
        super().manage_workers()
        for process in self.app.side_processes:
            process.ensure_running(self.LISTENERS)

    def reap_workers(self):
        # waitpid(-1) in there would swallow the exit of the other processes, so they are asked first
        for process in self.app.side_processes:
            process.reap()
        super().reap_workers()

    def stop(self, graceful=True):
        for process in self.app.side_processes:
            process.stop()
        super().stop(graceful)


class _GunicornLogger(Logger):
    """Sends gunicorn's messages where all messages go."""

    def setup(self, cfg):
        self.cfg = cfg
        self.loglevel = logging.INFO
        self._access_log_enabled = True
        # what the server says about itself is said by this module
        self.error_log.setLevel(logging.WARNING)
        self.error_log.propagate = True

    def access(self, resp, req, environ, request_time):
        if not _access_logger.isEnabledFor(logging.INFO):
            return
        _access_logger.info(
            '%s - - [%s] "%s %s %s" %s -',
            environ.get("REMOTE_ADDR", "-"),
            time.strftime("%d/%b/%Y %H:%M:%S"),
            environ["REQUEST_METHOD"],
            environ["RAW_URI"],
            environ["SERVER_PROTOCOL"],
            str(resp.status).split(None, 1)[0],
        )

    def reopen_files(self):
        """Nothing to reopen: log files are watched."""

    def close_on_exec(self):
        """Nothing to close: files are opened so."""


# --- what a worker watches ------------------------------------------------------------------------------------------

#: thread id -> monotonic time at which its request began
_running: dict[int, float] = {}


def _begin_request(worker, request):
    _running[threading.get_ident()] = time.monotonic()


def _end_request(worker, request, environ, response):
    _running.pop(threading.get_ident(), None)


def _begin_worker(worker):
    Registry.share()
    threading.Thread(target=_watch, args=(worker,), name="odoo.service.watch", daemon=True).start()


def _watch(worker):
    """End this worker, and have it replaced, when a request takes too long or the process grows too big."""
    process = psutil.Process()
    while worker.alive:
        time.sleep(_WATCH_INTERVAL)
        if reason := _reason_to_end(process):
            _logger.warning("Worker %d ends and is replaced: %s", os.getpid(), reason)
            os.kill(os.getpid(), signal.SIGTERM)
            return


def _reason_to_end(process):
    memory, soft_limit = process.memory_info().rss, config["limit_memory_soft"]
    if soft_limit and memory > soft_limit:
        return f"it uses {memory} bytes of memory, the limit is {soft_limit}"
    limit = config["limit_time_real"]
    now = time.monotonic()
    for thread_id, start in list(_running.items()):
        if limit and now - start > limit:
            frame = sys._current_frames().get(thread_id)
            stack = "".join(traceback.format_stack(frame)) if frame else ""
            return f"a request takes longer than {limit} seconds\n{stack}"
    return None
