"""Asset bundles: which files, import map, style sheets, templates."""

import re

import pytest
from lxml import etree

from odoo.modules import get_manifest
from odoo.modules.asset_css import compile_styles
from odoo.modules.asset_js import import_map, is_module, module_names, needed, npm_packages
from odoo.modules.asset_paths import AssetError, BundleResolver, parse_command
from odoo.modules.asset_templates import compile_templates
from odoo.tools import config


@pytest.fixture
def resolver(addons):
    """Two modules, the second of which depends on the first and changes its bundle."""
    addons.write(
        "alpha",
        {
            "static/src/a.js": "export const a = 1;",
            "static/src/b.js": "",
            "static/src/c.js": "",
            "static/lib/plain.js": "window.x = 1;",
            "secret.js": "",
            "static/src/notes.txt": "",
        },
        assets={
            "alpha.main": ["alpha/static/src/b.js", "alpha/static/src/**/*", ("include", "alpha.lib")],
            "alpha.lib": ["alpha/static/lib/*.js"],
        },
    )
    addons.write("beta", {"static/src/x.js": "", "static/src/y.js": ""}, depends=["alpha"])

    def make(beta=(), records=(), **bundles):
        addons.write("beta", {}, depends=["alpha"], assets={"alpha.main": list(beta), **bundles})
        rows = {"alpha.main": records}
        return BundleResolver(["alpha", "beta"], get_manifest, lambda name: rows.get(name, ()))

    return make


def urls(resolver, bundle="alpha.main"):
    """The short names of the files of a bundle."""
    return [file.url.split("/")[-1] for file in resolver.resolve(bundle)]


def test_files_once_in_order(resolver):
    assert urls(resolver()) == ["b.js", "a.js", "c.js", "plain.js"]
    assert [file.bundle for file in resolver().resolve("alpha.main")] == ["alpha.main"] * 3 + ["alpha.lib"]


@pytest.mark.parametrize(
    "command, expected",
    [
        ("beta/static/src/x.js", ["b.js", "a.js", "c.js", "plain.js", "x.js"]),
        (("prepend", "beta/static/src/x.js"), ["x.js", "b.js", "a.js", "c.js", "plain.js"]),
        (
            ("before", "alpha/static/src/a.js", "beta/static/src/*.js"),
            ["b.js", "x.js", "y.js", "a.js", "c.js", "plain.js"],
        ),
        (("after", "alpha/static/src/a.js", "beta/static/src/x.js"), ["b.js", "a.js", "x.js", "c.js", "plain.js"]),
        (("replace", "alpha/static/src/a.js", "beta/static/src/x.js"), ["b.js", "x.js", "c.js", "plain.js"]),
        (("remove", "alpha/static/src/*.js"), ["plain.js"]),
    ],
)
def test_directives(resolver, command, expected):
    assert urls(resolver([command])) == expected


def test_records_come_before_or_after_manifests(resolver):
    early = (15, "append", None, "beta/static/src/y.js")
    late = (16, "append", None, "https://example.com/z.js")
    assert urls(resolver(["beta/static/src/x.js"], [early, late])) == [
        "y.js",
        "b.js",
        "a.js",
        "c.js",
        "plain.js",
        "x.js",
        "z.js",
    ]


def test_prepend_in_an_included_bundle_stays_within(resolver):
    found = resolver(**{"beta.main": [("include", "alpha.main")], "alpha.lib": [("prepend", "beta/static/src/x.js")]})
    assert urls(found, "beta.main") == ["b.js", "a.js", "c.js", "x.js", "plain.js"]


def test_only_static_files_of_installed_modules(resolver):
    assert urls(resolver(["alpha/*.js", "gamma/static/x.js"])) == ["b.js", "a.js", "c.js", "plain.js"]


def test_missing_target_names_the_nearest(resolver):
    with pytest.raises(AssetError) as caught:
        urls(resolver([("after", "beta/static/src/x.js", "beta/static/src/y.js")]))
    assert "'alpha.main', the manifest of module 'beta'" in str(caught.value)
    assert "did you mean" in str(caught.value)


