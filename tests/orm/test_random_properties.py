"""Random programs on properties: what is written fits the definition of the parent, now and after a move."""

import pytest
from hypothesis import given, settings

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.sql_db import close_db

from .programs import SETTINGS, operations, run
from .test_random_worlds import EXAMPLES, World

#: what definitions are made of; each has some of them
ITEMS = (
    {"name": "size", "type": "integer", "string": "Size"},
    {"name": "kind", "type": "selection", "string": "Kind", "selection": [["a", "A"], ["b", "B"]], "default": "a"},
    {"name": "text", "type": "char", "string": "Text", "default": "new"},
)
#: the same name, and another type
OTHER = {"name": "text", "type": "boolean", "string": "Text"}


@pytest.fixture(scope="module")
def cursor(databases):
    """A cursor on a database with the models of ``test_orm``; everything is undone at the end."""
    name = databases.template("test_orm")
    cr = Registry(name).cursor()
    yield cr
    cr.rollback()
    cr.close()
    close_db(name)


@pytest.fixture
def env(cursor):
    return api.Environment(cursor, SUPERUSER_ID, {})


def definition_of(number) -> list:
    """Return one of the definitions by an arbitrary number."""
    chosen = [item for index, item in enumerate(ITEMS) if number >> index & 1]
    return [*chosen[:-1], OTHER] if number % 5 == 0 and chosen and chosen[-1]["name"] == "text" else chosen


def values_of(number) -> dict:
    """Return values of properties, some of them, by an arbitrary number."""
    values = {"size": number, "kind": "ab"[number % 2]}
    return {name: value for index, (name, value) in enumerate(values.items()) if number >> index & 1}


class Propertied(World):
    """Parents with definitions, and children whose values follow them."""

    def __init__(self, env):
        super().__init__(env)
        self.Item = env["test_orm.item"]
        self.parents: dict = {}
        self.children: dict = {}

    def fitted(self, values, parent, defaults=False):
        """Return what a child of ``parent`` has for ``values``, with ``defaults`` or without."""
        definition = self.parents[parent] if parent else []
        given = {item["name"]: item.get("default") for item in definition} if defaults else {}
        given.update((name, value) for name, value in values.items() if value is not None)
        given = {name: False if value is None else value for name, value in given.items()}
        return {item["name"]: given.get(item["name"], False) for item in definition}

    def create_parent(self, first, second, value):
        parent = self.Item.create({"definition": definition_of(first)})
        self.parents[parent.id] = definition_of(first)

    def create_child(self, first, second, value):
        parent, values = self.pick([*self.parents, None], first), values_of(second)
        given = {} if value % 3 == 0 else {"properties": values}
        child = self.Item.create({"parent_id": parent, **given})
        self.children[child.id] = {"parent": parent, "values": self.fitted(given and values, parent, True)}

    def create_children(self, first, second, value):
        parents = [self.pick([*self.parents, None], first + index) for index in range(3)]
        vals_list = [{"parent_id": parent, "properties": values_of(second)} for parent in parents]
        for child, parent in zip(self.Item.create(vals_list), parents, strict=True):
            self.children[child.id] = {"parent": parent, "values": self.fitted(values_of(second), parent, True)}

    def write(self, first, second, value):
        child = self.pick(self.children, first)
        if child:
            values = values_of(second)
            self.Item.browse(child).write({"properties": values})
            known = self.children[child]
            known["values"] = self.fitted(values, known["parent"]) if values else {}

    def assign_all(self, first, second, value):
        values = values_of(second)
        for child in self.Item.browse(self.children):
            child.properties = values
        for known in self.children.values():
            known["values"] = self.fitted(values, known["parent"]) if values else {}

    def move(self, first, second, value):
        child, parent = self.pick(self.children, first), self.pick([*self.parents, None], second)
        if child:
            self.Item.browse(child).parent_id = parent
            # what waits is computed once, whatever came between
            self.env.flush_all()
            definition = {item["name"]: item for item in self.parents[parent]} if parent else {}
            kept = {
                name: given
                for name, given in self.children[child]["values"].items()
                # anything can be a text or a truth value
                if name in definition
            }
            if definition.get("text") is OTHER and kept.get("text"):
                kept["text"] = True
            elif "text" in definition and kept.get("text") is True:
                kept["text"] = "True"
            self.children[child] = {"parent": parent, "values": self.fitted(kept, parent, True)}

    def change_definition(self, first, second, value):
        parent = self.pick(self.parents, first)
        if parent:
            self.Item.browse(parent).definition = definition_of(second)
            self.parents[parent] = definition_of(second)

    def copy(self, first, second, value):
        child = self.pick(self.children, first)
        if child:
            copy = self.Item.browse(child).copy()
            known = self.children[child]
            self.children[copy.id] = {**known, "values": self.fitted(known["values"], known["parent"], True)}

    def unlink(self, first, second, value):
        child = self.pick(self.children, first)
        if child and value % 3 == 0:
            self.Item.browse(child).unlink()
            del self.children[child]

    def search(self, first, second, value):
        found = self.Item.search([("id", "in", list(self.children)), ("properties.kind", "=", "b")])
        assert set(found.ids) == {id_ for id_, child in self.children.items() if child["values"].get("kind") == "b"}
        assert found == self.Item.browse(self.children).filtered_domain([("properties.kind", "=", "b")])

    def read(self, first, second, value):
        self.Item.browse(self.children).mapped("properties")

    def in_memory(self, first, second, value):
        """A child in memory that gets another parent has the values of that one, and nothing is written."""
        child, parent = self.pick(self.children, first), self.pick(self.parents, second)
        if child and parent:
            self.env.invalidate_all()
            draft = self.Item.new(origin=self.Item.browse(child))
            draft.parent_id = parent
            assert set(draft.properties or ()) == {item["name"] for item in self.parents[parent]}
            self.env.invalidate_all()

    def check_values(self):
        for child in self.Item.browse(self.children):
            values = self.children[child.id]["values"]
            assert (child.properties or {}) == values
            assert all(type(child.properties[name]) is type(value) for name, value in values.items())
        for shown in self.Item.browse(self.children).read(["properties"]):
            known = self.children[shown["id"]]
            names = [item["name"] for item in self.parents[known["parent"]]] if known["parent"] else []
            assert [item["name"] for item in shown["properties"]] == names


@settings(SETTINGS, max_examples=EXAMPLES)
@given(steps=operations(Propertied, most=20))
def test_properties(env, steps):
    run(Propertied, env, [("create_parent", 7, 0, 0), ("create_parent", 5, 0, 0), ("create_child", 0, 3, 1), *steps])
