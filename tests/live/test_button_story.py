"""The walk of one click, as a program would send it: log in, then the payload that a button posts."""

import json
import urllib.request
from http.cookiejar import CookieJar

import pytest


class Session:
    """A browser without a screen."""

    def __init__(self, server):
        self.server = server
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def post(self, path, payload):
        request = urllib.request.Request(
            self.server.url + path, json.dumps(payload).encode(), {"Content-Type": "application/json"}
        )
        with self._opener.open(request, timeout=30) as response:
            return json.load(response)


@pytest.fixture
def session(sale_server):
    session = Session(sale_server)
    answer = session.post(
        "/web/session/authenticate",
        {"jsonrpc": "2.0", "method": "call", "params": {"db": sale_server.db, "login": "admin", "password": "admin"}},
    )
    assert answer["result"]["uid"] == 2
    return session


def button(method, order_id, context=None):
    """Return the payload that a click on a button of an order posts."""
    return {
        "jsonrpc": "2.0",
        "id": 7,
        "method": "call",
        "params": {
            "model": "sale.order",
            "method": method,
            "args": [[order_id]],
            "kwargs": {"context": {"lang": "en_US", "tz": "Asia/Singapore", "uid": 2, **(context or {})}},
        },
    }


def draft_order(server, lines=True):
    """Return the id of a draft quotation whose lines all have a product, or of one with a line that lacks it."""
    return server.query(
        "SELECT o.id FROM sale_order o JOIN sale_order_line l ON l.order_id = o.id WHERE o.state = 'draft' "
        "GROUP BY o.id HAVING bool_and(l.product_id IS NOT NULL) = %s ORDER BY o.id LIMIT 1",
        [lines],
    )[0][0]


def state(server, order_id):
    return server.query("SELECT state FROM sale_order WHERE id = %s", [order_id])[0][0]


def test_confirm(session, sale_server):
    order_id = draft_order(sale_server)
    assert session.post("/web/dataset/call_kw", button("action_confirm", order_id)) == {
        "jsonrpc": "2.0",
        "id": 7,
        "result": True,
    }
    assert state(sale_server, order_id) == "sale"


def test_a_refused_click_changes_nothing(session, sale_server):
    order_id = draft_order(sale_server, lines=False)
    error = session.post("/web/dataset/call_kw/sale.order/action_confirm", button("action_confirm", order_id))["error"]
    assert error["data"]["name"] == "odoo.exceptions.UserError"
    assert "needs a product" in error["data"]["message"]
    assert state(sale_server, order_id) == "draft"


def test_a_button_that_returns_an_action(session, sale_server):
    order_id = draft_order(sale_server, lines=False)
    action = session.post(
        "/web/dataset/call_button/sale.order/action_view_customer", button("action_view_customer", order_id)
    )
    partner = sale_server.query("SELECT partner_id FROM sale_order WHERE id = %s", [order_id])[0][0]
    assert action["result"]["res_model"] == "res.partner"
    assert action["result"]["res_id"] == partner
    assert action["result"]["views"] == [[False, "form"]]


def test_call_button_answers_false_where_there_is_no_action(session, sale_server):
    order_id = draft_order(sale_server, lines=False)
    answer = session.post(
        "/web/dataset/call_button/sale.order/action_quotation_sent", button("action_quotation_sent", order_id)
    )
    assert answer["result"] is False
    assert state(sale_server, order_id) == "sent"
    session.post("/web/dataset/call_button/sale.order/action_draft", button("action_draft", order_id))
    assert state(sale_server, order_id) == "draft"
