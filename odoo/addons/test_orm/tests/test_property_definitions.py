"""Definitions of properties: what they may say; tests are named after their entries."""

from odoo.tests import TransactionCase


class PropertyCase(TransactionCase):
    """A head whose definition has one property of every type."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Head, cls.Line = cls.env["test_orm.property.head"], cls.env["test_orm.property.line"]
        cls.tags = cls.env["test_orm.tag"].create([{"name": f"tag {letter}"} for letter in "abc"])
        cls.definition = [
            {"name": "flag", "string": "Flag", "type": "boolean"},
            {"name": "number", "string": "Number", "type": "integer"},
            {"name": "ratio", "string": "Ratio", "type": "float"},
            {"name": "text", "string": "Text", "type": "char"},
            {"name": "day", "string": "Day", "type": "date"},
            {"name": "moment", "string": "Moment", "type": "datetime"},
            {"name": "part", "string": "Part", "type": "separator"},
            {"name": "one", "string": "One", "type": "many2one", "comodel": "test_orm.tag"},
            {"name": "many", "string": "Many", "type": "many2many", "comodel": "test_orm.tag"},
            {"name": "pick", "string": "Pick", "type": "selection", "selection": [["x", "Ex"], ["y", "Why"]]},
            {"name": "labels", "string": "Labels", "type": "tags", "tags": [["r", "Red", 1], ["g", "Green", 2]]},
        ]
        cls.head = cls.Head.create({"name": "head", "defn": cls.definition})
        cls.names = [item["name"] for item in cls.definition if item["type"] != "separator"]

    def reload(self):
        """Forget everything but what is in the database."""
        self.env.flush_all()
        self.env.invalidate_all()

    def shown(self, line, **kwargs):
        """Return ``{name: value}`` of what ``read()`` gives."""
        [data] = line.read(["props"], **kwargs)
        return {item["name"]: item["value"] for item in data["props"] if item["type"] != "separator"}

    def with_value(self, name, value):
        """Return the value on a record, and the one read, after a property was written."""
        line = self.Line.create({"head_id": self.head.id, "props": {name: value}})
        self.reload()
        return line.props[name], self.shown(line)[name]


class TestPropertyDefinitions(PropertyCase):
    """P8, P9: what a definition may say."""

    def test_p8_the_model_is_gone(self):
        line = self.Line.create({"head_id": self.head.id, "props": {"one": self.tags[0].id, "many": self.tags.ids}})
        self.reload()
        self.env.cr.execute(
            "UPDATE test_orm_property_head SET defn = replace(defn::text, 'test_orm.tag', 'test_orm.gone')::jsonb"
        )
        self.env.invalidate_all()
        comodels = [item["comodel"] for item in self.head.defn if "comodel" in item]
        self.assertEqual(comodels, [False, False])
        self.assertEqual(
            [item["comodel"] for item in self.head.read(["defn"])[0]["defn"] if "comodel" in item], comodels
        )
        shown = self.shown(line)
        self.assertFalse(shown["one"])
        self.assertFalse(shown["many"])
        self.head.defn = self.head.defn
        line.props = line.read(["props"])[0]["props"]
        self.reload()
        self.assertFalse(line.props["one"])

    def test_p8_models_without_lasting_records(self):
        for model in ("test_orm.property.wizard", "mail.unknown", "base"):
            with self.subTest(model=model), self.assertRaisesRegex(ValueError, model):
                self.head.defn = [{"name": "one", "type": "many2one", "comodel": model}]
        self.assertEqual(len(self.head.defn), len(self.definition))

    def test_p9_wrong_definitions(self):
        good = {"name": "good", "type": "char"}
        wrong = [
            [{**good, "name": name}] for name in ("a b", "a.b", 'a"b', "a'b", "a-b", "é", "a\n", "x" * 513, "", None, 5)
        ]
        wrong += [
            [{"type": "char"}],
            [{"name": "a"}],
            [good, {**good, "type": "integer"}],
            [{**good, "type": "text"}],
            [{**good, "unknown": 1}],
            [{**good, "comodel": "test_orm.tag"}],
            [{**good, "string": "null \x00"}],
            [{**good, "string": object()}],
            [{**good, "type": "integer", "default": "x"}],
            [{**good, "type": "selection", "selection": [["a", "A"], ["a", "B"]]}],
            [{**good, "type": "selection", "selection": "ab"}],
            [{**good, "type": "tags", "tags": [["a", "A", 1], ["b", "B", 1], ["a", "C", 1]]}],
            ["good"],
            {"good": "char"},
            "no literal",
        ]
        for definition in wrong:
            with self.subTest(definition=definition):
                with self.assertRaises(ValueError):
                    self.head.defn = definition
                with self.assertRaises(ValueError):
                    self.Head.create({"defn": definition})
        self.reload()
        self.assertEqual(len(self.head.defn), len(self.definition))

    def test_p9_wrong_items_of_a_child(self):
        line = self.Line.create({"head_id": self.head.id})
        good = {"name": "text", "type": "char", "value": "t"}
        for items in (
            [{**good, "name": "a b"}],
            [{**good, "name": 'a"; DROP'}],
            [good, good],
            [{"name": "text", "value": "t"}],
            [{**good, "type": "unknown"}],
            ["text"],
            "text",
            5,
        ):
            with self.subTest(items=items):
                with self.assertRaises(ValueError):
                    line.props = items
                with self.assertRaises(ValueError):
                    self.Line.create({"head_id": self.head.id, "props": items})
        self.assertFalse(line.props["text"])

    def test_p9_texts(self):
        for text in ('[{"name": "a", "type": "boolean", "default": true}]', "[{'name': 'a', 'type': 'char'}]"):
            self.head.defn = text
            self.assertEqual(self.head.defn[0]["name"], "a")