def test_circular_include(resolver):
    with pytest.raises(AssetError, match=r"alpha.main > beta.main > alpha.main"):
        urls(resolver([("include", "beta.main")], **{"beta.main": [("include", "alpha.main")]}))


def test_parse_command():
    assert parse_command("a/b.js") == ("append", None, "a/b.js")
    assert parse_command(["after", "x", "y"]) == ("after", "x", "y")
    assert parse_command(("include", "web.x")) == ("include", None, "web.x")
    with pytest.raises(AssetError, match=r"did you mean 'append'"):
        parse_command(("appendd", "x"))
    with pytest.raises(AssetError, match=r"target"):
        parse_command(("after", "x"))
    with pytest.raises(AssetError):
        parse_command(3)


def test_module_names():
    assert module_names("/web/static/src/core/registry.js") == ["@web/core/registry"]
    assert module_names("/web/static/src/core/x/index.js") == ["@web/core/x/index", "@web/core/x"]
    assert module_names("/web/static/tests/helpers.js") == ["@web/../tests/helpers"]
    assert module_names("/web/static/lib/a/b.js") == ["@web/../lib/a/b"]


def test_import_map_gives_one_url_to_every_spelling(resolver):
    files = resolver().resolve("alpha.main")
    imports = import_map(files)["imports"]
    spellings = ["@alpha/a", "@alpha/a.js", "/alpha/static/src/a", "/alpha/static/src/a.js"]
    assert len({imports[name] for name in spellings}) == 1
    assert imports["@alpha/a"].startswith("/alpha/static/src/a.js?v=")
    assert imports["@odoo/owl"].startswith("/web/npm/@odoo/owl/")
    assert {"@odoo/owl", "luxon", "font-awesome"} <= npm_packages()


def test_modules_that_a_bundle_imports_from_another(addons):
    addons.write(
        "alpha",
        {
            "static/src/page.js": 'import {\n    view,\n} from "@alpha/lazy/view";\nexport const page = view;',
            "static/src/lazy/view.js": 'import { base } from "./base/index";\nexport const view = base;',
            "static/src/lazy/base/index.js": 'export * from "@alpha/page";\nexport const base = 1;',
            "static/src/lazy/other.js": 'import "@alpha/lazy/view";\nexport const other = 1;',
        },
        assets={"alpha.main": ["alpha/static/src/page.js"], "alpha.lazy": ["alpha/static/src/lazy/**/*"]},
    )
    bundles = BundleResolver(["alpha"], get_manifest, lambda name: ())
    page, lazy = bundles.resolve("alpha.main"), bundles.resolve("alpha.lazy")
    found = [file.url.removeprefix("/alpha/static/src/lazy/") for file in needed(page, lazy)]
    assert found == ["view.js", "base/index.js"]
    assert needed([], lazy) == needed(page, page) == []


def test_modules_and_plain_scripts(resolver):
    files = {file.url: file for file in resolver().resolve("alpha.main")}
    assert is_module(files["/alpha/static/src/a.js"])
    assert not is_module(files["/alpha/static/lib/plain.js"])


@pytest.fixture
def bundle(addons, tmp_path, monkeypatch):
    """A function that writes files of one bundle and returns them."""
    monkeypatch.setitem(config.options if hasattr(config, "options") else config, "data_dir", str(tmp_path / "data"))

    def make(**files):
        named = {name.replace("__", "."): text for name, text in files.items()}
        addons.write(
            "alpha",
            {f"static/src/{name}": text for name, text in named.items()},
            assets={
                "alpha.main": [f"alpha/static/src/{name}" for name in named],
            },
        )
        return BundleResolver(["alpha"], get_manifest).resolve("alpha.main")

    return make


def test_styles_share_variables_and_keep_their_order(bundle):
    files = bundle(
        one__scss="$size: 3px; .a { width: $size; }",
        two__css="@import url('https://x.test/f.css');\n.b > .c { top: 0 }",
        three__scss=".d { width: $size * 2; background: url(img/x.png); }",
    )
    css, version = compile_styles(files, "alpha.main")
    text = css.decode()
    assert text.index(".a") < text.index(".b") < text.index(".d")
    assert "width: 6px" in text and "url(/alpha/static/src/img/x.png)" in text
    assert text.splitlines()[1].startswith("@import url('https://x.test/f.css')")
    assert compile_styles(files, "alpha.main") == (css, version)


