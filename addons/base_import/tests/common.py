"""What the tests of imports begin with."""

import io

import openpyxl

from odoo.tests import TransactionCase

OPTIONS = {"quoting": '"', "separator": ",", "has_headers": True}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(*rows, **cells):
    """Return a workbook of Excel with one sheet.

    :param cells: values of single cells by their names
    """
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for name, value in cells.items():
        book.active[name] = value
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


class ImportCase(TransactionCase):
    """Imports of texts and of bytes."""

    @classmethod
    def setUpClass(cls):
        """Forget what was chosen in the database before."""
        super().setUpClass()
        cls.env["base_import.mapping"].search([]).unlink()

    def make(self, content, model="res.partner", name="things.csv", kind="text/csv"):
        """Return an import of a file."""
        content = content.encode() if isinstance(content, str) else content
        return self.env["base_import.import"].create(
            {"res_model": model, "file": content, "file_name": name, "file_type": kind}
        )

    def preview(self, content, options=None, count=10, **kwargs):
        """Return the preview of a file."""
        return self.make(content, **kwargs).parse_preview({**OPTIONS, **(options or {})}, count)

    def execute(self, fields, content, options=None, columns=None, dryrun=False, **kwargs):
        """Return what the import of a file answers."""
        if columns is None:
            columns = content.partition("\n")[0].split(",") if isinstance(content, str) else fields
        wizard = self.make(content, **kwargs)
        return wizard.execute_import(fields, columns, {**OPTIONS, **(options or {})}, dryrun=dryrun)

    def imported(self, fields, content, options=None, model="res.partner", **kwargs):
        """Return the records of an import without problems."""
        result = self.execute(fields, content, options, model=model, **kwargs)
        self.assertEqual(result["messages"], [])
        return self.env[model].browse(result["ids"])
