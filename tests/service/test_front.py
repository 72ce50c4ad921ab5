"""What the front of the web server makes of requests and answers, good ones and others."""

import contextlib
import errno
import http.client
import io
import json
import os
import socket
import sys
import tempfile
import threading
import time

import pytest

from odoo.service.front import connection as front_connection
from odoo.service.front.body import ComingBody
from odoo.service.front.pace import Patience
from odoo.service.front.threads import ThreadPool
from odoo.service.testing_server import TestingServer

#: environment of the last request
seen = {}
closed, gate = threading.Event(), threading.Event()
BIG = 30 * 1024 * 1024


class Endless:
    """An answer that never ends, and knows how many pieces were asked for."""

    pieces = 0

    def __iter__(self):
        while True:
            Endless.pieces += 1
            yield b"x" * 65536

    def close(self):
        closed.set()


def answer_endless(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return Endless()


def answer_file(environ, start_response):
    file = open(environ["QUERY_STRING"], "rb")  # noqa: SIM115  # the server closes it
    start_response("200 OK", [("Content-Length", str(os.fstat(file.fileno()).st_size))])
    return environ["wsgi.file_wrapper"](file)


def answer_memory_file(environ, start_response):
    start_response("200 OK", [("Content-Length", "100000")])
    return environ["wsgi.file_wrapper"](io.BytesIO(b"m" * 100000))


def answer_written(environ, start_response):
    write = start_response("200 OK", [("Content-Length", "6")])
    write(b"abc")
    return [b"def"]


def answer_failing(environ, start_response):
    raise ValueError("on purpose")


def answer_with(headers, body, status="200 OK"):
    def answer(environ, start_response):
        start_response(status, headers)
        return body() if callable(body) else body

    return answer


ANSWERS = {
    "/endless": answer_endless,
    "/file": answer_file,
    "/memory-file": answer_memory_file,
    "/big": answer_with([("Content-Length", str(BIG))], [b"b" * BIG]),
    "/pieces": answer_with([], [b"one ", b"", b"two"]),
    "/write": answer_written,
    "/fail": answer_failing,
    "/fail-late": answer_with([("Content-Length", "100")], lambda: late()),
    "/short": answer_with([("Content-Length", "100")], [b"short"]),
    "/long": answer_with([("Content-Length", "2")], [b"lo", b"ng"]),
    "/inject": answer_with([("X-Name", "a\r\nSet-Cookie: b=c")], []),
    "/none": answer_with([], [], "204 No Content"),
    "/silent": lambda environ, start_response: [],
}


def application(environ, start_response):
    seen.clear()
    seen.update(environ, body=environ["wsgi.input"].read())
    path = environ["PATH_INFO"]
    if path in ANSWERS:
        return ANSWERS[path](environ, start_response)
    if path == "/gate":
        gate.wait(10)
    if path == "/wait":
        time.sleep(float(environ["QUERY_STRING"]))
    answer = json.dumps({"path": path, "size": len(seen["body"])}).encode()
    headers = [("Content-Length", str(len(answer))), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")]
    if path == "/bye":
        headers.append(("Connection", "close"))
    start_response("200 OK", headers)
    return [answer]


def late():
    yield b"x"
    raise ValueError("on purpose")


@pytest.fixture(scope="module")
def server():
    patience = Patience(header=5, silence=2, kept=5)
    with TestingServer(application, threads=4, patience=patience) as server:
        yield server


def connect(server, data=b""):
    connection = socket.create_connection((server.host, server.port), timeout=10)
    connection.sendall(data)
    return connection


def exchange(server, data):
    """Send bytes, and return all that comes until the server closes the connection, or nothing comes for a moment."""
    with connect(server, data) as connection:
        return read_all(connection)


def read_all(connection):
    received = b""
    with contextlib.suppress(ConnectionResetError):
        while data := connection.recv(65536):
            received += data
    return received


def wait_until(condition):
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def get(server, path, method="GET", **options):
    connection = http.client.HTTPConnection(server.host, server.port, timeout=10)
    with contextlib.closing(connection):
        connection.request(method, path, **options)
        response = connection.getresponse()
        return response, response.read()


def test_environment(server):
    exchange(
        server,
        b"POST /a%20b/%C3%A9?x=%20y HTTP/1.1\r\nHost: example.com:81\r\nContent-Type: text/x\r\n"
        b"Content-Length: 3\r\nX-Two: 1\r\nX_Two: 3\r\nx-two: 2\r\n"
        b"Cookie: a=1\r\nCookie: b=2\r\nConnection: close\r\nX-Latin: \xe9\r\n\r\nabc",
    )
    expected = {
        "REQUEST_METHOD": "POST",
        "RAW_URI": "/a%20b/%C3%A9?x=%20y",
        "PATH_INFO": "/a b/\xc3\xa9",
        "QUERY_STRING": "x=%20y",
        "SCRIPT_NAME": "",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "SERVER_NAME": server.host,
        "SERVER_PORT": str(server.port),
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_TYPE": "text/x",
        "CONTENT_LENGTH": "3",
        "HTTP_HOST": "example.com:81",
        "HTTP_X_TWO": "1,2",
        "HTTP_COOKIE": "a=1; b=2",
        "HTTP_X_LATIN": "\xe9",
        "wsgi.url_scheme": "http",
        "wsgi.version": (1, 0),
        "wsgi.multithread": True,
        "wsgi.run_once": False,
        "wsgi.input_terminated": True,
        "body": b"abc",
    }
    assert {name: seen.get(name) for name in expected} == expected
    assert seen["REMOTE_PORT"].isdigit()
    assert {"wsgi.errors", "wsgi.file_wrapper", "wsgi.multiprocess"} <= set(seen)
    assert "HTTP_CONTENT_LENGTH" not in seen


@pytest.mark.parametrize(
    "request_line",
    [b"GET http://example.com/there?q HTTP/1.1\r\nHost: example.com", b"GET /there?q#part HTTP/1.1\r\nHost: x"],
)
def test_forms_of_the_target(server, request_line):
    exchange(server, request_line + b"\r\nConnection: close\r\n\r\n")
    assert (seen["PATH_INFO"], seen["QUERY_STRING"]) == ("/there", "q")


CHUNKED = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
UPGRADE = b"POST / HTTP/1.1\r\nHost: x\r\nConnection: keep-alive, Upgrade\r\nUpgrade: h2c\r\n%s\r\n\r\n"
REFUSED = {
    "two lengths": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
    "the same length twice": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
    "length and chunks": b"POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "chunks and length": CHUNKED + b"Content-Length: 3\r\n\r\n0\r\n\r\n",
    "signed length": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +3\r\n\r\nabc",
    "length that is none": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: abc\r\n\r\n",
    "chunks not last": b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
    "chunks of 1.0": b"POST / HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "negative chunk": b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
    "bare line feeds": b"GET / HTTP/1.1\nHost: x\n\n",
    "folded field": b"GET / HTTP/1.1\r\nHost: x\r\n folded\r\n\r\n",
    "blank before colon": b"GET / HTTP/1.1\r\nHost : x\r\n\r\n",
    "zero byte": b"GET / HTTP/1.1\r\nHost: x\0\r\n\r\n",
    "two hosts": b"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
    "no method": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    "length and upgrade": UPGRADE % b"Content-Length: 3" + b"abc",
    "chunks and upgrade": UPGRADE % b"Transfer-Encoding: chunked" + b"0\r\n\r\n",
    "very long body and upgrade": UPGRADE % b"Content-Length: 200000000",
    "tunnel with length": b"CONNECT x:1 HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc",
    "tunnel with chunks": b"CONNECT x:1 HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "host that is none": b"GET http://[ HTTP/1.1\r\nHost: x\r\n\r\n",
    "address that is none": b"GET http://[x]/ HTTP/1.1\r\nHost: x\r\n\r\n",
    "blank in target": b"GET /a b HTTP/1.1\r\nHost: x\r\n\r\n",
}


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED)
def test_requests_of_doubtful_length_or_form_are_refused(server, caplog, data):
    seen.clear()
    # what follows must not be taken for a request
    answer = exchange(server, data + b"GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert answer.count(b"HTTP/1.1") == 1
    assert not seen
    assert not caplog.records


@pytest.mark.parametrize("data", [UPGRADE % b"Content-Length: 0", b"CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n"])
def test_nothing_is_taken_for_a_request_after_one_for_another_protocol(server, data):
    answer = exchange(server, data + b"GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert b"\r\nConnection: close\r\n" in answer
    assert answer.count(b"HTTP/1.1") == 1
    assert seen["PATH_INFO"] != "/smuggled"


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"GET /" + b"x" * 300_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", b"431"),
        (b"GET / HTTP/1.1\r\n" + b"X-A: b\r\n" * 200 + b"\r\n", b"431"),
        (b"GET / HTTP/1.1\r\nX-A: " + b"b" * 20_000 + b"\r\n\r\n", b"431"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", b"501"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", b"501"),
        (b"GET / HTTP/2.0\r\nHost: x\r\n\r\n", b"505"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nExpect: miracle\r\n\r\n", b"417"),
    ],
    ids=["target", "number of fields", "field", "coding", "unknown coding", "version", "expectation"],
)
def test_requests_that_cannot_be_served(server, data, status):
    assert exchange(server, data).startswith(b"HTTP/1.1 " + status)


@pytest.mark.parametrize(
    "head",
    [b"GET / HTTP/1.1\r\nX-A: ", b"GET / HTTP/1.1\r\n", CHUNKED + b"\r\n0\r\nX-A: ", CHUNKED + b"\r\n0\r\n"],
    ids=["value", "name", "value after the body", "name after the body"],
)
def test_field_that_does_not_end_is_not_waited_for(server, head):
    with connect(server, head) as connection:
        for __ in range(10):
            time.sleep(0.02)
            connection.sendall(b"b" * 2000)
        assert read_all(connection).startswith(b"HTTP/1.1 431 ")


def test_fields_after_the_body_are_counted(server):
    head = CHUNKED + b"Connection: close\r\n\r\n0\r\n"
    assert exchange(server, head + b"X-A: b\r\n" * 1000 + b"\r\n").startswith(b"HTTP/1.1 200 ")
    answer = exchange(server, head + (b"X-A: " + b"b" * 8000 + b"\r\n") * 34)
    assert answer.startswith(b"HTTP/1.1 431 ")


def test_connection_is_kept_and_closed_when_asked(server):
    connection = http.client.HTTPConnection(server.host, server.port, timeout=10)
    sockets = set()
    for number in range(3):
        connection.request("GET", f"/{number}")
        response = connection.getresponse()
        assert json.loads(response.read())["path"] == f"/{number}"
        assert response.getheader("Connection") is None
        assert response.headers.get_all("Set-Cookie") == ["a=1", "b=2"]
        assert response.getheader("Date")
        sockets.add(connection.sock)
    assert len(sockets) == 1
    connection.request("GET", "/bye")
    response = connection.getresponse()
    assert response.getheader("Connection") == "close"
    connection.close()
    answer = exchange(server, b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert b"\r\nConnection: close\r\n" in answer


def test_http_10(server):
    answer = exchange(server, b"GET /pieces HTTP/1.0\r\n\r\n")
    assert answer.startswith(b"HTTP/1.0 200 OK\r\n")
    assert answer.endswith(b"\r\n\r\none two")
    assert b"Transfer-Encoding" not in answer
    with connect(server, b"GET /1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n") as connection:
        assert b"\r\nConnection: keep-alive\r\n" in connection.recv(4096)
        connection.sendall(b"GET /2 HTTP/1.0\r\n\r\n")
        assert b'"/2"' in read_all(connection)


def test_requests_in_one_go_are_answered_in_order(server):
    requests = b"".join(b"GET /%d HTTP/1.1\r\nHost: x\r\n\r\n" % number for number in range(50))
    requests += b"POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello"
    requests += CHUNKED.replace(b"/", b"/chunks", 1) + b"\r\n2;a=b\r\nhe\r\n3\r\nllo\r\n0\r\nX-A: b\r\n\r\n"
    requests += b"GET /bye HTTP/1.1\r\nHost: x\r\n\r\nGET /never HTTP/1.1\r\nHost: x\r\n\r\n"
    answer = exchange(server, requests)
    paths = [json.loads(part.split(b"}")[0] + b"}")["path"] for part in answer.split(b"\r\n\r\n")[1:]]
    assert paths == [f"/{number}" for number in range(50)] + ["/body", "/chunks", "/bye"]
    assert answer.count(b'"size": 5') == 2


def test_client_that_sends_nothing_more_is_answered(server):
    with connect(server, b"GET /wait?0.2 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\n\r\n") as connection:
        connection.shutdown(socket.SHUT_WR)
        assert read_all(connection).count(b"HTTP/1.1 200 OK") == 2


def test_answers_without_body(server):
    response, content = get(server, "/x", "HEAD")
    assert (response.status, content, response.getheader("Content-Length")) == (200, b"", "25")
    answer = exchange(server, b"GET /none HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 204 No Content")
    assert b"Content-Length" not in answer
    assert b"Transfer-Encoding" not in answer
    answer = exchange(server, b"HEAD /pieces HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert answer.endswith(b"\r\n\r\n")


def test_answers_in_pieces(server):
    response, content = get(server, "/pieces")
    assert (response.getheader("Transfer-Encoding"), content) == ("chunked", b"one two")
    assert get(server, "/write")[1] == b"abcdef"
    assert get(server, "/long")[1] == b"lo"
    assert get(server, "/memory-file")[1] == b"m" * 100000


def test_application_that_fails(server):
    assert get(server, "/fail")[0].status == 500
    assert get(server, "/silent")[0].status == 500
    assert get(server, "/inject")[0].status == 500
    for path in ("/fail-late", "/short"):
        with pytest.raises(http.client.IncompleteRead):
            get(server, path)


@pytest.mark.parametrize("size", [0, 10, 1024 * 1024 + 1, 5_000_000])
@pytest.mark.parametrize("chunked", [False, True])
def test_bodies(server, size, chunked):
    body = os.urandom(size)
    if chunked:
        pieces = (body[start : start + 70_000] for start in range(0, size, 70_000))
        get(server, "/", "POST", body=pieces, encode_chunked=True, headers={"Transfer-Encoding": "chunked"})
        assert "CONTENT_LENGTH" not in seen
    else:
        get(server, "/", "POST", body=body)
    assert seen["body"] == body
    wait_until(lambda: server.front.room.memory == server.front.room.files == 0)


class FullDisk(io.BytesIO):
    """A file that takes only so much, and cannot be closed well with what it did not take."""

    def __init__(self, capacity):
        super().__init__()
        self.capacity = capacity

    def write(self, data):
        if self.tell() + len(data) > self.capacity:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(data)

    def close(self):
        if not self.closed:
            super().close()
            raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("capacity", [0, 1_500_000], ids=["from the beginning", "later"])
def test_full_disk(server, monkeypatch, capacity):
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda **options: FullDisk(capacity))
    wait_until(lambda: not server.front.connections())
    with (
        connect(server, b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n\r\n") as connection,
        contextlib.suppress(ConnectionError),
    ):
        connection.sendall(b"x" * 2_000_000)
    wait_until(lambda: not server.front.connections())
    assert (server.front.room.memory, server.front.room.files) == (0, 0)


@pytest.mark.parametrize("limit", [1000, 3], ids=["complete", "while it comes"])
def test_announced_body(server, monkeypatch, limit):
    monkeypatch.setattr(front_connection, "WAITING_SIZE", limit)
    head = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n"
    with connect(server, head) as connection:
        assert connection.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(b"hello")
        assert b'"size": 5' in read_all(connection)


STREAMED = b"POST /gate HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n"
SECOND = b"POST /second HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello"


@pytest.mark.parametrize(
    ("pieces", "size"),
    [
        ([STREAMED + b"a" * 5000 + SECOND], 5),
        ([STREAMED + b"a" * 4000, b"a" * 1000 + SECOND], 5),
        ([STREAMED + b"a" * 5000, SECOND], 5),
        ([STREAMED + b"a" * 5000, SECOND[:-3], SECOND[-3:]], 5),
        ([STREAMED + b"a" * 5000 + SECOND[:-3], SECOND[-3:]], 5),
        ([STREAMED + b"a" * 5000 + SECOND[:20], SECOND[20:]], 5),
        ([STREAMED + b"a" * 5000 + SECOND.replace(b"5", b"x")], None),
    ],
    ids=["in one go", "with the end", "apart", "in parts", "without end", "half a header", "none"],
)
@pytest.mark.parametrize("enough", [1000, 1_000_000], ids=["paused", "read on"])
def test_request_after_a_body_that_a_thread_reads(server, monkeypatch, pieces, size, enough):
    monkeypatch.setattr(front_connection, "WAITING_SIZE", 1000)
    monkeypatch.setattr(ComingBody, "AHEAD", enough)
    gate.clear()
    with connect(server) as connection:
        for piece in pieces:
            connection.sendall(piece)
            time.sleep(0.1)
        connection.shutdown(socket.SHUT_WR)
        time.sleep(0.1)
        gate.set()
        answer = read_all(connection)
    bodies = [part.split(b"}")[0] + b"}" for part in answer.split(b"\r\n\r\n")[1:] if part]
    expected = [{"path": "/gate", "size": 5000}, {"path": "/second", "size": size}]
    assert [json.loads(body) for body in bodies] == expected[: 1 if size is None else 2]
    assert answer.count(b"HTTP/1.1 400 ") == (size is None)
    wait_until(lambda: server.front.room.memory == server.front.room.files == server.front._streams == 0)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(os.urandom(1024) * (BIG // 1024))
    return path


def test_files_and_long_answers(server, file):
    assert get(server, f"/file?{file}")[1] == file.read_bytes()
    assert get(server, "/big")[1] == b"b" * BIG


@pytest.mark.parametrize("path", ["/endless", "/big", "/file"])
def test_slow_readers_hold_no_thread(server, file, path):
    target = f"{path}?{file}".encode()
    readers = []
    for __ in range(8):
        reader = socket.socket()
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        reader.connect((server.host, server.port))
        reader.sendall(b"GET " + target + b" HTTP/1.1\r\nHost: x\r\n\r\n")
        readers.append(reader)
    start = time.monotonic()
    for __ in range(4):
        assert get(server, "/")[0].status == 200
    assert time.monotonic() - start < 2
    # they read nothing: after a while they are done away with, and answers that have no end are closed
    closed.clear()
    wait_until(lambda: not server.front.connections())
    if path == "/endless":
        assert closed.wait(1)
        pieces = Endless.pieces
        time.sleep(0.1)
        assert Endless.pieces == pieces
    for reader in readers:
        reader.close()


#: a request whose body is so long that a thread has it before it has come
STREAMED = "POST /?{} HTTP/1.1\r\nHost: x\r\nContent-Length: 200000000\r\n\r\n"


@pytest.mark.parametrize("size", [0, 1_500_000], ids=["no body", "as much as is read ahead"])
def test_slow_readers_whose_body_has_not_come_are_done_away_with(file, size):
    with (
        TestingServer(answer_file, threads=2, patience=Patience(silence=0.5)) as server,
        connect(server, STREAMED.format(file).encode()) as reader,
    ):
        wait_until(lambda: any(connection.is_draining for connection in server.front.connections()))
        reader.sendall(b"x" * size)
        wait_until(lambda: not server.front.connections())
        assert server.front.begin_stream()


def test_body_that_is_not_sent_on_after_a_long_part_of_the_answer():
    def answer(environ, start_response):
        start_response("200 OK", [])
        yield b"x" * BIG
        yield environ["wsgi.input"].read()

    with (
        TestingServer(answer, threads=2, patience=Patience(silence=0.5)) as server,
        connect(server, STREAMED.encode()) as reader,
    ):
        assert sum(map(len, iter(lambda: reader.recv(1024 * 1024), b""))) > BIG
        wait_until(lambda: not server.front.connections())


def test_client_that_goes_in_the_middle_of_an_answer(server):
    closed.clear()
    with connect(server, b"GET /endless HTTP/1.1\r\nHost: x\r\n\r\n") as connection:
        connection.recv(10)
    assert closed.wait(5)
    assert get(server, "/")[0].status == 200


def test_limit_for_an_address():
    with TestingServer(application, patience=Patience(per_address=3)) as server:
        connections = [connect(server) for __ in range(4)]
        assert connections[3].recv(10) == b""
        for connection in connections[:3]:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert connection.recv(4096).startswith(b"HTTP/1.1 200 OK")
            connection.close()
        assert get(server, "/")[0].status == 200


def test_first_come_first_served():
    order = []

    def slow(environ, start_response):
        order.append(environ["PATH_INFO"])
        time.sleep(0.005)
        start_response("200 OK", [("Content-Length", "0")])
        return []

    with TestingServer(slow, threads=2) as server:
        connections = []
        for number in range(30):
            connections.append(connect(server, b"GET /%d HTTP/1.1\r\nHost: x\r\n\r\n" % number))
            time.sleep(0.001)
        for connection in connections:
            connection.recv(4096)
            connection.close()
    # two threads run: who began first may be the second to say so
    assert all(abs(order.index(path) - int(path[1:])) <= 1 for path in order)


def test_jobs_that_come_at_once_begin_although_others_go_on():
    pool = ThreadPool(3, lambda seconds, function: threading.Timer(seconds, function).start(), at_once=2)
    interval = sys.getswitchinterval()
    begun, over = threading.Semaphore(0), threading.Event()

    def job():
        begun.release()
        over.wait(10)

    try:
        for __ in range(3):
            pool.submit(job)
            assert begun.acquire(timeout=5)
        over.set()
        time.sleep(0.2)
        # all three threads wait, and none of them runs before all jobs are there
        over.clear()
        sys.setswitchinterval(10)
        for __ in range(3):
            pool.submit(job)
        sys.setswitchinterval(interval)
        for __ in range(3):
            assert begun.acquire(timeout=5)
    finally:
        sys.setswitchinterval(interval)
        over.set()
        pool.close()


def test_full_front_leaves_new_connections_waiting(monkeypatch):
    """When all connections are in use, none is closed for another one."""
    with TestingServer(application, threads=4) as server:
        monkeypatch.setattr(server.front, "_capacity", 2)
        gate.clear()
        busy = [connect(server, b"GET /gate HTTP/1.1\r\nHost: x\r\n\r\n") for __ in range(2)]
        wait_until(lambda: sum(connection.busy for connection in server.front.connections()) == 2)
        with connect(server, b"GET /later HTTP/1.1\r\nHost: x\r\n\r\n") as later:
            assert len(server.front.connections()) == 2
            gate.set()
            # the first of those that are answered makes room
            assert later.recv(4096).startswith(b"HTTP/1.1 200 OK")
        for connection in busy:
            connection.settimeout(5)
            assert connection.recv(4096).startswith(b"HTTP/1.1 200 OK")
            connection.close()


@pytest.mark.parametrize(("grace", "status"), [(5, b"HTTP/1.1 200 OK"), (0, b"")], ids=["replaced", "ended"])
def test_answer_that_was_begun_before_the_end_keeps_its_promise(grace, status):
    """A client that was told that it may ask again, is answered when the front is only being replaced."""
    rest = threading.Event()

    def answer(environ, start_response):
        start_response("200 OK", [("Content-Length", "4")])
        yield b"on"
        rest.wait(10)
        yield b"ly"

    request = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
    with TestingServer(answer, threads=2) as server, connect(server, request) as client:
        begun = client.recv(4096)
        assert begun.endswith(b"on") and b"Connection: close" not in begun
        stopped = threading.Event()
        server.front.call(lambda: (server.front.stop(grace), stopped.set()))
        assert stopped.wait(5)
        rest.set()
        assert client.recv(4096) == b"ly"
        # until the loop has seen the end of the answer
        wait_until(lambda: not any(connection.busy for connection in server.front.connections()))
        looked = threading.Event()
        server.front.call(looked.set)
        assert looked.wait(5)
        with contextlib.suppress(ConnectionError):
            client.sendall(request)
        assert read_all(client).split(b"\r\n")[0] == status