def test_styles_may_import_from_npm(bundle):
    files = bundle(one__scss='@import "bootstrap/scss/functions"; .a { width: divide(6px, 2); }')
    assert b"width: 3px" in compile_styles(files, "alpha.main")[0]


def test_plain_styles_may_import_those_of_packages(bundle):
    files = bundle(
        one__css='@import "font-awesome/css/font-awesome.css"; @import "theirs/none.css"; .a { width: 1px; }'
    )
    css = compile_styles(files, "alpha.main")[0].decode()
    assert ".fa-star:before" in css
    assert re.search(r"url\(.?/web/npm/font-awesome/fonts/fontawesome-webfont\.woff2", css)
    # browsers look for what is not a package's
    assert '@import "theirs/none.css";' in css


def test_icons_can_be_replaced_by_those_of_an_addon():
    manifest = get_manifest("web")
    assert "web/static/src/libs/fontawesome/css/font-awesome.css" in manifest["assets"]["web._assets_bootstrap"]


def test_error_in_a_style_sheet_names_file_and_line(bundle):
    files = bundle(one__scss=".a { top: 0; }", two__scss=".b {\n  width: $nowhere;\n}")
    with pytest.raises(AssetError, match=r"/alpha/static/src/two.scss:2: .*nowhere"):
        compile_styles(files, "alpha.main")


def test_style_sheets_that_cannot_be_compiled_may_be_left_out(bundle):
    files = bundle(
        one__scss=".a { top: 0; }",
        two__scss=".b {\n  width: $nowhere;\n}",
        three__scss=".c { top: 1px }",
        four__less=".d { top: 0 }",
    )
    for _time in range(2):
        problems = []
        css = compile_styles(files, "alpha.main", problems)[0].decode()
        assert ".a" in css and ".c" in css and ".b" not in css and ".d" not in css
        assert len(problems) == 2
        assert any("/alpha/static/src/two.scss:2: " in problem and "nowhere" in problem for problem in problems)
        assert any("four.less" in problem for problem in problems)
    with pytest.raises(AssetError):
        compile_styles(files, "alpha.main")


def test_templates_that_cannot_be_used_may_be_left_out(bundle):
    files = bundle(
        one__xml="<templates><t t-name='a.One'><p/></t><t t-name='a.One'><i/></t></templates>",
        two__xml="""<templates>
            <t t-name="a.Two" t-inherit="a.Nowhere" t-inherit-mode="primary"/>
            <t t-name="a.Three" t-inherit="a.Two"><xpath expr="//p" position="replace"/></t>
            <t t-inherit="a.One" t-inherit-mode="extension"><xpath expr="//b" position="after"><u/></xpath></t>
            <t t-inherit="a.One" t-inherit-mode="extension"><xpath expr="//p" position="after"><u/></xpath></t>
        </templates>""",
        three__xml="<templates>\n<t></templates>",
    )
    problems = []
    root = etree.fromstring(compile_templates(files, "alpha.main", problems)[0])
    assert [node.get("t-name") for node in root] == ["a.One"]
    assert root[0].find("p") is not None and root[0].find("u") is not None
    assert sorted(problem.split(": ")[0].rpartition("/")[2] for problem in problems) == [
        "one.xml:1",
        "three.xml:2",
        "two.xml:2",
        "two.xml:3",
        "two.xml:4",
    ]


