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
