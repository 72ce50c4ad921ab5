"""Values of properties: what is stored, what records give, what read() gives; tests are named after their entries."""

import json

from odoo import Command
from odoo.tests import new_test_user

from .test_property_definitions import PropertyCase


class TestPropertyValues(PropertyCase):
    """P1, P2, P6: plain values on records, clean ones with names from read()."""

    def test_p1_plain_values(self):
        a, b = self.tags[:2].ids
        cases = [
            ("flag", 777, True),
            ("flag", 0, False),
            ("number", 0, 0),
            ("number", "12", 12),
            ("ratio", 2, 2.0),
            ("text", "", False),
            ("text", "t", "t"),
            ("day", "2024-02-03", "2024-02-03"),
            ("day", "", False),
            ("moment", "2024-02-03 04:05:06", "2024-02-03 04:05:06"),
            ("one", self.tags[0], a),
            ("one", (a, "tag a"), a),
            ("one", self.tags[:0], False),
            ("one", 0, False),
            ("many", self.tags[:2], [a, b]),
            ("many", [[b, "tag b"]], [b]),
            ("many", [], False),
            ("labels", [], False),
            ("labels", ["r", "g"], ["r", "g"]),
            ("labels", [["r", "Red", 1]], ["r"]),
            ("pick", "x", "x"),
            ("pick", None, False),
        ]
        for name, value, expected in cases:
            with self.subTest(name=name, value=value):
                stored, _read = self.with_value(name, value)
                self.assertEqual(stored, expected)
                self.assertIs(type(stored), type(expected))

    def test_p1_is_json(self):
        line = self.Line.create({"head_id": self.head.id, "props": {"one": self.tags[0], "many": self.tags}})
        self.assertEqual(json.loads(json.dumps(line.props)), line.props)
        line.props["many"].append(0)
        self.assertEqual(line.props["many"], self.tags.ids, "what a record gives is the caller's own")

    def test_p1_without_a_head(self):
        line = self.Line.create({"props": {"text": "t"}})
        self.assertIs(line.props, False)
        self.reload()
        self.assertIs(line.props, False)
        line.props = {"text": "t"}
        self.assertIs(line.props, False)
        self.assertEqual(line.read(["props"])[0]["props"], [])
        self.assertIs(self.Line.props, False)

    def test_p1_values_that_do_not_suit(self):
        wrong = [
            ("number", "many"),
            ("number", 2**60),
            ("ratio", float("nan")),
            ("ratio", "x"),
            ("text", ["t"]),
            ("text", "null \x00 character"),
            ("day", "someday"),
            ("one", "tag a"),
            ("one", True),
            ("one", self.tags),
            ("many", "tags"),
            ("pick", ["x"]),
            ("labels", "r"),
        ]
        line = self.Line.create({"head_id": self.head.id, "props": {"text": "before"}})
        for name, value in wrong:
            with self.subTest(name=name, value=value):
                with self.assertRaisesRegex(ValueError, repr(name)):
                    line.props = {name: value}
                with self.assertRaisesRegex(ValueError, repr(name)):
                    self.Line.create({"head_id": self.head.id, "props": {name: value}})
        self.reload()
        self.assertEqual(line.props["text"], "before")

    def test_p2_not_filtered(self):
        a, b, c = self.tags.ids
        values = {"one": b, "many": [a, b, a, c], "pick": "y", "labels": ["g", "r"], "text": "t"}
        line = self.Line.create({"head_id": self.head.id, "props": values})
        self.reload()
        self.tags[1].unlink()
        definition = [dict(item) for item in self.definition if item["name"] != "text"]
        for item in definition:
            if item["name"] in ("pick", "labels"):
                kind = item["type"]
                item[kind] = item[kind][:1]
        self.head.defn = definition
        self.reload()
        self.assertEqual({name: line.props[name] for name in values}, values)
        shown = self.shown(line)
        self.assertNotIn("text", shown)
        self.assertEqual(
            {name: shown[name] for name in ("one", "many", "pick", "labels")},
            {"one": False, "many": [(a, "tag a"), (c, "tag c")], "pick": False, "labels": ["r"]},
        )

    def test_p4_a_dict_replaces(self):
        line = self.Line.create({"head_id": self.head.id, "props": {"text": "t", "number": 0}})
        line.props = {"number": 3}
        self.assertEqual(line.props, {**dict.fromkeys(self.names, False), "number": 3})
        self.reload()
        self.assertEqual(line.props, {**dict.fromkeys(self.names, False), "number": 3})
        line.write({"props": {"number": False}})
        self.reload()
        self.assertIs(line.props["number"], False)
        line.write({"props": {"number": 0}})
        self.reload()
        self.assertIsNot(line.props["number"], False)
        line.write({"props": False})
        self.reload()
        self.assertIs(line.props, False)

    def test_p4_records_of_several_heads(self):
        other = self.Head.create({"defn": [{"name": "text", "string": "Text", "type": "char"}]})
        lines = self.Line.create([{"head_id": self.head.id}, {"head_id": other.id}, {}])
        lines.write({"props": {"text": "t", "number": 2}})
        self.reload()
        self.assertEqual(lines[0].props, {**dict.fromkeys(self.names, False), "text": "t", "number": 2})
        self.assertEqual([line.props for line in lines[1:]], [{"text": "t"}, False])

    def test_p6_read_has_names_whatever_the_load(self):
        a, b = self.tags[:2].ids
        line = self.Line.create({"head_id": self.head.id, "props": {"one": a, "many": [b, a, b]}})
        self.reload()
        expected = {"one": (a, "tag a"), "many": [(b, "tag b"), (a, "tag a")]}
        for values in (
            self.shown(line),
            self.shown(line, load=None),
            {item["name"]: item.get("value") for item in line.web_read({"props": {}})[0]["props"]},
        ):
            self.assertEqual({name: values[name] for name in expected}, expected)

    def test_p6_records_that_the_reader_may_not_see(self):
        rule = {"name": "r", "model_id": self.env["ir.model"]._get_id("test_orm.tag")}
        self.env["ir.rule"].create({**rule, "domain_force": f"[('id', '!=', {self.tags[0].id})]"})
        user = new_test_user(self.env, "p6_user", groups="base.group_user")
        a, b, gone = self.tags.ids
        lines = self.Line.create(
            [{"head_id": self.head.id, "props": {"one": id_, "many": [b, a, gone]}} for id_ in (a, b)]
        )
        self.tags[2].unlink()
        self.reload()
        shown = [self.shown(line.with_user(user)) for line in lines]
        self.assertEqual([values["one"] for values in shown], [(a, None), (b, "tag b")])
        self.assertEqual(shown[0]["many"], [(b, "tag b"), (a, None)])

    def test_p6_new_records(self):
        line = self.Line.new({"head_id": self.head.id, "props": {"one": self.tags[0].id}})
        [data] = line.web_read({"props": {}})
        self.assertEqual(
            [item["value"] for item in data["props"] if item["name"] == "one"], [(self.tags[0].id, "tag a")]
        )

    def test_p6_exported(self):
        a, b = self.tags[:2].ids
        values = {"one": a, "many": [a, b], "pick": "y", "labels": ["r", "g"], "number": 0, "text": "t", "flag": True}
        line = self.Line.create([{"head_id": self.head.id, "props": values}, {}])
        names = [*values, "day", "unknown"]
        rows = line.export_data([f"props.{name}" for name in names])["datas"]
        self.assertEqual(rows[0], ["tag a", "tag a,tag b", "Why", "Red,Green", 0, "t", True, "", ""])
        self.assertEqual(rows[1], [""] * len(names))
        [[text]] = line[0].export_data(["props"])["datas"]
        self.assertEqual(json.loads(text), line[0].props)

    def test_p6_through_related_and_inherited_fields(self):
        a = self.tags[0].id
        line = self.Line.create({"head_id": self.head.id, "props": {"one": a, "text": "t"}})
        note = self.env["test_orm.property.note"].create({"line_id": line.id})
        extra = self.env["test_orm.property.extra"].create({"head_id": self.head.id, "props": {"one": a, "text": "t"}})
        empty = self.env["test_orm.property.note"].create({})
        for record, name in ((note, "line_props"), (extra, "props")):
            with self.subTest(name=name):
                self.reload()
                self.assertEqual(record[name]["one"], a)
                [data] = record.read([name])
                values = {item["name"]: item.get("value") for item in data[name]}
                self.assertEqual((values["one"], values["text"]), ((a, "tag a"), "t"))
                domain = [(f"{name}.text", "=", "t"), ("id", "=", record.id)]
                self.assertEqual(record.search(domain), record)
                self.assertEqual(record.filtered_domain(domain), record)
                record[name] = {"text": "changed"}
                self.reload()
                self.assertEqual(record.line_id.props["text"], "changed")
                self.assertEqual(record[name]["text"], "changed")
        self.assertFalse(empty.line_props)
        self.assertEqual(empty.read(["line_props"])[0]["line_props"], [])


