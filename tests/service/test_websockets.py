"""WebSockets: the handshake is a request, what comes afterwards goes to the handler."""

import contextlib
import http.client
import queue
import socket
import threading
import time
import zlib
from types import SimpleNamespace

import pytest
import websockets.sync.client
from websockets.exceptions import ConnectionClosed

from odoo.http.errors import serialize_exception
from odoo.http.httprequest import HTTPRequest
from odoo.http.websocket import WebSocketHandler, WebSocketResponse
from odoo.service.budgets import Watcher
from odoo.service.front import websocket as front_websocket
from odoo.service.front.deflate import negotiate
from odoo.service.front.pace import Patience
from odoo.service.testing_server import TestingServer
from odoo.tools import config
from odoo.tools.budgets import running_budgets

HANDSHAKE = {
    "Connection": "keep-alive, Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


class Handler(WebSocketHandler):
    """Does what messages say, and tells the test what happened."""

    max_size = 100_000
    max_unsent = 1_000_000

    def __init__(self):
        self.happened = queue.Queue()
        self.threads = set()
        self.running = 0

    def opened(self, websocket):
        self.websocket = websocket
        self.happened.put("opened")

    def received(self, websocket, message):
        self.running += 1
        assert self.running == 1
        self.threads.add(threading.current_thread().name)
        match message:
            case "close":
                websocket.close(4123, "as asked")
            case "fail":
                self.running -= 1
                raise ValueError("on purpose")
            case "flood":
                with contextlib.suppress(StopIteration):
                    while not websocket.is_closed:
                        websocket.send(b"x" * 10_000)
            case "hang":
                self.running -= 1
                while True:
                    time.sleep(0.001)
            case "slow":
                time.sleep(0.05)
            case _:
                websocket.send(message)
        self.running -= 1

    def closed(self, websocket, code, reason):
        self.happened.put((code, reason))


class Application:
    """Answers handshakes; the handlers are in `handlers`."""

    def __init__(self, origins=()):
        self.handlers = queue.Queue()
        self.origins = origins

    def __call__(self, environ, start_response):
        request = SimpleNamespace(httprequest=HTTPRequest(environ))
        handler = Handler()
        try:
            response = WebSocketResponse(request, handler, self.origins)
        except Exception as error:
            assert serialize_exception(error)
            return error.get_response(environ)(environ, start_response)
        self.handlers.put(handler)
        return response(environ, start_response)


@pytest.fixture(scope="module")
def server():
    with TestingServer(Application(), threads=4, patience=Patience(silence=2)) as server:
        yield server


def connect(server, **options):
    return websockets.sync.client.connect(
        f"ws://{server.host}:{server.port}/websocket", **{"compression": None, "proxy": None, **options}
    )


def handler_of(server):
    handler = server.front.application.handlers.get(timeout=5)
    assert handler.happened.get(timeout=5) == "opened"
    return handler


def test_messages_come_and_go_in_order(server):
    with connect(server) as client:
        handler = handler_of(server)
        messages = [f"é {number}" if number % 3 else b"\x00%d" % number for number in range(100)]
        for message in messages:
            client.send(message)
        assert [client.recv(5) for __ in messages] == messages
        client.send(iter(["in ", "several ", "parts"]))
        assert client.recv(5) == "in several parts"
        client.ping().wait(5)
        threading.Thread(target=handler.websocket.send, args=("from elsewhere",)).start()
        assert client.recv(5) == "from elsewhere"
    assert handler.happened.get(timeout=5) == (1000, "")
    assert handler.websocket.is_closed
    handler.websocket.send("to nobody")
    handler.websocket.close()


DEFLATE = "permessage-deflate"


@pytest.mark.parametrize(
    ("offered", "agreed"),
    [
        (DEFLATE, True),
        (f"{DEFLATE}; client_max_window_bits", True),
        (f"{DEFLATE}; server_max_window_bits=10; client_max_window_bits=9", True),
        (f"{DEFLATE}; unknown, {DEFLATE}", True),
        (f"other, {DEFLATE}; server_max_window_bits=8", False),
        (f"{DEFLATE}; server_max_window_bits=x", False),
        ("other", False),
        (";;", False),
        ("", False),
    ],
)
def test_compression_that_is_agreed_on(offered, agreed):
    answer, deflate = negotiate(offered)
    assert (deflate is not None) == bool(answer) == agreed
    if agreed:
        # nothing is kept from one message to the next
        assert "server_no_context_takeover" in answer and "client_no_context_takeover" in answer
        assert not hasattr(deflate, "encoder") and not hasattr(deflate, "decoder")


def test_compressed_messages_come_and_go_in_order(server):
    with connect(server, compression="deflate") as client:
        assert client.protocol.extensions
        handler_of(server)
        messages = [f"é {number} " * (number * 37) for number in range(1, 60)] + [b"\x00" * 90_000, b"", "short"]
        for message in messages:
            client.send(message)
        assert [client.recv(5) for __ in messages] == messages
        client.send(iter(["in ", "several " * 500, "parts"]))
        assert client.recv(5) == "in " + "several " * 500 + "parts"


def deflated(data):
    compressor = zlib.compressobj(wbits=-15)
    return (compressor.compress(data) + compressor.flush(zlib.Z_SYNC_FLUSH))[:-4]


@pytest.mark.parametrize(
    "frames",
    [
        [(0xC1, b" " * 100_001)],
        [(0x41, b" " * 99_999), (0x80, b" " * 10)],
        # nothing is left of the limit, which is no limit to zlib
        [(0x41, b" " * 100_000), (0x80, b" " * 10_000_000)],
    ],
    ids=["one frame", "several frames", "after the limit"],
)
def test_compressed_messages_have_the_size_of_others(server, frames):
    connection = raw(server, **{"Sec-WebSocket-Extensions": DEFLATE})
    handler = handler_of(server)
    compressor = zlib.compressobj(wbits=-15)
    for first, data in frames:
        part = compressor.compress(data) + compressor.flush(zlib.Z_SYNC_FLUSH)
        connection.sendall(masked(first, part[:-4] if first & 0x80 else part))
    assert b"\x88" in connection.recv(1000)
    assert handler.happened.get(timeout=5)[0] == 1009
    connection.close()


def test_little_does_not_become_much_at_once(server):
    """What the handler has not come to is not decompressed: 64 KB of messages would be 60 MB."""
    connection = raw(server, **{"Sec-WebSocket-Extensions": DEFLATE})
    handler = handler_of(server)
    waiting = []
    received, handler.received = handler.received, lambda websocket, message: waiting.append(websocket._events_size)
    message = masked(0xC2, deflated(b"\0" * 99_000))
    count = 64 * 1024 // len(message)
    connection.sendall(message * count)
    end = time.monotonic() + 20
    while len(waiting) < count and time.monotonic() < end:
        time.sleep(0.01)
    assert len(waiting) == count > 300, "all of them come in the end"
    assert max(waiting) < 3 * front_websocket._MAX_WAITING_SIZE
    handler.received = received
    connection.sendall(masked(0x81, b"hello"))
    assert connection.recv(100) == b"\x81\x05hello"
    connection.close()


def test_messages_of_one_client_do_not_overtake_each_other(server):
    with connect(server) as client:
        for __ in range(4):
            client.send("slow")
        for number in range(60):
            client.send(str(number))
        assert [client.recv(5) for __ in range(60)] == [str(number) for number in range(60)]
        handler_of(server)


@pytest.mark.parametrize(("message", "code"), [("close", 4123), ("fail", 1011), ("x" * 100_001, 1009)])
def test_server_closes(server, message, code):
    with connect(server) as client:
        client.send(message)
        with pytest.raises(ConnectionClosed) as closed:
            client.recv(5)
        assert closed.value.rcvd.code == code
        assert handler_of(server).happened.get(timeout=5)[0] == code


def raw(server, **headers):
    connection = socket.create_connection((server.host, server.port), timeout=10)
    head = "".join(f"{name}: {value}\r\n" for name, value in {**HANDSHAKE, **headers}.items())
    connection.sendall(f"GET /websocket HTTP/1.1\r\nHost: x\r\n{head}\r\n".encode())
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += connection.recv(4096)
    assert answer.startswith(b"HTTP/1.1 101 ")
    assert b"\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n" in answer
    return connection


def masked(first, data):
    """Return a frame of any length whose first byte is given."""
    length = bytes([0x80 | len(data)]) if len(data) < 126 else b"\xfe" + len(data).to_bytes(2, "big")
    return bytes([first]) + length + bytes(4) + data


def frame(opcode, data, fin=True):
    return bytes([(0x80 if fin else 0) | opcode, 0x80 | len(data), 0, 0, 0, 0]) + data


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (frame(1, b"\xff\xfe"), 1007),
        (frame(0, b"continued"), 1002),
        (frame(3, b""), 1002),
        (b"\x81\x01x", 1002),
    ],
    ids=["no text", "nothing to continue", "unknown", "not masked"],
)
def test_frames_that_are_not_right(server, data, code):
    with raw(server) as connection:
        connection.sendall(data)
        answer = connection.recv(4096)
        assert answer[0] == 0x88
        assert int.from_bytes(answer[2:4], "big") == code
        assert connection.recv(10) == b""
    assert handler_of(server).happened.get(timeout=5)[0] == code


