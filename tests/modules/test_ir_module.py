"""The model of modules, its wizards, and asset bundles of a database."""

import contextlib

import pytest

from odoo.exceptions import AccessDenied, UserError
from odoo.modules.assets import AssetBundle
from odoo.modules.loading import ModulesBusyError
from odoo.tools import config, mute_logger


@pytest.fixture
def env(addons, databases):
    """An environment of the superuser on the shared database; changes are rolled back."""
    from odoo.modules.registry import Registry
    from odoo.orm.environment import SUPERUSER_ID, Environment

    registry = Registry(databases.template("base"))
    with contextlib.closing(registry.cursor()) as cr:
        yield Environment(cr, SUPERUSER_ID, {})
        cr.rollback()
    registry.clear_all_caches()


@pytest.fixture
def modules(env, addons):
    """A function that writes modules, ``{name: manifest keys}``, and returns their records by name."""

    def write(**manifests):
        for name, manifest in manifests.items():
            addons.write(name, {}, **manifest)
        env["ir.module.module"].update_list()
        return [env["ir.module.module"]._get(name) for name in manifests]

    return write


def test_update_list_describes_what_is_on_disk(env, modules, addons):
    alpha, beta = modules(
        alpha={
            "summary": "S",
            "author": "Me",
            "application": True,
            "category": "Sales/Alpha",
            "description": "*One*",
            "countries": ["be"],
        },
        beta={"depends": ["alpha"], "auto_install": True, "installable": False},
    )
    assert (alpha.summary, alpha.author, alpha.application, alpha.state) == ("S", "Me", True, "uninstalled")
    assert alpha.installed_version == "18.0.1.0" and not alpha.latest_version
    assert alpha.category_id.parent_id == env.ref("base.module_category_sales")
    assert alpha.category_id.xml_id == "base.module_category_sales_alpha"
    assert "<em>One</em>" in alpha.description_html
    assert alpha.country_ids.mapped("code") == ["BE"] and alpha.icon_flag == "\U0001f1e7\U0001f1ea"
    assert alpha.icon_image and alpha.icon == "/base/static/description/icon.png"
    assert beta.state == "uninstallable" and beta.auto_install
    assert beta.dependencies_id.depend_id == alpha
    assert env.ref("base.module_alpha") == alpha
    addons.write("alpha", {}, summary="T", depends=["web"])
    env["ir.module.module"].update_list()
    assert alpha.summary == "T" and alpha.dependencies_id.mapped("name") == ["web"] and not alpha.country_ids


def test_closures(env, modules):
    alpha, beta, gamma = modules(alpha={}, beta={"depends": ["alpha"]}, gamma={"depends": ["beta"]})
    base = env["ir.module.module"]._get("base")
    assert gamma.upstream_dependencies() == alpha + beta
    assert gamma.upstream_dependencies(exclude_states=("",)) == base + alpha + beta
    assert alpha.downstream_dependencies(exclude_states=()) == beta + gamma
    assert not alpha.downstream_dependencies()
    assert env["ir.module.module.dependency"].all_dependencies(["gamma"]) == {
        "gamma": ["beta"],
        "beta": ["alpha"],
        "alpha": ["base"],
        "base": [],
    }


def test_marking(env, modules):
    alpha, beta, gamma = modules(alpha={}, beta={"depends": ["alpha"]}, gamma={"depends": ["beta"]})
    beta.button_install()
    assert [module.state for module in (alpha, beta, gamma)] == ["to install", "to install", "uninstalled"]
    assert alpha._get("alpha").state == "to install"
    wizard = env["base.module.upgrade"].create({})
    assert wizard.module_info == "alpha: to install\nbeta: to install"
    wizard.upgrade_module_cancel()
    assert alpha.state == beta.state == "uninstalled"


def test_marks_for_upgrade_are_in_the_database(env, modules):
    alpha, beta = modules(alpha={}, beta={"depends": ["alpha"]})
    (alpha + beta).state = "installed"
    alpha.button_upgrade()
    # addons read them with statements of their own
    env.cr.execute("SELECT state FROM ir_module_module WHERE id = ANY(%s)", [(alpha + beta).ids])
    assert [state for (state,) in env.cr.fetchall()] == ["to upgrade", "to upgrade"]


def test_country_specific_modules_install_themselves_in_their_country(env, modules):
    alpha, beta, gamma = modules(
        alpha={},
        beta={"depends": ["alpha"], "auto_install": True, "countries": ["be"]},
        gamma={"depends": ["alpha"], "auto_install": True, "countries": ["fr"]},
    )
    # setting the country of the company itself would install them at once
    env.company.partner_id.country_id = env.ref("base.be")
    alpha.button_install()
    assert (beta.state, gamma.state) == ("to install", "uninstalled")


def test_conflicts(env, modules):
    alpha, beta, gamma, delta = modules(
        alpha={"excludes": ["beta"]}, beta={}, gamma={"category": "Only"}, delta={"category": "Only"}
    )
    with pytest.raises(UserError, match=r"alpha and beta exclude each other"):
        (alpha + beta).button_install()
    (alpha + beta).button_install_cancel()
    gamma.category_id.exclusive = True
    with pytest.raises(UserError, match=r"Only one module of the category Only"):
        (gamma + delta).button_install()


def test_missing_python_package(env, modules):
    (alpha,) = modules(alpha={"external_dependencies": {"python": ["no_such_package"]}})
    with pytest.raises(UserError, match=r"alpha cannot be installed.*no_such_package"):
        alpha.button_install()


def test_only_administrators_install(env, modules):
    (alpha,) = modules(alpha={})
    user = env["res.users"].create({"name": "U", "login": "u"})
    with pytest.raises(AccessDenied), mute_logger("odoo.addons.base.models.ir_module"):
        alpha.with_user(user).button_immediate_install()


