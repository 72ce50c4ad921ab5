"""Which translations are taken, and what becomes of them when texts and languages change."""

from odoo.exceptions import UserError

from .common import TranslatedCase


class TestTranslationRules(TranslatedCase):
    def test_2_5_3_languages_that_nobody_may_use(self):
        for lang in ("xx_XX", "de_DE"):
            for name, value in (("name", "Messer"), ("terms", {"Fork": "Gabel"}), ("html", {})):
                with self.subTest(lang=lang, field=name), self.assertRaisesRegex(UserError, lang):
                    self.record.update_field_translations(name, {lang: value})
        with self.assertRaisesRegex(UserError, "de_DE"):
            self.record.update_field_translations("terms", {"fr_FR": {"Fork": "Gabel"}}, "de_DE")
        for value in ({"Knife": "Couteau"}, ["Couteau"], 7, True):
            with self.subTest(value), self.assertRaisesRegex(UserError, "name"):
                self.record.update_field_translations("name", {"fr_FR": value})
        self.assertEqual((self.fr.name, self.record.name), ("Knife", "Knife"))

    def test_2_5_4_first_translation_of_an_empty_field(self):
        self.assertTrue(self.record.update_field_translations("text", {"nl_NL": "Mes", "fr_FR": "Couteau"}))
        self.assertEqual((self.record.text, self.fr.text, self.nl.text), ("Mes", "Couteau", "Mes"))
        self.record.text = False
        self.fr.update_field_translations("text", {"nl_NL": "Mes", "fr_FR": "Couteau"})
        self.assertEqual((self.record.text, self.fr.text, self.nl.text), ("Couteau", "Couteau", "Mes"))
        self.record.text = False
        self.fr.update_field_translations("text", {"nl_NL": "Mes", "en_US": "Knife"})
        self.assertEqual((self.record.text, self.fr.text, self.nl.text), ("Knife", "Knife", "Mes"))
        self.record.text = False
        self.assertFalse(self.record.update_field_translations("text", {"nl_NL": False, "fr_FR": None}))
        self.assertFalse(self.nl.text)
        self.record.update_field_translations("short", {"fr_FR": "Couteau"})
        self.assertEqual(self.record.short, "Coute")
        self.assertFalse(self.record.update_field_translations("html", {"nl_NL": {"a": "b"}}))

    def test_2_5_4_texts_without_letters(self):
        self.fr.name = "Couteau"
        self.record.update_field_translations("name", {"en_US": False, "fr_FR": "", "nl_NL": None})
        self.assertEqual((self.record.name, self.fr.name, self.nl.name), ("Knife", "", "Knife"))

    def test_2_5_6_confirmed_as_it_is(self):
        self.record.html = "<p>one</p><p>one</p>"
        self.fr.html = "<p>un</p><p>une</p>"
        self.record._write_translations(
            self.Model._fields["html"], {"en_US": "<p>one</p><p>one</p>", "fr_FR": "<p>un</p><p>une</p>"}
        )
        self.record.update_field_translations("html", {"fr_FR": {}})
        self.assertEqual(str(self.fr.html), "<p>un</p><p>une</p>")
        self.record.update_field_translations("html", {"fr_FR": {"other": "autre"}})
        self.assertEqual(str(self.fr.html), "<p>un</p><p>une</p>", "what was not given stays at its place")
        self.assertEqual(str(self.fr.copy().html), "<p>un</p><p>une</p>")
        self.record.update_field_translations("html", {"fr_FR": {"one": "1"}})
        self.assertEqual(str(self.fr.html), "<p>1</p><p>1</p>")
        self.record.update_field_translations("html", {"fr_FR": {"one": False}})
        self.assertEqual(str(self.fr.html), "<p>one</p><p>one</p>")

    def test_2_5_6_copies_have_the_languages_of_today(self):
        self.fr.name, self.nl.name = "Couteau", "Mes"
        self.record.html = "<p>one</p>"
        self.record.update_field_translations("html", {"fr_FR": {"one": "un"}, "nl_NL": {"one": "een"}})
        self.env["res.lang"]._get_data(code="nl_NL")
        self.env.ref("base.lang_nl").active = False
        copy = self.record.copy()
        for name in ("name", "html"):
            stored = self.Model._fields[name]._get_stored_translations(copy)
            self.assertEqual(stored.keys(), {"en_US", "fr_FR"})

    def test_2_5_7_database_without_english(self):
        self.record.html = "<p>one</p><p>two</p>"
        self.env["res.users"].search([]).partner_id.lang = "fr_FR"
        self.env["res.partner"].with_context(active_test=False).search([("lang", "=", "en_US")]).lang = "fr_FR"
        self.env.ref("base.lang_en").active = False
        self.fr.write({"name": "Couteau", "html": "<p>un</p><p>two</p>"})
        for name, value in (("name", "Couteau"), ("html", "<p>un</p><p>two</p>")):
            stored = self.Model._fields[name]._get_stored_translations(self.record)
            self.assertEqual((stored["en_US"], stored["fr_FR"]), (value, value))
        self.fr.html = False
        self.assertFalse(self.record.html)

    def translated_html(self, source, translation, changed):
        """Return the French HTML after the source, whose whole term was translated, was changed."""
        self.record.html = source
        self.record._write_translations(self.Model._fields["html"], {"en_US": source, "fr_FR": translation})
        self.record.html = changed
        self.env.invalidate_all()
        return str(self.fr.html)

    def test_2_5_9_term_that_became_plain_text(self):
        for source, translation, changed, expected in (
            # a translation with markup, for which an attribute has no room
            ("<p>One <b>two</b></p>", "<p>Un <b>deux</b></p>", '<p title="One two">x</p>', '<p title="One two">x</p>'),
            ("<p>One <b>two</b></p>", "<p>Un <b>deux</b></p>", "<p>One two</p>", "<p>One two</p>"),
            ("<p>One two</p>", "<p>Un deux</p>", '<p title="One two">x</p>', '<p title="Un deux">x</p>'),
            ("<p>One two</p>", "<p>Un deux</p>", "<p>One <b>two</b></p>", "<p>Un deux</p>"),
        ):
            with self.subTest(changed):
                self.assertEqual(self.translated_html(source, translation, changed), expected)

    def test_2_5_9_modifiers_of_inline_elements(self):
        source, translation = '<p>A <b style="x">term</b></p>', '<p><b class="mine">Terme</b> un</p>'
        self.assertEqual(
            self.translated_html(source, translation, '<p>A <b style="y">term</b></p>'), translation, "as it was"
        )

    def test_2_5_9_other_terms_keep_theirs(self):
        self.record.html = "<p>Hello world</p>"
        self.record.update_field_translations("html", {"fr_FR": {"Hello world": "Bonjour monde"}})
        self.record.html = "<p>Hello world</p><p>Hello world!</p>"
        self.env.invalidate_all()
        self.assertEqual(str(self.fr.html), "<p>Bonjour monde</p><p>Hello world!</p>")
        self.record.html = "<p>Hello, world</p><p>Hello world!</p>"
        self.env.invalidate_all()
        self.assertEqual(str(self.fr.html), "<p>Bonjour monde</p><p>Hello world!</p>")

    def test_2_5_10_all_languages_with_one_query(self):
        other = self.Model.create({"name": "Spoon", "text": "Round"})
        self.fr.write({"name": "Couteau", "text": "Pointu"})
        self.record.text = "Sharp"
        self.env.flush_all()
        self.env.invalidate_all()
        both = (self.record + other).with_context(prefetch_langs=True)
        with self.assertQueryCount(1):
            self.assertEqual(both.mapped("name"), ["Knife", "Spoon"])
            self.assertEqual(both.with_context(lang="fr_FR").mapped("name"), ["Couteau", "Spoon"])
            self.assertEqual((other + self.record).mapped("text"), ["Round", "Sharp"])
            self.assertEqual([self.fr.text, self.nl.text, self.nl.name], ["Pointu", "Sharp", "Knife"])
        self.fr.name = "Lame"
        self.assertEqual([both[0].name, both[0].with_context(lang="fr_FR").name], ["Knife", "Lame"])

    def test_2_5_11_language_switched_off_meanwhile(self):
        self.nl.name = "Mes"
        self.assertEqual(self.nl.name, "Mes")
        self.env.ref("base.lang_nl").active = False
        with self.assertRaisesRegex(UserError, "nl_NL"):
            self.nl.name
        with self.assertRaisesRegex(UserError, "nl_NL"):
            self.nl.name = "Lemmet"
        with self.assertRaisesRegex(UserError, "nl_NL"):
            self.Model.with_context(lang="nl_NL").search([("name", "=", "Mes")])
        self.env.ref("base.lang_nl").active = True
        self.assertEqual(self.nl.name, "Mes")