def test_work_that_takes_too_long_is_ended(server, monkeypatch):
    monkeypatch.setitem(config.options, "limit_time_real", 0.2)
    watcher = Watcher(pytest.fail)
    with connect(server) as client, connect(server) as other:
        client.send("hang")
        while not running_budgets():
            time.sleep(0.01)
        other.send("hello")
        assert other.recv(timeout=5) == "hello"
        while running_budgets():
            time.sleep(watcher.look() / 10)
        with pytest.raises(ConnectionClosed):
            client.recv(timeout=5)
        assert client.close_code == 1011
        other.send("hello")
        assert other.recv(timeout=5) == "hello"
    while not server.front.application.handlers.empty():
        server.front.application.handlers.get()


def test_client_that_breaks_off(server):
    raw(server).close()
    assert handler_of(server).happened.get(timeout=5) == (1006, "")


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"Upgrade": "h2c"}, 426),
        ({"Connection": "keep-alive"}, 426),
        ({"Sec-WebSocket-Version": "8"}, 426),
        ({"Sec-WebSocket-Key": "short"}, 400),
        ({"Sec-WebSocket-Key": None}, 400),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
    ids=str,
)
def test_handshakes_that_are_refused(server, changed, status):
    headers = {name: value for name, value in {**HANDSHAKE, **changed}.items() if value is not None}
    connection = http.client.HTTPConnection(server.host, server.port, timeout=5)
    with contextlib.closing(connection):
        connection.request("GET", "/websocket", headers=headers)
        assert connection.getresponse().status == status


