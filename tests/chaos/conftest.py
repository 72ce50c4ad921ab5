"""The server that faults happen to, others in its place, and the table of what the faults did."""

import contextlib
import os
from pathlib import Path

import pytest

from chaos.arena import ChaosServer, Load
from chaos.hosts import LinkedHosts, shared_stores
from odoo.modules.registry import Registry
from odoo.orm.environment import SUPERUSER_ID, Environment

#: what was found, a row for each fault
_rows = []


@pytest.fixture(scope="session")
def chaos_server(databases, server_options, data_dir, tmp_path_factory):
    """A running server that faults may happen to, and that works again after each of them."""
    name = databases.copy("sale", demo=True)
    with Registry(name).cursor() as cr:
        # the one of the demonstration is taken on this host only
        Environment(cr, SUPERUSER_ID, {}).ref("base.user_admin").password = ChaosServer.password
    log = tmp_path_factory.mktemp("chaos") / "log"
    server = ChaosServer(name, [*server_options, f"--data-dir={data_dir}"], log)
    server.start()
    yield server
    server.stop()
    databases.drop(name)


@pytest.fixture
def under_load(chaos_server):
    """A server that orders are created on meanwhile."""
    with Load(chaos_server) as load:
        yield load


@contextlib.contextmanager
def in_place_of(chaos_server):
    """Yield a function that starts servers on the database of one that is stopped meanwhile, with other options.

    Its parameters are those of :class:`ChaosServer` and what it may be given before it starts.
    """
    with contextlib.ExitStack() as stack:

        def start(*options, **attributes):
            server = ChaosServer(chaos_server.db, options, chaos_server.log)
            for name, value in attributes.items():
                setattr(server, name, value)
            server.url = f"http://{server.host}:{server.port}"
            stack.callback(server.stop)
            return server.start()

        chaos_server.stop()
        stack.callback(chaos_server.start)
        yield start


@pytest.fixture
def another_server(chaos_server, server_options, data_dir):
    """A function that starts the server with more options; the first one is stopped meanwhile."""
    with in_place_of(chaos_server) as start:
        yield lambda *options, directory=data_dir, **attributes: start(
            *server_options, f"--data-dir={directory}", *options, **attributes
        )


@pytest.fixture(scope="module")
def hosts(chaos_server, data_dir, tmp_path_factory):
    """Hosts with a server each (``servers``) on one database, with sessions in Redis and files in S3, on two others."""
    hosts = LinkedHosts(4)
    with (
        hosts,
        in_place_of(chaos_server) as start,
        shared_stores(hosts, 2, 3, chaos_server.db, tmp_path_factory.mktemp("stores")) as options,
    ):
        options += [f"--db_host={hosts.gateway}", f"--db_port={hosts.port}", "--db_user=postgres"]
        hosts.servers = [
            start(*options, f"--data-dir={data_dir}", prefix=hosts.prefix(number), host=hosts.address(number))
            for number in range(2)
        ]
        yield hosts


@pytest.fixture
def report():
    """A function that writes a row of the table: fault, load, and what became of it."""

    def note(fault, load, outcome):
        _rows.append((fault, load, outcome))
        assert (outcome.lost, outcome.half) == (0, 0), f"{fault}: {outcome}"

    return note


def pytest_sessionfinish():
    """Print the table where ``make chaos`` wants it."""
    path = os.environ.get("CHAOS_TABLE")
    if path and _rows:
        lines = ["| fault | load | answered | failed | lost | half | recovered after |", "| --- " * 7 + "|"]
        lines += [
            f"| {fault} | {load} | {o.answered} | {o.failed} | {o.lost} | {o.half} | {o.recovered:.1f} s |"
            for fault, load, o in _rows
        ]
        Path(path).write_text("\n".join(lines) + "\n", encoding="utf-8")
