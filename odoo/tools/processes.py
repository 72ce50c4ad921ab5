"""The process the server runs in and the programs it starts."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
import time
import traceback

from .config import config
from .which import which

__all__ = ["dumpstacks", "exec_pg_environ", "find_in_path", "find_pg_tool", "real_time", "stripped_sys_argv"]

_logger = logging.getLogger(__name__)

# bound when the module is loaded: tests that freeze the clock do not freeze this one
real_time = time.time.__call__


def find_in_path(name: str) -> str:
    """Return the path of an executable, looked up in ``PATH`` and in the configured ``bin_path``.

    :raise OSError: when there is none
    """
    places = [os.environ.get("PATH", os.defpath), _configured("bin_path")]
    return which(name, path=os.pathsep.join(filter(None, places)))


def _configured(option: str) -> str | None:
    """Return the value of an option that is a path; old files have the word None where there is none."""
    path = config.get(option)
    return path if path and path != "None" else None


def find_pg_tool(name: str) -> str:
    """Return the path of a PostgreSQL client program, looked up in the configured ``pg_path`` first.

    :raise FileNotFoundError: when there is none
    """
    path = _configured("pg_path")
    try:
        return which(name, path=path) if path else find_in_path(name)
    except OSError:
        raise FileNotFoundError(f"PostgreSQL program {name!r} not found; set pg_path") from None


def exec_pg_environ() -> dict[str, str]:
    """Return the environment that makes PostgreSQL programs connect the way the server does."""
    env = dict(os.environ)
    for variable, option in {
        "PGHOST": "db_host",
        "PGPORT": "db_port",
        "PGUSER": "db_user",
        "PGPASSWORD": "db_password",
    }.items():
        if config.get(option):
            env[variable] = str(config[option])
    return env


def exec_pg_command(name: str, *args: str) -> None:
    """Run a PostgreSQL program silently.

    :raise RuntimeError: when it fails
    """
    program = find_pg_tool(name)
    outcome = subprocess.run(
        (program, *args), env=exec_pg_environ(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
    )
    if outcome.returncode:
        raise RuntimeError(
            f"{name} failed with status {outcome.returncode}: {outcome.stderr.decode(errors='replace').strip()}"
        )


def dumpstacks(sig=None, frame=None, thread_idents=None, log_level=logging.INFO) -> None:
    """Log the stack of every thread; fits as a signal handler.

    :param thread_idents: restrict to these threads
    :param log_level: level of the message
    """
    threads = {thread.ident: thread for thread in threading.enumerate()}
    lines = []
    for ident, stack in sys._current_frames().items():
        if thread_idents and ident not in thread_idents:
            continue
        thread = threads.get(ident)
        details = ", ".join(
            f"{label}: {getattr(thread, attribute)}"
            for label, attribute in (("db", "dbname"), ("uid", "uid"), ("url", "url"))
            if getattr(thread, attribute, None)
        )
        lines.append(f"\n# Thread {thread!r} ({details})" if thread else f"\n# Thread {ident}")
        lines += [line.rstrip() for line in traceback.format_stack(stack)]
    _logger.log(log_level, "\n".join(lines))


def stripped_sys_argv(*strip_args: str) -> list[str]:
    """Return ``sys.argv`` without the options that must not take effect twice when the process starts again.

    :param strip_args: options to remove besides ``-i``, ``-u``, ``-d``'s neighbours that install or save
    """
    always = ("--init", "-i", "--update", "-u", "--save", "-s", "--i18n-overwrite", *strip_args)
    takes_value = {"--init", "-i", "--update", "-u"}
    kept, skip_next = [sys.argv[0]], False
    for position, argument in enumerate(sys.argv[1:], start=1):
        if skip_next:
            skip_next = False
            continue
        option = argument.split("=", 1)[0]
        short = argument[:2]
        if option in always:
            following = sys.argv[position + 1 : position + 2]
            skip_next = (
                "=" not in argument
                and bool(following)
                and not following[0].startswith("-")
                and (option in takes_value or option in strip_args)
            )
        elif not argument.startswith("--") and short in always and len(argument) > 2:
            continue
        else:
            kept.append(argument)
    return kept
