"""A route that answers a handshake: session, user and database are those of any request."""

import queue
from http.client import HTTPConnection

import pytest
import websockets.sync.client
from websockets.exceptions import InvalidStatus

from odoo import http
from odoo.http import root
from odoo.modules.registry import Registry
from odoo.service.testing_server import TestingServer


class Told(http.WebSocketHandler):
    """Says who the user is, with a cursor of its own."""

    closed_with = queue.Queue()

    def __init__(self, dbname, uid):
        self.dbname, self.uid = dbname, uid

    def received(self, websocket, message):
        with Registry(self.dbname).cursor() as cr:
            cr.execute("SELECT login FROM res_users WHERE id = %s", [self.uid])
            websocket.send(f"{message} {cr.fetchone()[0]}")

    def closed(self, websocket, code, reason):
        self.closed_with.put(code)


@pytest.fixture
def server(database):
    """A server with a route for WebSockets, of the addon web."""

    def open_websocket(self):
        return http.WebSocketResponse(http.request, Told(http.request.db, http.request.env.uid))

    endpoint = http.route("/t/websocket", type="http", auth="user", websocket=True)(open_websocket)
    controller = type("Opening", (http.Controller,), {"open": endpoint, "__module__": "odoo.addons.web.controllers.t"})
    registry = Registry(database)
    registry.clear_cache("routing")
    with TestingServer(root) as server:
        yield server
    http.Controller.children_classes["web"].remove(controller)
    registry.clear_cache("routing")


def test_user_of_the_session(server, admin):
    cookie = admin.sid
    url = f"ws://{server.host}:{server.port}/t/websocket"
    headers = {"Cookie": f"session_id={cookie}"}
    for __ in range(2):
        with websockets.sync.client.connect(url, additional_headers=headers, compression=None, proxy=None) as client:
            client.send("hello")
            assert client.recv(10) == "hello admin"
        assert Told.closed_with.get(timeout=10) == 1000


def test_nobody_and_no_handshake(server, admin):
    url = f"ws://{server.host}:{server.port}/t/websocket"
    with pytest.raises(InvalidStatus) as refused:
        websockets.sync.client.connect(url, compression=None, proxy=None, legacy=True)
    # to the login; without a database there is no such route
    assert refused.value.response.status_code in (303, 400)
    connection = http_connection(server)
    connection.request("GET", "/t/websocket", headers={"Cookie": f"session_id={admin.sid}"})
    assert connection.getresponse().status == 400
    connection.close()


def http_connection(server):
    return HTTPConnection(server.host, server.port, timeout=20)