def test_templates_inherit(bundle):
    files = bundle(
        one__xml="""<templates><t t-name="a.One"><div class="x"><p/></div></t></templates>""",
        two__xml="""<templates>
            <t t-name="a.Two" t-inherit="a.One" t-inherit-mode="primary">
                <xpath expr="//p" position="replace"><b/></xpath>
            </t>
            <t t-inherit="a.One" t-inherit-mode="extension">
                <xpath expr="//div" position="attributes"><attribute name="class" add="y" separator=" "/></xpath>
            </t>
            <t t-name="a.Three" t-inherit="a.One"><xpath expr="//p" position="after"><i/></xpath></t>
        </templates>""",
    )
    root = etree.fromstring(compile_templates(files, "alpha.main")[0])
    found = {node.get("t-name"): node for node in root}
    assert list(found) == ["a.One", "a.Two", "a.Three"]
    assert found["a.One"].find("div").get("class") == "x y"
    assert found["a.Two"].find("div").get("class") == "x" and found["a.Two"].find("div/b") is not None
    assert found["a.Three"].find("div").get("class") == "x y" and found["a.Three"].find("div/i") is not None
    assert not any(name.startswith("t-inherit") for node in root.iter() for name in node.attrib)


@pytest.mark.parametrize(
    ("addon", "before", "after"),
    [
        pytest.param("alpha", ("p", "i"), ("i", "u"), id="in the order of the files of an addon"),
        pytest.param("beta", ("i", "u"), ("p", "i"), id="after what the addon of the template does"),
    ],
)
def test_an_extension_before_its_template(bundle, addon, before, after):
    """Each extension puts its second element after its first one."""
    extension = """<templates><t t-inherit="a.One" t-inherit-mode="extension">
        <xpath expr="//{}" position="after"><{}/></xpath></t></templates>"""
    first, *files = bundle(
        a__xml=extension.format(*before),
        b__xml="<templates><t t-name='a.One'><p/></t></templates>",
        c__xml=extension.format(*after),
    )
    assert first.url.startswith("/alpha/")
    first = first._replace(url=first.url.replace("/alpha/", f"/{addon}/"))
    root = etree.fromstring(compile_templates([first, *files], "alpha.main")[0])
    assert [child.tag for child in root[0]] == ["p", "i", "u"]


def test_templates_inherit_from_those_of_a_bundle_that_comes_later(bundle):
    *page, lazy = bundle(
        a__xml="""<templates><t t-name="p.One"><p/></t><t t-name="p.Two"><p/></t></templates>""",
        b__xml="""<templates>
            <t t-inherit="l.One" t-inherit-mode="extension"><xpath expr="//b" position="after"><i/></xpath></t>
            <t t-inherit="p.Nowhere" t-inherit-mode="extension"/>
        </templates>""",
        c__xml="""<templates>
            <t t-name="l.One"><b/></t>
            <t t-name="l.Two" t-inherit="p.One"><xpath expr="//p" position="after"><u/></xpath></t>
            <t t-inherit="p.Two" t-inherit-mode="extension"><xpath expr="//p" position="after"><u/></xpath></t>
        </templates>""",
    )
    problems = []
    root = etree.fromstring(compile_templates(page, "page", problems, lazy_files=[lazy])[0])
    assert [node.get("t-name") for node in root] == ["p.One", "p.Two"]
    assert len(problems) == 1 and "p.Nowhere" in problems[0]
    problems = []
    root = etree.fromstring(compile_templates([lazy], "lazy", problems, page_files=page)[0])
    shapes = {node.get("t-name"): [child.tag for child in node] for node in root}
    # what the page has as it is does not come again
    assert shapes == {"l.One": ["b", "i"], "l.Two": ["p", "u"], "p.Two": ["p", "u"]}
    assert problems == []


@pytest.mark.parametrize(
    "text, message",
    [
        ("<templates><t t-name='a'/><t t-name='a'/></templates>", "already"),
        (
            "<templates><t t-name='a.One'/>\n<t t-name='b' t-inherit='a.On'/></templates>",
            r"x.xml:2: .*did you mean 'a.One'",
        ),
        ("<templates><t/></templates>", "t-name"),
        ("<templates>\n<t></templates>", "x.xml:2: not well-formed"),
        ("<templates><t t-name='a'/><t t-name='b' t-inherit='a'><xpath expr='//p'/></t></templates>", "b"),
    ],
)
def test_mistakes_in_templates(bundle, text, message):
    with pytest.raises(AssetError, match=message):
        compile_templates(bundle(x__xml=text), "alpha.main")
