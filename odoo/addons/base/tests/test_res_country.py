from unittest.mock import patch

from odoo.addons.base.models import res_country
from odoo.tests import TransactionCase


class TestCountry(TransactionCase):
    def test_codes_are_upper_case(self):
        country = self.env["res.country"].create({"name": "Nowhere", "code": "xy"})
        self.assertEqual(country.code, "XY")
        country.code = "xz"
        self.assertEqual(country.code, "XZ")

    def test_changed_calling_code(self):
        country = self.env["res.country"].create({"name": "Nowhere", "code": "XY", "phone_code": 1})
        self.assertEqual(self.env["res.country"]._phone_code_for("XY"), 1)
        country.phone_code = 2
        self.assertEqual(self.env["res.country"]._phone_code_for("XY"), 2)

    def test_flags(self):
        res_country.flag_url.cache_clear()
        self.addCleanup(res_country.flag_url.cache_clear)
        with patch.object(res_country, "file_path"):
            flags = {code: res_country.flag_url(code) for code in ("BE", "RE", "AQ")}
        folder = "/base/static/img/country_flags"
        self.assertEqual(flags, {"BE": f"{folder}/be.png", "RE": f"{folder}/fr.png", "AQ": False})


class TestStates(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        countries = cls.env["res.country"].create(
            [{"name": "Freedonia", "code": "QZ"}, {"name": "Sylvania (Old)", "code": "QY"}]
        )
        cls.north, cls.south, cls.other = cls.env["res.country.state"].create(
            [
                {"name": "Northmost", "code": "NM", "country_id": countries[0].id},
                {"name": "South (Old)", "code": "SO", "country_id": countries[0].id},
                {"name": "Northmost", "code": "NM", "country_id": countries[1].id},
            ]
        )

    def test_2_10_6_states_with_their_country(self):
        north, south, other = self.north, self.south, self.other
        for value, operator, expected in (
            ("Northmost", "ilike", north + other),
            ("Northmost (QZ)", "ilike", north),
            ("northm ( qz )", "ilike", north),
            ("Northmost(Freedo)", "ilike", north),
            ("Northmost (QY)", "ilike", other),
            ("Northmost (Sylvania)", "ilike", other),
            ("Northmost (Q%)", "ilike", north.browse()),
            ("South (Old)", "ilike", south),
            ("South (Old) (QZ)", "ilike", south),
            ("South (Old) (QY)", "ilike", south.browse()),
            ("Northmost ()", "ilike", north.browse()),
            ("(QZ)", "ilike", north.browse()),
            ("Northmost (" + " " * 100_000 + "x" + " " * 100_000, "ilike", north.browse()),
            ("Northmost (QZ)", "=", north),
            (" Northmost ( Freedonia ) ", "=", north),
            ("South (Old)", "=", south),
            ("North (QZ)", "=", north.browse()),
            (["Northmost (QZ)"], "in", north),
            (["Northmost (QZ)", "South (Old)", "South (Old) (QZ)"], "in", north + south),
            (["Northmost"], "in", north + other),
            ("Northmost (QZ)", "=like", north),
        ):
            with self.subTest(value=value, operator=operator):
                found = [id_ for id_, _name in north.name_search(value, operator=operator)]
                self.assertEqual(set(found), set(expected.ids))
                self.assertEqual(north.search([("display_name", operator, value)]), expected)

    def test_2_10_6_states_by_code_and_of_a_country(self):
        found = self.north.name_search("nm", [("country_id.code", "in", ("QZ", "QY"))])
        self.assertEqual({id_ for id_, _name in found}, {self.north.id, self.other.id})
        here = self.north.with_context(country_id=self.other.country_id.id)
        self.assertEqual(here.name_search("Northmost"), [(self.other.id, "Northmost (QY)")])
        self.assertEqual(here.name_search("Northmost (QZ)"), [])
        self.assertNotIn(self.north, self.north.search([("display_name", "not ilike", "Northmost")]))