def test_pages_of_this_host_may_open_it(server):
    with connect(server, origin=server.url) as client:
        client.send("hello")
        assert client.recv(5) == "hello"
        handler_of(server)


@pytest.mark.parametrize(
    ("origins", "opens"), [(["https://a.example"], True), ("*", True), (["https://b.example"], False)]
)
def test_pages_of_other_sites(origins, opens):
    with TestingServer(Application(origins)) as server:
        if opens:
            with connect(server, origin="https://a.example"):
                handler_of(server)
        else:
            with pytest.raises(websockets.exceptions.InvalidStatus), connect(server, origin="https://a.example"):
                pass


def test_client_that_does_not_read_is_dropped(server):
    with raw(server) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.sendall(frame(1, b"flood"))
        handler = handler_of(server)
        assert handler.happened.get(timeout=10)[0] == 1006


PINGS = frame(9, b"p" * 100) * 700


def test_client_that_pings_and_does_not_read_is_dropped(server):
    with raw(server) as connection:
        handler = handler_of(server)
        with pytest.raises(ConnectionError):
            for __ in range(1000):
                connection.sendall(PINGS)
        assert handler.happened.get(timeout=5)[0] == 1006
    # nothing of it is left for the next one
    with raw(server) as connection:
        connection.sendall(frame(1, b"hello"))
        assert connection.recv(100) == b"\x81\x05hello"
        handler_of(server)


