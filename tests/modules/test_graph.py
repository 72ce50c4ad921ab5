"""The dependency graph: order, and what is said when there is none."""

import pytest

from odoo.modules.graph import ModuleGraph, ModuleGraphError, topological_sort


def make_graph(**depends):
    """A graph over invented manifests: keyword is a module, value the names it depends on."""
    depends = {"base": [], **depends}

    def manifest(name):
        if name not in depends:
            return {}
        return {"depends": depends[name], "installable": not name.startswith("off"), "version": "18.0.1.0"}

    return ModuleGraph(manifest, lambda: list(depends))


def test_order_is_by_depth_then_name():
    graph = make_graph(web=["base"], sale=["web", "mail"], mail=["web"], account=["web"])
    graph.add("sale")
    graph.add("account")
    assert [node.name for node in graph] == ["base", "web", "account", "mail", "sale"]
    assert graph["sale"].depth == 3


def test_a_module_without_dependencies_comes_after_base():
    graph = make_graph(lonely=[])
    graph.add("lonely")
    assert [node.name for node in graph] == ["base", "lonely"]


def test_missing_dependency_names_both_and_the_nearest():
    graph = make_graph(sale=["produkt"], product=["base"])
    with pytest.raises(ModuleGraphError) as caught:
        graph.add("sale")
    assert str(caught.value) == (
        "module 'sale' depends on module 'produkt', which does not exist in the addons paths (did you mean 'product'?)"
    )
    assert "sale" not in graph


def test_missing_and_uninstallable_modules():
    graph = make_graph(off_module=["base"])
    with pytest.raises(ModuleGraphError, match=r"module 'bas' does not exist.*did you mean 'base'"):
        graph.add("bas")
    with pytest.raises(ModuleGraphError, match=r"not installable"):
        graph.add("off_module")


def test_circle_is_reported_with_its_path():
    graph = make_graph(a=["b"], b=["c"], c=["a"])
    with pytest.raises(ModuleGraphError, match=r"a -> b -> c -> a"):
        graph.add("a")


def test_add_possible_keeps_the_reasons():
    graph = make_graph(good=["base"], bad=["gone"])
    graph.add_possible(["good", "bad"])
    assert "good" in graph and "bad" not in graph
    assert "gone" in graph.problems["bad"]


def test_dependants():
    graph = make_graph(web=["base"], sale=["web"], mail=["base"])
    for name in ("sale", "mail"):
        graph.add(name)
    assert graph.dependants(["web"]) == {"web", "sale"}


def test_topological_sort():
    assert topological_sort({"b": ["a"], "a": ["elsewhere"], "c": []}) == ["a", "c", "b"]
    with pytest.raises(ModuleGraphError, match=r"a -> b -> a"):
        topological_sort({"a": ["b"], "b": ["a"]})


def test_the_graph_that_addons_make(databases):
    from odoo import sql_db
    from odoo.modules.graph import Graph

    name = databases.template("base")
    with sql_db.db_connect(name).cursor() as cr:
        graph = Graph()
        graph.add_module(cr, "base")
        assert "base" in graph and "web" not in graph
        assert graph.add_modules(cr, ["web", "no_such_module"]) >= 1
        assert next(iter(graph)).name == "base"
        assert graph["base"].state == "installed"
        assert "no_such_module" not in graph
    sql_db.close_db(name)
