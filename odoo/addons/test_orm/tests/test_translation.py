"""Translated values."""

import hashlib
import io
import re

from odoo.exceptions import UserError
from odoo.tools.translate import TranslationImporter

from .common import TranslatedCase


class TestTranslated(TranslatedCase):
    def test_languages(self):
        self.assertEqual(self.fr.name, "Knife", "the source is what is not translated yet")
        self.fr.name = "Couteau"
        self.assertEqual((self.record.name, self.fr.name, self.nl.name), ("Knife", "Couteau", "Knife"))
        self.env.invalidate_all()
        self.assertEqual((self.record.name, self.fr.name, self.nl.name), ("Knife", "Couteau", "Knife"))

    def test_change_of_the_source(self):
        self.fr.name = "Couteau"
        self.record.name = "Blade"
        self.assertEqual((self.record.name, self.fr.name, self.nl.name), ("Blade", "Couteau", "Blade"))

    def test_create_in_another_language(self):
        record = self.Model.with_context(lang="fr_FR").create({"name": "Assiette"})
        self.assertEqual(record.with_context(lang=None).name, "Assiette")
        self.assertEqual(record.with_context(lang="nl_NL").name, "Assiette")
        record.with_context(lang="en_US").name = "Plate"
        self.env.invalidate_all()
        self.assertEqual(record.name, "Assiette")
        self.assertEqual(record.with_context(lang=None).name, "Plate")

    def test_terms_marked_for_an_editor(self):
        self.record.update_field_translations("terms", {"fr_FR": {"Fork": "Fourchette"}})
        editing = self.fr.with_context(edit_translations=True)
        marked = editing.terms
        self.assertRegex(marked, r'<span [^>]*data-oe-translation-state="translated"[^>]*>Fourchette</span> and ')
        self.assertRegex(marked, r'<span [^>]*data-oe-translation-state="to_translate"[^>]*>Spoon</span>')
        self.assertIn(f'data-oe-id="{self.record.id}"', marked)
        self.assertEqual(editing.mapped("terms"), [marked])
        self.assertNotIn("to_translate", self.record.with_context(edit_translations=True).terms)
        self.assertEqual(self.fr.terms, "Fourchette and Spoon")
        self.assertEqual(self.Model.with_context(edit_translations=True).new({"terms": "Fork"}).terms, "Fork")

    def test_storage(self):
        self.fr.name = "Couteau"
        self.env.flush_all()
        self.env.cr.execute("SELECT name FROM test_orm_translated WHERE id = %s", [self.record.id])
        self.assertEqual(self.env.cr.fetchone()[0], {"en_US": "Knife", "fr_FR": "Couteau"})

    def test_empty_in_every_language(self):
        self.record.text = "Some text"
        self.fr.text = "Un texte"
        self.record.text = False
        self.env.invalidate_all()
        self.assertFalse(self.fr.text)
        self.assertFalse(self.record.text)

    def test_emptied_again_before_flush(self):
        for writer in (self.record, self.fr):
            self.fr.text = "Un texte"
            self.record.text = False
            writer.text = False
            self.env.invalidate_all()
            self.assertFalse(self.record.text)
            self.assertFalse(self.fr.text)
            self.record.text = "Some text"

    def test_write_in_several_languages_before_flush(self):
        self.fr.name = "Couteau"
        self.nl.name = "Mes"
        self.record.name = "Cutter"
        self.env.invalidate_all()
        self.assertEqual((self.record.name, self.fr.name, self.nl.name), ("Cutter", "Couteau", "Mes"))

    def test_search(self):
        self.fr.name = "Couteau"
        domain = [("id", "=", self.record.id)]
        French = self.Model.with_context(lang="fr_FR")
        self.assertTrue(French.search([("name", "=", "Couteau"), *domain]))
        self.assertFalse(French.search([("name", "=", "Knife"), *domain]))
        self.assertFalse(self.Model.search([("name", "ilike", "cout"), *domain]))
        self.assertTrue(self.Model.with_context(lang="nl_NL").search([("name", "=", "Knife"), *domain]))

    def test_order_and_group(self):
        other = self.Model.create({"name": "Apple"})
        other.with_context(lang="fr_FR").name = "Pomme"
        self.fr.name = "Couteau"
        domain = [("id", "in", (self.record + other).ids)]
        self.assertEqual(self.Model.search(domain), other + self.record)
        self.assertEqual(self.fr.search(domain), self.record + other)
        groups = self.fr._read_group(domain, ["name"], ["__count"])
        self.assertEqual(groups, [("Couteau", 1), ("Pomme", 1)])

    def test_display_name(self):
        self.fr.name = "Couteau"
        self.assertEqual((self.record.display_name, self.fr.display_name), ("Knife", "Couteau"))

    def test_copy_keeps_translations(self):
        self.fr.name = "Couteau"
        copy = self.record.copy()
        self.assertEqual((copy.name, copy.with_context(lang="fr_FR").name), ("Knife", "Couteau"))
        copy = self.record.copy({"name": "Other"})
        self.assertEqual(copy.with_context(lang="fr_FR").name, "Other")

    def test_copy_from_another_language(self):
        self.fr.name = "Couteau"
        copy = self.fr.copy()
        self.assertEqual((copy.name, copy.with_context(lang="en_US").name), ("Couteau", "Knife"))

    def test_delegated(self):
        laptop = self.env["test_orm.laptop"].create({"quality": "Sharp"})
        laptop.with_context(lang="fr_FR").quality = "Net"
        self.assertEqual(laptop.screen_id.with_context(lang="fr_FR").quality, "Net")
        self.assertEqual((laptop.quality, laptop.with_context(lang="fr_FR").quality), ("Sharp", "Net"))
        self.assertEqual(laptop.search([("quality", "=", "Net"), ("id", "=", laptop.id)]), laptop.browse())
        copy = laptop.copy()
        self.assertEqual((copy.quality, copy.with_context(lang="fr_FR").quality), ("Sharp", "Net"))

    def test_get_and_update_translations(self):
        self.fr.name = "Couteau"
        translations, context = self.record.get_field_translations("name")
        values = {item["lang"]: item["value"] for item in translations}
        self.assertEqual(values["fr_FR"], "Couteau")
        self.assertEqual(context["translation_type"], "char")
        self.record.update_field_translations("name", {"fr_FR": "Lame", "nl_NL": "Mes"})
        self.assertEqual((self.fr.name, self.nl.name, self.record.name), ("Lame", "Mes", "Knife"))
        self.record.update_field_translations("name", {"fr_FR": False})
        self.assertEqual(self.fr.name, "Knife")

    def test_terms(self):
        self.record.update_field_translations("terms", {"fr_FR": {"Fork": "Fourchette"}})
        self.assertEqual(self.fr.terms, "Fourchette and Spoon")
        self.assertEqual(self.record.terms, "Fork and Spoon")
        self.record.update_field_translations("terms", {"fr_FR": {"Spoon": "Cuillere"}})
        self.assertEqual(self.fr.terms, "Fourchette and Cuillere")

    def test_terms_follow_the_source(self):
        self.record.update_field_translations("terms", {"fr_FR": {"Fork": "Fourchette", "Spoon": "Cuillere"}})
        self.record.terms = "Fork without Knife"
        self.env.invalidate_all()
        self.assertEqual(self.fr.terms, "Fourchette without Knife", "known terms keep their translations")
        self.assertEqual(self.record.terms, "Fork without Knife")

    def test_terms_written_in_another_language(self):
        self.fr.terms = "Fourchette and Cuillere"
        self.env.invalidate_all()
        self.assertEqual(self.fr.terms, "Fourchette and Cuillere")
        self.assertEqual(self.record.terms, "Fourchette and Cuillere", "unknown terms are those of every language")

    def test_html(self):
        self.record.html = "<p>Hello</p><p>World</p>"
        self.record.update_field_translations("html", {"fr_FR": {"Hello": "Bonjour"}})
        self.assertEqual(str(self.fr.html), "<p>Bonjour</p><p>World</p>")
        self.assertEqual(str(self.record.html), "<p>Hello</p><p>World</p>")

    def _html_in_french(self, translation):
        self.record.html = "<p>abc</p>"
        self.record.update_field_translations("html", {"fr_FR": {"abc": translation}})
        self.env.invalidate_all()
        self.assertEqual(str(self.record.html), "<p>abc</p>")
        return str(self.fr.html)

    def test_2_5_1_illegal_translations(self):
        for translation in (
            "<script>alert(1)</script>de",
            '<img src="x" onerror="alert(1)"/>de',
            '<a href="javascript:alert(1)">de</a>',
            '<iframe src="x"/>de',
            "<div>x</div>de",
            '<b onclick="alert(1)">de</b>',
            '<b t-out="1">de</b>',
        ):
            with self.subTest(translation):
                self.assertEqual(self._html_in_french(translation), "<p>abc</p>")

    def test_2_5_1_translations_are_sanitised_like_values(self):
        for translation, stored in (
            ('<b class="x" data-unknown="1">de</b>', '<b class="x">de</b>'),
            ('<b formaction="/x">de</b> fg', "<b>de</b> fg"),
        ):
            with self.subTest(translation):
                self.assertEqual(self._html_in_french(translation), f"<p>{stored}</p>")
                written = self.Model.create({"name": "x", "html": f"<p>{translation}</p>"})
                self.assertEqual(str(written.html), f"<p>{stored}</p>")

    def test_2_5_1_translations_of_a_whole_value(self):
        self.record.short = "Knife"
        self.record.update_field_translations("short", {"fr_FR": "Couteau"})
        self.assertEqual(self.fr.short, "Coute")

    def test_2_5_1_translations_of_catalogues(self):
        self.record.html = "<p>abc</p><p>xyz</p>"
        self.env["ir.model.data"].create(
            {"module": "test_orm", "name": "catalogued", "model": self.record._name, "res_id": self.record.id}
        )
        entry = "#. module: test_orm\n#: model_terms:test_orm.translated,html:test_orm.catalogued\n"
        catalogue = (
            f'{entry}msgid "abc"\nmsgstr "<script>alert(1)</script>de"\n\n'
            f'{entry}msgid "xyz"\nmsgstr "<b data-unknown=\'1\'>wv</b> & <b>u"\n'
        )
        importer = TranslationImporter(self.env.cr, verbose=False)
        importer.load(io.BytesIO(catalogue.encode()), "po", "fr_FR")
        importer.save()
        self.assertEqual(str(self.fr.html), "<p>abc</p><p><b>wv</b> &amp; <b>u</b></p>")

    def test_catalogues_of_several_external_ids_of_a_record(self):
        self.record.html = "<p>abc</p><p>xyz</p>"
        for name in ("one", "two"):
            self.env["ir.model.data"].create(
                {"module": "test_orm", "name": name, "model": self.record._name, "res_id": self.record.id}
            )
        importer = TranslationImporter(self.env.cr, verbose=False)
        for lang, reference, source, value in (
            ("fr_FR", "model:test_orm.translated,name:test_orm.one", "Knife", "Couteau"),
            ("nl_NL", "model:test_orm.translated,name:test_orm.two", "Knife", "Mes"),
            ("fr_FR", "model_terms:test_orm.translated,html:test_orm.one", "abc", "def"),
            ("nl_NL", "model_terms:test_orm.translated,html:test_orm.one", "abc", "ghi"),
            ("nl_NL", "model_terms:test_orm.translated,html:test_orm.two", "xyz", "uvw"),
        ):
            catalogue = f'#. module: test_orm\n#: {reference}\nmsgid "{source}"\nmsgstr "{value}"\n'
            importer.load(io.BytesIO(catalogue.encode()), "po", lang)
        importer.save()
        self.assertEqual((self.fr.name, self.nl.name), ("Couteau", "Mes"))
        self.assertEqual(str(self.fr.html), "<p>def</p><p>xyz</p>")
        self.assertEqual(str(self.nl.html), "<p>ghi</p><p>uvw</p>", "terms of both are in the value")

    def test_2_5_1_stored_illegal_translations_go_with_the_next_write(self):
        self.record.html = "<p>abc</p>"
        poison = {"en_US": "<p>abc</p>", "fr_FR": '<p><b onclick="alert(1)">de</b></p>'}
        self.record._write_translations(self.Model._fields["html"], poison)
        self.record.html = "<p>abc</p><p>new</p>"
        self.env.invalidate_all()
        self.assertEqual(str(self.fr.html), "<p>abc</p><p>new</p>")

    def _html_values(self, **context):
        """Return the HTML in English, French and Dutch, read with a context."""
        self.env.invalidate_all()
        return [str(record.with_context(**context).html) for record in (self.record, self.fr, self.nl)]

    def test_c13_delayed_write_of_a_translation(self):
        self.record.html = "<p>one</p><p>two</p>"
        self.record.update_field_translations("html", {"nl_NL": {"one": "een", "two": "twee"}})
        self.fr.with_context(delay_translations=True).html = "<p>un</p><p>deux</p><p>trois</p>"
        self.assertEqual(str(self.fr.html), "<p>un</p><p>deux</p><p>trois</p>")
        self.assertEqual(
            self._html_values(),
            ["<p>one</p><p>two</p>", "<p>un</p><p>deux</p><p>trois</p>", "<p>een</p><p>twee</p>"],
        )
        waiting = "<p>un</p><p>deux</p><p>trois</p>"
        self.assertEqual(self._html_values(check_translations=True), [waiting] * 3)
        self.env.flush_all()
        found = self.Model.search([("html", "=", "<p>one</p><p>two</p>")])
        self.assertEqual(found, self.record)
        self.assertFalse(self.Model.search([("html", "=", waiting)]))
        self.assertTrue(self.Model.with_context(check_translations=True).search([("html", "=", waiting)]))

    def test_c13_2_5_8_delayed_write_of_the_source(self):
        self.record.html = "<p>one</p><p>two</p>"
        self.record.update_field_translations("html", {"fr_FR": {"one": "un", "two": "deux"}})
        self.record.with_context(delay_translations=True).html = "<h1>one</h1><p>three</p>"
        french, dutch = "<p>un</p><p>deux</p>", "<h1>one</h1><p>three</p>"
        self.assertEqual(self._html_values(), ["<h1>one</h1><p>three</p>", french, dutch])
        self.assertEqual(
            self._html_values(check_translations=True),
            ["<h1>one</h1><p>three</p>", "<h1>un</h1><p>three</p>", dutch],
        )
        editing = str(self.fr.with_context(edit_translations=True).html)
        self.assertRegex(editing, '<h1><span [^>]*"translated"[^>]*>un</span></h1>')
        self.assertRegex(editing, '<p><span [^>]*"to_translate"[^>]*>three</span></p>')
        translations, _context = self.record.get_field_translations("html", ["fr_FR"])
        self.assertEqual([(item["source"], item["value"]) for item in translations], [("one", "un"), ("three", "")])

    def test_c13_2_5_8_confirmed_terms(self):
        self.record.html = "<p>one</p><p>two</p>"
        self.record.update_field_translations("html", {"fr_FR": {"one": "un", "two": "deux"}})
        delayed = self.record.with_context(delay_translations=True)
        delayed.html = "<h1>one</h1><p>three</p>"
        delayed.html = "<h1>one</h1><p>four</p>"
        self.assertEqual(self._html_values()[1], "<p>un</p><p>deux</p>")
        copy = self.record.copy()
        self.record.update_field_translations("html", {"fr_FR": {"four": "quatre"}})
        for context in ({}, {"check_translations": True}):
            self.assertEqual(self._html_values(**context)[:2], ["<h1>one</h1><p>four</p>", "<h1>un</h1><p>quatre</p>"])
        self.assertEqual(str(copy.with_context(lang="fr_FR").html), "<p>un</p><p>deux</p>")
        copy.update_field_translations("html", {"fr_FR": {}})
        self.assertEqual(str(copy.with_context(lang="fr_FR").html), "<h1>un</h1><p>four</p>")

    def test_c13_waiting_terms_are_marked_for_an_editor(self):
        self.record.html = "<p>one</p>"
        self.record.update_field_translations("html", {"fr_FR": {"one": "un"}})

        def classes():
            """Tell in which of the three languages the editor sees that the text waits."""
            found = self._html_values(edit_translations=True)
            self.assertTrue(all("data-oe-translation-state" in text for text in found))
            return ['<span class="o_delay_translation" ' in text for text in found]

        self.assertEqual(classes(), [False, False, False])
        self.record.with_context(delay_translations=True).html = "<h1>one</h1>"
        self.assertEqual(classes(), [False, True, False], "Dutch follows the source")
        self.record.update_field_translations("html", {"fr_FR": {"one": "une"}})
        self.assertEqual(classes(), [False, False, False])
        self.fr.with_context(delay_translations=True).html = "<h2>une</h2>"
        self.assertEqual(classes(), [True, False, True])

    def test_terms_are_those_of_the_base_language(self):
        self.record.html = "<p>one</p>"
        self.record.update_field_translations("html", {"fr_FR": {"one": "un"}})
        self.patch(type(self.record), "_get_base_lang", lambda record: "fr_FR")
        states = ['"translated"' in text for text in self._html_values(edit_translations=True)]
        self.assertEqual(states, [True, True, True])
        digests = {re.search('source-sha="(.*?)"', text)[1] for text in self._html_values(edit_translations=True)}
        self.assertEqual(digests, {hashlib.sha256(b"un").hexdigest()})

    def test_c13_write_without_delay_confirms(self):
        self.record.html = "<p>one</p><p>two</p>"
        self.record.update_field_translations("html", {"fr_FR": {"one": "un", "two": "deux"}})
        self.record.with_context(delay_translations=True).html = "<p>one</p><h2>two</h2>"
        self.record.html = "<p>one</p><h3>two</h3>"
        values = ["<p>one</p><h3>two</h3>", "<p>un</p><h3>deux</h3>", "<p>one</p><h3>two</h3>"]
        for context in ({}, {"check_translations": True}):
            self.assertEqual(self._html_values(**context), values)
        self.record.html = False
        self.assertEqual(self._html_values(check_translations=True), ["False"] * 3)

    def test_c13_delayed_write_in_one_transaction(self):
        self.record.html = "<p>one</p>"
        self.fr.html = "<p>one</p>"
        self.nl.with_context(delay_translations=True).html = "<p>twee</p>"
        self.fr.with_context(delay_translations=True).html = "<p>un</p>"
        self.assertEqual(
            [str(record.html) for record in (self.record, self.fr, self.nl)], ["<p>one</p>", "<p>un</p>", "<p>twee</p>"]
        )
        self.assertEqual(self._html_values(), ["<p>one</p>", "<p>un</p>", "<p>twee</p>"])
        self.record.write({"html": "<p>first</p>", "name": "Other"})
        new = self.Model.with_context(delay_translations=True, lang="fr_FR").create({"name": "n", "html": "<p>a</p>"})
        self.assertEqual(str(new.with_context(lang=None).html), "<p>a</p>")

    def test_plain_fields(self):
        self.record.plain = "same"
        self.fr.plain = "changed"
        self.assertEqual(self.record.plain, "changed")

    def test_unknown_language(self):
        with self.assertRaises(UserError):
            self.record.with_context(lang="xx_XX").name

    def test_new_record(self):
        new = self.Model.new({"name": "memory"})
        self.assertEqual(new.name, "memory")
        self.fr.name = "Couteau"
        new = self.fr.new(origin=self.fr)
        self.assertEqual(new.name, "Couteau")

    def test_labels(self):
        field = self.env["ir.model.fields"]._get("test_orm.translated", "plain")
        field.with_context(lang="fr_FR").field_description = "Simple"
        fields = self.Model.with_context(lang="fr_FR").fields_get(["plain"])
        self.assertEqual(fields["plain"]["string"], "Simple")
        self.assertEqual(self.Model.fields_get(["plain"])["plain"]["string"], "Plain")

    def test_attribute(self):
        self.assertTrue(self.Model._fields["name"].translate)
        self.assertTrue(callable(self.Model._fields["terms"].translate))
        self.assertTrue(self.Model.fields_get(["name"])["name"]["translate"])
