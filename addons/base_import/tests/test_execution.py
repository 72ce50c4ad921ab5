"""Imports of files (IMP-30 to 38)."""

import base64
import io
from unittest.mock import patch

import requests
from PIL import Image

from odoo.addons.base_import.models.base_import import ImportValidationError
from odoo.tests import new_test_user

from .common import OPTIONS, ImportCase

CONTACTS = ["name", "child_ids/name"]


class FakeAnswer(io.BytesIO):
    """What a server sends."""

    def __init__(self, content, length=None):
        super().__init__(content)
        self.headers = {"Content-Length": str(length or len(content))}

    def raise_for_status(self):
        """All is well."""

    def iter_content(self, size):
        """Yield parts of the content."""
        while chunk := self.read(size):
            yield chunk


def picture(width, height):
    """Return a picture in PNG."""
    file = io.BytesIO()
    Image.new("1", (width, height)).save(file, "PNG")
    return file.getvalue()


class TestRows(ImportCase):
    def convert(self, fields, content, **options):
        return self.make(content)._convert_import_data(fields, {**OPTIONS, **options})

    def test_imp30_rows_and_columns(self):
        text = "a,b,c\n1,2,3\n,5,\n7,,9\n"
        self.assertEqual(self.convert(["name", False, "ref"], text), ([["1", "3"], ["7", "9"]], ["name", "ref"]))
        self.assertEqual(self.convert(["name", False, "ref"], text, skip=1)[0], [["7", "9"]])
        self.assertEqual(self.convert(["name", False, "ref"], text, has_headers=False)[0][0], ["a", "c"])
        for fields in ([False, False, False], ["name", "ref"], ["name"] * 4):
            with self.assertRaises(ImportValidationError):
                self.convert(fields, text)

    def test_imp31_one_message(self):
        self.assertEqual(set(self.execute([False], "a\nb")), {"messages"})
        [message] = self.execute(["name"], "date\nsoon", model="res.currency.rate")["messages"]
        self.assertEqual(message["type"], "error")
        self.assertIs(message["record"], False)
        self.assertIs(message["not_matching_error"], True)
        self.assertEqual((message["field_path"], message["field_type"]), (["name"], "date"))
        self.assertIn("line 1", message["message"])

    def test_imp34_columns_of_one_field(self):
        tags = self.env["res.partner.category"].create([{"name": "hasty"}, {"name": "lazy"}])
        fields = ["name", "name", "comment", "category_id", "category_id", "color", "color"]
        [partner] = self.imported(fields, "a,b,c,d,e,f,g\nAnn,Lee,x,hasty,lazy,3,4")
        self.assertEqual((partner.name, partner.category_id, partner.color), ("Ann Lee", tags, 3))
        [partner] = self.imported(fields, "a,b,c,d,e,f,g\nAnn,,x,,lazy,3,4")
        self.assertEqual((partner.name, partner.category_id), ("Ann", tags[1]))

    def test_imp35_fallbacks(self):
        def fallback(value, kind):
            return {"fallback_value": value, "field_model": "res.partner", "field_type": kind}

        fields, text = ["name", "type", "employee"], "a,b,c\nAnn,DELIVERY,perhaps\nBob,unheard,1\nEve,Invoice,"
        options = {"fallback_values": {"type": fallback("other", "selection"), "employee": fallback("true", "boolean")}}
        partners = self.imported(fields, text.replace("DELIVERY", "delivery address"), options)
        self.assertEqual(partners[1:].mapped("type"), ["other", "invoice"])
        self.assertEqual(partners.mapped("employee"), [True, True, False])
        options = {"fallback_values": {"type": fallback("skip", "selection"), "employee": fallback("0", "boolean")}}
        partners = self.imported(fields, text, options)
        self.assertEqual((partners[1].type, partners[0].employee), (False, False))

    def test_imp36_records_are_skipped(self):
        text = "a,b\nAnn,Nowhere\nBob,Belgium\nEve,Elsewhere\nJim,Neverland"
        partners = self.imported(["name", "country_id"], text, {"import_skip_records": ["country_id"]})
        self.assertEqual(partners.mapped("name"), ["Bob"])
        partners = self.imported(["name", "country_id"], text, {"import_set_empty_fields": ["country_id"]})
        self.assertEqual([partner.country_id.code for partner in partners], [False, "BE", False, False])


