"""Reads are taken from a replica: who wrote sees it, and nobody notices when it lags or is gone."""

import time
import uuid

import psycopg2
import pytest
from replication import Cluster
from web_client import WebClient

from odoo import sql_db
from odoo.db import embedded, replica
from odoo.db.connect import connection_info_for
from odoo.http import Controller, request, root, route
from odoo.modules.registry import Registry
from odoo.tools import config
from odoo.tools.request_stats import current_stats, watch_queries


class Replicated:
    """A database with web on a server that a replica follows."""

    def __init__(self, primary, follower, name):
        self.primary, self.follower, self.name = primary, follower, name

    def write(self, statement, *params):
        """Write to the database beside the server."""
        return self.primary.ask(self.name, statement, *params)

    def pause(self):
        self.follower.ask(self.name, "SELECT pg_wal_replay_pause()")
        while self.follower.ask(self.name, "SELECT pg_get_wal_replay_pause_state()") != [("paused",)]:
            # the startup process notices with the next record
            self.write("SELECT pg_switch_wal()")
            time.sleep(0.02)

    def resume(self):
        self.follower.ask(self.name, "SELECT pg_wal_replay_resume()")
        self.catch_up()

    def catch_up(self):
        [[written]] = self.write("SELECT pg_current_wal_insert_lsn()")
        while True:
            [[done]] = self.follower.ask(self.name, "SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", written)
            if done:
                return
            # the position may be one that only the next record goes beyond
            self.write("SELECT pg_logical_emit_message(false, 'test', '')")
            time.sleep(0.02)


@pytest.fixture(scope="module")
def replicated(databases, tmp_path_factory):
    template = databases.template("web")
    parameters = connection_info_for(template)[1]
    if not embedded.is_wanted():
        pytest.skip("the server of the environment cannot be followed")
    primary = Cluster(tmp_path_factory.mktemp("primary") / "cluster")
    follower = None
    name = f"test_replica_{uuid.uuid4().hex[:8]}"
    try:
        primary.copy_from(template, parameters, name)
        follower = primary.replicate()
        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(config.options, "db_host", primary.host)
            patch.setitem(config.options, "db_user", embedded.SUPERUSER)
            patch.setitem(config.options, "db_replica_host", follower.host)
            patch.setitem(config.options, "db_name", name)
            yield Replicated(primary, follower, name)
            Registry.delete(name)
            sql_db.close_all()
    finally:
        if follower:
            follower.remove()
        primary.remove()


@pytest.fixture(autouse=True)
def fresh(replicated, monkeypatch):
    """Have each test begin with a replica that is not known yet and has followed."""
    monkeypatch.setattr(replica, "INTERVAL", 3600)
    replica.replica.forget()
    replicated.catch_up()


@pytest.fixture
def client(replicated):
    client = WebClient(root)
    assert "error" not in client.authenticate(replicated.name, "admin", "admin").json
    # what the login wrote is known to the browser
    client.delete_cookie("last_write")
    replicated.catch_up()
    return client


def mode() -> str:
    """Return the kind of cursor that the last request used."""
    return current_stats.get().cursor_mode


def names(client, *wanted):
    found = client.call("res.partner", "search_read", [[["name", "in", wanted]], ["name"]]).json["result"]
    return {partner["name"] for partner in found}


def test_reads_go_to_the_replica_and_writes_do_not(client):
    assert names(client, "nobody") == set()
    assert mode() == "ro"
    client.call("res.partner", "create", [{"name": "Written"}])
    assert mode() == "rw"


def test_who_wrote_sees_it(replicated, client):
    other = WebClient(root)
    other.set_cookie("session_id", client.sid)
    names(client, "x")
    replicated.pause()
    try:
        client.call("res.partner", "create", [{"name": "Mine"}])
        assert names(client, "Mine") == {"Mine"} and mode() == "rw"
        # another browser may see it later
        assert names(other, "Mine") == set() and mode() == "ro"
    finally:
        replicated.resume()
    assert names(client, "Mine") == {"Mine"} and mode() == "ro"
    assert names(other, "Mine") == {"Mine"} and mode() == "ro"


def test_who_wrote_nothing_costs_no_statement(replicated, client):
    names(client, "x")
    statements = []
    with watch_queries(lambda cr, query, *rest: statements.append(query)):
        names(client, "x")
    assert mode() == "ro"
    assert not [text for text in statements if "_wal_" in text]


