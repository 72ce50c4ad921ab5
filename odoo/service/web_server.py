"""The web server: gunicorn with threads, serving the WSGI application of :mod:`odoo.http`."""

import logging
import sys
import time

from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from odoo.modules.registry import Registry
from odoo.tools import config

from .budgets import Watcher
from .code_watcher import RestartRequested, restart_process
from .web_master import Master, inherited_bind

_logger = logging.getLogger(__name__)
_access_logger = logging.getLogger("odoo.http.access")

#: seconds that running requests get when the server stops
GRACEFUL_TIMEOUT = 15


class WebApplication(BaseApplication):
    """The configuration of gunicorn, derived from the server's.

    :param side_processes: objects with ``ensure_running()`` and ``stop()``, looked after by the master process
    :param on_ready: called with the address when the server listens
    """

    def __init__(self, side_processes=(), on_ready=None):
        self.side_processes = side_processes
        #: descriptor that workers tell the master by how they are
        self.to_master = -1
        self._on_ready = on_ready
        super().__init__()

    def load_config(self):
        """Set gunicorn's settings."""
        #: where the configuration says that the server listens
        self.address = address = f"{config['http_interface'] or '0.0.0.0'}:{config['http_port']}"
        settings = {
            "bind": inherited_bind(address) or address,
            "worker_class": "odoo.service.web_worker.Worker",
            "workers": max(config["workers"], 1),
            "threads": max(config["threads"], 1),
            "timeout": max(60, config["limit_time_real"]),
            "graceful_timeout": GRACEFUL_TIMEOUT,
            "preload_app": True,
            "control_socket_disable": True,
            "logger_class": _GunicornLogger,
            "proc_name": "odoo",
            "pidfile": config["pidfile"] or None,
            "when_ready": self._when_ready,
            "post_worker_init": _begin_worker,
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
            arbiter = Master(self)
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
            # the end of a long answer may be sent by another thread
            extra={"request_id": environ.get("odoo.request_id")},
        )

    def reopen_files(self):
        """Nothing to reopen: log files are watched."""

    def close_on_exec(self):
        """Nothing to close: files are opened so."""


def _begin_worker(worker):
    Registry.share()
    # it ends when the requests that it has are answered, and another one serves in its place
    Watcher(lambda reason: worker.retire()).start()