class TestFormats(ImportCase):
    def number(self, text, **options):
        """Return a number as records take it."""
        wizard, rows = self.make(""), [[text]]
        wizard._parse_float_from_data(rows, 0, "partner_latitude", options)
        return rows[0][0]

    def test_imp32_dates(self):
        options = {"date_format": "%d.%m.%Y", "datetime_format": "%d.%m.%Y %H:%M"}
        rates = self.imported(
            ["name", "rate_ids/name", "rate_ids/rate", "symbol"],
            'a,b,c,d\nTLR,24.12.2024,"1,5",T\n,25.12.2024,2,',
            {**options, "float_decimal_separator": ",", "float_thousand_separator": "."},
            model="res.currency",
        ).rate_ids.sorted("name")
        self.assertEqual([(str(rate.name), rate.rate) for rate in rates], [("2024-12-24", 1.5), ("2024-12-25", 2.0)])
        wizard = self.make("", model="ir.cron")
        rows = [["24.12.2024 18:30"], ["24.12.2024"], [""]]
        wizard._parse_import_data(rows, ["nextcall"], options)
        self.assertEqual(rows, [["2024-12-24 18:30:00"], ["2024-12-24"], [""]])
        with self.assertRaises(ImportValidationError) as caught:
            wizard._parse_import_data([["24.12.2024"], ["Christmas"]], ["nextcall"], options)
        self.assertIn("nextcall", str(caught.exception))
        self.assertIn("line 2", str(caught.exception))

    def test_imp32_numbers(self):
        cases = [
            ("(1.62)", "-1.62"),
            ("+1.62", "1.62"),
            (" 1 234.5 ", "1234.5"),
            ("9'876'543,21", "9876543.21"),
            ("9.876.543'21", "9876543.21"),
            ("1,234.5", "1234.5"),
            ("1E+05", "100000.000000"),
            ("1,9e5", "190000.000000"),
            ("9,5e-5", "0.000095"),
            ("2e-9", "0.000000002"),
            ("$1.62", "1.62"),
            ("-1.62 $", "-1.62"),
            ("-$1.62", "-1.62"),
            ("", ""),
        ]
        for text, expected in cases:
            with self.subTest(text=text):
                self.assertEqual(self.number(text), expected)
        self.assertEqual(self.number("1.234,5", float_thousand_separator=".", float_decimal_separator=","), "1234.5")
        self.assertEqual(self.number("1,5", float_thousand_separator=".", float_decimal_separator=","), "1.5")
        for text in ("¤¤1.5", "1.5 apples", "1..5", "--1", "1e999999", "1,5,6,", "(-1)", "(", "$", "1.5$€"):
            with self.subTest(text=text), self.assertRaises(ImportValidationError):
                self.number(text)


class TestPictures(ImportCase):
    def fetched(self, answer):
        """Return what the import of a picture from an address answers."""
        with patch.object(requests.Session, "get", autospec=True, return_value=answer) as get:
            result = self.execute(["name", "image_1920"], "a,b\nAnn,https://example.com/a.png")
        self.assertEqual(get.call_args.kwargs, {"timeout": 3.0, "stream": True})
        return result

    def test_imp33_addresses(self):
        result = self.fetched(FakeAnswer(picture(3, 2)))
        self.assertEqual(result["messages"], [])
        image = base64.b64decode(self.env["res.partner"].browse(result["ids"]).image_1920)
        self.assertEqual(Image.open(io.BytesIO(image)).size, (3, 2))
        large = FakeAnswer(picture(7000, 7000))
        for answer in (FakeAnswer(b"no picture"), FakeAnswer(b"", 11 * 2**20), FakeAnswer(b"x" * 11 * 2**20, 9), large):
            [message] = self.fetched(answer)["messages"]
            self.assertIn("https://example.com/a.png", message["message"])
            self.assertIn("line 1", message["message"])
            self.assertEqual(message["field_path"], ["image_1920"])

    def test_imp33_only_administrators_have_them_fetched(self):
        self.assertTrue(self.env.ref("base.user_admin")._can_import_remote_urls())
        clerk = new_test_user(self.env, "clerk", groups="base.group_user,base.group_partner_manager")
        values = {"res_model": "res.partner", "file": b"a,b\nAnn,http://example.com/a.png", "file_type": "text/csv"}
        wizard = self.env["base_import.import"].with_user(clerk).create(values)
        with patch.object(requests.Session, "get", autospec=True) as get:
            result = wizard.execute_import(["name", "image_1920"], ["a", "b"], OPTIONS)
        self.assertEqual(len(result["messages"]), 1)
        get.assert_not_called()

    def test_imp33_files_and_contents(self):
        content = base64.b64encode(picture(3, 2)).decode()
        result = self.execute(["name", "image_1920"], f"a,b\nAnn,ann.png\nBob,{content}\nEve,\n")
        self.assertEqual(result["binary_filenames"], {"image_1920": ["ann.png", None, None]})
        partners = self.env["res.partner"].browse(result["ids"])
        self.assertEqual([bool(partner.image_1920) for partner in partners], [False, True, False])
        fields = ["name", "image_1920", "child_ids/name"]
        result = self.execute(fields, "a,b,c\nAnn,ann.png,x\n,,y\nBob,bob.png,z")
        self.assertEqual(result["binary_filenames"], {"image_1920": ["ann.png", "bob.png"]})
        [message] = self.execute(["name", "image_1920"], "a,b\nAnn,certainly not")["messages"]
        self.assertEqual(message["field_type"], "binary")