def test_a_made_up_position_does_no_harm(client):
    names(client, "x")
    for text in ("f" * 16, "0", "-1", "x" * 20, "1/2"):
        client.set_cookie("last_write", text)
        assert names(client, "x") == set()
        assert mode() == ("rw" if text.startswith("f") else "ro")


def test_a_replica_that_lags_is_not_read(replicated, client, monkeypatch):
    monkeypatch.setattr(replica, "INTERVAL", 0)
    names(client, "x")
    replicated.pause()
    try:
        # nothing is missing on it: it may be read although it stands still
        monkeypatch.setitem(config.options, "db_replica_max_lag", 0)
        replicated.write("UPDATE res_partner SET comment = 'x' WHERE id = 1")
        time.sleep(0.01)
        names(client, "x")
        assert mode() == "rw"
        monkeypatch.setitem(config.options, "db_replica_max_lag", 3600)
        names(client, "x")
        assert mode() == "ro"
    finally:
        replicated.resume()
    monkeypatch.setitem(config.options, "db_replica_max_lag", 0)
    names(client, "x")
    assert mode() == "ro"


def test_a_replica_that_is_gone_is_left_alone_for_a_while(replicated, client, monkeypatch):
    names(client, "x")
    assert mode() == "ro"
    replicated.follower.stop()
    try:
        assert names(client, "x") == set()
        names(client, "x")
        assert mode() == "rw"
    finally:
        replicated.follower.start()
    names(client, "x")
    assert mode() == "rw", "it is tried again after a pause only"
    replica.replica._left_alone_until = 0
    names(client, "x")
    assert mode() == "ro"


@pytest.fixture
def controller(replicated, client):
    """A controller whose routes say that they only read; the fixture's value is what they noted."""
    noted = []

    def writes(self):
        request.session["tries"] = request.session.get("tries", 0) + 1
        noted.append(request.env.cr.readonly)
        request.env["res.partner"].create({"name": "Written by who only reads"})
        return str(request.session["tries"])

    def loses(self):
        noted.append(request.env.cr.readonly)
        if request.env.cr.readonly:
            request.env.cr.execute("SELECT pg_terminate_backend(pg_backend_pid())", log_exceptions=False)
        return "answered"

    def conflicts(self):
        noted.append(request.env.cr.readonly)
        if request.env.cr.readonly:
            raise psycopg2.errors.SerializationFailure("canceling statement due to conflict with recovery")
        return "answered"

    routes = {
        name: route(f"/t/replica/{name}", auth="user", readonly=True)(function)
        for name, function in (("writes", writes), ("loses", loses), ("conflicts", conflicts))
    }
    cls = type("ReplicaController", (Controller,), {"__module__": "odoo.addons.base.controllers.replica", **routes})
    Registry(replicated.name)._clear_locally("routing")
    yield noted
    Controller.children_classes["base"].remove(cls)
    Registry(replicated.name)._clear_locally("routing")


def test_who_writes_all_the_same_begins_again_with_the_session_of_before(replicated, client, controller):
    assert client.get("/t/replica/writes").text == "1"
    assert controller == [True, False] and mode() == "ro->rw"
    assert names(client, "Written by who only reads")
    assert replicated.write("SELECT count(*) FROM res_partner WHERE name = 'Written by who only reads'") == [(1,)]


@pytest.mark.parametrize("fault", ["loses", "conflicts"])
def test_what_the_replica_does_not_finish_is_answered_by_the_database(client, controller, fault):
    assert client.get(f"/t/replica/{fault}").text == "answered"
    assert controller == [True, False]


def test_caches_are_filled_with_nothing_older_than_what_they_were_cleared_for(replicated, client):
    read = "/web/session/get_session_info"
    client.rpc(read)
    assert mode() == "ro"
    replicated.pause()
    try:
        # as another host does it: the change, then the signal
        replicated.write("UPDATE res_partner SET ref = 'signalled' WHERE id = 1")
        replicated.write("SELECT nextval('base_cache_signaling_default')")
        client.rpc(read)
        assert mode() == "rw"
    finally:
        replicated.resume()
    client.rpc(read)
    assert mode() == "ro"


def test_models_are_read_where_their_tables_are(replicated, client):
    names(client, "x")
    replicated.pause()
    try:
        replicated.write("SELECT nextval('base_registry_signaling')")
        names(client, "x")
        assert mode() == "rw"
    finally:
        replicated.resume()
    names(client, "x")
    assert mode() == "ro"
