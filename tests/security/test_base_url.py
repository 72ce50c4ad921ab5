"""Links begin with an address that is this server's, not with any that an administrator's browser was led to."""

import pytest
from web_client import error_of

from odoo.tools import config
from odoo.tools.own_host import is_loopback

EVIL = "evil.example"


@pytest.fixture
def links(database, visitor, env):
    """Log an administrator in at an address, and return what links begin with afterwards."""

    admin = env.ref("base.user_admin")
    admin.password = "chosen by somebody"
    env.cr.commit()

    def log_in(host, **headers):
        answer = visitor.fresh().post(
            "/web/session/authenticate",
            base_url=f"http://{host}",
            headers=headers,
            json={"params": {"db": database, "login": "admin", "password": "chosen by somebody"}},
        )
        assert not error_of(answer), answer.text
        env.cr.rollback()
        env.registry.clear_cache()
        return env["ir.config_parameter"].get_param("web.base.url")

    before = env["ir.config_parameter"].get_param("web.base.url")
    yield log_in
    env["ir.config_parameter"].set_param("web.base.url", before)
    admin.password = "admin"
    env.cr.commit()


def test_f16_hosts_of_strangers_change_nothing(links):
    assert links("localhost:8069") == "http://localhost:8069"
    for host in (EVIL, f"{EVIL}:8069", "localhost.evil.example", "8.8.8.8", "127.0.0.1.evil.example"):
        assert links(host) == "http://localhost:8069"
    # nobody is asked whether a header is to be trusted
    assert links(EVIL, **{"X-Forwarded-Host": EVIL}) == "http://localhost:8069"
    assert links("127.0.0.1:8070") == "http://127.0.0.1:8070"


def test_f16_proxies_tell_the_address(links, monkeypatch):
    monkeypatch.setitem(config.options, "proxy_mode", True)
    forwarded = {"X-Forwarded-Host": "erp.example.com", "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
    assert links("localhost:8069", **forwarded) == "https://erp.example.com"
    assert links(EVIL) == "https://erp.example.com"


def test_tunnels_do_not_make_links_local(links, env, monkeypatch):
    """An administrator who comes through a tunnel is at localhost; nobody else is."""
    env["ir.config_parameter"].set_param("web.base.url", "https://erp.example.com")
    env.cr.commit()
    for host in ("localhost:8069", "127.0.0.1", "[::1]:8069"):
        assert links(host) == "https://erp.example.com"
    monkeypatch.setitem(config.options, "proxy_mode", True)
    assert links(EVIL, **{"X-Forwarded-Host": "localhost", "X-Forwarded-For": "::1"}) == "https://erp.example.com"
    for broken in ("http://[", "nonsense"):
        env["ir.config_parameter"].set_param("web.base.url", broken)
        env.cr.commit()
        assert links("localhost:8069") == "http://localhost:8069"


def test_programs_do_not_tell_the_address(links, env, database, visitor, monkeypatch):
    """What a caller says of itself is not what a proxy says, and a key that only reads writes nothing."""
    before = links("localhost:8069")
    admin = env.ref("base.user_admin")
    key = env["res.users.apikeys"].with_user(admin)._generate("rpc", "a reader", False, read_only=True)
    env.cr.commit()
    monkeypatch.setitem(config.options, "proxy_mode", True)
    for secret in (key, "chosen by somebody"):
        answer = visitor.post(
            "/jsonrpc",
            headers={"X-Forwarded-Host": "erp.example.com", "X-Forwarded-For": "192.0.2.7"},
            json={
                "params": {
                    "service": "common",
                    "method": "authenticate",
                    "args": [database, "admin", secret, {"base_location": f"https://{EVIL}"}],
                }
            },
        )
        assert answer.json["result"] == admin.id
        env.cr.rollback()
        env.registry.clear_cache()
        assert env["ir.config_parameter"].get_param("web.base.url") == before


def test_f16_frozen_stays(links, env):
    assert links("localhost:8069") == "http://localhost:8069"
    env["ir.config_parameter"].set_param("web.base.url.freeze", "True")
    env.cr.commit()
    try:
        assert links("127.0.0.1:8070") == "http://localhost:8069"
    finally:
        env["ir.config_parameter"].set_param("web.base.url.freeze", False)
        env.cr.commit()


@pytest.mark.parametrize(
    ("address", "expected"),
    [("127.0.0.1", True), ("127.8.8.8", True), ("::1", True), ("::ffff:127.0.0.1", True), ("localhost", True)]
    + [(other, False) for other in ("10.0.0.1", "::ffff:8.8.8.8", "127.0.0.1.example", "", None, "1270.0.0.1")],
)
def test_loopback(address, expected):
    assert is_loopback(address) is expected
