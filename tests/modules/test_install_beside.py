"""Modules are installed, upgraded and removed on a registry beside the one that others use."""

import threading

import psycopg2.errors
import pytest

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.modules import loading
from odoo.modules.install_request import InstallRequest
from odoo.modules.registry import Registry
from odoo.orm.retrying import retrying

ACCESS = """id,name,model_id/id,perm_read,perm_write,perm_create,perm_unlink
access_thing,thing,model_alpha_thing,1,1,1,1
"""
ALPHA = """
from odoo import api, fields, models, tools

class Thing(models.Model):
    _name = "alpha.thing"
    _description = "A thing"
    name = fields.Char()

    @api.model
    @tools.ormcache()
    def _was_ready(self):
        return self.pool.ready

    def _register_hook(self):
        super()._register_hook()
        self._was_ready()

class Partner(models.Model):
    _inherit = "res.partner"
    alpha_note = fields.Char(required=True, default="none")
"""


class Others:
    """What another thread does while modules are loaded."""

    def __init__(self, monkeypatch):
        self._monkeypatch = monkeypatch
        self.threads, self.failed, self.seen = [], [], []

    def before(self, module, work, times=1, wait=True):
        """Call ``work`` in another thread before a module is loaded for the nth time."""
        count = 0

        def on_progress(name, index, total):
            nonlocal count
            count += name == module
            if name == module and count == times:
                self.start(work)
                if wait:
                    self.join()

        self._monkeypatch.setattr(loading, "on_progress", on_progress)

    def start(self, work):
        def run():
            try:
                self.seen.append(work())
            except BaseException as error:
                self.failed.append(error)

        thread = threading.Thread(target=run, daemon=True)
        self.threads.append(thread)
        thread.start()

    def join(self):
        for thread in self.threads:
            thread.join(30)
            assert not thread.is_alive(), "it waits although it need not"


@pytest.fixture
def others(monkeypatch):
    others = Others(monkeypatch)
    yield others
    others.join()
    assert not others.failed


@pytest.fixture
def two(addons, server):
    """The modules alpha and beta, which needs it; the registry is loaded without them."""
    files = {"__init__.py": "from . import model", "model.py": ALPHA, "ir.model.access.csv": ACCESS}
    addons.write("alpha", files, data=["ir.model.access.csv"])
    root = addons.write("beta", {}, depends=["alpha"])
    Registry(server.database)
    return root


def environment(cr):
    return api.Environment(cr, SUPERUSER_ID, {})


def test_others_go_on_with_the_registry_there_is(server, two, others):
    before = Registry(server.database)

    def work():
        registry = Registry(server.database).check_signaling()
        with registry.cursor() as cr:
            environment(cr)["res.partner"].search([], limit=1).read(["name"])
        return registry

    others.before("beta", work)
    after = server.load(init=["beta"])
    assert others.seen == [before], "it was not to wait, nor to see a part of the modules"
    assert Registry(server.database) is after is not before
    assert "alpha.thing" in after
    assert "alpha.thing" not in before, "who began before works on with what was there"
    with before.cursor() as cr:
        assert before.check_signaling(cr) is after


def test_code_of_the_installation_sees_the_registry_that_is_built(server, two, monkeypatch):
    seen = []
    monkeypatch.setattr(loading, "on_progress", lambda name, *_: seen.append((name, Registry(server.database))))
    after = server.load(init=["beta"])
    assert seen[-1] == ("beta", after)


def test_what_fails_leaves_the_registry_there_is(server, two, others):
    (two / "__init__.py").write_text("1 / 0")
    before = Registry(server.database)
    with pytest.raises(ZeroDivisionError):
        server.load(init=["beta"])
    assert Registry(server.database) is before
    # alpha was done before, so all are told
    after = before.check_signaling()
    assert after is not before
    assert "alpha.thing" in after
    assert server.states("alpha", "beta") == {"alpha": "installed", "beta": "uninstalled"}


def test_nothing_that_a_part_of_the_modules_answered_is_kept(server, two):
    registry = server.load(init=["beta"])
    with registry.cursor() as cr:
        assert environment(cr)["alpha.thing"]._was_ready()


def test_who_fails_because_of_a_new_column_waits_and_begins_again(server, two, others):
    registries = []

    def work():
        with Registry(server.database).cursor() as cr:
            env = environment(cr)

            def create():
                registries.append(env.registry)
                return env["res.partner"].create({"name": "Made meanwhile"}).id

            return retrying(create, env)

    others.before("beta", work, wait=False)
    before = Registry(server.database)
    after = server.load(init=["beta"])
    others.join()
    assert registries == [before, after]
    assert server.query("SELECT alpha_note FROM res_partner WHERE id = %s", others.seen) == [("none",)]


def test_rows_that_others_write_before_the_table_is_locked_get_the_new_column(server, two, others):
    def work():
        with Registry(server.database).cursor() as cr:
            partners = environment(cr)["res.partner"].with_context(active_test=False).search([])
            partners.filtered(lambda partner: partner.name == "Deleted meanwhile").unlink()
            return partners.create({"name": "Made meanwhile"}).id

    with server.env() as env:
        env["res.partner"].create({"name": "Deleted meanwhile"})
    others.before("alpha", work)
    server.load(init=["alpha"])
    assert server.query("SELECT alpha_note FROM res_partner WHERE id = %s", others.seen) == [("none",)]
    assert server.query("SELECT count(*) FROM res_partner WHERE alpha_note IS NULL") == [(0,)]


