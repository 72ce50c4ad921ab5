"""Rows of files to records: nested lines, references, properties; tests are named after the entries of `IMP`."""

import base64

from odoo.tests import warmup
from odoo.tools import mute_logger

from .test_property_definitions import PropertyCase


class ImportCase(PropertyCase):
    """What is asked of a load."""

    def load(self, model, fields, *rows, **context):
        """Return what a load answers."""
        return self.env[model].with_context(**context).load(fields, [list(row) for row in rows])

    def loaded(self, model, fields, *rows, **context):
        """Return the records of a load without problems."""
        result = self.load(model, fields, *rows, **context)
        self.assertEqual(result["messages"], [])
        return self.env[model].browse(result["ids"])

    def message(self, model, fields, *rows, **context):
        """Return the only problem of a load, which imported nothing."""
        result = self.load(model, fields, *rows, **context)
        self.assertFalse(result["ids"])
        [message] = result["messages"]
        return message


VALUE = "test_orm.value"
PERSON = "test_orm.person"


class TestImportedValues(ImportCase):
    """IMP-40 to 44, 50: plain cells."""

    def test_imp40_nothing(self):
        self.assertEqual(self.load(VALUE, ["name"]), {"ids": [], "messages": [], "nextrow": 0})

    def test_imp40_warnings_keep_the_import(self):
        self.env["test_orm.tag"].create([{"name": "twice"}, {"name": "twice"}])
        result = self.load("test_orm.pointer", ["name", "required_id"], ["a", "twice"])
        [message] = result["messages"]
        self.assertEqual((message["type"], message["field_path"]), ("warning", ["required_id"]))
        self.assertEqual(len(result["ids"]), 1)

    def test_imp41_what_a_message_tells(self):
        message = self.message(VALUE, ["name", "selection"], ["a", ""], ["b", "100% fourth"])
        self.assertEqual(
            {key: message[key] for key in ("type", "record", "rows", "field", "field_name", "field_path", "moreinfo")},
            {
                "type": "error",
                "record": 1,
                "rows": {"from": 1, "to": 1},
                "field": "selection",
                "field_name": "Selection",
                "field_path": ["selection"],
                "moreinfo": ["First", "Second", "Third"],
            },
        )
        self.assertIn("100% fourth", message["message"])

    def test_imp41_what_is_possible(self):
        message = self.message(VALUE, ["currency_id"], ["Taler" * 20])
        self.assertEqual(message["moreinfo"]["res_model"], "res.currency")
        self.assertEqual(message["moreinfo"]["context"], {"create": False})
        self.assertEqual((message["value"], message["field_type"]), ("Taler" * 20, "name"))
        message = self.message(VALUE, ["currency_id"], ["Taler" * 20], import_file=True)
        self.assertEqual(message["value"], "Taler" * 10)
        for column, path in (("currency_id/id", "id"), ("currency_id/.id", ".id")):
            message = self.message(VALUE, [column], ["1000000"])
            self.assertEqual(message["field_path"], ["currency_id", path])
            self.assertEqual(message["moreinfo"]["res_model"], "ir.model.data")
            self.assertEqual(message["moreinfo"]["domain"], [("model", "=", "res.currency")])

    def test_imp42_identifiers(self):
        first, second = self.loaded(VALUE, ["name", "id"], ["a", "one"], ["b", "two"])
        self.assertEqual(self.env.ref("__import__.one"), first)
        self.assertEqual((first.name, second.name), ("a", "b"))
        self.assertEqual(self.loaded(VALUE, ["id", "name"], ["__import__.two", "c"]), second)
        self.assertEqual(self.loaded(VALUE, [".id", "name"], [str(first.id), "d"]), first)
        self.assertEqual((first.name, second.name), ("d", "c"))
        self.assertEqual(self.message(VALUE, [".id"], ["99999999"])["field"], ".id")

    @mute_logger("odoo.sql_db")
    def test_imp42_records_that_the_database_refuses(self):
        result = self.load(PERSON, ["name", "code"], ["a", "1"], ["", "2"], ["b", "1"])
        self.assertEqual([message["record"] for message in result["messages"]], [1, 2])
        self.assertEqual(result["messages"][0]["field"], "name")
        result = self.load(PERSON, ["name"], *[[""] for _ in range(30)])
        self.assertEqual([message["type"] for message in result["messages"]], ["error"] * 10 + ["warning"])
        [message] = self.load(VALUE, ["integer"], ["3000000000"])["messages"]
        self.assertEqual((message["type"], message["record"]), ("error", 0))

    def test_imp43_empty_cells(self):
        [person] = self.loaded(PERSON, ["name", "active"], ["a", ""])
        self.assertFalse(person.active)
        self.assertTrue(self.loaded(PERSON, ["name"], ["b"]).active)

    def test_imp44_conversions(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        cases = [
            ("boolean", "YES", True),
            ("boolean", "no", False),
            ("boolean", "Oui", True),
            ("integer", "-7", -7),
            ("float", "1.5", 1.5),
            ("char_short", "longer than eight", "longer t"),
            ("selection", "SECOND", "b"),
            ("selection_method", "two", "two"),
            ("selection_function", "Y", "y"),
        ]
        for column, text, expected in cases:
            with self.subTest(column=column, text=text):
                self.assertEqual(self.loaded(VALUE, [column], [text])[column], expected)
        for column, text in (("boolean", "perhaps"), ("integer", "4.5"), ("float", "many"), ("date", "yesterday")):
            with self.subTest(column=column, text=text):
                message = self.message(VALUE, [column], [text])
                self.assertEqual((message["type"], message["field"]), ("error", column))

    def test_imp44_times_are_those_of_the_user(self):
        for zone, expected in (("Europe/Brussels", "2024-07-01 08:00:00"), (False, "2024-07-01 10:00:00")):
            [value] = self.loaded(VALUE, ["datetime"], ["2024-07-01 10:00:00"], tz=zone)
            self.assertEqual(str(value.datetime), expected)
        # an hour that is there twice is the one of winter
        [value] = self.loaded(VALUE, ["datetime"], ["2024-10-27 02:30:00"], tz="Europe/Brussels")
        self.assertEqual(str(value.datetime), "2024-10-27 01:30:00")

    def test_imp50_what_cannot_be_stored(self):
        for text in ("a\0b", "a\udc00b"):
            with self.subTest(text=text), mute_logger("odoo.sql_db"):
                result = self.load(VALUE, ["name"], ["good"], [text])
                self.assertFalse(result["ids"])
                self.assertEqual([message["record"] for message in result["messages"]], [1])

    def test_imp50_large_cells(self):
        content = base64.b64encode(b"x" * 3_000_000).decode()
        [value] = self.loaded(VALUE, ["name", "binary"], ["a", content])
        self.assertEqual(value.binary, content.encode())

    @warmup
    def test_imp50_queries(self):
        rows = [["a", "Belgium"], ["b", "France"], ["c", "Belgium"]]
        with self.assertQueryCount(9):
            self.env[PERSON].load(["name", "country_id"], rows)


class TestImportedRelations(ImportCase):
    """IMP-45 to 48: cells that refer to other records, and lines."""

    def test_imp45_names(self):
        belgium = self.env.ref("base.be")
        for column, text in (("country_id", "Belgium"), ("country_id/id", "base.be"), ("country_id/.id", belgium.id)):
            self.assertEqual(self.loaded(PERSON, ["name", column], ["a", str(text)]).country_id, belgium)
        wrong = [
            ("country_id", str(belgium.id)),
            ("country_id", "100% %s land"),
            ("country_id/.id", "Belgium"),
            ("country_id/id", "base.nowhere"),
            ("country_id/id", "base.EUR"),
            ("country_id/code", "BE"),
        ]
        for column, text in wrong:
            with self.subTest(column=column, text=text):
                message = self.message(PERSON, ["name", column], ["a", text])
                self.assertEqual((message["type"], message["field"]), ("error", "country_id"))
        message = self.message(PERSON, ["name", "country_id", "country_id/id"], ["a", "Belgium", "base.be"])
        self.assertEqual(message["field"], "country_id")

    def test_imp45_records_are_created_by_name(self):
        context = {"name_create_enabled_fields": {"boss_id": True}}
        result = self.load(PERSON, ["name", "boss_id"], ["a", "new boss"], ["b", "new boss"], **context)
        self.assertEqual(result["messages"], [])
        first, second = self.env[PERSON].browse(result["ids"])
        self.assertEqual((first.boss_id.name, first.boss_id), ("new boss", second.boss_id))
        context = {"name_create_enabled_fields": {"team_ids/boss_id": True, "team_ids/country_id": True}}
        message = self.message(PERSON, ["name", "boss_id"], ["a", "nobody"], **context)
        self.assertEqual(message["field_path"], ["boss_id"])
        # a country needs more than a name
        columns = ["name", "team_ids/name", "team_ids/country_id"]
        with mute_logger("odoo.sql_db"):
            message = self.message(PERSON, columns, ["a", "b", "Nowhere"], **context)
        self.assertEqual(message["field_path"], ["team_ids", "country_id"])
        self.assertIn("could be created", message["message"])

    def test_imp46_several_records(self):
        red, blue = self.env["test_orm.tag"].create([{"name": "ruddy"}, {"name": "bluish"}])
        [person] = self.loaded(PERSON, ["name", "tag_ids", "id"], ["a", "ruddy,bluish", "p"])
        self.assertEqual(person.tag_ids, red + blue)
        self.loaded(PERSON, ["id", "tag_ids/.id"], ["p", str(red.id)])
        self.assertEqual(person.tag_ids, red)
        self.loaded(PERSON, ["id", "tag_ids"], ["p", "bluish"], update_many2many=True)
        self.assertEqual(person.tag_ids, red + blue)
        self.message(PERSON, ["id", "tag_ids"], ["p", "bluish,greenish"])

    def test_imp36_values_that_match_nothing(self):
        self.env["test_orm.tag"].create({"name": "ruddy"})
        columns = ["name", "country_id", "tag_ids"]
        rows = [["a", "Nowhere", "ruddy"], ["b", "Belgium", "ruddy,greenish"], ["c", "France", "ruddy"]]
        context = {"import_file": True, "import_set_empty_fields": ["country_id", "tag_ids"]}
        people = self.loaded(PERSON, columns, *rows, **context)
        self.assertEqual(people.mapped("country_id.code"), ["BE", "FR"])
        self.assertEqual([len(person.tag_ids) for person in people], [1, 1, 1])
        context = {"import_file": True, "import_skip_records": ["country_id", "tag_ids"]}
        self.assertEqual(self.loaded(PERSON, columns, *rows, **context).mapped("name"), ["c"])
        context = {"import_file": True, "import_skip_records": ["team_ids/country_id"]}
        columns = ["name", "team_ids/name", "team_ids/country_id"]
        rows = [["a", "d", "Belgium"], ["", "e", "Nowhere"], ["b", "f", "Belgium"], ["c", "", ""]]
        self.assertEqual(self.loaded(PERSON, columns, *rows, **context).mapped("name"), ["b", "c"])
        for column in ("boolean", "selection"):
            context = {"import_file": True, "import_set_empty_fields": [column]}
            self.assertFalse(self.loaded(VALUE, [column], ["perhaps"], **context)[column])

    def test_imp47_lines_in_rows_below(self):
        columns = ["name", "setnull_ids/name", "cascade_ids/name"]
        first, second = self.loaded(
            "test_orm.target",
            columns,
            ["a", "s1", "c1"],
            ["", "s2", ""],
            ["", "", "c2"],
            ["", "s3", "c3"],
            ["b", "", ""],
        )
        self.assertEqual(first.setnull_ids.mapped("name"), ["s1", "s2", "s3"])
        self.assertEqual(first.cascade_ids.mapped("name"), ["c1", "c2", "c3"])
        self.assertFalse(second.setnull_ids or second.cascade_ids)

    def test_imp47_lines_of_lines(self):
        columns = ["name", "team_ids/name", "team_ids/team_ids/name", "team_ids/team_ids/country_id"]
        rows = [["a", "b", "c", "Belgium"], ["", "", "d", "Belgium"], ["", "e", "f", "France"]]
        [boss] = self.loaded(PERSON, columns, *rows)
        self.assertEqual(
            [(person.name, person.team_ids.mapped("name")) for person in boss.team_ids],
            [("b", ["c", "d"]), ("e", ["f"])],
        )
        message = self.message(PERSON, columns, *rows[:2], ["", "", "g", "Nowhere"])
        self.assertEqual(message["field"], "team_ids")
        self.assertEqual(message["field_name"], "Team/Team/Country")
        self.assertEqual(message["field_path"], ["team_ids", "team_ids", "country_id"])
        self.assertIn("Team/Team/Country", message["message"])

    def test_imp47_lines_that_are_there(self):
        line, other = self.env[PERSON].create([{"name": "x"}, {"name": "y"}])
        [boss] = self.loaded(PERSON, ["name", "team_ids/.id"], ["a", f"{line.id},{other.id}"])
        self.assertEqual(boss.team_ids, line + other)
        columns = ["name", "team_ids/.id", "team_ids/email"]
        [boss] = self.loaded(PERSON, columns, ["b", str(line.id), "x@example.com"])
        self.assertEqual((line.boss_id, line.email), (boss, "x@example.com"))
        columns = ["id", "name", "team_ids/id", "team_ids/name"]
        [boss] = self.loaded(PERSON, columns, ["boss", "c", "new_line", "first"])
        line = self.env.ref("__import__.new_line")
        self.assertEqual((line.boss_id, line.name), (boss, "first"))
        self.loaded(PERSON, columns, ["boss", "c", "new_line", "second"])
        self.assertEqual((boss.team_ids, line.name), (line, "second"))

    def test_imp48_records_keep_their_lines(self):
        columns = ["name", "team_ids/name"]
        rows = [["a", "a1"], ["", "a2"], ["", "a3"], ["b", "b1"], ["c", "c1"]]
        for limit, ids, following in ((1, 1, 3), (3, 1, 3), (4, 2, 4), (5, 3, 5), (6, 3, 0)):
            with self.subTest(limit=limit):
                result = self.load(PERSON, columns, *rows, _import_limit=limit)
                self.assertEqual((len(result["ids"]), result["nextrow"]), (ids, following))


class TestImportedProperties(ImportCase):
    """IMP-49: parents on the way, and properties."""

    def test_imp49_parents_get_external_ids(self):
        [extra] = self.loaded("test_orm.property.extra", ["id", "name"], ["x", "a"])
        self.assertEqual(self.env.ref("__import__.x_test_orm_property_line"), extra.line_id)

    def test_imp49_columns_of_properties(self):
        cases = [
            ("flag", "yes", True),
            ("number", "12", 12),
            ("ratio", "1.5", 1.5),
            ("text", "t", "t"),
            ("day", "2024-02-03", "2024-02-03"),
            ("one", "tag a", self.tags[0].id),
            ("many", "tag a,tag c", [self.tags[0].id, self.tags[2].id]),
            ("many", "", False),
            ("pick", "why", "y"),
            ("labels", "Red,g", ["r", "g"]),
            ("one/.id", str(self.tags[1].id), self.tags[1].id),
        ]
        for name, text, expected in cases:
            with self.subTest(name=name, text=text):
                [line] = self.loaded(
                    "test_orm.property.line", ["name", "head_id", f"props.{name}"], ["a", "head", text]
                )
                self.reload()
                self.assertEqual(line.props[name.partition("/")[0]], expected)
        for name, text in (("flag", "perhaps"), ("pick", "zet"), ("labels", "Red,Black"), ("one", "tag z")):
            with self.subTest(name=name, text=text):
                columns = ["name", "head_id", f"props.{name}"]
                message = self.message("test_orm.property.line", columns, ["a", "head", text])
                self.assertEqual(message["field"], f"props.{name}")
        self.message("test_orm.property.line", ["name", "props.unknown"], ["a", "b"])

    def test_imp49_other_properties_stay(self):
        other = self.Head.create({"name": "other", "defn": [{"name": "size", "string": "Size", "type": "integer"}]})
        columns = ["id", "head_id", "props.text", "props.size"]
        first, second = self.loaded("test_orm.property.line", columns, ["a", "head", "t", ""], ["b", "other", "", "7"])
        self.reload()
        self.assertEqual((first.props["text"], "size" in first.props), ("t", False))
        self.assertEqual((second.head_id, dict(second.props)), (other, {"size": 7}))
        self.loaded("test_orm.property.line", ["id", "props.number"], ["a", "3"])
        self.reload()
        self.assertEqual((first.props["text"], first.props["number"]), ("t", 3))
