"""A request that takes more than it may is ended, and the others are answered."""

import json
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from server_process import ServerProcess, free_port

ADDONS = Path(__file__).parent / "addons"
REAL, CPU, ROWS = 3, 1, 5000
METRICS = free_port()


@pytest.fixture(scope="module")
def server(databases, server_options, data_dir, tmp_path_factory):
    """A server of one process with little patience."""
    name = databases.copy()
    server = ServerProcess(
        name,
        [
            *server_options,
            f"--data-dir={data_dir}",
            f"--addons-path={ADDONS}",
            "--load=base,web,budget_probe",
            "--max-cron-threads=0",
            f"--limit-time-real={REAL}",
            f"--limit-time-cpu={CPU}",
            f"--limit-memory-hard={450 << 20}",
            f"--limit-rows={ROWS}",
            "--log-format=json",
            f"--metrics-port={METRICS}",
        ],
        tmp_path_factory.mktemp("server") / "log",
    )
    server.start()
    yield server
    server.stop()
    databases.drop(name)


def log_lines(server):
    """Return what the server has logged, each line an object."""
    return [json.loads(line) for line in server.log.read_text().splitlines()]


def post(server, path, **params):
    """Call a route and return the whole answer."""
    body = json.dumps({"jsonrpc": "2.0", "method": "call", "id": 1, "params": params}).encode()
    request = urllib.request.Request(server.url + path, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as response:
        return json.load(response)


def written(server):
    return server.query("SELECT value FROM ir_config_parameter WHERE key ~ '^budget_probe'")


def assert_ended(answer, *limits):
    data = answer["error"]["data"]
    assert data["name"] == "odoo.http.LimitExceeded", data
    limit = data["context"]["limit"]
    assert limit in limits
    assert f"--{limit.replace('_', '-')}" in data["message"]


def test_f5_what_takes_too_long_is_ended_and_others_are_answered(server, tmp_path):
    before = post(server, "/budget/pid")["result"]
    cleaned = tmp_path / "cleaned"
    with ThreadPoolExecutor(6) as pool:
        started = time.monotonic()
        spin = pool.submit(post, server, "/budget/spin")
        doze = pool.submit(post, server, "/budget/doze", cleaned=str(cleaned))
        sql = pool.submit(post, server, "/budget/sql")
        page = pool.submit(urllib.request.urlopen, f"{server.url}/budget/page", timeout=30)
        long = [pool.submit(post, server, f"/budget/{name}", seconds=REAL + 2) for name in ("long", "known")]
        while not all(future.done() for future in (spin, doze, sql, page)):
            assert post(server, "/budget/pid")["result"] == before
            assert time.monotonic() - started < 10 * REAL
            time.sleep(0.2)
        # on a busy machine the time goes by quicker than that of the processor
        assert_ended(spin.result(), "limit_time_cpu", "limit_time_real")
        assert_ended(doze.result(), "limit_time_real")
        assert_ended(sql.result(), "limit_time_real")
        with pytest.raises(urllib.error.HTTPError) as error:
            page.result()
        assert error.value.code == 503 and "--limit-time-real" in error.value.read().decode()
        assert {future.result()["result"] for future in long} == {before}
    assert cleaned.read_text() == "cleaned"
    [line] = [
        line for line in log_lines(server) if "budget/doze" in line["message"] and "It was here" in line["message"]
    ]
    assert f"({doze.result()['error']['data']['request_id']}, " in line["message"] and "in doze\n" in line["message"]
    assert not written(server)
    # nothing runs on in the database, once it heard of it
    running = "SELECT query FROM pg_stat_activity WHERE query ~ '^SELECT pg_sleep' AND state = 'active'"
    while server.query(running):
        assert time.monotonic() - started < 10 * REAL
        time.sleep(0.05)
    # the threads are there again
    with ThreadPoolExecutor(8) as pool:
        answers = pool.map(lambda __: post(server, "/budget/stuck", seconds=0.2)["result"], range(16))
        assert set(answers) == {"woke up"}


def test_f5_what_eats_memory_is_ended(server):
    assert_ended(post(server, "/budget/eat"), "limit_memory_hard")
    assert not written(server)
    assert post(server, "/budget/pid")["result"]


def test_rows_of_a_statement_are_bounded(server):
    assert post(server, "/budget/rows", count=ROWS)["result"] == ROWS
    data = post(server, "/budget/rows", count=ROWS + 1)["error"]["data"]
    assert data["name"] == "odoo.http.RowLimitExceeded" and "--limit-rows" in data["message"]


def test_f5_a_process_with_work_that_cannot_be_ended_is_replaced(server):
    before = post(server, "/budget/pid")["result"]
    with ThreadPoolExecutor(2) as pool:
        stuck = pool.submit(post, server, "/budget/stuck", seconds=4 * REAL)
        # another one that the process has when it is to be replaced is answered
        time.sleep(REAL)
        long = pool.submit(post, server, "/budget/long", seconds=REAL + 1)
        while post(server, "/budget/pid")["result"] == before:
            assert not stuck.done()
            time.sleep(0.2)
        assert long.result()["result"] == before
        assert_ended(stuck.result(), "limit_time_real")


def test_metrics(server):
    """The numbers of all processes, also of the one that is gone, on a port of their own."""
    with pytest.raises(urllib.error.HTTPError):
        urllib.request.urlopen(f"{server.url}/metrics")

    def numbers():
        with urllib.request.urlopen(f"http://127.0.0.1:{METRICS}/metrics", timeout=10) as response:
            lines = response.read().decode().splitlines()
        return {name: float(value) for name, __, value in (line.rpartition(" ") for line in lines if line[0] != "#")}

    pid = post(server, "/budget/pid")["result"]
    urllib.request.urlopen(f"{server.url}/web/static/src/core/registry.js").close()
    request = 'quoin_http_requests_total{kind="%s",outcome="%s",status="%s"}'
    static = request % ("static", "ok", "200")
    deadline = time.monotonic() + 20
    while static not in (found := numbers()) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert found[static] == 1
    assert found[request % ("json", "ok", "200")] > 20
    # of the process that was replaced
    assert found[request % ("json", "error", "200")] >= 4
    assert found[request % ("http", "error", "503")] == 1
    assert found['quoin_limits_exceeded_total{limit="limit_time_real"}'] >= 3
    assert found['quoin_http_request_seconds_bucket{kind="static",le="+Inf"}'] == 1
    assert found['quoin_http_request_seconds_count{kind="static"}'] == 1
    assert found['quoin_http_request_seconds_bucket{kind="json",le="2.5"}'] > 20
    assert found["quoin_sql_statements_total"] > 20
    assert found['quoin_db_connections{pid="%s",state="max"}' % pid] == 64
    assert found['quoin_process_resident_bytes{pid="%s"}' % pid] > 1e7
    assert found['quoin_ormcache_misses_total{database="%s"}' % server.db] > 0
