"""Installation, upgrade and removal of modules, and what failures leave behind."""

import uuid

import pytest

from odoo.db import lifecycle
from odoo.db.extensions import ACCENT_FUNCTION, FunctionStatus, has_trigram, has_unaccent
from odoo.exceptions import UserError
from odoo.modules import loading
from odoo.modules.data import ParseError
from odoo.modules.graph import ModuleGraphError
from odoo.modules.install_request import InstallRequest
from odoo.modules.registry import Registry
from odoo.sql_db import db_connect
from odoo.tools import config

MODEL = """
    from odoo import fields, models

    class {cls}(models.Model):
        _name = "{name}"
        _description = "{cls}"

        name = fields.Char()
        {extra}
"""
ACCESS = "id,name,model_id/id,group_id/id,perm_read,perm_write,perm_create,perm_unlink\n{0},{0},model_{0},,1,1,1,1\n"


def model_files(name, extra="", **more):
    """Files of a module with one model and its access rule."""
    cls = name.title().replace(".", "")
    return {
        "__init__.py": "from . import model\n",
        "model.py": MODEL.format(cls=cls, name=name, extra=extra),
        "ir.model.access.csv": ACCESS.format(name.replace(".", "_")),
        **more,
    }


def data_file(name, model="alpha.thing", record="one"):
    """An XML file with one record."""
    return f'<odoo><record id="{record}" model="{model}"><field name="name">{name}</field></record></odoo>'


@pytest.fixture
def alpha(addons):
    """A function that writes module alpha: a model, its access rule, one record."""

    def write(data="one", **manifest):
        files = model_files("alpha.thing", **{"data.xml": data_file(data)})
        return addons.write("alpha", files, **{"data": ["ir.model.access.csv", "data.xml"], **manifest})

    return write


def test_indexes_without_accents_where_an_administrator_made_the_extensions(db_server, addons, monkeypatch):
    files = model_files("alpha.thing", 'code = fields.Char(index="trigram")')
    addons.write("alpha", files, data=["ir.model.access.csv"])
    monkeypatch.setitem(config.options, "unaccent", True)
    name = f"test_{uuid.uuid4().hex[:12]}"
    lifecycle.create(name)
    try:
        with db_connect(name).cursor() as cr:
            if has_unaccent(cr) == FunctionStatus.MISSING or not has_trigram(cr):
                pytest.skip("PostgreSQL has no extension unaccent or pg_trgm")
            cr.execute(f"DROP FUNCTION {ACCENT_FUNCTION}(text)")
            cr.execute("ALTER FUNCTION unaccent(text) STABLE")
        request = InstallRequest.of(init=("base", "alpha"), without_demo=["all"])
        registry = Registry.new(name, update_module=True, request=request)
        assert registry.has_unaccent == FunctionStatus.INDEXABLE
        with registry.cursor() as cr:
            cr.execute("SELECT indexdef FROM pg_indexes WHERE tablename = 'alpha_thing' AND indexdef LIKE '%gin%'")
            [[index]] = cr.fetchall()
            assert ACCENT_FUNCTION in index
    finally:
        Registry.delete(name)
        lifecycle.drop(name)


def test_base_is_complete(server):
    registry = server.load()
    assert "base" in registry._init_modules
    assert server.states("base") == {"base": "installed"}
    with server.env() as env:
        assert env.ref("base.user_root").login == "__system__"
        assert env.ref("base.main_company").partner_id == env.ref("base.main_partner")
        assert env.ref("base.main_company").currency_id
        assert env.ref("base.module_base").latest_version


def test_install(server, alpha):
    alpha()
    progress = []
    loading.on_progress = lambda *args: progress.append(args)
    try:
        registry = server.load(init=["alpha"])
    finally:
        loading.on_progress = None
    assert ("alpha", 1, 1) in progress
    assert "alpha.thing" in registry
    assert server.states("alpha") == {"alpha": "installed"}
    with server.env() as env:
        assert env.ref("alpha.one").name == "one"
        module = env["ir.module.module"]._get("alpha")
        assert module.latest_version == "18.0.1.0"
        assert module.dependencies_id.mapped("name") == ["base"]
        assert env["ir.module.module"]._installed()["alpha"] == module.id


