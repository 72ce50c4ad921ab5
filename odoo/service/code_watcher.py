"""Restart of the server when Python code changes (``--dev=reload``)."""

import contextlib
import logging
import os
import sys
import time

import odoo.addons
from odoo.tools import config

_logger = logging.getLogger(__name__)

#: seconds between two looks at the files
_INTERVAL = 2
#: when this process began, in the time of files
_BEGIN = time.time_ns()
_SKIPPED_DIRECTORIES = {"__pycache__", "static", "node_modules", "i18n"}
#: options that a restart must not repeat
_ONCE = ("-i", "-u", "--init", "--update")


class CodeWatcher:
    """Looks for changed Python files; has the interface of the processes that the web server looks after."""

    def __init__(self):
        self._stamps = self._read()
        self._next_look = time.monotonic() + _INTERVAL

    def ensure_running(self, listeners=()):
        """Restart the server process when a file changed and all changed files are valid Python.

        :param listeners: sockets of the server, closed by the restart
        """
        if time.monotonic() < self._next_look:
            return
        stamps = self._read()
        changed = sorted(path for path, stamp in stamps.items() if self._stamps.get(path) != stamp)
        self._stamps = stamps
        self._next_look = time.monotonic() + _INTERVAL
        if changed and all(map(_is_valid, changed)):
            _logger.info("%s changed, restarting", ", ".join(changed[:3]) + (", ..." if len(changed) > 3 else ""))
            raise RestartRequested

    def reap(self):
        """Nothing to do: there is no process."""

    def stop(self):
        """Nothing to do: there is no process."""

    @staticmethod
    def _read():
        return dict(_python_files())


def _python_files():
    """Yield path and time of the last change (nanoseconds) of all Python files of the server and its addons."""
    for root in [config["root_path"], *odoo.addons.__path__]:
        for directory, names, files in os.walk(root):
            names[:] = [name for name in names if name not in _SKIPPED_DIRECTORIES]
            for file in files:
                if file.endswith(".py"):
                    path = os.path.join(directory, file)
                    with contextlib.suppress(FileNotFoundError):
                        yield path, os.stat(path).st_mtime_ns


def is_code_valid():
    """Tell whether all files that changed since this process began are valid Python; those that are not are logged."""
    return all(_is_valid(path) for path, stamp in _python_files() if stamp > _BEGIN)


class RestartRequested(BaseException):
    """The server process is to be replaced by a new one with the same command line.

    Like SystemExit no Exception: the web server's main loop lets it pass.
    """


def restart_process():
    """Replace this process by a new one with the same command line, less what it should do only once."""
    args, skip = [], False
    for arg in sys.argv[1:]:
        if skip:
            skip = False
        elif arg in _ONCE:
            skip = True
        elif not arg.startswith(tuple(f"{option}=" for option in _ONCE)):
            args.append(arg)
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(sys.executable, [sys.executable, sys.argv[0], *args])


def _is_valid(path):
    with open(path, "rb") as file:
        source = file.read()
    try:
        compile(source, path, "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        _logger.error("%s is not valid Python, no restart: %s", path, error)
        return False
    return True
