"""A server whose embedded PostgreSQL crashes says so, starts it again and goes on."""

import contextlib
import time
import urllib.error
import urllib.request

import psutil
import pytest
from server_process import ServerProcess

TIMEOUT = 60


@pytest.fixture
def server(tmp_path):
    """A server with a cluster of its own, and no database in it."""
    server = ServerProcess("", [f"--data-dir={tmp_path / 'data'}"], tmp_path / "log").start()
    yield server
    server.stop()


def ask(server):
    """Return status and headers of a page that needs the database server."""
    with contextlib.suppress(ConnectionError):
        try:
            with urllib.request.urlopen(f"{server.url}/web/database/selector", timeout=TIMEOUT) as response:
                return response.status, response.headers
        except urllib.error.HTTPError as error:
            return error.code, error.headers
    return None, {}


def test_f10_postmaster_is_killed(server, tmp_path):
    assert ask(server)[0] == 200
    pid_file = (tmp_path / "data" / "postgres").resolve() / "postmaster.pid"
    postmaster = psutil.Process(int(pid_file.read_text().split()[0]))
    postmaster.kill()
    deadline = time.monotonic() + TIMEOUT
    seen = set()
    while ask(server)[0] != 200 or psutil.pid_exists(postmaster.pid):
        status, headers = ask(server)
        seen.add(status)
        if status == 503:
            assert headers["Retry-After"]
        assert time.monotonic() < deadline, (tmp_path / "log").read_text()
    assert seen <= {200, 503}
    assert "it is started again" in (tmp_path / "log").read_text()
    server.stop()
    assert not pid_file.exists(), "the new one is stopped as the old one would have been"