@pytest.mark.parametrize(("pings", "pong", "count"), [(frame(9, b"") * 20_000, 2, 20_000), (PINGS * 100, 102, 70_000)])
def test_client_that_reads_later_gets_all_answers_to_its_pings(server, pings, pong, count):
    with raw(server) as connection:
        sender = threading.Thread(target=connection.sendall, args=(pings,))
        sender.start()
        time.sleep(0.5)
        size = 0
        while size < pong * count:
            data = connection.recv(1024 * 1024)
            assert data
            size += len(data)
        sender.join()
        connection.sendall(frame(1, b"hello"))
        assert connection.recv(100) == b"\x81\x05hello"
        handler_of(server)


def test_client_that_is_silent_is_asked_and_dropped(monkeypatch, server):
    monkeypatch.setattr(Handler, "ping_interval", 0.3)
    monkeypatch.setattr(Handler, "ping_timeout", 0.3)
    with raw(server) as connection:
        handler = handler_of(server)
        assert connection.recv(10) == b"\x89\x00"
        assert connection.recv(10) == b""
        assert handler.happened.get(timeout=5) == (1006, "")


def test_client_that_sends_too_much_is_closed(monkeypatch, server):
    monkeypatch.setattr(Handler, "frame_rate", (5, 10))
    with connect(server) as client:
        for number in range(5):
            client.send(str(number))
        assert [client.recv(5) for __ in range(5)] == ["0", "1", "2", "3", "4"]
        # frames of all kinds count
        client.ping()
        with pytest.raises(ConnectionClosed):
            client.recv(5)
        assert client.close_code == 1013
    assert handler_of(server).happened.get(timeout=5)[0] == 1013


def test_connection_that_is_dropped(server):
    with connect(server) as client:
        handler = handler_of(server)
        handler.websocket.drop()
        handler.websocket.drop()
        with pytest.raises(ConnectionClosed):
            client.recv(5)
        assert client.close_code == 1006
    assert handler.happened.get(timeout=5) == (1006, "")


def test_lifetime(monkeypatch, server):
    monkeypatch.setattr(Handler, "lifetime", 0.2)
    with connect(server) as client:
        with pytest.raises(ConnectionClosed) as closed:
            client.recv(5)
        assert closed.value.rcvd.code == 4002
        handler_of(server)


def test_worker_that_stops_says_so():
    with TestingServer(Application()) as server, contextlib.ExitStack() as stack:
        clients = [stack.enter_context(connect(server)) for __ in range(3)]
        server.front.call(server.front.stop)
        for client in clients:
            with pytest.raises(ConnectionClosed) as closed:
                client.recv(5)
            assert closed.value.rcvd.code == 1001
            assert handler_of(server).happened.get(timeout=5)[0] == 1001


def test_many_need_no_threads(server):
    before = threading.active_count()
    connections = [raw(server) for __ in range(200)]
    handlers = [handler_of(server) for __ in connections]
    for connection in connections:
        connection.sendall(frame(1, b"hello"))
    for connection in connections:
        assert connection.recv(100) == b"\x81\x05hello"
    # those that the pool may have had not started yet
    assert threading.active_count() <= before + 4
    for connection in connections:
        connection.close()
    for handler in handlers:
        assert handler.happened.get(timeout=5)[0] == 1006
