"""Rows of files (IMP-10 to 12)."""

import base64
import datetime
import io
import zipfile

from odoo.addons.base_import.models.base_import import ImportValidationError
from odoo.exceptions import UserError
from odoo.tools import file_open

from .common import XLSX, ImportCase, workbook

ODS = "application/vnd.oasis.opendocument.spreadsheet"
ODS_SHEET = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:spreadsheet><table:table table:name="Pears">%s</table:table></office:spreadsheet></office:body>
</office:document-content>"""


def ods(*rows):
    """Return an OpenDocument spreadsheet; cells are attributes and texts."""
    lines = "".join(
        "<table:table-row>%s</table:table-row>"
        % "".join(
            f'<table:table-cell office:value-type="{kind}" {more}><text:p>{text}</text:p></table:table-cell>'
            for kind, more, text in row
        )
        for row in rows
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", ODS)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", ODS_SHEET % lines)
    return file.getvalue()


class TestReading(ImportCase):
    def read(self, content, options=None, **kwargs):
        """Return count and rows of a file, and the options afterwards."""
        options = {} if options is None else options
        count, rows = self.make(content, **kwargs)._read_file(options)
        return count, rows, options

    def test_imp10_the_kind_of_a_file(self):
        book = workbook(["name"], ["a"])
        for name, kind in (("a.csv", "text/csv"), ("a", "application/octet-stream")):
            self.assertEqual(self.read(book, name=name, kind=kind)[:2], (2, [["name"], ["a"]]))
        for name, kind in (("a.csv", "application/octet-stream"), ("a.txt", "text/csv; charset=utf-8")):
            self.assertEqual(self.read("name\na", name=name, kind=kind)[:2], (2, [["name"], ["a"]]))
        # Windows says so of CSV files
        rows = self.read("name\na", name="a.csv", kind="application/vnd.ms-excel")[1]
        self.assertEqual(rows, [["name"], ["a"]])
        for content, name in (("name", "a.txt"), (b"%PDF-1.4", "a.pdf"), (b"PK\3\4 broken", "a.xlsx")):
            with self.subTest(name=name), self.assertRaises(UserError):
                self.read(content, name=name, kind="application/octet-stream")

    def test_imp11_workbooks(self):
        moment = datetime.datetime(2024, 2, 3, 4, 5, 6)
        book = workbook(
            ["text", "whole", "ratio", "day", "moment", "flag"],
            ["a", 5, 1.5, moment.date(), moment, True],
            [None, None, " ", "", None, None],
            ["b", None, None, None, None, False],
        )
        count, rows, options = self.read(book, name="a.xlsx", kind=XLSX)
        self.assertEqual(count, 4)
        self.assertEqual(
            rows[1:],
            [["a", "5", "1.5", "2024-02-03", "2024-02-03 04:05:06", "True"], ["b", "", "", "", "", "False"]],
        )
        self.assertEqual(options, {"sheets": ["Sheet"], "sheet": "Sheet"})
        with self.assertRaises(ImportValidationError):
            self.read(book, {"sheet": "Other"}, name="a.xlsx", kind=XLSX)

    def test_imp11_cells_that_are_refused(self):
        for value in ("#DIV/0!", datetime.time(10, 30)):
            with self.subTest(value=value), self.assertRaises(ValueError) as caught:
                self.read(workbook(["name"], ["a", 1], C3=value), name="a.xlsx", kind=XLSX)
            self.assertIn("3", str(caught.exception))
        # a text is no error
        self.assertEqual(self.read(workbook(['it is t="e"']), name="a.xlsx", kind=XLSX)[0], 1)

    def test_imp11_old_workbooks(self):
        with file_open("base_import/tests/files/items.xls", "rb") as file:
            book = file.read()
        count, rows, options = self.read(book, name="items.xls", kind="application/vnd.ms-excel")
        self.assertEqual(count, 4)
        self.assertEqual(
            rows,
            [
                ["name", "count", "ratio", "day", "moment", "flag"],
                ["first", "5", "1.5", "2024-02-03", "2024-02-03 04:05:06", "True"],
                ["second", "", "", "", "", ""],
            ],
        )
        self.assertEqual(options["sheets"], ["Items", "Broken"])
        with self.assertRaisesRegex(ValueError, "2"):
            self.read(book, {"sheet": "Broken"}, name="items.xls")

    def test_imp11_open_documents(self):
        text = ("string", "", "pear")
        sheet = ods(
            [text, ("string", 'table:number-columns-repeated="2"', "twice")],
            [("string", "", "# a remark"), ("float", 'office:value="5"', "5.00"), text],
            [("string", "", ""), ("string", "", " "), ("string", "", "")],
            [
                ("date", 'office:date-value="2024-02-03"', "Feb 3"),
                ("boolean", 'office:boolean-value="true"', "yes"),
                ("percentage", 'office:value="0.25"', "25%"),
            ],
        )
        count, rows, options = self.read(sheet, name="a.ods", kind=ODS)
        self.assertEqual(count, 3)
        self.assertEqual(rows, [["pear", "twice", "twice"], ["", "5", "pear"], ["2024-02-03", "True", "0.25"]])
        self.assertEqual(options, {"sheets": ["Pears"], "sheet": "Pears"})

    def test_a_small_file_does_not_fill_the_memory(self):
        book = workbook(["name"], ["a"], XFD1048576="far")
        with self.assertRaises(UserError):
            self.read(book, name="a.xlsx", kind=XLSX)

    def test_imp12_encodings(self):
        text = "name\nÉlodie Müller à Nîmes, déjà là\n"
        for encoding in ("utf-8", "utf-16", "utf-8-sig", "utf-32"):
            _count, rows, options = self.read(text.encode(encoding))
            self.assertEqual((rows[0], options["encoding"]), (["name"], encoding))
        for encoding in ("utf-16-le", "utf-16-be"):
            _count, rows, options = self.read(("\ufeff" + text).encode(encoding))
            self.assertEqual((rows[0], options["encoding"]), (["name"], "utf-16"))
        self.assertIn("Élodie", self.read(text.encode("windows-1252"))[1][1][0])
        self.assertEqual(self.read("name\nabc")[2]["encoding"], "ascii")
        for encoding in ("utf-8", "nonsense"):
            with self.assertRaises(ImportValidationError):
                self.read(text.encode("latin-1"), {"encoding": encoding})
        _count, rows, options = self.read(text.encode(), {"encoding": "latin-1"})
        self.assertEqual((options["encoding"], rows[1][0][:2]), ("latin-1", "Ã\x89"))

    def test_imp12_separators(self):
        for separator in (",", ";", "\t", " ", "|", "\x1f"):
            options = self.read(f"a{separator}b\nc{separator}d", {"separator": ""})[2]
            self.assertEqual(options["separator"], separator)
        _count, rows, options = self.read("a;b\nc\nd,e", {"separator": ""})
        self.assertEqual((options["separator"], rows), ("", [["a;b"], ["c"], ["d", "e"]]))
        for wrong in ({"separator": ",,"}, {"quoting": "''"}, {"quoting": 3}):
            with self.subTest(wrong=wrong), self.assertRaises(ImportValidationError):
                self.read("a,b", wrong)

    def test_imp12_rows(self):
        text = 'name,note\n \t, \na,"two\nlines "\n\n"b ""c""",\n'
        count, rows, _options = self.read(text)
        self.assertEqual((count, rows), (3, [["name", "note"], ["a", "two\nlines "], ['b "c"', ""]]))
        large = base64.b64encode(b"x" * 4_000_000).decode()
        self.assertEqual(self.read(f"name,image\na,{large}")[1][1][1], large)
