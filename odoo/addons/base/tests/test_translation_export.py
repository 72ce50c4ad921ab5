"""Exports of terms hold everything of a module that people read."""

import ast
import re
from pathlib import Path

from odoo.modules.module import get_module_path
from odoo.tests import TransactionCase
from odoo.tools.translate import TranslationModuleReader

_CALL_IN_JAVASCRIPT = re.compile(r'\b_t\(\s*"((?:[^"\\]|\\["\'])*)"')


def marked_python(root):
    """Return the texts that the Python files of a module mark as ``_("...")``."""
    calls = (
        node
        for path in root.rglob("*.py")
        if "tests" not in path.relative_to(root).parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.args and node.args[0], ast.Constant)
    )
    names = ((getattr(call.func, "id", getattr(call.func, "attr", None)), call.args[0].value) for call in calls)
    return {text for name, text in names if name in ("_", "_lt") and any(map(str.isalpha, text))}


def marked_javascript(root):
    """Return the texts that the client code of a module marks as ``_t("...")``."""
    sources = (path.read_text() for path in (root / "static" / "src").rglob("*.js"))
    return {ast.literal_eval(f'"{text}"') for source in sources for text in _CALL_IN_JAVASCRIPT.findall(source)}


class TestExportedTerms(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.modules = cls.env["ir.module.module"].search([("state", "=", "installed")]).mapped("name")
        cls.rows = list(TranslationModuleReader(cls.env.cr, cls.modules))

    def exported(self, module, kind):
        return {row[4] for row in self.rows if row[:2] == (module, kind)}

    def test_code(self):
        for module in self.modules:
            root = Path(get_module_path(module))
            with self.subTest(module):
                missing = (marked_python(root) | marked_javascript(root)) - self.exported(module, "code")
                self.assertFalse(missing)
        self.assertTrue(marked_python(Path(get_module_path("base"))))

    def test_records_of_each_module(self):
        # a field that several modules declare is a row of each, found by an external id of its own
        for model, field in (
            ("ir.model", "name"),
            ("ir.model.fields", "field_description"),
            ("ir.model.fields", "help"),
            ("ir.model.fields.selection", "name"),
            ("ir.model.constraint", "message"),
            ("ir.ui.menu", "name"),
            ("ir.actions.act_window", "name"),
            ("res.groups", "name"),
        ):
            rows = [row for row in self.rows if row[1:3] == ("model", f"{model},{field}")]
            found = {(row[0], self.env.ref(row[3]).id, row[4]) for row in rows}
            described = self.env["ir.model.data"].search([("model", "=", model), ("module", "in", self.modules)])
            records = self.env[model].browse(described.mapped("res_id")).exists()
            source = {record.id: record[field] for record in records.with_context(lang="en_US")}
            expected = {(data.module, data.res_id, source.get(data.res_id)) for data in described}
            with self.subTest(model=model, field=field):
                self.assertEqual(found, {item for item in expected if any(map(str.isalpha, item[2] or ""))})
                self.assertTrue(found)

    def test_views(self):
        wanted = {view.xml_id: view for view in self.env["ir.ui.view"].search([]) if view.xml_id}
        found = {(row[3], row[4]) for row in self.rows if row[1:3] == ("model_terms", "ir.ui.view,arch_db")}
        self.assertFalse([term for _view, term in found if "DOCTYPE" in term])
        labels = re.compile(r'<button[^>]* string="([\w ]+)"')
        for xmlid, view in wanted.items():
            if xmlid.partition(".")[0] in self.modules:
                missing = {(xmlid, label) for label in labels.findall(view.arch_db)} - found
                self.assertFalse(missing)

    def test_texts_are_exported_as_they_are(self):
        country = self.env.ref("base.be")
        country.name = " Belgium\n"
        rows = TranslationModuleReader(self.env.cr, ["base"])
        self.assertIn(" Belgium\n", [row[4] for row in rows if row[2:4] == ("res.country,name", "base.be")])
