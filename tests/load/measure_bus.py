"""How soon a notification of the bus reaches all who listen.

    .venv/bin/python tests/load/measure_bus.py [--connections 5000] [--rounds 5] [-- --workers=2]

Each connection is the WebSocket of a user of its own, with a session of its own, in one of the worker processes of a
server. A round is one call that sends a message to everybody; the times are seconds from the moment it was made until
so many connections had the message. What follows `--` goes to the server.
"""

import argparse
import os
import resource
import select
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2]))

from json_caller import Caller
from server_process import ROOT, ServerProcess

_HANDSHAKE = (
    "GET /websocket HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nCookie: session_id={sid}\r\n\r\n"
)
#: connections that are opened at once
_AT_ONCE = 100
_PATIENCE = 60
_PING, _PONG = b"\x89\x00", b"\x8a\x80" + bytes(4)
#: makes users and sessions, in the shell of the database
_PREPARE = """
from odoo import http
from odoo.service.security import compute_session_token
count, path = {count}, {path!r}
values = [dict(name=f"Listener {{n}}", login=f"listener{{n}}") for n in range(count)]
group = env.ref("base.group_user")
users = env["res.users"].with_context(no_reset_password=True).create(
    [dict(one, groups_id=[(6, 0, group.ids)]) for one in values]
)
sids = []
for user in users:
    session = http.root.session_store.new()
    session.update(http.get_default_session(), db=env.cr.dbname, uid=user.id, login=user.login)
    session.context = dict(user.context_get())
    session.session_token = compute_session_token(session, env)
    http.root.session_store.save(session)
    sids.append(session.sid)
env.ref("base.user_admin").password = "admin"
action = env["ir.actions.server"].create(dict(
    name="news", state="code", model_id=env.ref("base.model_res_users").id,
    code="env['bus.bus']._sendone('broadcast', 'news', {{'text': 'hello'}})",
))
env.cr.commit()
with open(path, "w") as file:
    file.write(" ".join([str(action.id), *sids]))
"""


def frame(text):
    """Return a frame of a client with a text."""
    data = text.encode()
    size = bytes([0x80 | len(data)]) if len(data) < 126 else b"\xfe" + len(data).to_bytes(2, "big")
    return b"\x81" + size + bytes(4) + data


class Listeners:
    """The connections, whose answers are awaited together."""

    def __init__(self, host, port):
        self._host, self._port = host, port
        self._poll = select.epoll()
        self._sockets = {}

    def __len__(self):
        return len(self._sockets)

    def open(self, sids):
        """Open connections, and have each listen."""
        begun = []
        for sid in sids:
            sock = socket.create_connection((self._host, self._port))
            sock.sendall(_HANDSHAKE.format(host=f"{self._host}:{self._port}", sid=sid).encode())
            begun.append(sock)
        for sock in begun:
            sock.settimeout(_PATIENCE)
            answer = sock.recv(4096)
            if not answer.startswith(b"HTTP/1.1 101"):
                sys.exit(f"A connection is refused: {answer[:300]!r}")
            sock.sendall(frame('{"event_name":"subscribe","data":{"channels":[],"last":0}}'))
            self._poll.register(sock, select.EPOLLIN)
            self._sockets[sock.fileno()] = sock

    def drain(self, seconds):
        """Read until nothing has come for some seconds."""
        while events := self._poll.poll(seconds):
            for number, _event in events:
                self._read(number)

    def _read(self, number):
        """Return whether a message has come on a connection, and answer the server when it asks for a sign of life."""
        data = self._sockets[number].recv(65536)
        if not data:
            sys.exit("A connection was closed")
        if data.startswith(_PING):
            self._sockets[number].sendall(_PONG)
        return data != _PING

    def await_all(self, start):
        """Return the seconds after which each connection had something."""
        times, waiting = [], set(self._sockets)
        while waiting and time.perf_counter() - start < _PATIENCE:
            for number, _event in self._poll.poll(1, len(self._sockets)):
                if self._read(number) and number in waiting:
                    waiting.discard(number)
                    times.append(time.perf_counter() - start)
        if waiting:
            sys.exit(f"{len(waiting)} connections had nothing after {_PATIENCE} s")
        return sorted(times)


def prepare(db, data_dir, count):
    """Make the database; return the id of the action that sends, and the ids of the sessions."""
    command = [sys.executable, str(ROOT / "odoo-bin")]
    options = ["-d", db, "--data-dir", data_dir, "--log-level=error"]
    subprocess.run([*command, *options, "-i", "bus", "--stop-after-init", "--no-http"], check=True, cwd=ROOT)
    path = str(Path(data_dir) / "sessions.txt")
    code = _PREPARE.format(count=count, path=path)
    shell = [*command, "shell", *options, "--no-http"]
    subprocess.run(shell, input=code, text=True, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    action, *sids = Path(path).read_text().split()
    return int(action), sids


def measure(server, action, sids, rounds):
    """Print how long the rounds took."""
    listeners = Listeners(server.host, server.port)
    start = time.perf_counter()
    for first in range(0, len(sids), _AT_ONCE):
        listeners.open(sids[first : first + _AT_ONCE])
        listeners.drain(0)
    listeners.drain(2)
    print(f"{len(listeners)} connections, opened and subscribed in {time.perf_counter() - start:.1f} s", flush=True)
    caller = Caller(server)
    rows = []
    for number in range(rounds + 1):
        time.sleep(0.5)
        start = time.perf_counter()
        caller.call("ir.actions.server", "run", [action])
        called = time.perf_counter() - start
        times = listeners.await_all(start)
        if number:  # the first one finds nothing in caches
            rows.append((called, times[0], statistics.median(times), times[int(len(times) * 0.99)], times[-1]))
        listeners.drain(0.2)
    print("call    first   half    99 %    all     (seconds)")
    for row in rows:
        print("  ".join(f"{value:6.3f}" for value in row))
    print("median: " + "  ".join(f"{statistics.median(column):6.3f}" for column in zip(*rows, strict=True)))


def main():
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--connections", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("server_options", nargs="*", metavar="option of the server")
    options = parser.parse_args()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < options.connections + 100:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with tempfile.TemporaryDirectory(prefix="bus_load_") as data_dir:
        action, sids = prepare("bus_load", data_dir, options.connections)
        arguments = ["--data-dir", data_dir, "--log-level=warn", "--http-address-limit=0", *options.server_options]
        server = ServerProcess("bus_load", arguments, Path(data_dir) / "load.log")
        server.start()
        print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}; server: {' '.join(options.server_options)}")
        try:
            measure(server, action, sids, options.rounds)
        finally:
            server.stop()
            print(server.log.read_text()[-2000:], end="")


if __name__ == "__main__":
    main()
