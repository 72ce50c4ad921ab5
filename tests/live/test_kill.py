"""A server that is killed in the middle of its work loses nothing that it answered, and keeps nothing half done."""

import contextlib
import json
import threading
import urllib.request
from http.cookiejar import CookieJar

from server_process import ServerProcess

LINES = 5


def creator(server, partner_id, product_id, answered, stop):
    """Create orders until told to stop or the server is gone; note the ids of those that were answered."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def post(path, params):
        request = urllib.request.Request(
            server.url + path,
            json.dumps({"jsonrpc": "2.0", "method": "call", "id": 1, "params": params}).encode(),
            {"Content-Type": "application/json"},
        )
        with opener.open(request, timeout=30) as response:
            return json.load(response)["result"]

    values = {
        "partner_id": partner_id,
        "client_order_ref": "killed",
        "order_line": [[0, 0, {"product_id": product_id, "product_uom_qty": 1}]] * LINES,
    }
    with contextlib.suppress(OSError):
        post("/web/session/authenticate", {"db": server.db, "login": "admin", "password": "admin"})
        while not stop.is_set():
            answered.append(
                post(
                    "/web/dataset/call_kw", {"model": "sale.order", "method": "create", "args": [values], "kwargs": {}}
                )
            )


def test_kill_during_creates(databases, server_options, data_dir, tmp_path):
    db = databases.copy("sale", demo=True)
    server = ServerProcess(db, [*server_options, f"--data-dir={data_dir}"], tmp_path / "log").start()
    try:
        partner_id = server.query("SELECT partner_id FROM sale_order LIMIT 1")[0][0]
        product_id = server.query("SELECT min(id) FROM product_product")[0][0]
        answered, stop = [], threading.Event()
        arguments = (server, partner_id, product_id, answered, stop)
        threads = [threading.Thread(target=creator, args=arguments) for _ in range(4)]
        for thread in threads:
            thread.start()
        while len(answered) < 20 and any(thread.is_alive() for thread in threads):
            stop.wait(0.05)
        server.kill()
        stop.set()
        for thread in threads:
            thread.join()
        assert len(answered) >= 20
        server.start()
        rows = dict(
            server.query(
                "SELECT o.id, count(l.id) FROM sale_order o LEFT JOIN sale_order_line l ON l.order_id = o.id "
                "WHERE o.client_order_ref = 'killed' GROUP BY o.id"
            )
        )
        assert set(answered) <= set(rows), "answered orders are lost"
        assert set(rows.values()) == {LINES}, "an order is only half there"
    finally:
        server.stop()
        databases.drop(db)