class TestPropertyDefaults(PropertyCase):
    """P3, P7, P10: values that nobody gave."""

    def _default(self, name, default):
        self.head.defn = [{**item, "default": default} if item["name"] == name else item for item in self.definition]

    def test_p3_every_property_has_a_value(self):
        self._default("text", "preset")
        empty = dict.fromkeys(self.names, False)
        cases = [
            ({}, {"text": "preset"}),
            ({"props": False}, {"text": "preset"}),
            ({"props": {"number": 4}}, {"text": "preset", "number": 4}),
            ({"props": {"text": False}}, {}),
            ({"props": {"text": "own", "unknown": 1}}, {"text": "own"}),
        ]
        lines = self.Line.create([{"head_id": self.head.id, **vals} for vals, _expected in cases])
        for reloaded in (False, True):
            for line, (vals, expected) in zip(lines, cases, strict=True):
                with self.subTest(vals=vals, reloaded=reloaded):
                    self.assertEqual(line.props, {**empty, **expected})
            self.reload()

    def test_p3_defaults_of_the_context(self):
        self._default("text", "preset")
        Line = self.Line.with_context(default_head_id=self.head.id)
        self.assertEqual(Line.create({}).props["text"], "preset")
        line = Line.with_context(default_props={"number": 4}).create({})
        self.assertEqual((line.props["text"], line.props["number"]), ("preset", 4))
        line = Line.with_context(**{"default_props.text": "context"}).create({})
        self.assertEqual(line.props["text"], "context")
        head = self.Head.create({"defn": self.head.defn, "line_ids": [Command.create({"name": "child"})]})
        self.assertEqual(head.line_ids.props["text"], "preset")

    def test_p3_copies(self):
        self._default("text", "preset")
        line = self.Line.create({"head_id": self.head.id, "props": {"text": False, "one": self.tags[0].id}})
        copy = line.copy()
        self.reload()
        self.assertEqual(copy.props, line.props)
        self.assertEqual((copy.props["text"], copy.props["one"]), (False, self.tags[0].id))

    def test_p7_records_as_defaults(self):
        a, b = self.tags[:2].ids
        self.head.defn = [
            {"name": "one", "type": "many2one", "comodel": "test_orm.tag", "default": [a, "tag a"]},
            {"name": "many", "type": "many2many", "comodel": "test_orm.tag", "default": [[a, "tag a"], [b, "tag b"]]},
        ]
        self.assertEqual([item["default"] for item in self.head.defn], [a, [a, b]])
        self.reload()
        self.assertEqual([item["default"] for item in self.head.defn], [a, [a, b]])
        [data] = self.head.read(["defn"])
        self.assertEqual([item["default"] for item in data["defn"]], [(a, "tag a"), [(a, "tag a"), (b, "tag b")]])
        [data] = self.head.read(["defn"], load=None)
        self.assertEqual([item["default"] for item in data["defn"]], [a, [a, b]])
        line = self.Line.create({"head_id": self.head.id})
        self.assertEqual(line.props, {"one": a, "many": [a, b]})
        self.tags[0].unlink()
        self.assertEqual([item["default"] for item in self.head.read(["defn"])[0]["defn"]], [False, [(b, "tag b")]])
        self.assertEqual([item["default"] for item in line.read(["props"])[0]["props"]], [False, [(b, "tag b")]])
        line = self.Line.create({"head_id": self.head.id})
        self.assertEqual(line.props, {"one": False, "many": [b]})

    def test_p10_another_head(self):
        self._default("text", "preset")
        other = self.Head.create({"defn": [{"name": "text", "string": "Text", "type": "integer", "default": 7}]})
        line = self.Line.create({"head_id": self.head.id, "props": {"number": 4, "text": "t"}})
        line.head_id = other
        self.assertEqual(line.props, {"text": 7}, "a value that does not suit the type is not carried over")
        line.head_id = False
        self.assertIs(line.props, False)
        self.reload()
        self.assertIs(line.props, False)
        line.head_id = self.head
        self.reload()
        self.assertEqual(line.props, {**dict.fromkeys(self.names, False), "text": "preset"})

    def test_p10_values_with_the_same_names_stay(self):
        line = self.Line.create({"head_id": self.head.id, "props": {"number": 0, "text": False, "ratio": 1.5}})
        other = self.Head.create(
            {
                "defn": [
                    {"name": "number", "string": "Number", "type": "integer", "default": 9},
                    {"name": "text", "string": "Text", "type": "char", "default": "d"},
                    {"name": "new", "string": "New", "type": "char", "default": "n"},
                ]
            }
        )
        self.reload()
        line.head_id = other
        self.reload()
        self.assertEqual(line.props, {"number": 0, "text": False, "new": "n"})

    def test_p10_head_and_values_in_one_write(self):
        other = self.Head.create({"defn": [{"name": "new", "string": "New", "type": "char"}]})
        line = self.Line.create({"head_id": self.head.id})
        line.write({"props": {"new": "n"}, "head_id": other.id})
        self.reload()
        self.assertEqual(line.props, {"new": "n"})

    def test_p10_onchange_of_the_head(self):
        self._default("text", "preset")
        spec = {"head_id": {}, "props": {}}
        values = {"head_id": self.head.id, "props": []}
        result = self.Line.onchange(values, ["head_id"], spec)
        shown = {item["name"]: item.get("value") for item in result["value"]["props"]}
        self.assertEqual(shown["text"], "preset")