class TestExecution(ImportCase):
    def families(self, parents, children):
        """Return the text of a file with contacts of companies."""
        lines = ["name,child_ids/name"]
        for parent in range(parents):
            lines += [f"{'' if child else f'p{parent}'},p{parent}c{child}" for child in range(children)]
        return "\n".join(lines)

    def test_imp37_what_it_answers(self):
        result = self.execute(["name"], "name\na\n\nb\n")
        self.assertEqual(set(result), {"ids", "messages", "nextrow", "name"})
        self.assertEqual((result["messages"], result["nextrow"], result["name"]), ([], 0, ["a", "b"]))
        self.assertEqual(self.env["res.partner"].browse(result["ids"]).mapped("name"), ["a", "b"])
        result = self.execute(["name", "country_id"], "name,country_id\na,Belgium\nb,Nowhere")
        self.assertIs(result["ids"], False)
        [message] = result["messages"]
        self.assertEqual((message["record"], message["field_path"], message["field_type"]), (1, ["country_id"], "name"))
        self.assertEqual(self.execute(["ref"], "a\nb", {"has_headers": False, "skip": 2})["name"], [])

    def test_imp37_parts(self):
        text = self.families(3, 10)
        for limit, records, following in ((5, 1, 10), (15, 2, 20), (30, 3, 30), (31, 3, 0), (None, 3, 0)):
            with self.subTest(limit=limit):
                result = self.execute(CONTACTS, text, {"limit": limit})
                self.assertEqual((len(result["ids"]), result["nextrow"]), (records, following))
        result = self.execute(CONTACTS, text, {"limit": 5, "skip": 10})
        self.assertEqual((len(result["ids"]), result["nextrow"]), (1, 20))
        self.assertEqual(result["name"][:11], [""] * 10 + ["p1"])
        result = self.execute(CONTACTS, text, {"limit": 5, "skip": 30})
        self.assertEqual((result["ids"], result["nextrow"]), ([], 0))

    def test_imp37_only_the_part_is_converted(self):
        days = [f"2024-02-{day:02},2" for day in range(1, 6)]
        days = [f"{day},TLR" for day in days]
        self.env["res.currency"].create({"name": "TLR", "symbol": "T"})
        text = "\n".join(["name,rate,currency", *days, "never,2,TLR"])
        result = self.execute(
            ["name", "rate", "currency_id"], text, {"limit": 3}, model="res.currency.rate", dryrun=True
        )
        self.assertEqual((len(result["ids"]), result["nextrow"]), (3, 3))
        result = self.execute(["name", "rate", "currency_id"], text, {"limit": 3, "skip": 3}, model="res.currency.rate")
        self.assertIn("line 6", result["messages"][0]["message"])

    def test_imp38_a_try(self):
        before = self.env["res.partner"].create({"name": "pending"})
        before.ref = "unwritten"
        result = self.execute(["name", "id"], "name,id\nTried,tried", dryrun=True)
        self.assertEqual((result["messages"], len(result["ids"])), ([], 1))
        self.assertFalse(self.env["res.partner"].search([("name", "=", "Tried")]))
        self.assertFalse(self.env.ref("__import__.tried", raise_if_not_found=False))
        self.assertEqual(before.ref, "unwritten")
        self.assertEqual(before, self.env["res.partner"].search([("ref", "=", "unwritten")]))

    def test_imp36_names_are_created(self):
        options = {"name_create_enabled_fields": {"category_id": True}}
        [partner] = self.imported(["name", "category_id"], "name,tags\na,brand new", options)
        self.assertEqual(partner.category_id.name, "brand new")
