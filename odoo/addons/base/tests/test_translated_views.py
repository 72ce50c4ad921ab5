"""Views in the language of the user, and what becomes of their terms when the views change."""

from odoo.tests import TransactionCase


class TestTranslatedViews(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.view = cls.env["ir.ui.view"].create({"name": "v", "model": "res.partner", "arch": "<form/>"})
        cls.fr = cls.view.with_context(lang="fr_FR")

    def french(self, source, translations, changed=None):
        """Return the French arch of a view with a text, translated, then changed."""
        self.view.arch_db = f"<form><div>{source}</div></form>"
        self.view.update_field_translations("arch_db", {"fr_FR": translations})
        if changed:
            self.view.arch_db = f"<form><div>{changed}</div></form>"
        self.env.invalidate_all()
        return self.fr.arch_db.removeprefix("<form><div>").removesuffix("</div></form>")

    def test_2_5_1_translations_of_terms(self):
        for translation in (
            "<script>x</script>de",
            '<t t-out="1"/>de',
            '<field name="name"/>de',
            '<b t-att-class="1">de</b>',
            '<b onclick="x()">de</b>',
            "<div>de</div>",
            "<b/>",
            "",
        ):
            with self.subTest(translation):
                self.assertEqual(self.french("abc", {"abc": translation}), "abc")
        self.assertEqual(self.french("abc", {"abc": 'de <b class="x">f</b>'}), 'de <b class="x">f</b>')

    def test_2_5_2_raw_characters(self):
        for translation, shown in (
            ("def & g <", "def &amp; g &lt;"),
            ("def <b>g", "def <b>g</b>"),
            ("<b>def</i> g</b>", "<b>def g</b>"),
            ("a < b", "a &lt; b"),
            ("a &lt; b &amp;", "a &lt; b &amp;"),
        ):
            with self.subTest(translation):
                self.assertEqual(self.french("abc", {"abc": translation}), shown)

    def test_2_5_9_modifiers_of_inline_elements(self):
        source, changed = 'A <b style="x">term</b>', 'A <b style="y" invisible="1">term</b>'
        for translation, shown in (
            ('<b class="mine" invisible="0">Terme</b> un', '<b class="mine" invisible="1">Terme</b> un'),
            # its elements are others: it is not known which is to be invisible
            ("Terme <i>un</i>", changed),
            ("Terme un", changed),
        ):
            with self.subTest(translation):
                self.assertEqual(self.french(source, {source: translation}, changed), shown)
        self.assertEqual(self.french(source, {source: "Terme un"}, 'A <b style="y">term</b>'), "Terme un")
        self.assertEqual(self.french(changed, {changed: '<b invisible="1">Un</b>'}, source), "<b>Un</b>")
