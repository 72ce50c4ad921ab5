"""What the client asks about translations."""

from odoo.tests import TransactionCase


class TestOverriddenTranslations(TransactionCase):
    def test_2_5_5_one_value_for_all_languages(self):
        for code in ("fr_FR", "nl_NL"):
            self.env["res.lang"]._activate_lang(code)
        category = self.env["res.partner.category"].create({"name": "One", "color": 1})
        langs = [category.with_context(lang=code) for code in ("en_US", "fr_FR", "nl_NL")]
        langs[1].name = "Un"
        category.web_override_translations({"name": "Two", "color": 3})
        self.assertEqual([record.name for record in langs], ["Two"] * 3)
        self.assertNotEqual(category.color, 3)
        langs[1].name = "Deux"
        for nothing in (False, None):
            category.web_override_translations({"name": nothing})
            self.assertEqual([record.name for record in langs], ["Two", "Deux", "Two"])
        langs[2].web_override_translations({"name": ""})
        self.assertEqual([record.name for record in langs], [""] * 3)
        self.env.flush_all()