def test_plain_start_loads_what_is_installed(server, alpha):
    alpha()
    server.load(init=["alpha"])
    assert "alpha.thing" in server.load()


def test_dependencies_and_auto_install(server, addons, alpha):
    alpha()
    addons.write("beta", {}, depends=["alpha"])
    addons.write("gamma", {}, depends=["alpha"], auto_install=True)
    addons.write("delta", {}, depends=["alpha", "epsilon"], auto_install=True)
    addons.write("epsilon", {})
    server.load(init=["beta"])
    assert server.states("alpha", "beta", "gamma", "delta", "epsilon") == {
        "alpha": "installed",
        "beta": "installed",
        "gamma": "installed",
        "delta": "uninstalled",
        "epsilon": "uninstalled",
    }


def test_hooks(server, addons):
    addons.write(
        "alpha",
        {
            "__init__.py": """
        def before(env):
            env.cr.execute("CREATE TABLE alpha_log (what varchar)")
            env.cr.execute("INSERT INTO alpha_log VALUES ('before')")

        def after(env):
            env["ir.config_parameter"].set_param("alpha", "after")

        def gone(env):
            env["ir.config_parameter"].set_param("alpha", "gone")
    """
        },
        pre_init_hook="before",
        post_init_hook="after",
        uninstall_hook="gone",
    )
    server.load(init=["alpha"])
    assert server.query("SELECT what FROM alpha_log") == [("before",)]
    with server.env() as env:
        assert env["ir.config_parameter"].get_param("alpha") == "after"
        env["ir.module.module"]._get("alpha").button_uninstall()
    server.load(update=["alpha"])
    with server.env() as env:
        assert env["ir.config_parameter"].get_param("alpha") == "gone"


def test_missing_hook_is_named(server, addons):
    addons.write("alpha", {"__init__.py": "def befor(env): pass\n"}, pre_init_hook="before")
    with pytest.raises(ValueError, match=r"'pre_init_hook'.*'before'.*did you mean 'befor'"):
        server.load(init=["alpha"])
    assert server.touched("alpha") == set()


def test_update_changes_data_and_schema(server, addons, alpha):
    alpha()
    server.load(init=["alpha"])
    alpha("two", version="1.1", description="more")
    registry = server.load(update=["alpha"])
    assert registry.updated_modules == ["alpha"]
    with server.env() as env:
        assert env.ref("alpha.one").name == "two"
        assert env["ir.module.module"]._get("alpha").latest_version == "18.0.1.1"


def test_init_of_an_installed_module(server, addons, alpha):
    alpha()
    (addons.path / "alpha" / "data.xml").write_text("""
        <odoo noupdate="1">
            <record id="kept" model="alpha.thing"><field name="name">protected</field></record>
        </odoo>""")
    addons.write("beta", {}, depends=["alpha"])
    server.load(init=["alpha", "beta"])
    with server.env() as env:
        env.ref("alpha.kept").name = "changed by a user"
    assert server.load(update=["alpha"]).updated_modules == ["alpha", "beta"]
    with server.env() as env:
        assert env.ref("alpha.kept").name == "changed by a user"
    assert server.load(init=["alpha"]).updated_modules == ["alpha"]
    with server.env() as env:
        assert env.ref("alpha.kept").name == "protected"
    assert server.states("alpha", "beta") == {"alpha": "installed", "beta": "installed"}


def test_update_deletes_what_is_no_longer_in_the_files(server, alpha, addons):
    root = alpha()
    server.load(init=["alpha"])
    (root / "data.xml").write_text(data_file("x", record="two"))
    server.load(update=["alpha"])
    with server.env() as env:
        assert env["alpha.thing"].search([]).mapped("name") == ["x"]
        assert not env.ref("alpha.one", raise_if_not_found=False)


