"""A server in a process of its own."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import psycopg2
import pytest

from odoo.db import embedded

ROOT = Path(__file__).parents[1]
START_TIMEOUT = 60


def free_port() -> int:
    """Return a TCP port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class ServerProcess:
    """``odoo-bin`` serving one database."""

    host = "127.0.0.1"
    login = password = "admin"
    #: what the command begins with, and variables of its environment
    prefix: tuple = ()
    environment: dict = {}

    def __init__(self, db, options, log):
        self.db = db
        self.port = free_port()
        self.url = f"http://{self.host}:{self.port}"
        self._options = options
        #: file that it writes to
        self.log = log
        self.process = None

    def start(self):
        """Start the server and wait until it answers."""
        command = [
            *self.prefix,
            sys.executable,
            str(ROOT / "odoo-bin"),
            "-d",
            self.db,
            f"--http-port={self.port}",
            f"--http-interface={self.host}",
            *self._options,
        ]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                stdout=log,
                stderr=log,
                cwd=ROOT,
                start_new_session=True,
                env={**os.environ, **self.environment},
            )
        deadline = time.monotonic() + START_TIMEOUT
        while True:
            with contextlib.suppress(urllib.error.URLError, ConnectionError):
                urllib.request.urlopen(f"{self.url}/web/health", timeout=5)
                return self
            if self.process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"the server does not start:\n{self.log.read_text()[-3000:]}")
            time.sleep(0.1)

    def kill(self):
        """Kill all its processes at once, without a chance to finish anything."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self):
        """Stop the server in an orderly way."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=30)

    def query(self, statement, params=()):
        """Return the rows of a query made beside the server."""
        parameters = embedded.connection_parameters() if embedded.is_wanted() else {}
        connection = psycopg2.connect(dbname=self.db, **parameters)
        try:
            with connection, connection.cursor() as cr:
                cr.execute(statement, params)
                return cr.fetchall()
        finally:
            connection.close()
