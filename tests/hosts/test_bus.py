"""A message reaches who listens on another host; when that host is gone, the next one has what was missed."""

import contextlib
import json

import pytest
import websockets.sync.client
from json_caller import Caller
from server_process import ServerProcess


@pytest.fixture
def hosts(databases, server_options, data_dir, tmp_path):
    """Two servers of one database, with the same sessions."""
    name = databases.copy("bus")
    options = [*server_options, f"--data-dir={data_dir}"]
    servers = [ServerProcess(name, options, tmp_path / f"log{number}") for number in range(2)]
    for server in servers:
        server.start()
    yield servers
    for server in servers:
        server.stop()
    databases.drop(name)


@contextlib.contextmanager
def listening(server, session, last):
    """Yield a client that listens."""
    with websockets.sync.client.connect(
        f"ws://{server.host}:{server.port}/websocket",
        additional_headers={"Cookie": f"session_id={session}"},
        origin=server.url,
        user_agent_header=None,
        proxy=None,
    ) as client:
        client.send(json.dumps({"event_name": "subscribe", "data": {"channels": [], "last": last}}))
        yield client


def news(client):
    """Return id and payload of the next message."""
    while True:
        for item in json.loads(client.recv(20)):
            if item["message"]["type"] == "news":
                return item["id"], item["message"]["payload"]


def test_messages_go_from_host_to_host(hosts):
    first, second = hosts
    caller = Caller(second)

    def send(number):
        [model] = caller.call("ir.model", "search", [["model", "=", "res.users"]])
        code = f"env['bus.bus']._sendone('broadcast', 'news', {number})"
        values = {"name": "news", "model_id": model, "state": "code", "code": code}
        caller.call("ir.actions.server", "run", [caller.call("ir.actions.server", "create", values)])

    send(0)
    with listening(first, caller.session, 0) as client:
        known, payload = news(client)
        assert payload == 0
        send(1)
        known, payload = news(client)
        assert payload == 1
        first.kill()
    send(2)
    with listening(second, caller.session, known) as client:
        assert news(client)[1] == 2