def test_migrations(server, alpha):
    root = alpha()
    server.load(init=["alpha"])
    alpha(version="1.2")
    script = """
def migrate(cr, version):
    cr.execute('UPDATE alpha_thing SET name = name || %s', [' {}:' + version])
"""
    for version, name in [
        ("18.0.1.2", "post-a"),
        ("1.1", "pre-b"),
        ("1.1", "end-c"),
        ("1.3", "pre-d"),
        ("1.0", "pre-e"),
    ]:
        path = root / "migrations" / version / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(script.format(name))
    (root / "data.xml").write_text("<odoo noupdate='1'>" + data_file("x").removeprefix("<odoo>"))
    server.query("UPDATE ir_model_data SET noupdate = true WHERE module = 'alpha' RETURNING id")
    server.load(update=["alpha"])
    assert server.query("SELECT name FROM alpha_thing") == [("one pre-b:18.0.1.0 post-a:18.0.1.0 end-c:18.0.1.0",)]


def test_uninstall(server, alpha, addons):
    alpha()
    addons.write("beta", {}, depends=["alpha"])
    server.load(init=["beta"])
    with server.env() as env:
        env["ir.module.module"]._get("alpha").button_uninstall()
    assert server.states("alpha", "beta") == {"alpha": "to remove", "beta": "to remove"}
    registry = server.load(update=["base"])
    assert server.touched("alpha", "beta") == set()
    assert "alpha.thing" not in registry
    assert server.query("SELECT to_regclass('alpha_thing')") == [(None,)]
    assert server.query("SELECT count(*) FROM ir_model_data WHERE module = 'alpha'") == [(0,)]
    assert server.query("SELECT count(*) FROM ir_model WHERE model = 'alpha.thing'") == [(0,)]


BAD_FILES = {
    "bad field": '<odoo><record id="bad" model="alpha.thing"><field name="nam">x</field></record></odoo>',
    "bad reference": '<odoo><record id="bad" model="res.partner"><field name="name">x</field>'
    '<field name="parent_id" ref="nowhere"/></record></odoo>',
    "bad function": '<odoo><function model="alpha.thing" name="creat"/></odoo>',
    "not xml": "<odoo><record></odoo>",
}


@pytest.mark.parametrize("text", BAD_FILES.values(), ids=BAD_FILES)
def test_failed_data_file_leaves_no_trace(server, alpha, text):
    root = alpha()
    (root / "data.xml").write_text(text)
    before = server.query("SELECT count(*) FROM ir_model_data")
    with pytest.raises(ParseError, match=r"alpha/data.xml:1"):
        server.load(init=["alpha"])
    assert server.touched("alpha") == set()
    assert server.query("SELECT to_regclass('alpha_thing')") == [(None,)]
    assert server.query("SELECT count(*) FROM ir_model_data WHERE module = 'alpha'") == [(0,)]
    # only the list of modules may have grown
    assert server.query("SELECT count(*) FROM ir_model_data WHERE name NOT LIKE 'module_%%'")[0][0] <= before[0][0]
    assert "alpha.thing" not in server.load()


def test_failed_dependency_leaves_nothing_of_the_module_asked_for(server, alpha, addons):
    root = alpha()
    (root / "data.xml").write_text(BAD_FILES["bad field"])
    addons.write("beta", model_files("beta.thing"), depends=["alpha"], data=["ir.model.access.csv"])
    with pytest.raises(ParseError, match=r"did you mean 'name'"):
        server.load(init=["beta"])
    assert server.touched("alpha", "beta") == set()
    assert server.query("SELECT to_regclass('beta_thing')") == [(None,)]


def test_failed_update_keeps_the_old_state(server, alpha):
    root = alpha()
    server.load(init=["alpha"])
    (root / "data.xml").write_text(BAD_FILES["bad field"])
    with pytest.raises(ParseError):
        server.load(update=["alpha"])
    assert server.states("alpha") == {"alpha": "installed"}
    with server.env() as env:
        assert env.ref("alpha.one").name == "one"