def test_who_fails_because_of_a_removed_column_waits_and_begins_again(server, two, others):
    server.load(init=["alpha"])
    registries = []

    def work():
        with Registry(server.database).cursor() as cr:
            env = environment(cr)

            def read():
                registries.append(env.registry)
                return bool(env["res.partner"].search([], limit=1).name)

            return retrying(read, env)

    # the columns are gone, and the registry without them is being loaded
    others.before("base", work, times=2, wait=False)
    before = Registry(server.database)
    with server.env() as env:
        env["ir.module.module"]._get("alpha").button_immediate_uninstall()
    others.join()
    assert registries == [before, Registry(server.database)]
    assert others.seen == [True]


def test_who_fails_for_another_reason_fails_once(server, two):
    calls = []

    def fail():
        calls.append(1)
        raise ValueError("no")

    with Registry(server.database).cursor() as cr, pytest.raises(ValueError, match="no"):
        retrying(fail, environment(cr))
    assert len(calls) == 1


def test_an_installation_in_a_transaction_that_fails_is_not_repeated(server, two):
    (two / "__init__.py").write_text("1 / 0")
    calls = []
    with server.env() as env:
        env["ir.module.module"].update_list()

    def install():
        calls.append(1)
        env["ir.module.module"]._get("beta").button_immediate_install()

    with Registry(server.database).cursor() as cr:
        env = environment(cr)
        with pytest.raises(UserError, match="division"):
            retrying(install, env)
    assert len(calls) == 1


def test_a_conflict_with_others_is_tried_again(server, two, monkeypatch, caplog):
    tries = []

    def on_progress(name, index, total):
        if name == "beta":
            tries.append(1)
            if len(tries) < 3:
                raise psycopg2.errors.DeadlockDetected()

    monkeypatch.setattr(loading, "on_progress", on_progress)
    registry = server.load(init=["beta"])
    assert server.states("alpha", "beta") == {"alpha": "installed", "beta": "installed"}
    assert len(tries) == 3
    assert registry._init_modules >= {"alpha", "beta"}
    assert "alpha.thing" in registry


def test_a_conflict_that_stays_takes_the_marks_away(server, two, monkeypatch):
    def on_progress(name, index, total):
        if name == "beta":
            raise psycopg2.errors.SerializationFailure()

    monkeypatch.setattr(loading, "on_progress", on_progress)
    with pytest.raises(psycopg2.errors.SerializationFailure):
        server.load(init=["beta"])
    assert server.states("alpha", "beta") == {"alpha": "installed", "beta": "uninstalled"}


def test_a_second_installation_is_refused_before_it_marks_anything(server, two, others, addons):
    addons.write("gamma", {})
    with server.env() as env:
        env["ir.module.module"].update_list()

    def install():
        with Registry(server.database).cursor() as cr:
            try:
                environment(cr)["ir.module.module"]._get("gamma").button_immediate_install()
            except UserError as error:
                return str(error)

    others.before("beta", install)
    with server.env() as env:
        env["ir.module.module"]._get("beta").button_immediate_install()
    assert len(others.seen) == 1 and "already" in others.seen[0]
    assert server.states("beta", "gamma") == {"beta": "installed", "gamma": "uninstalled"}


def test_a_custom_field_waits_for_the_installation_and_knows_it(server, two, others):
    def work():
        with Registry(server.database).cursor() as cr:
            env = environment(cr)
            values = {"name": "x_note", "ttype": "char", "field_description": "Note"}
            model_id = env["ir.model"]._get_id("res.partner")
            retrying(lambda: env["ir.model.fields"].create({**values, "model_id": model_id}), env)
            return env.registry

    others.before("beta", work, wait=False)
    server.load(init=["beta"])
    others.join()
    assert others.seen == [Registry(server.database)]
    assert {"x_note", "alpha_note"} <= set(others.seen[0]["res.partner"]._fields)


def test_modules_and_custom_fields_change_in_one_transaction(server, two):
    with server.env() as env:
        env["ir.module.module"].update_list()

    def work():
        values = {"name": "x_note", "ttype": "char", "field_description": "Note"}
        env["ir.model.fields"].create({**values, "model_id": env["ir.model"]._get_id("res.partner")})
        env["ir.module.module"]._get("beta").button_immediate_install()
        return env["alpha.thing"].create({"name": "one"}).id

    with Registry(server.database).cursor() as cr:
        env = environment(cr)
        thing = retrying(work, env)
    current = Registry(server.database).check_signaling()
    with current.cursor() as cr:
        assert environment(cr)["alpha.thing"].browse(thing).name == "one"
    assert {"x_note", "alpha_note"} <= set(current["res.partner"]._fields)


def test_without_the_module_system_the_error_says_so(server, monkeypatch):
    monkeypatch.setattr(Registry, "_loader", None)
    with pytest.raises(RuntimeError, match=r"odoo\.modules\.loading"):
        Registry.new(server.database, request=InstallRequest())
