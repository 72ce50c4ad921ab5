"""What the callers of a server do: each kind of work knows what became of the calls that were answered."""

import base64
import json
import random
import urllib.request
from http.cookiejar import CookieJar

#: lines of the orders that are created: an order with fewer is half done
LINES = 5
#: bytes of the files that are sent
FILE_SIZE = 200_000
#: what the table calls the work
ORDERS, FILES = "orders of five lines, 4 callers", "attachments of 200 kB, 4 callers"
#: seconds that a call may take
PATIENCE = 30


def log_in(server):
    """Return an opener with a session of the administrator."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    who = {"db": server.db, "login": server.login, "password": server.password}
    post(server, opener, "/web/session/authenticate", who)
    return opener


def call(server, opener, model, method, *args):
    """Return the result of a method; see :func:`post`."""
    return post(server, opener, "/web/dataset/call_kw", {"model": model, "method": method, "args": args, "kwargs": {}})


def post(server, opener, path, params):
    """Return the result of a call, from whoever answers.

    :raise OSError: nobody answers, or with a status that tells of a failure
    :raise KeyError: the answer is an error
    """
    request = urllib.request.Request(
        server.url + path,
        json.dumps({"jsonrpc": "2.0", "method": "call", "id": 1, "params": params}).encode(),
        {"Content-Type": "application/json"},
    )
    with opener.open(request, timeout=PATIENCE) as response:
        return json.load(response)["result"]


class Orders:
    """Creates orders of :data:`LINES` lines."""

    def __init__(self, server):
        self._server = server
        [(partner,)] = server.query("SELECT min(partner_id) FROM sale_order")
        [(product,)] = server.query("SELECT min(id) FROM product_product")
        line = [0, 0, {"product_id": product, "product_uom_qty": 1}]
        self._values = {"partner_id": partner, "client_order_ref": "chaos", "order_line": [line] * LINES}
        [(self._last_before,)] = server.query("SELECT max(id) FROM sale_order")

    def do(self, opener):
        """Create an order; return its id."""
        return call(self._server, opener, "sale.order", "create", self._values)

    def left(self, ids):
        """Return how many of the orders that were answered are lost, and how many of all are there by half."""
        rows = dict(
            self._server.query(
                "SELECT o.id, count(l.id) FROM sale_order o LEFT JOIN sale_order_line l ON l.order_id = o.id "
                "WHERE o.client_order_ref = 'chaos' AND o.id > %s GROUP BY o.id",
                [self._last_before],
            )
        )
        return len(ids - set(rows)), sum(count != LINES for count in rows.values())


class Files:
    """Creates attachments of :data:`FILE_SIZE` bytes, no two alike."""

    def __init__(self, server):
        self._server = server
        [(self._last_before,)] = server.query("SELECT max(id) FROM ir_attachment")

    def do(self, opener):
        """Create an attachment; return its id."""
        seed = random.getrandbits(64)
        values = {"name": f"chaos {seed}", "datas": base64.b64encode(self._content(seed)).decode()}
        return call(self._server, opener, "ir.attachment", "create", values)

    def left(self, ids):
        """Return how many of the files that were answered are lost, and how many of the others are not whole."""
        opener, whole, rest = log_in(self._server), set(), 0
        query = "SELECT id, name FROM ir_attachment WHERE name LIKE 'chaos %%' AND id > %s"
        for id_, name in self._server.query(query, [self._last_before]):
            try:
                with opener.open(f"{self._server.url}/web/content/{id_}", timeout=PATIENCE) as response:
                    is_whole = response.read() == self._content(int(name.partition(" ")[2]))
            except OSError:
                is_whole = False
            if is_whole:
                whole.add(id_)
            elif id_ not in ids:
                rest += 1
        return len(ids - whole), rest

    @staticmethod
    def _content(seed):
        return random.Random(seed).randbytes(FILE_SIZE)