def test_broken_code_can_be_repaired_without_restart(server, alpha):
    root = alpha()
    (root / "model.py").write_text("import no_such_thing\n")
    with pytest.raises(ImportError):
        server.load(init=["alpha"])
    assert server.touched("alpha") == set()
    alpha()
    server.load(init=["alpha"])
    assert server.states("alpha") == {"alpha": "installed"}


def test_unknown_module_changes_nothing(server, alpha):
    alpha()
    with pytest.raises(ModuleGraphError, match=r"'alpah' does not exist.*did you mean 'alpha'"):
        server.load(init=["alpha", "alpah"])
    assert server.touched("alpha") == set()


def test_missing_dependency_is_explained(server, addons):
    addons.write("beta", {}, depends=["alpa"])
    addons.write("alpha", {})
    with pytest.raises(UserError, match=r"beta needs module alpa.*did you mean 'alpha'"):
        server.load(init=["beta"])
    assert server.touched("beta") == set()


def test_module_missing_on_disk_does_not_stop_the_others(server, alpha, addons, caplog):
    root = alpha()
    addons.write("beta", {}, depends=["alpha"])
    addons.write("gamma", {})
    server.load(init=["beta", "gamma"])
    (root / "__manifest__.py").unlink()
    addons.write("gamma", {})
    registry = server.load()
    assert "gamma" in registry._init_modules and "beta" not in registry._init_modules
    assert "installed module beta is not loaded" in caplog.text


def test_demo_data(server, alpha, addons):
    files = model_files("alpha.thing", **{"demo.xml": data_file("demo"), "bad.xml": BAD_FILES["bad field"]})
    addons.write("alpha", files, data=["ir.model.access.csv"], demo=["demo.xml"])
    server.load(init=["alpha"], force_demo=True)
    with server.env() as env:
        assert env.ref("alpha.one").name == "demo"
        assert env["ir.module.module"]._get("alpha").demo
    files = model_files("beta.thing", **{"demo.xml": data_file("x", "beta.thing"), "bad.xml": BAD_FILES["bad field"]})
    addons.write("beta", files, data=["ir.model.access.csv"], demo=["demo.xml", "bad.xml"])
    server.load(init=["beta"], force_demo=True)
    with server.env() as env:
        assert not env["beta.thing"].search([])
        assert not env["ir.module.module"]._get("beta").demo


def test_button_immediate_install_and_uninstall(server, alpha):
    alpha()
    server.load()
    with server.env() as env:
        env["ir.module.module"].update_list()
    with server.env() as env:
        action = env["ir.module.module"]._get("alpha").button_immediate_install()
        assert action["type"] in ("ir.actions.client", "ir.actions.act_window", "ir.actions.act_url")
    assert server.states("alpha") == {"alpha": "installed"}
    with server.env() as env:
        assert env.ref("alpha.one").name == "one"
        env["ir.module.module"]._get("alpha").button_immediate_uninstall()
    assert server.touched("alpha") == set()


def test_button_immediate_install_that_fails_tells_why(server, alpha):
    root = alpha()
    (root / "data.xml").write_text(BAD_FILES["bad field"])
    server.load()
    with server.env() as env:
        env["ir.module.module"].update_list()
    with server.env() as env, pytest.raises(UserError, match=r"data.xml:1.*'nam'.*did you mean 'name'"):
        env["ir.module.module"]._get("alpha").button_immediate_install()
    assert server.touched("alpha") == set()


def test_base_cannot_be_removed(server):
    server.load()
    with server.env() as env, pytest.raises(UserError, match=r"base"):
        env["ir.module.module"]._get("base").button_uninstall()


def test_a_button_does_not_do_again_what_the_command_line_asked_for(server, alpha, addons, monkeypatch):
    alpha()
    addons.write("beta", {})
    # the server was started with -i alpha, and still runs
    monkeypatch.setitem(config.options, "init", {"alpha": 1})
    server.load(init=["alpha"])
    with server.env() as env:
        env.ref("alpha.one").name = "changed by a user"
        env["ir.module.module"].update_list()
    with server.env() as env:
        env["ir.module.module"]._get("beta").button_immediate_install()
    with server.env() as env:
        assert env.ref("alpha.one").name == "changed by a user"
