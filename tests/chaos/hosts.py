"""Hosts with a network between them and the database server: network namespaces, and a relay to its socket."""

import asyncio
import contextlib
import os
import subprocess
import threading
import urllib.request

import pytest
from stand_ins import RedisServer, S3Server

from odoo.db import embedded
from odoo.modules.registry import Registry
from odoo.orm.environment import SUPERUSER_ID, Environment


@contextlib.contextmanager
def shared_stores(hosts, sessions, files, db, directory):
    """Keep sessions in Redis and files in what stands in for S3, each on a host of its own.

    :param LinkedHosts hosts: the hosts
    :param int sessions: which of them Redis runs on
    :param int files: which of them S3 runs on
    :param str db: name of the database that has its files in S3 inside of the block
    :param Path directory: where logs may be written
    :return: options of servers
    """
    hosts.sessions, hosts.files = sessions, files
    with contextlib.ExitStack() as stack:
        redis = RedisServer(directory / "redis.log", hosts.address(sessions), hosts.prefix(sessions))
        stack.callback(redis.stop)
        s3 = S3Server(directory / "s3.log", hosts.address(files), hosts.prefix(files))
        stack.callback(s3.stop)
        urllib.request.urlopen(urllib.request.Request(f"{s3.endpoint}/files", method="PUT"), timeout=30).close()
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        for name, value in s3.environment.items():
            patch.setenv(name, value)
        _keep_files_in(db, "s3")
        stack.callback(_keep_files_in, db, "file")
        yield [f"--session-store={redis.url}", "--attachment-s3=s3://files", f"--attachment-s3-endpoint={s3.endpoint}"]


def _keep_files_in(db, place):
    """Say where new files of a database are kept; those of the load, which are elsewhere, are forgotten."""
    with Registry(db).cursor() as cr:
        env = Environment(cr, SUPERUSER_ID, {})
        env["ir.config_parameter"].set_param("ir_attachment.location", place)
        cr.execute("DELETE FROM ir_attachment WHERE name LIKE 'chaos %%'")
        env.registry.signal_changes()


class LinkedHosts:
    """Network namespaces that reach the database server through a bridge; to be used as a context manager.

    :param int number: how many
    """

    network = "10.213.77"

    def __init__(self, number):
        self._number = number
        self._name = f"qc{os.getpid() % 10000}"
        self.gateway = f"{self.network}.1"
        self.port = 0
        self._loop = asyncio.new_event_loop()

    def address(self, number):
        """Return the address of a host."""
        return f"{self.network}.{10 + number}"

    def prefix(self, number):
        """Return what a command begins with that is to run on a host."""
        return ("ip", "netns", "exec", f"{self._name}h{number}")

    def cut(self, number):
        """Take the network from a host, without a word to anybody."""
        self._ip("link", "set", f"{self._name}v{number}", "down")

    def link(self, number):
        """Give a host its network back."""
        self._ip("link", "set", f"{self._name}v{number}", "up")

    def __enter__(self):
        if os.geteuid() != 0 or subprocess.run(["ip", "netns", "list"], capture_output=True, check=False).returncode:
            pytest.skip("no network namespaces can be made")
        try:
            self._build()
        except subprocess.CalledProcessError as error:
            self.__exit__()
            pytest.skip(f"no network namespaces can be made: {error.stderr.decode().strip()}")
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self.port = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)
        return self

    def __exit__(self, *error):
        self._loop.call_soon_threadsafe(self._loop.stop)
        for number in range(self._number):
            subprocess.run(["ip", "netns", "del", f"{self._name}h{number}"], capture_output=True, check=False)
        subprocess.run(["ip", "link", "del", f"{self._name}b"], capture_output=True, check=False)

    def _build(self):
        bridge = f"{self._name}b"
        self._ip("link", "add", bridge, "type", "bridge")
        self._ip("addr", "add", f"{self.gateway}/24", "dev", bridge)
        self._ip("link", "set", bridge, "up")
        for number in range(self._number):
            host, outside = f"{self._name}h{number}", f"{self._name}v{number}"
            self._ip("netns", "add", host)
            self._ip("link", "add", outside, "type", "veth", "peer", "name", "eth0", "netns", host)
            self._ip("link", "set", outside, "master", bridge, "up")
            for command in (
                ("addr", "add", f"{self.address(number)}/24", "dev", "eth0"),
                ("link", "set", "eth0", "up"),
                ("link", "set", "lo", "up"),
            ):
                self._ip("-n", host, *command)

    @staticmethod
    def _ip(*words):
        subprocess.run(["ip", *words], check=True, capture_output=True)

    async def _listen(self):
        server = await asyncio.start_server(self._relay, self.gateway, 0)
        return server.sockets[0].getsockname()[1]

    async def _relay(self, reader, writer):
        """Pass on what a host and the database server say to each other."""
        socket = f"{embedded.connection_parameters()['host']}/.s.PGSQL.5432"
        other_reader, other_writer = await asyncio.open_unix_connection(socket)
        await asyncio.gather(_copy(reader, other_writer), _copy(other_reader, writer))


async def _copy(reader, writer):
    with contextlib.suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()
