"""Clients that connect and send nothing, a part, or a byte now and then do not stop the server."""

import contextlib
import http.client
import itertools
import json
import resource
import signal
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest
from server_process import ServerProcess

#: connections of an attack, more than any of these servers has threads
MANY = 40
#: seconds of the server's patience in these tests
PATIENCE = 2
MODES = {"one process of 8 threads": ["--threads=8"], "two processes": ["--workers=2", "--limit-request=300"]}
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
POST = "POST /jsonrpc HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"


@pytest.fixture(scope="module", params=MODES)
def server(request, databases, server_options, data_dir, tmp_path_factory):
    """A server that soon loses patience."""
    name = databases.copy()
    server = ServerProcess(
        name,
        [
            *server_options,
            f"--data-dir={data_dir}",
            "--max-cron-threads=0",
            *MODES[request.param],
            f"--http-header-timeout={PATIENCE}",
            f"--http-read-timeout={PATIENCE}",
        ],
        tmp_path_factory.mktemp("server") / "log",
    )
    server.mode = request.param
    server.start()
    yield server
    server.stop()
    databases.drop(name)


def connect(server, text=""):
    connection = socket.create_connection((server.host, server.port), timeout=10)
    connection.sendall(text.encode())
    return connection


@contextlib.contextmanager
def attack(server, begin, drip="", count=MANY):
    """Open connections that send a beginning and then, every now and then, a little more."""
    connections = [connect(server, begin) for __ in range(count)]
    stopped = threading.Event()

    def drip_on():
        while drip and not stopped.wait(0.3):
            for connection in connections:
                with contextlib.suppress(OSError):
                    connection.send(drip.encode())

    thread = threading.Thread(target=drip_on)
    thread.start()
    try:
        yield connections
    finally:
        stopped.set()
        thread.join()
        for connection in connections:
            connection.close()


def assert_answers(server):
    """Check that the server answers within two seconds, several times."""
    for __ in range(4):
        start = time.monotonic()
        connection = http.client.HTTPConnection(server.host, server.port, timeout=PATIENCE)
        connection.request("GET", "/web/health")
        assert connection.getresponse().status == 200
        connection.close()
        assert time.monotonic() - start < PATIENCE


def answer_at_the_end(connection, seconds):
    """Return what the server sends until it closes the connection."""
    connection.settimeout(seconds)
    received = b""
    with contextlib.suppress(ConnectionResetError):
        while data := connection.recv(4096):
            received += data
    return received


#: kinds of slow clients: what they begin with, what they send now and then, and what they are told in the end
SLOW = {
    "silent": ("", "", b""),
    "blank": ("\r\n\r\n", "\r\n", b""),
    "half header": ("GET / HTTP/1.1\r\nHost: x\r\nX-a: ", "", b"HTTP/1.1 408 "),
    "dripped header": ("GET / HTTP/1.1\r\nHost: x\r\nX-a: ", "x", b"HTTP/1.1 408 "),
    "no body": (f"{POST}Content-Length: 1000\r\n\r\n", "", b"HTTP/1.1 408 "),
    "dripped body": (f"{POST}Content-Length: 1000\r\n\r\n", "x", b"HTTP/1.1 408 "),
    "no large body": (f"{POST}Content-Length: 5000000\r\n\r\n", "", b"HTTP/1.1 408 "),
    "dripped large body": (f"{POST}Content-Length: 5000000\r\n\r\n", "x", b"HTTP/1.1 408 "),
    "expected": (f"{POST}Content-Length: 10\r\nExpect: 100-continue\r\n\r\n", "", CONTINUE + b"HTTP/1.1 408 "),
    "dripped chunks": (f"{POST}Transfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n", b"HTTP/1.1 408 "),
}


def test_f3_slow_clients_do_not_stop_the_server(server):
    """All kinds at once, each of them with more connections than the server has threads."""
    with contextlib.ExitStack() as stack:
        attacks = {kind: stack.enter_context(attack(server, *SLOW[kind][:2])) for kind in SLOW}
        assert_answers(server)
        for kind, connections in attacks.items():
            for connection in connections:
                received = answer_at_the_end(connection, 4 * PATIENCE)
                assert received.startswith(SLOW[kind][2]), (kind, received)
        assert_answers(server)


def call(padding):
    """Return the body of a call that is answered whatever the padding."""
    return json.dumps({"params": {"service": "common", "method": "version", "args": []}, "padding": "x" * padding})


def read_version(connection):
    response = http.client.HTTPResponse(connection)
    response.begin()
    return json.loads(response.read())["result"]["server_serie"]


def upload_slowly(server, padding, chunked):
    """Send a call within one and a half times the server's patience, and return its answer."""
    body = call(padding)
    step = len(body) // 30 + 1
    pieces = [body[start : start + step] for start in range(0, len(body), step)]
    if chunked:
        connection = connect(server, f"{POST}Transfer-Encoding: chunked\r\n\r\n")
        pieces = [f"{len(piece):x}\r\n{piece}\r\n" for piece in pieces] + ["0\r\n\r\n"]
    else:
        connection = connect(server, f"{POST}Content-Length: {len(body)}\r\n\r\n")
    with connection:
        for piece in pieces:
            time.sleep(1.5 * PATIENCE / len(pieces))
            connection.sendall(piece.encode())
        return read_version(connection)


