from odoo.exceptions import UserError
from odoo.tests import TransactionCase


class TestCurrency(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Exchange", "currency_id": cls.env.ref("base.USD").id})
        cls.usd, cls.eur = cls.env.ref("base.USD"), cls.env.ref("base.EUR")
        cls.env["res.currency.rate"].create(
            [
                {"currency_id": cls.eur.id, "name": "2020-01-01", "rate": 0.5, "company_id": cls.company.id},
                {"currency_id": cls.eur.id, "name": "2021-01-01", "rate": 0.8, "company_id": cls.company.id},
            ]
        )

    def test_rounding(self):
        self.assertEqual(self.eur.round(1.005), 1.01)
        self.assertEqual(self.env.ref("base.JPY").round(1.5), 2.0)
        self.assertEqual(self.env.ref("base.JPY").decimal_places, 0)
        self.assertEqual(self.eur.compare_amounts(1.001, 1.002), 0)
        self.assertTrue(self.eur.is_zero(0.004))

    def test_conversion_by_day(self):
        def convert(date):
            return self.usd._convert(100, self.eur, self.company, date)

        self.assertEqual(convert("2020-06-01"), 50)
        self.assertEqual(convert("2021-06-01"), 80)
        self.assertEqual(convert("2019-06-01"), 50, "the first rate holds before it as well")
        self.assertEqual(self.eur._convert(80, self.usd, self.company, "2021-06-01"), 100)

    def test_same_currency(self):
        self.assertEqual(self.eur._convert(1.234, self.eur, self.company, "2021-06-01"), 1.23)
        self.assertEqual(self.eur._convert(1.234, self.eur, self.company, "2021-06-01", round=False), 1.234)

    def test_rates_turned_round(self):
        rate = self.eur.rate_ids.filtered(lambda rate: rate.company_id == self.company)[0]
        self.assertAlmostEqual(rate.company_rate, 0.8)
        self.assertAlmostEqual(rate.inverse_company_rate, 1.25)
        rate.inverse_company_rate = 2
        self.assertAlmostEqual(rate.rate, 0.5)

    def test_words(self):
        self.assertEqual(self.usd.amount_to_text(12.5), "Twelve Dollars and Fifty Cents")
        self.assertEqual(self.usd.amount_to_text(3), "Three Dollars")

    def test_format(self):
        self.assertIn("1,234.50", self.usd.with_context(lang="en_US").format(1234.5))

    def test_currency_of_a_company_stays_active(self):
        with self.assertRaises(UserError):
            self.company.currency_id.active = False

    def test_group_for_several_currencies(self):
        group, internal = self.env.ref("base.group_multi_currency"), self.env.ref("base.group_user")
        self.env.ref("base.CHF").active = True
        self.assertIn(group, internal.implied_ids)

    def test_2_9_2_currencies_one_after_the_other(self):
        group, internal = self.env.ref("base.group_multi_currency"), self.env.ref("base.group_user")
        for name in ("ZAZ", "ZBZ", "ZCZ"):
            self.env["res.currency"].create({"name": name, "symbol": name[1]})
        self.assertIn(group, internal.implied_ids)
        for name in ("GBP", "CHF"):
            self.env.ref(f"base.{name}").active = True
        self.env.ref("base.GBP").active = False
        self.assertIn(group, internal.implied_ids)
        active = self.env["res.currency"].search([])
        used = self.env["res.company"].search([]).currency_id
        (active - used).active = False
        self.env["res.company"].search([]).currency_id = self.usd
        (used - self.usd).active = False
        self.assertEqual(self.env["res.currency"].search([]), self.usd)
        self.assertNotIn(group, internal.implied_ids)

    def test_2_9_2_rates_without_company(self):
        self.env["res.currency.rate"].create(
            {
                "currency_id": self.eur.id,
                "name": "2019-01-01",
                "rate": 0.25,
                "company_id": False,
            }
        )
        rates = (self.eur | self.usd)._get_rates(self.env["res.company"], "2022-01-01")
        self.assertEqual(rates, {self.eur.id: 0.25, self.usd.id: 1})

    def test_rates_of_the_day_before_others_and_of_the_company_before_shared_ones(self):
        self.env["res.currency.rate"].create(
            [
                {"currency_id": self.eur.id, "name": "2020-03-01", "rate": 0.9, "company_id": False},
                {"currency_id": self.eur.id, "name": "2018-01-01", "rate": 0.1, "company_id": False},
            ]
        )
        for date, rate in (("2017-01-01", 0.5), ("2019-01-01", 0.1), ("2020-06-01", 0.5), ("2021-01-01", 0.8)):
            self.assertEqual(self.eur._get_rates(self.company, date), {self.eur.id: rate}, date)

    def test_decimal_places_of_rounding_factors(self):
        for rounding, places in ((1, 0), (10, 0), (0.5, 1), (0.05, 2), (0.01, 2), (0.25, 1), (0.000001, 6)):
            self.eur.rounding = rounding
            self.assertEqual(self.eur.decimal_places, places, rounding)

    def test_only_one_rate_of_a_change_counts(self):
        rate = self.env["res.currency.rate"].create(
            {
                "currency_id": self.eur.id,
                "name": "2022-01-01",
                "company_id": self.company.id,
                "rate": 0.5,
                "company_rate": 3.0,
                "inverse_company_rate": 7.0,
            }
        )
        self.assertEqual(rate.rate, 0.5)
        rate.write({"company_rate": 0.25, "inverse_company_rate": 7.0})
        self.assertEqual((rate.rate, rate.inverse_company_rate), (0.25, 4))

    def test_rate_before(self):
        rates = self.eur.rate_ids.filtered(lambda rate: rate.company_id == self.company).sorted("name")
        self.assertEqual(rates[1]._get_latest_rate(), rates[0])
        self.assertFalse(rates[0]._get_latest_rate())
        with self.assertRaises(UserError):
            rates.new({"currency_id": self.eur.id, "name": False})._get_latest_rate()

    def test_columns_of_rates_tell_the_currency(self):
        arch, _view = self.env["res.currency.rate"].with_company(self.company)._get_view(view_type="list")
        labels = {node.get("name"): node.get("string") for node in arch.iter("field")}
        self.assertEqual(labels["company_rate"], "Unit per USD")
        self.assertEqual(labels["inverse_company_rate"], "USD per Unit")
