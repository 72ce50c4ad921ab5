"""Distributions that documents begin with: ANA-23."""

from odoo.exceptions import UserError

from .common import AnalyticCase


class TestModels(AnalyticCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.sales | cls.works | cls.house).company_id = False
        cls.tag = cls.env["res.partner.category"].create({"name": "Builders"})
        cls.partner = cls.env["res.partner"].create({"name": "Firm"})
        cls.Model = cls.env["account.analytic.distribution.model"]
        cls.of_partner, cls.of_tag, cls.of_all = cls.Model.create(
            [
                {"sequence": 1, "partner_id": cls.partner.id, "analytic_distribution": {cls.sales.id: 100}},
                {"sequence": 2, "partner_category_id": cls.tag.id, "analytic_distribution": {cls.works.id: 100}},
                {"sequence": 3, "company_id": False, "analytic_distribution": {cls.house.id: 100}},
            ]
        )

    def wanted(self, **vals):
        """Return the ids of the accounts that a document begins with."""
        found = self.Model._get_distribution({"company_id": self.env.company.id, **vals})
        return sorted(int(key) for key in found)

    def test_ana_23_models_that_suit(self):
        self.assertEqual(self.wanted(), self.house.ids)
        self.assertEqual(self.wanted(partner_id=self.partner.id), sorted((self.sales | self.house).ids))
        self.assertEqual(self.wanted(partner_category_id=self.tag.ids), sorted((self.works | self.house).ids))
        # no plan twice: the first one counts
        both = self.wanted(partner_id=self.partner.id, partner_category_id=self.tag.ids)
        self.assertEqual(both, sorted((self.sales | self.house).ids))
        self.of_tag.sequence = 0
        both = self.wanted(partner_id=self.partner.id, partner_category_id=self.tag.ids)
        self.assertEqual(both, sorted((self.works | self.house).ids))
        self.of_all.unlink()
        self.assertEqual(self.Model._get_distribution({}), {})

    def test_ana_23_accounts_of_a_company(self):
        self.sales.company_id = self.env.company
        self.Model.create({"analytic_distribution": {self.sales.id: 100}})
        with self.assertRaises(UserError):
            self.Model.create({"company_id": False, "analytic_distribution": {self.sales.id: 100}})
        self.assertEqual(self.of_partner.action_read_distribution_model()["res_id"], self.of_partner.id)
