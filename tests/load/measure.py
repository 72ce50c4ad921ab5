"""Requests a second, latencies and processor time of a running server, by wrk.

    .venv/bin/python tests/load/measure.py --install web [--idle 5000] [--seconds 3] [-- --workers=2]

The database is made on the embedded PostgreSQL of a temporary directory, or is an existing one of `--data-dir`. With
`--floor FILE` the same calls are sent to another WSGI application, one that does the least that can be done: gunicorn
serves it with as many processes, and FLOOR_DSN tells it the database. It is for models that `--addons` and `--install`
bring, see `MODELS`. What follows `--` goes to the server.
"""

import argparse
import contextlib
import http.client
import json
import os
import re
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2]))

from server_process import ROOT, free_port, own_server

from odoo.db import embedded

#: models of the calls, the first one that there is: list and record, fields, button
MODELS = {
    "bench.partner": (["name", "ref", "email", "credit", "kind", "country_id"], ("bench.order", "action_confirm")),
    "res.partner": (["name", "ref", "email", "phone", "city", "country_id"], ("res.partner", "action_archive")),
}
_RECORDS = 1000
_BUTTONS = 50


class Target:
    """A server that is measured.

    :param int port: port on this machine
    :param process: its process
    """

    def __init__(self, port, process):
        self.port = port
        self.process = process
        self.cookie = ""

    def call(self, model, method, *args, **kwargs):
        """Return the result of a method."""
        return self.post(*call_of(model, method, *args, **kwargs))

    def post(self, path, content):
        """Return the result of a call, and keep the session."""
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            headers = {"Content-Type": "application/json", "Cookie": self.cookie}
            connection.request("POST", path, json.dumps(content), headers)
            response = connection.getresponse()
            answer = json.loads(response.read())
        for value in response.headers.get_all("Set-Cookie", []):
            if value.startswith("session_id="):
                self.cookie = value.partition(";")[0]
        if "error" in answer:
            raise RuntimeError(answer["error"]["data"]["message"])
        return answer.get("result")

    def cpu_time(self):
        """Return the processor seconds of the server, without PostgreSQL."""
        processes = [psutil.Process(self.process.pid), *psutil.Process(self.process.pid).children(recursive=True)]
        times = [process.cpu_times() for process in processes if "postgres" not in process.name()]
        return sum(time.user + time.system for time in times)

    def memory(self):
        """Return the bytes that its biggest process has."""
        return max(process.memory_info().rss for process in psutil.Process(self.process.pid).children())

    def warm_up(self, path, contents):
        """Send each request once, so that what is made once is there."""
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)) as connection:
            for content in contents or [None]:
                headers = {"Content-Type": "application/json", "Cookie": self.cookie}
                body = content and json.dumps(content)
                connection.request("POST" if content else "GET", path, body, headers)
                connection.getresponse().read()

    def measure(self, path, contents, seconds, connections):
        """Return requests a second, latencies (50 %, 99 %, as text), milliseconds of processor time for a request.

        :param contents: contents of the calls, which are sent in turns; none for a page
        """
        with tempfile.NamedTemporaryFile("w", suffix=".json") as body:
            body.writelines(json.dumps(content) + "\n" for content in contents)
            body.flush()
            command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency"]
            command += ["-s", str(Path(__file__).with_name("request.lua")), f"http://127.0.0.1:{self.port}{path}"]
            environment = {**os.environ, "WRK_BODY": body.name, "WRK_COOKIE": self.cookie}
            before = self.cpu_time()
            said = subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout
            spent = self.cpu_time() - before
        if "Non-2xx" in said or re.search(r"^ *0 requests in", said, re.MULTILINE):
            raise RuntimeError(f"{path}: {said}")
        requests = int(re.search(r"(\d+) requests in", said).group(1))
        rate = float(re.search(r"Requests/sec:\s+(\S+)", said).group(1))
        middle, late = (re.search(rf"\s{share}%\s+(\S+)", said).group(1) for share in (50, 99))
        return rate, middle, late, spent / max(requests, 1) * 1000


def call_of(model, method, *args, **kwargs):
    """Return path and content of a call."""
    params = {"model": model, "method": method, "args": list(args), "kwargs": kwargs}
    return f"/web/dataset/call_kw/{model}/{method}", {"jsonrpc": "2.0", "method": "call", "id": 1, "params": params}