def test_installed_modules_stay_on_the_list(env):
    with pytest.raises(UserError, match="installed"):
        env["ir.module.module"]._get("base").unlink()


def test_uninstall_wizard_shows_what_goes(env):
    web = env["ir.module.module"]._get("web")
    wizard = env["base.module.uninstall"].create({"module_id": web.id, "show_all": True})
    assert web in wizard.module_ids
    assert "base.document.layout" not in wizard.model_ids.mapped("model")
    assert "res.partner" not in wizard.model_ids.mapped("model")


def test_views_of_a_module(env):
    base = env["ir.module.module"]._get("base")
    base._get_views()
    assert "Apps" in base.menus_by_module
    assert "ir.module.module.form (form)" in base.views_by_module


def test_bundle_of_a_database(env, addons, monkeypatch):
    addons.write(
        "alpha",
        {"static/src/a.js": "export const a = 1;", "static/src/b.js": "export const b = 1;"},
        assets={"alpha.main": ["alpha/static/src/a.js"]},
    )
    monkeypatch.setattr(env.registry, "_init_modules", {*env.registry._init_modules, "alpha"})
    assert [file.url for file in AssetBundle(env, "alpha.main").files] == ["/alpha/static/src/a.js"]
    env["ir.asset"].create(
        {"name": "B", "bundle": "alpha.main", "path": "alpha/static/src/b.js", "directive": "prepend"}
    )
    bundle = AssetBundle(env, "alpha.main")
    assert [file.url for file in bundle.files] == ["/alpha/static/src/b.js", "/alpha/static/src/a.js"]
    assert bundle.module_urls() == bundle.js_urls() and not bundle.plain_script_urls()
    assert "@alpha/b" in bundle.import_map()["imports"]
    assert env["ir.asset"]._get_related_bundle("alpha/static/src/b.js", "alpha.main") == "alpha.main"


@pytest.mark.parametrize(
    "name, debug, expected",
    [
        ("web.assets_web.min.js", False, ("web.assets_web", False, "js")),
        ("web.assets_web.css", True, ("web.assets_web", False, "css")),
        ("web.assets_web.rtl.min.css", False, ("web.assets_web", True, "css")),
    ],
)
def test_bundle_names(env, name, debug, expected):
    assert env["ir.asset"]._parse_bundle_name(name, debug) == expected


@pytest.mark.parametrize("name, debug", [("web.x.js", False), ("web.min.js", False), ("web.x.min.txt", False)])
def test_wrong_bundle_names(env, name, debug):
    with pytest.raises(ValueError, match=name):
        env["ir.asset"]._parse_bundle_name(name, debug)


def test_translations_come_with_a_module(server, addons):
    server.load()
    with server.env() as env:
        env["res.lang"]._activate_lang("fr_FR")
    addons.write(
        "alpha",
        {
            "data.xml": """
            <odoo><record id="tag" model="res.partner.category"><field name="name">Friend</field></record></odoo>
        """,
            "i18n/fr.po": """
            msgid ""
            msgstr "Content-Type: text/plain; charset=UTF-8\\n"

            #. module: alpha
            #: model:res.partner.category,name:alpha.tag
            msgid "Friend"
            msgstr "Ami"
        """,
        },
        data=["data.xml"],
    )
    server.load(init=["alpha"])
    with server.env() as env:
        tag = env.ref("alpha.tag")
        assert tag.name == "Friend" and tag.with_context(lang="fr_FR").name == "Ami"


def test_tests_of_a_module_run_when_it_is_installed(server, addons, monkeypatch):
    monkeypatch.setitem(config.options, "test_enable", True)
    monkeypatch.setitem(config.options, "db_name", server.database)
    addons.write(
        "alpha",
        {
            "tests/__init__.py": "from . import test_alpha\n",
            "tests/test_alpha.py": """
        from odoo.tests import TransactionCase, tagged

        class TestAlpha(TransactionCase):
            def test_good(self):
                self.assertEqual(self.env["ir.module.module"]._get("alpha").state, "installed")

            def test_bad(self):
                self.assertTrue(False)

        @tagged("post_install", "-at_install")
        class TestLater(TransactionCase):
            def test_later(self):
                self.fail("not now")
    """,
        },
    )
    with mute_logger("odoo.addons.alpha.tests.test_alpha"):
        registry = server.load(init=["alpha"])
    report = registry._assertion_report
    assert (report.testsRun, report.failures_count, report.errors_count) == (2, 1, 0)


def test_one_process_at_a_time(server, alpha_files, addons):
    from odoo import sql_db

    with sql_db.db_connect(server.database).cursor() as cr:
        cr.execute("SELECT pg_advisory_lock(hashtext('odoo.modules.loading'))")
        with pytest.raises(ModulesBusyError):
            server.load(init=["alpha"])
        cr.execute("SELECT pg_advisory_unlock(hashtext('odoo.modules.loading'))")
    server.load(init=["alpha"])
    assert server.touched("alpha") == {"alpha"}


@pytest.fixture
def alpha_files(addons):
    """An empty module alpha."""
    return addons.write("alpha", {})


def test_upgrade_wizard_applies_the_marks(server, alpha_files):
    server.load()
    with server.env() as env:
        env["ir.module.module"].update_list()
        env["ir.module.module"]._get("alpha").button_install()
        action = env["base.module.upgrade"].create({}).upgrade_module()
        assert action["res_model"] == "base.module.upgrade"
    assert server.touched("alpha") == {"alpha"}


def test_update_wizard_counts(server, alpha_files):
    server.load()
    with server.env() as env:
        wizard = env["base.module.update"].create({})
        wizard.update_module()
        assert (wizard.added, wizard.state) == (1, "done")
