"""Languages that are added in the client, and the dialogs that export and import translations."""

import base64
import os
import tempfile
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user
from odoo.tools import mute_logger

CATALOGUE = b"""
#. module: base
#: model:ir.ui.menu,name:base.menu_administration
msgid "Settings"
msgstr "Outillage"
"""


class TestLanguageWizards(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.menu = cls.env.ref("base.menu_administration")

    def test_file_with_translations_is_offered(self):
        wizard = self.env["base.language.export"].create(
            {"export_type": "model", "model_id": self.env["ir.model"]._get_id("res.partner.title")}
        )
        action = wizard.act_getfile()
        self.assertEqual((action["res_model"], action["res_id"], action["target"]), (wizard._name, wizard.id, "new"))
        self.assertEqual(wizard.name, "res_partner_title.pot")
        self.assertIn(b"Doctor", base64.b64decode(wizard.data))

    def test_added_language_is_proposed(self):
        french = self.env["res.lang"].with_context(active_test=False).search([("code", "=", "fr_FR")])
        wizard = self.env["base.language.install"].create({"lang_ids": french.ids})
        with mute_logger("odoo.tools.translate"):
            action = wizard.lang_install()
        self.assertTrue(french.active)
        question = self.env.ref("base.language_install_view_form_lang_switch")
        self.assertEqual((action["res_id"], action["views"]), (wizard.id, [(question.id, "form")]))

    def test_languages_are_added_with_their_translations(self):
        langs = self.env["res.lang"].with_context(active_test=False)
        with tempfile.TemporaryDirectory() as directory:
            path = os.path.join(directory, "x.po")
            with open(path, "wb") as file:
                file.write(CATALOGUE)
            with (
                patch("odoo.tools.translate.get_po_paths", lambda module, *args, **kwargs: [path] * (module == "base")),
                patch("odoo.modules.translations.importing.file_open", lambda name, **kwargs: open(name, "rb")),
            ):
                langs.search([("code", "=", "fr_BE")]).action_activate_langs()
                wizard = self.env["base.language.install"].create({"lang_ids": langs.search([("code", "=", "fr_CH")])})
                wizard.lang_install()
        for code in ("fr_BE", "fr_CH"):
            self.assertEqual(self.menu.with_context(lang=code).name, "Outillage")

    def export(self, **values):
        """Return the name and the content of an exported file."""
        wizard = self.env["base.language.export"].create(values)
        wizard.act_getfile()
        return wizard.name, base64.b64decode(wizard.data).decode()

    def test_export_of_modules(self):
        module = self.env.ref("base.module_base").ids
        name, content = self.export(modules=module)
        self.assertEqual(name, "base.pot")
        self.assertIn("model:res.country,name:base.be", content)
        self.env["res.lang"]._activate_lang("fr_FR")
        name, content = self.export(modules=module, lang="fr_FR", format="csv")
        self.assertEqual(name, "fr.csv")
        self.assertIn('base,model,"res.country,name",base.be,Belgium,,', content)

    def test_export_of_records(self):
        titles = self.env["res.partner.title"]
        own = titles.create({"name": "Queen of Exports"})
        values = {"export_type": "model", "model_id": self.env["ir.model"]._get_id(titles._name)}
        _name, content = self.export(domain=f"[('id', '=', {own.id})]", **values)
        self.assertIn("Queen of Exports", content)
        self.assertIn(f"__export__.res_partner_title_{own.id}_", content, "a file can be imported again")
        for domain in ("x", "[(", "7", "[('no_such_field', '=', 1)]", "[('id', 'child_of', 1)]"):
            with self.subTest(domain), self.assertRaises(UserError):
                self.export(domain=domain, **values)

    def test_errors_of_searching_are_not_told_as_ones_of_the_domain(self):
        titles = self.env["res.partner.title"]
        values = {"export_type": "model", "model_id": self.env["ir.model"]._get_id(titles._name)}
        for error in (TypeError, ValueError):

            def fail(*args, error=error, **kwargs):
                raise error("defect of an addon")

            with self.subTest(error), patch.object(type(titles), "search", fail):
                with self.assertRaisesRegex(error, "defect of an addon"):
                    self.export(domain="[('name', '=', 'x')]", **values)
                with self.assertRaisesRegex(UserError, "is no domain"):
                    self.export(domain="[('no_such_field', '=', 1)]", **values)

    def test_export_by_users(self):
        user = new_test_user(self.env, "exporter", groups="base.group_user")
        wizards = self.env["base.language.export"].with_user(user)
        with self.assertRaises(AccessError):
            wizards.create({}).act_getfile()
        values = {"export_type": "model", "model_id": self.env["ir.model"]._get_id("res.partner.title")}
        wizard = wizards.create(values)
        wizard.act_getfile()
        self.assertIn(b"Doctor", base64.b64decode(wizard.data))
        with patch.object(type(self.env["res.partner.title"]), "fields_get", lambda *args, **kwargs: {"shortcut": {}}):
            # a field that the user may not read
            wizard.act_getfile()
        self.assertNotIn(b"Doctor", base64.b64decode(wizard.data))
        self.assertIn(b"Dr.", base64.b64decode(wizard.data))

    def import_file(self, content, filename="x.po", code="fr_FR"):
        values = {"name": "L", "code": code, "data": base64.b64encode(content), "filename": filename}
        with mute_logger("odoo.addons.base.wizard.base_import_language"):
            self.env["base.language.import"].create(values).import_lang()

    def test_import(self):
        self.import_file(CATALOGUE)
        self.assertEqual(self.menu.with_context(lang="fr_FR").name, "Outillage")
        header = b"module,type,name,res_id,src,value,comments\n"
        self.import_file(header + b'base,model,"ir.ui.menu,name",base.menu_administration,Settings,Outils,\n', "x.CSV")
        self.assertEqual(self.menu.with_context(lang="fr_FR").name, "Outils")
        self.import_file(header, "x.csv", code="qq_QQ")
        self.assertTrue(self.env["res.lang"]._get_data(code="qq_QQ"))

    def test_files_that_are_no_translations(self):
        for content, filename in (
            (CATALOGUE, "x.txt"),
            (CATALOGUE, "x"),
            (b"no catalogue", "x.po"),
            (b"\xff\xfe", "x.po"),
            (b"\0", "x.po"),
            (b"/etc/passwd", "x.po"),
            (b"a,b\n1,2\n", "x.csv"),
            (b"\n", "x.csv"),
            (b"\xff", "x.csv"),
        ):
            with self.subTest(content=content, filename=filename), self.assertRaisesRegex(UserError, filename):
                self.import_file(content, filename)
