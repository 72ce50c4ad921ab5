"""Manifests: defaults, checks and the messages about mistakes."""

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

import odoo
from odoo.modules import (
    get_manifest,
    get_module_path,
    get_modules,
    get_resource_from_path,
    get_resource_path,
)
from odoo.modules.graph import ModuleGraph
from odoo.modules.manifest import (
    ManifestError,
    adapt_version,
    direct_dependencies,
    parse_manifest,
    triggers_installation,
)
from odoo.modules.module import (
    MissingDependency,
    check_manifest_dependencies,
    get_module_root,
)


def test_defaults_complete_a_manifest(addons):
    addons.write("alpha", {"README.md": "About alpha"})
    manifest = get_manifest("alpha")
    assert manifest["depends"] == []
    assert manifest["version"] == "18.0.1.0"
    assert manifest["description"] == "About alpha"
    assert manifest["auto_install"] is False
    assert manifest["installable"] is True
    assert manifest["icon"] == "/base/static/description/icon.png"
    assert manifest["addons_path"] == str(addons.path)


def test_2_13_1_keys_that_are_always_there(addons):
    addons.write("alpha", {})
    for name in ("base", "web", "alpha"):
        assert "auto_install" in get_manifest(name)
    assert (get_manifest("alpha")["depends"], get_manifest("base")["depends"]) == ([], [])


def test_2_13_1_every_module_needs_base(addons):
    addons.write("alpha", {}, auto_install=True)
    graph = ModuleGraph()
    graph.add("alpha")
    assert [node.name for node in graph["alpha"].depends] == ["base"]
    manifest = get_manifest("alpha")
    assert direct_dependencies("alpha", manifest) == ["base"]
    assert direct_dependencies("base", get_manifest("base")) == []
    assert triggers_installation("base", manifest)
    assert not triggers_installation("base", {"auto_install": {"web"}})
    assert not triggers_installation("base", {"auto_install": False})


def test_manifest_is_a_copy(addons):
    addons.write("alpha", {})
    get_manifest("alpha")["depends"].append("gamma")
    assert get_manifest("alpha")["depends"] == []


def test_auto_install_true_means_all_dependencies(addons):
    addons.write("alpha", {}, depends=["base", "web"], auto_install=True)
    addons.write("beta", {}, depends=["base", "web"], auto_install=["web"])
    assert get_manifest("alpha")["auto_install"] == {"base", "web"}
    assert get_manifest("beta")["auto_install"] == {"web"}


def test_unknown_module_has_an_empty_manifest(addons):
    assert get_manifest("no_such_module") == {}
    assert get_module_path("no_such_module", display_warning=False) is False
    addons.write("no_such_module", {})
    assert get_manifest("no_such_module")["name"] == "no_such_module"


@pytest.mark.parametrize(
    "source, line, words",
    [
        ("{\n 'name': 'x',\n 'depends': ['base'\n}", 4, "dictionary"),
        ("['name']", 1, "dictionary"),
        ("{\n 'name': 'x',\n 'depends': 'base',\n}", 3, "list"),
        ("{\n 'depends': ['base', 3],\n}", 2, "strings"),
        ("{\n 'name': open('x'),\n}", 2, "literal"),
        ("{\n 'depends': ['base'],\n 'auto_install': ['bese'],\n}", 3, "did you mean 'base'"),
    ],
)
def test_mistakes_name_file_and_line(source, line, words):
    with pytest.raises(ManifestError) as caught:
        parse_manifest(source, "alpha/__manifest__.py")
    assert f"alpha/__manifest__.py:{line}:" in str(caught.value)
    assert words in str(caught.value)


def test_misspelt_and_repeated_keys_are_pointed_at(caplog):
    with caplog.at_level(logging.WARNING):
        parse_manifest("{\n 'dependss': ['base'],\n 'name': 'a',\n 'name': 'b'}", "m.py")
    assert "m.py:2: unknown key 'dependss' (did you mean 'depends'?)" in caplog.text
    assert "m.py:4: key 'name' is given twice (first on line 3)" in caplog.text


def test_adapt_version():
    assert adapt_version("1.0") == "18.0.1.0"
    assert adapt_version("18.0") == "18.0.18.0"
    assert adapt_version("18.0.2.1.3") == "18.0.2.1.3"
    with pytest.raises(ValueError, match=r"1.x"):
        adapt_version("1.x")


def test_bad_version_only_matters_when_installable(addons):
    addons.write("alpha", {}, version="one")
    with pytest.raises(ManifestError, match=r"one"):
        get_manifest("alpha")
    addons.write("beta", {}, version="one", installable=False)
    assert get_manifest("beta")["version"] == "one"


def test_paths(addons):
    root = addons.write("alpha", {"static/src/a.js": "", "models/x.py": ""})
    assert "alpha" in get_modules()
    assert get_module_path("alpha") == str(root)
    assert get_resource_path("alpha", "static", "src", "a.js") == str(root / "static/src/a.js")
    assert get_resource_path("alpha", "..", "..") is False
    assert get_resource_path("alpha", "missing") is False
    assert get_resource_from_path(str(root / "models" / "x.py")) == ("alpha", "models/x.py", "models/x.py")
    assert get_resource_from_path("/nowhere/x.py") is None
    assert get_module_root(str(root / "models" / "x.py")) == str(root)
    assert get_module_root(str(root)) == str(root)
    assert get_module_root(str(root.parent)) is None


def test_defaults_are_of_their_kind(addons):
    addons.write("alpha", {})
    addons.write("beta", {})
    first, second = get_manifest("alpha"), get_manifest("beta")
    assert (first["data"], first["assets"], first["summary"], first["auto_install"]) == ([], {}, "", False)
    assert (first["installable"], first["sequence"], first["category"]) == (True, 100, "Uncategorized")
    first["data"].append("x.xml")
    assert first["demo"] == second["data"] == []


def test_external_dependencies():
    check_manifest_dependencies({"external_dependencies": {"python": ["lxml", "lxml>=4"], "bin": ["sh"]}})
    with pytest.raises(MissingDependency, match=r"no_such_package"):
        check_manifest_dependencies({"external_dependencies": {"python": ["no_such_package"]}})
    with pytest.raises(MissingDependency, match=r"lxml>=900"):
        check_manifest_dependencies({"external_dependencies": {"python": ["lxml>=900"]}})
    with pytest.raises(MissingDependency, match=r"no-such-program"):
        check_manifest_dependencies({"external_dependencies": {"bin": ["no-such-program"]}})


@pytest.mark.parametrize("namespace", [False, True])
def test_addons_installed_with_pip_are_found(tmp_path, namespace):
    root = tmp_path / "odoo" / "addons" / "wheel_addon"
    root.mkdir(parents=True)
    (root / "__init__.py").write_text("")
    (root / "__manifest__.py").write_text("{'name': 'Wheel', 'license': 'AGPL-3'}")
    if namespace:
        for directory in (tmp_path / "odoo", tmp_path / "odoo" / "addons"):
            (directory / "__init__.py").write_text("__path__ = __import__('pkgutil').extend_path(__path__, __name__)")
    checkout = Path(odoo.__path__[0]).parent
    script = """
from odoo.modules import get_manifest, initialize_sys_path
initialize_sys_path()
import odoo.addons.wheel_addon
print(get_manifest("wheel_addon")["name"])
"""
    path = os.pathsep.join([str(checkout), str(tmp_path)])
    result = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout.strip() == "Wheel"