def prepare(target, model):
    """Return the cases by name: path and contents."""
    fields, (button_model, button) = MODELS[model]
    spec = {name: {"fields": {"display_name": {}}} if name.endswith("_id") else {} for name in fields}
    missing = _RECORDS - target.call(model, "search_count", [])
    if missing > 0:
        target.call(model, "create", [{"name": f"Partner {number:06}"} for number in range(missing)])
    record = target.call(model, "search", [], limit=1)
    if button_model != model:
        pressed = target.call(button_model, "create", [{"partner_id": record[0]}] * _BUTTONS)
    else:
        pressed = target.call(model, "create", [{"name": "Pressed"}] * _BUTTONS)
    views = [[False, "list"], [False, "form"], [False, "search"]]
    path, __ = call_of(button_model, button)
    calls = {
        "list": call_of(model, "web_search_read", [], spec, limit=80),
        "read": call_of(model, "web_read", record, spec),
        "create": call_of(model, "create", [{"name": "New"}]),
        "onchange": call_of(model, "onchange", [], {}, [], spec),
        "get_views": call_of(model, "get_views", views),
    }
    cases = {name: (path, [content]) for name, (path, content) in calls.items()}
    # not all on the same record: they would wait for each other
    cases["button"] = path, [call_of(button_model, button, [order])[1] for order in pressed]
    return {**cases, "login page": ("/web/login", []), "/odoo": ("/odoo", [])}


@contextlib.contextmanager
def idle_connections(target, count):
    """Keep connections open that have sent one request each."""
    wanted = count + 200
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(max(soft, wanted), hard), hard))
    connections = []
    try:
        for __ in range(count):
            connection = socket.create_connection(("127.0.0.1", target.port), timeout=30)
            connection.sendall(b"GET /web/health HTTP/1.1\r\nHost: localhost\r\n\r\n")
            connection.recv(4096)
            connections.append(connection)
        yield
    finally:
        for connection in connections:
            connection.close()


@contextlib.contextmanager
def served_floor(options, db):
    """Serve the floor, and yield it; None without."""
    if not options.floor:
        yield None
        return
    parameters = {"dbname": db, **(embedded.connection_parameters() if embedded.is_wanted() else {})}
    environment = {**os.environ, "FLOOR_DSN": " ".join(f"{key}={value}" for key, value in parameters.items())}
    port, floor = free_port(), Path(options.floor)
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "-w",
        str(options.processes),
        "-b",
        f"127.0.0.1:{port}",
        "--no-control-socket",
    ]
    process = subprocess.Popen(
        [*command, f"{floor.stem}:app"], cwd=floor.parent, env=environment, stderr=subprocess.DEVNULL
    )
    try:
        for __ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.1)
        yield Target(port, process)
    finally:
        process.terminate()
        process.wait()


def report(target, floor, options):
    """Print the table."""
    model = next(name for name in MODELS if target.call("ir.model", "search_count", [["model", "=", name]]))
    cases = prepare(target, model)
    print("| case | requests/s | 50 % | 99 % | CPU ms | of the floor |\n| --- | --- | --- | --- | --- | --- |")
    for name, case in cases.items():
        target.warm_up(*case)
        rate, middle, late, spent = target.measure(*case, options.seconds, options.connections)
        share = ""
        if floor and name in ("list", "read", "create"):
            floor.warm_up(*case)
            share = f"{rate / floor.measure(*case, options.seconds, options.connections)[0]:.2f}"
        print(f"| {name} | {rate:.0f} | {middle} | {late} | {spent:.2f} | {share} |", flush=True)
    print(f"\nMemory of a process: {target.memory() / 2**20:.0f} MB")


def main():
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--db", default="load", help="database, made when --install is given")
    parser.add_argument("--data-dir", help="where the embedded PostgreSQL has it; a temporary directory by default")
    parser.add_argument("--install", help="addons of the new database")
    parser.add_argument("--addons", help="a directory with more addons")
    parser.add_argument("--floor", help="file with the WSGI application `app` to compare with")
    parser.add_argument("--processes", type=int, default=1, help="processes of the server, and of the floor")
    parser.add_argument("--idle", type=int, default=0, help="connections that are open besides")
    parser.add_argument("--connections", type=int, default=8, help="connections that calls come over")
    parser.add_argument("--seconds", type=int, default=3, help="seconds for each case")
    parser.add_argument("server", nargs="*", help="options of the server")
    options = parser.parse_args()
    if not shutil.which("wrk"):
        parser.error("wrk is not installed (Debian: apt install wrk)")
    with contextlib.ExitStack() as stack:
        addons = ",".join(filter(None, [str(ROOT / "addons"), options.addons]))
        server = stack.enter_context(
            own_server(
                options.db,
                options.install,
                data_dir=options.data_dir,
                options=[f"--addons-path={addons}"],
                serving=[f"--workers={options.processes}", *options.server],
            )
        )
        target = Target(server.port, server.process)
        login = {"db": options.db, "login": server.login, "password": server.password}
        target.post("/web/session/authenticate", {"jsonrpc": "2.0", "params": login})
        floor = stack.enter_context(served_floor(options, options.db))
        stack.enter_context(idle_connections(target, options.idle))
        report(target, floor, options)


if __name__ == "__main__":
    main()
