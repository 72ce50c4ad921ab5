"""The server: prepares databases, then serves HTTP and scheduled actions until it is told to stop."""

import logging
import os
import signal
import sys
import threading

from odoo import sql_db
from odoo.tools import config

from . import database_watch, safety
from .addon_servers import AddonProcess, PreforkServer, ThreadedServer, Worker, is_extended
from .database_loading import load_server_wide_modules
from .preload import preload_registries

__all__ = [
    "CommonServer",
    "PreforkServer",
    "ThreadedServer",
    "Worker",
    "restart",
    "server",
    "start",
]

_logger = logging.getLogger(__name__)


class CommonServer:
    """A server process.

    :param on_ready: called with the URL when the server listens
    """

    #: functions to call when the server stops
    _on_stop_funcs: list = []

    def __init__(self, on_ready=None):
        # workers are copies of the process: what is to be done once is done by this one
        self.pid = os.getpid()
        self.interface, self.port = config["http_interface"] or "0.0.0.0", config["http_port"]
        self._on_ready = on_ready

    @classmethod
    def on_stop(cls, func):
        """Have ``func()`` called when the server stops.

        :param func: function without parameters
        """
        cls._on_stop_funcs.append(func)

    def run(self, preload=None, stop=False):
        """Prepare databases and serve.

        :param preload: names of databases to prepare, or ``{name: InstallRequest}``
        :param bool stop: stop when they are ready
        :return: exit status; serving processes leave by SystemExit instead
        """
        try:
            failed = preload_registries(preload)
            if stop:
                return 1 if failed else 0
            self._serve()
            return 0
        finally:
            if os.getpid() == self.pid:
                self.stop()

    def stop(self):
        """Call the functions registered by :meth:`on_stop`."""
        functions, CommonServer._on_stop_funcs = CommonServer._on_stop_funcs, []
        for function in functions:
            try:
                function()
            except Exception:
                _logger.exception("A function called at the stop of the server failed")

    def _serve(self):
        from odoo.modules.registry import Registry

        from .cron_server import CronRunner

        threads = config["max_cron_threads"]
        safety.warn()
        # connections are not for the children of this process
        sql_db.close_all()
        if config["http_enable"]:
            _tell_admin_password()
            from .code_watcher import CodeWatcher
            from .web_server import WebApplication

            side_processes = _side_processes()
            if config["metrics_port"]:
                from .metrics import MetricsProcess

                side_processes.append(MetricsProcess())
            if is_extended():
                side_processes.append(AddonProcess())
            if "reload" in config["dev_mode"]:
                side_processes.append(CodeWatcher())
            WebApplication(side_processes, self._on_ready).run()
        elif config["job_workers"] > 0:
            from .job_server import supervise

            supervise(_side_processes())
        elif threads > 0:
            Registry.share()
            runner = CronRunner(threads)
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, lambda number, frame: runner.stop())
            runner.watch()
            with database_watch.watched():
                runner.run()
        else:
            stopped = threading.Event()
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, lambda number, frame: stopped.set())
            with database_watch.watched():
                stopped.wait()


def _side_processes():
    """Return the processes of a server that serve no requests."""
    from .cron_server import CronProcess
    from .job_server import JobProcesses

    processes = database_watch.side_processes()
    if config["max_cron_threads"] > 0:
        processes.append(CronProcess(config["max_cron_threads"]))
    if config["job_workers"] > 0:
        processes.append(JobProcesses(config["job_workers"]))
    return processes


def _tell_admin_password():
    """Show the administration password of the database manager if none was chosen and it is made now."""
    if config["list_db"] and (password := config.make_admin_password()):
        # not logged: logs are kept, and read by others
        print(f"Master password of the database manager, shown this once: {password}", file=sys.stderr, flush=True)


#: the server of this process
server: CommonServer | None = None


def start(preload=None, stop=False, on_ready=None):
    """Start the server and return its exit status.

    :param preload: names of databases to prepare first, or ``{name: InstallRequest}``
    :param bool stop: stop when they are ready
    :param on_ready: called with the URL when the server listens
    """
    global server
    load_server_wide_modules()
    server = CommonServer(on_ready)
    return server.run(preload, stop)


def restart():
    """Have the web server replace its workers, so that they see changed data and files."""
    os.kill(server.pid if server else os.getpid(), signal.SIGHUP)
