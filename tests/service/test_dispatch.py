"""RPC services: which methods there are and who may call them."""

import base64

import pytest

from odoo.exceptions import AccessDenied
from odoo.http import dispatch_rpc
from odoo.service import db as db_service
from odoo.tools import config


@pytest.fixture
def password(monkeypatch, tmp_path):
    monkeypatch.setitem(config.options, "data_dir", str(tmp_path))
    monkeypatch.setitem(config.options, "admin_passwd", config["admin_passwd"])
    config.set_admin_password("master")
    return "master"


def test_version():
    version = dispatch_rpc("common", "version", [])
    assert version["server_serie"] == "18.0"
    assert version["protocol_version"] == 1
    assert version["server_version_info"][:2] == [18, 0]


def test_about():
    assert "18.0" in dispatch_rpc("common", "about", [])
    assert dispatch_rpc("common", "about", [True])[1] == "18.0"


@pytest.mark.parametrize(("service", "error"), [("common", AttributeError), ("object", NameError), ("db", KeyError)])
def test_unknown_method(service, error):
    with pytest.raises(error, match="no_such_method"):
        dispatch_rpc(service, "no_such_method", [])


def test_databases_are_managed_with_the_password_only(password):
    for wrong in ("", "wrong", None):
        with pytest.raises(AccessDenied):
            dispatch_rpc("db", "drop", [wrong, "some_database"])


def test_hidden_databases(password, monkeypatch):
    monkeypatch.setitem(config.options, "list_db", False)
    with pytest.raises(AccessDenied):
        dispatch_rpc("db", "list", [])
    with pytest.raises(AccessDenied):
        dispatch_rpc("db", "drop", [password, "some_database"])


def test_configured_databases_are_listed_without_a_server(monkeypatch):
    monkeypatch.setitem(config.options, "db_name", "b,a")
    monkeypatch.setitem(config.options, "dbfilter", "")
    assert dispatch_rpc("db", "list", []) == ["a", "b"]


def test_countries(password):
    countries = dict(dispatch_rpc("db", "list_countries", [password]))
    assert countries["FR"] == "France"
    assert len(countries) > 200


def test_dump_is_sent_as_text(password, monkeypatch):
    def dump(name, stream, backup_format):
        stream.write(f"{name}.{backup_format}".encode() + b"\xff")

    monkeypatch.setattr(db_service, "dump_db", dump)
    text = dispatch_rpc("db", "dump", [password, "some_database", "zip"])
    assert base64.b64decode(text) == b"some_database.zip\xff"