def test_f3_slow_and_steady_uploads_arrive(server):
    kinds = list(itertools.product([50_000, 2_000_000], [False, True]))
    with ThreadPoolExecutor(len(kinds)) as pool:
        answers = pool.map(lambda kind: upload_slowly(server, *kind), kinds)
        assert dict(zip(kinds, answers, strict=True)) == dict.fromkeys(kinds, "18.0")


def test_f3_upload_that_is_announced(server):
    body = call(100)
    with connect(server, f"{POST}Content-Length: {len(body)}\r\nExpect: 100-continue\r\n\r\n") as connection:
        assert connection.recv(100).startswith(b"HTTP/1.1 100 ")
        connection.sendall(body.encode())
        assert read_version(connection) == "18.0"


def test_f3_connections_are_kept(server):
    body = call(10)
    with connect(server) as connection:
        for pause in (0, 1.5 * PATIENCE, 0):
            time.sleep(pause)
            connection.sendall(f"{POST}Content-Length: {len(body)}\r\n\r\n{body}".encode())
            assert read_version(connection) == "18.0"


def test_f3_requests_one_after_the_other_in_one_go(server):
    body = call(10)
    request = f"{POST}Content-Length: {len(body)}\r\n\r\n{body}"
    received = b""
    with connect(server, f"{request}\r\n{request}{request[:30]}") as connection:
        while received.count(b"server_serie") < 2:
            received += connection.recv(4096)
        connection.sendall(request[30:].encode())
        while received.count(b"server_serie") < 3:
            received += connection.recv(4096)
    assert received.count(b"HTTP/1.1 200 ") == 3


def test_f3_kept_connection_with_half_a_request(server):
    body = call(10)
    with connect(server, f"{POST}Content-Length: {len(body)}\r\n\r\n{body}") as connection:
        assert read_version(connection) == "18.0"
        connection.sendall(b"GET /web/health HT")
        assert answer_at_the_end(connection, 4 * PATIENCE).startswith(b"HTTP/1.1 408 ")


def test_f3_clients_that_do_not_close(server):
    with attack(server, "GET /web/health HTTP/1.0\r\n\r\n") as connections:
        assert_answers(server)
        for connection in connections:
            assert answer_at_the_end(connection, PATIENCE).startswith(b"HTTP/1.0 200 ")


def test_f3_endless_header(server):
    with connect(server, "GET / HTTP/1.1\r\n") as connection:
        with contextlib.suppress(ConnectionError):
            for number in range(40):
                connection.sendall(f"X-{number}: {'x' * 8000}\r\n".encode())
        assert_answers(server)


def test_f3_more_connections_than_a_process_takes(server):
    count = 2500
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < count + 500:
        pytest.skip("too few files may be open")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, count + 500), hard))
    try:
        with attack(server, "", count=count), attack(server, f"{POST}Content-Length: 5000000\r\n\r\n"):
            assert_answers(server)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@contextlib.contextmanager
def calls(server):
    """Call the server again and again, over kept and new connections; afterwards, check that nothing was refused."""
    stopped, answers, failures = threading.Event(), [], []

    def call_again_and_again(keep):
        connection = http.client.HTTPConnection(server.host, server.port, timeout=30)
        while not stopped.is_set():
            try:
                connection.request("GET", "/web/health", headers={} if keep else {"Connection": "close"})
                answers.append(connection.getresponse().read())
            except (OSError, http.client.HTTPException) as error:
                failures.append(repr(error))
                connection.close()
        connection.close()

    threads = [threading.Thread(target=call_again_and_again, args=(keep,)) for keep in (True, True, False)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stopped.set()
        for thread in threads:
            thread.join()
    assert not failures
    assert answers
    assert all(b'"status": ' in answer for answer in answers)


def workers(server):
    """Return the process ids of the web workers."""
    return {child.pid for child in psutil.Process(server.process.pid).children() if is_worker(child)}


def is_worker(process):
    # the master has other children, too
    with contextlib.suppress(psutil.NoSuchProcess):
        return process.status() != psutil.STATUS_ZOMBIE and "worker" in " ".join(process.cmdline())
    return False


def wait_for_others(server, former):
    """Wait until none of some workers is left and others are there."""
    deadline = time.monotonic() + 60
    count = 2 if "--workers=2" in MODES[server.mode] else 1
    while former & workers(server) or len(workers(server)) < count:
        assert time.monotonic() < deadline, "the workers are not replaced"
        time.sleep(0.1)


def test_restart_refuses_no_connection(server):
    former = workers(server)
    with calls(server):
        server.process.send_signal(signal.SIGHUP)
        wait_for_others(server, former)
    assert server.process.poll() is None


def test_worker_that_reaches_its_limit_is_replaced_before_it_goes(server):
    if "--limit-request=300" not in MODES[server.mode]:
        pytest.skip("one of the servers is enough")
    former = workers(server)
    with calls(server):
        wait_for_others(server, former)
