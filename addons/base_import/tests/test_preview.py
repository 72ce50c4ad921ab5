"""What an import shows of a file (IMP-20 to 24)."""

from odoo.tests import new_test_user

from .common import ImportCase


class TestPreview(ImportCase):
    def types(self, *values, **options):
        """Return the types of fields for a column, and the options afterwards."""
        wizard = self.env["base_import.import"].create({"res_model": "res.partner"})
        return wizard._extract_header_types(list(values), options), options

    def test_imp20_what_it_tells(self):
        preview = self.preview("Name,bar,5\nfoo,,\nbar,,4\nqux,5,6\n")
        self.assertEqual(
            set(preview),
            {
                *("fields", "matches", "headers", "header_types", "preview"),
                *("options", "advanced_mode", "debug", "batch", "file_length"),
            },
        )
        self.assertEqual(preview["headers"], ["Name", "bar", "5"])
        self.assertEqual(preview["matches"], {0: ["name"]})
        self.assertEqual(preview["file_length"], 4)
        self.assertFalse(preview["batch"] or preview["advanced_mode"])
        clerk = new_test_user(self.env, "clerk", groups="base.group_user")
        wizard = self.make("name\na").with_user(self.env.user)
        self.assertEqual(wizard.parse_preview({})["debug"], self.env.user.has_group("base.group_no_one"))
        wizard = self.env["base_import.import"].with_user(clerk).create({"res_model": "res.partner", "file": b"a,b"})
        wizard.file_type = "text/csv"
        self.assertEqual(wizard.parse_preview({})["preview"], [["a"], ["b"]])

    def test_imp20_failures(self):
        self.assertEqual(self.preview("")["preview"], "")
        self.assertIn("empty", self.preview("")["error"])
        preview = self.preview("é".encode() * 300, {"encoding": "ascii"})
        self.assertEqual(set(preview), {"error", "preview"})
        self.assertEqual(len(preview["preview"]), 200)
        preview = self.preview(b"\0\1\2", name="a.bin", kind="application/octet-stream")
        self.assertIsNone(preview["preview"])

    def test_imp21_values(self):
        preview = self.preview("foo,,\nbar,,4\nqux,5,6\n", {"has_headers": False})
        self.assertEqual(preview["preview"], [["foo", "bar", "qux"], ["5"], ["4", "6"]])
        self.assertIs(preview["headers"], False)
        self.assertIs(preview["matches"], False)
        preview = self.preview("a,b\n" + "".join(f"{'x' * 49}{number},\n" for number in range(8)))
        self.assertEqual(preview["preview"], [[f"{'x' * 49}{number}" for number in range(5)], [""]])
        preview = self.preview(f"a\n{'x' * 51}\n")
        self.assertEqual(preview["preview"], [["x" * 50 + "..."]])

    def test_imp22_batches(self):
        text = "name\n" + "a\n" * 9
        for limit, count, expected in (
            (None, 10, False),
            (100, 10, False),
            (5, 10, True),
            (5, 3, True),
            (10, 3, False),
        ):
            preview = self.preview(text, {"limit": limit}, count)
            self.assertIs(preview["batch"], expected, (limit, count))

    def test_imp23_choices_are_kept(self):
        options = {"keep_matches": True, "fields": ["country_id/id", False, "name"], "advanced": True}
        preview = self.preview("email,name,phone\na,b,c", options)
        self.assertEqual(preview["matches"], {0: ["country_id", "id"], 2: ["name"]})
        self.assertTrue(preview["advanced_mode"])
        self.assertTrue(self.preview("name,child_ids/name\na,b")["advanced_mode"])

    def test_imp24_types(self):
        relations, texts = (
            ["many2many", "many2one", "one2many"],
            ["text", "char", "binary", "selection", "html", "tags"],
        )
        cases = [
            (["", " "], ["all"]),
            (["__export__.a", "__export__.b"], ["id", *relations]),
            (["1", "", "22"], ["integer", "float", "monetary"]),
            (["1", "", "0"], ["integer", "float", "monetary", "boolean"]),
            (["true", "F", ""], ["boolean"]),
            (["1.5", "-2"], ["float", "monetary"]),
            (["€ 1.500,25", "(2)"], ["float", "monetary"]),
            (["1.5.6", "a"], texts),
            (["a", "1"], texts),
            (["2024-02-03", ""], ["date", "datetime"]),
            (["2024-02-03 10:20:30"], ["datetime"]),
            (["3/2/24 11:30 PM"], ["datetime"]),
            (["45/45/2020"], texts),
        ]
        for values, expected in cases:
            with self.subTest(values=values):
                self.assertEqual(self.types(*values)[0], expected)

    def test_imp24_formats(self):
        separators = ("float_thousand_separator", "float_decimal_separator")
        cases = [
            (["1.234.567", "2,5"], (".", ",")),
            (["1,234,567", "2.5"], (",", ".")),
            (["1,234.5"], (",", ".")),
            (["1.234,5"], (".", ",")),
            (["2,5"], (".", ",")),
        ]
        for values, expected in cases:
            with self.subTest(values=values):
                options = self.types(*values)[1]
                self.assertEqual(tuple(options[name] for name in separators), expected)
        dates = [
            ("2024-02-03", {}, "%Y-%m-%d"),
            ("13.02.2024", {}, "%d.%m.%Y"),
            ("02/03/2024", {}, "%m/%d/%Y"),
            ("02/03/2024", {"date_format": "%d/%m/%Y"}, "%d/%m/%Y"),
            ("13-2-24", {}, "%d-%m-%y"),
        ]
        for text, given, expected in dates:
            with self.subTest(text=text):
                self.assertEqual(self.types(text, **given)[1]["date_format"], expected)
        self.assertEqual(self.types("13.02.2024 10:20")[1]["datetime_format"], "%d.%m.%Y %H:%M")
