"""Telephone numbers: PHN-1 to PHN-3, PHN-6."""

from odoo.addons.phone_validation.tools.phone_validation import (
    phone_format,
    phone_get_region_data_for_number,
    phone_parse,
)
from odoo.exceptions import UserError
from odoo.tests import Form, TransactionCase


class TestPhones(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.belgium, cls.france = cls.env.ref("base.be"), cls.env.ref("base.fr")

    def e164(self, number, country=None):
        return phone_format(number, country, None, force_format="E164")

    def test_phn_1_numbers_are_read(self):
        for number, country, expected in [
            ("0475 12 34 56", "BE", "+32475123456"),
            ("0032475123456", "BE", "+32475123456"),
            ("+32 475/12.34.56", None, "+32475123456"),
            ("0033123456789", "US", "+33123456789"),
            ("33123456789", "US", "+33123456789"),
            ("+2250506007995", None, "+2250506007995"),
            ("3241234567", "CO", "+573241234567"),
            ("055 294 1234", "IL", "+972552941234"),
            ("+212780137429", None, "+212780137429"),
            ("57654321", "MU", "+23057654321"),
            ("+254711123456", None, "+254711123456"),
            ("6198 5462", "PA", "+50761985462"),
            ("+221750142092", None, "+221750142092"),
            ("11 6123 4560", "BR", "+5511961234560"),
            ("11 3123 4560", "BR", "+551131234560"),
        ]:
            self.assertEqual(self.e164(number, country), expected, number)

    def test_phn_1_what_is_no_number(self):
        for number, country, message in [
            ("letters", "BE", "cannot be read"),
            ("12", "BE", "too short"),
            ("+3312345678901234", "FR", "too long"),
            ("+999123456", None, "cannot be read"),
            ("+33 0 99 99", "FR", "no telephone number"),
            ("0475123456", None, "cannot be read"),
            ("9" * 1000, "BE", "no telephone number|cannot be read"),
        ]:
            with self.assertRaisesRegex(UserError, message):
                phone_parse(number, country)

    def test_phn_2_forms(self):
        for form, expected in [
            ("E164", "+32475123456"),
            ("RFC3966", "tel:+32-475-12-34-56"),
            ("INTERNATIONAL", "+32 475 12 34 56"),
            ("NATIONAL", "0475 12 34 56"),
        ]:
            self.assertEqual(phone_format("0475123456", "BE", 32, force_format=form), expected)
        abroad = phone_format("+32475123456", "FR", 33, force_format="NATIONAL")
        self.assertEqual(abroad, "+32 475 12 34 56")
        self.assertEqual(phone_format("letters", "BE", 32, raise_exception=False), "letters")
        with self.assertRaises(UserError):
            phone_format("0475123456", None, None)

    def test_phn_2_what_numbers_tell(self):
        tells = phone_get_region_data_for_number
        self.assertEqual(tells("+32475123456"), {"code": "BE", "national_number": "475123456", "phone_code": "32"})
        self.assertEqual([tells(number)["code"] for number in ("+16135550123", "+12025550123")], ["CA", "US"])
        self.assertEqual(set(tells("letters").values()), {""})

    def test_phn_3_numbers_of_records(self):
        partner = self.env["res.partner"].create({"name": "A", "phone": "0475123456", "country_id": self.belgium.id})
        self.assertEqual(partner._phone_get_number_fields(), ["mobile", "phone"])
        self.assertEqual(self.env["res.country"]._phone_get_number_fields(), [])
        self.assertEqual(
            (partner._phone_get_country_field(), self.belgium._phone_get_country_field()), ("country_id", False)
        )
        self.assertEqual(partner._phone_format(), "+32475123456")
        partner.mobile = "0476123456"
        self.assertEqual(partner._phone_format(), "+32476123456")
        self.assertEqual(partner._phone_format(fname="phone", force_format="NATIONAL"), "0475 12 34 56")
        self.assertEqual(partner._phone_format(number="0123456789", country=self.france), "+33123456789")
        self.env.company.country_id = self.belgium
        self.assertEqual(self.env["res.country"]._phone_format(number="0475123456"), "+32475123456")
        self.assertIs(partner._phone_format(number="letters"), False)
        self.assertIs(self.env["res.partner"]._phone_format(), False)
        with self.assertRaises(UserError):
            partner._phone_format(number="letters", raise_exception=True)

    def test_phn_6_contacts(self):
        with Form(self.env["res.partner"]) as form:
            form.name = "A"
            form.country_id = self.belgium
            form.phone = "0475123456"
            form.mobile = "letters"
            self.assertEqual((form.phone, form.mobile), ("+32 475 12 34 56", "letters"))
