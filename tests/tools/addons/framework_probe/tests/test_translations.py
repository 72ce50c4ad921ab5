import io

from odoo.exceptions import ValidationError
from odoo.tests import TransactionCase
from odoo.tools import format_date, formatLang
from odoo.tools.translate import TranslationImporter, trans_export


class TestI18n(TransactionCase):
    def test_all(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env["ir.module.module"]._load_module_terms(["base", "framework_probe"], ["fr_FR"])
        fr = self.env["probe.order"].with_context(lang="fr_FR")
        self.assertEqual(fr.fields_get(["note"])["note"]["string"], "Remarque")
        self.assertEqual(self.env["probe.order"].fields_get(["note"])["note"]["string"], "Note")
        self.assertEqual(self.env["ir.model"]._get("probe.order").with_context(lang="fr_FR").name, "Commande sonde")
        arch = fr.get_view(self.env.ref("framework_probe.probe_order_view_form").id)["arch"]
        self.assertIn("Titre de groupe", arch)
        self.assertIn(
            "Group title",
            self.env["probe.order"].get_view(self.env.ref("framework_probe.probe_order_view_form").id)["arch"],
        )
        with self.assertRaisesRegex(ValidationError, "Un mauvais nom"):
            fr.create({"name": "bad"})
        self.assertEqual(formatLang(fr.env, 1234.5).replace("\u202f", " "), "1 234,50")
        self.assertEqual(format_date(fr.env, "2024-02-03"), "03/02/2024")
        buffer = io.BytesIO()
        self.assertTrue(trans_export("fr_FR", ["framework_probe"], buffer, "po", self.env.cr))
        text = buffer.getvalue().decode()
        for word in (
            "Un mauvais nom",
            "Remarque",
            "Commande sonde",
            "Titre de groupe",
            "model_terms:ir.ui.view,arch_db:framework_probe.probe_order_view_form",
            "#. odoo-python",
        ):
            self.assertIn(word, text)
        changed = text.replace("Remarque", "Annotation").encode()
        importer = TranslationImporter(self.env.cr)
        importer.load(io.BytesIO(changed), "po", "fr_FR")
        importer.save()
        self.assertEqual(fr.fields_get(["note"])["note"]["string"], "Remarque")
        importer.load(io.BytesIO(changed), "po", "fr_FR")
        importer.save(overwrite=True)
        self.assertEqual(fr.fields_get(["note"])["note"]["string"], "Annotation")
        for kind in ("csv", "tgz"):
            self.assertTrue(trans_export("fr_FR", ["framework_probe"], io.BytesIO(), kind, self.env.cr))
