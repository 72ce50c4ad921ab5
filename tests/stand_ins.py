"""Servers that keep sessions and files for others: Redis, and what stands in for S3."""

import shutil
import socket
import subprocess
import sys
import time

import pytest
from server_process import free_port

START_TIMEOUT = 60


class StandIn:
    """A server in a process of its own; one that is started again has nothing of what it kept.

    :param Path log: file that it writes to
    :param str host: address that it listens on
    :param prefix: what its command begins with
    """

    def __init__(self, log, host="127.0.0.1", prefix=()):
        self._log, self._host, self._prefix = log, host, prefix
        self.port = free_port()
        self.start()

    def command(self):
        """Return the command that starts the server."""
        raise NotImplementedError

    def start(self):
        """Start the server, and wait until it answers."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen([*self._prefix, *self.command()], stdout=log, stderr=log)
        deadline = time.monotonic() + START_TIMEOUT
        while time.monotonic() < deadline and self._process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex((self._host, self.port)) == 0:
                    return
            time.sleep(0.05)
        pytest.fail(f"{type(self).__name__} does not start:\n{self._log.read_text()[-1000:]}")

    def stop(self):
        """Stop the server."""
        self._process.kill()
        self._process.wait()


class RedisServer(StandIn):
    """A Redis server that keeps nothing on the disk; skips the test where it is not installed."""

    def command(self):
        if shutil.which("redis-server") is None:
            pytest.skip("there is no redis-server: apt-get install redis-server")
        options = {"bind": self._host, "port": self.port, "save": "", "protected-mode": "no", "dir": self._log.parent}
        return ["redis-server", *(word for name, value in options.items() for word in (f"--{name}", str(value)))]

    @property
    def url(self):
        """What sessions are kept at."""
        return f"redis://{self._host}:{self.port}/3"


class S3Server(StandIn):
    """A stand-in for S3, which takes everybody for its owner."""

    #: what a client needs in its environment
    environment = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}

    def command(self):
        program = "from moto.server import main; main()"
        return [sys.executable, "-c", program, "-H", self._host, "-p", str(self.port)]

    @property
    def endpoint(self):
        """The URL of the service."""
        return f"http://{self._host}:{self.port}"
