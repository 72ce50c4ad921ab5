from odoo.addons.base.models.res_lang import intersperse
from odoo.exceptions import UserError, ValidationError
from odoo.tests import TransactionCase, new_test_user
from odoo.tools import formatLang


class TestLang(TransactionCase):
    def test_groups_of_digits(self):
        self.assertEqual(intersperse("1234567", [3, 0], ","), ("1,234,567", 2))
        self.assertEqual(intersperse("1234567890", [3, 2, 0], ","), ("1,23,45,67,890", 4))
        self.assertEqual(intersperse("1234567890", [3, 2, -1], ","), ("12345,67,890", 2))
        self.assertEqual(intersperse("-1234", [3, 0], "."), ("-1.234", 1))
        self.assertEqual(intersperse("", [3, 0], "."), ("", 0))
        self.assertEqual(intersperse("1234", [], ","), ("1234", 0))
        self.assertEqual(intersperse("1234", [0], ","), ("1234", 0))
        self.assertEqual(intersperse("1234", [-1], ","), ("1234", 0))
        self.assertEqual(intersperse("12345678", [3], ","), ("12345,678", 1))
        self.assertEqual(intersperse("123456", [3, 0], ","), ("123,456", 1))

    def test_2_10_7_only_digits_are_grouped(self):
        for text, grouped in (
            ("xy45", ("xy45", 0)),
            ("xy4567", ("xy4.567", 1)),
            ("+45", ("+45", 0)),
            ("USD 1234567 a piece", ("USD 1234.567 a piece", 1)),
            ("none", ("none", 0)),
        ):
            with self.subTest(text=text):
                self.assertEqual(intersperse(text, [3], "."), grouped)

    def test_format(self):
        english = self.env.ref("base.lang_en")
        self.assertEqual(english.format("%.2f", 1234567.891, grouping=True), "1,234,567.89")
        french = self.env["res.lang"]._activate_lang("fr_FR")
        self.assertEqual(french.format("%.2f", 1234.5, grouping=True).replace("\u202f", " "), "1 234,50")
        self.assertEqual(english.format("%d", 1000), "1000")
        with self.assertRaises(ValueError):
            english.format("two", 2)

    def test_2_10_11_without_grouping_programs_can_read_the_number(self):
        french = self.env["res.lang"]._activate_lang("fr_FR")
        self.assertEqual(french.format("%.2f", -1234.5), "-1234.50")
        env = self.env(context={"lang": "fr_FR"})
        self.assertEqual(formatLang(env, 1234.5, grouping=False), "1234.50")
        self.assertEqual(formatLang(env, 0.5), "0,50")
        self.assertEqual(formatLang(env, 1234.5, digits=0, grouping=False), "1234")
        euro = self.env.ref("base.EUR")
        self.assertEqual(formatLang(env, 1.5, grouping=False, currency_obj=euro), "1.50\N{NO-BREAK SPACE}€")

    def test_hash_of_the_terms_of_the_client(self):
        http = self.env["ir.http"]
        english = http.get_web_translations_hash(["base"], "en_US")
        self.assertEqual(http.get_web_translations_hash(["base"], "en_US"), english)
        self.env["res.lang"]._activate_lang("fr_FR")
        self.assertNotEqual(http.get_web_translations_hash(["base"], "fr_FR"), english)
        self.env.registry.clear_cache()
        self.assertNotEqual(http.get_web_translations_hash(["base"], "en_US"), english, "there are several languages")

    def test_installed(self):
        langs = self.env["res.lang"]
        self.assertIn("en_US", dict(langs.get_installed()))
        self.assertNotIn("ka_GE", dict(langs.get_installed()))
        self.assertFalse(langs._get_data(code="ka_GE"))
        langs._activate_lang("ka_GE")
        self.assertIn("ka_GE", dict(langs.get_installed()))
        self.assertEqual(langs._get_data(code="ka_GE").direction, "ltr")
        self.assertEqual(langs._get_code("ka_GE"), "ka_GE")

    def test_code_for_addresses(self):
        langs = self.env["res.lang"].create(
            [
                {"name": "Elvish", "code": "xe_XE", "iso_code": "xe"},
                {"name": "Dwarvish", "code": "xd_XD"},
                {"name": "Orcish", "code": "xo_XO", "iso_code": "xo", "url_code": "orc"},
            ]
        )
        self.assertEqual(langs.mapped("url_code"), ["xe", "xd_XD", "orc"])

    def test_2_10_8_the_short_code_is_for_the_active_language(self):
        langs = self.env["res.lang"]
        spain, america, belgium, france = (
            self.env.ref(f"base.lang_{name}") for name in ("es", "es_419", "fr_BE", "fr")
        )
        (spain + america + belgium + france).active = False
        self.assertEqual((spain.url_code, america.url_code), ("es_ES", "es"))
        self.assertEqual(langs._activate_lang("es_ES"), spain)
        self.assertEqual((spain.url_code, america.url_code), ("es", "es_419"))
        america.active = True
        self.assertEqual((spain.url_code, america.url_code), ("es", "es_419"), "the other one is active")
        belgium.toggle_active()
        self.assertEqual((belgium.url_code, france.url_code), ("fr", "fr_FR"))
        self.assertEqual(langs._get_data(url_code="fr").code, "fr_BE")
        china = langs._activate_lang("zh_CN")
        self.assertEqual(china.url_code, "zh_CN")

    def test_2_10_9_language_of_an_archived_user(self):
        lang = self.env["res.lang"]._activate_lang("es_ES")
        user = new_test_user(self.env, "away", groups="base.group_user", lang="es_ES")
        user.active = False
        user.partner_id.active = False
        with self.assertRaises(UserError):
            lang.active = False
        user.lang = "en_US"
        lang.active = False
        self.assertFalse(lang.active)

    def test_language_of_new_partners(self):
        self.env["ir.default"].discard_values("res.partner", "lang", ["en_US"])
        self.env.company.partner_id.lang = False
        self.assertTrue(self.env["res.lang"].install_lang())
        self.assertEqual(self.env["ir.default"]._get("res.partner", "lang"), "en_US")
        self.assertEqual(self.env.company.partner_id.lang, "en_US")

    def test_those_whom_the_installation_makes_have_a_language(self):
        users = self.env.ref("base.user_admin") + self.env.ref("base.default_user") + self.env.ref("base.public_user")
        self.assertEqual(set(users.mapped("lang")), {"en_US"})

    def test_language_in_use_stays(self):
        lang = self.env["res.lang"]._activate_lang("es_ES")
        partner = self.env["res.partner"].create({"name": "Inés", "lang": "es_ES"})
        with self.assertRaises(UserError):
            lang.active = False
        partner.lang = "en_US"
        lang.active = False
        with self.assertRaises(UserError):
            lang.code = "es_XX"

    def test_formats_that_cannot_be_entered(self):
        with self.assertRaises(ValidationError):
            self.env.ref("base.lang_en").date_format = "%c"
        with self.assertRaises(ValidationError):
            self.env.ref("base.lang_en").grouping = "three"

    def test_source_language_stays(self):
        with self.assertRaises(UserError):
            self.env.ref("base.lang_en").unlink()

    def test_unknown_language_of_an_environment(self):
        with self.assertRaises(UserError):
            self.env["res.partner"].with_context(lang="xx_XX").env.lang

    def test_wizard(self):
        german = self.env.ref("base.lang_de")
        wizard = self.env["base.language.install"].create({"lang_ids": [(6, 0, german.ids)]})
        wizard.lang_install()
        self.assertTrue(german.active)
        wizard.switch_lang()
        self.assertEqual(self.env.user.lang, "de_DE")

    def test_translated_field(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        title = self.env["res.partner.title"].create({"name": "Sailor"})
        title.with_context(lang="nl_NL").name = "Zeeman"
        self.assertEqual(title.with_context(lang="en_US").name, "Sailor")
        self.assertEqual(title.with_context(lang="nl_NL").name, "Zeeman")
