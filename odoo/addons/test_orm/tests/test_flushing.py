"""What is computed and written, and when."""

from odoo import Command
from odoo.tests import TransactionCase


class TestContextOfComputation(TransactionCase):
    """Whoever makes a stale value be computed, the stored value is the same."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.basket = cls.env["test_orm.basket"].create(
            {"apple_ids": [Command.create({"weight": 1}), Command.create({"weight": 2, "active": False})]}
        )
        cls.archived = cls.basket.with_context(active_test=False).apple_ids[1]
        cls.env.flush_all()

    def assertStored(self, weight):
        self.env.flush_all()
        self.env.cr.execute("SELECT weight FROM test_orm_basket WHERE id = %s", [self.basket.id])
        self.assertEqual(self.env.cr.fetchone(), (weight,))

    def setUp(self):
        super().setUp()
        self.assertStored(1)
        self.basket.apple_ids.weight = 10
        self.archived.weight = 20

    def test_read_with_archived_records(self):
        self.assertEqual(self.basket.with_context(active_test=False).weight, 10)
        self.assertStored(10)

    def test_mapped_with_archived_records(self):
        self.assertEqual(self.basket.with_context(active_test=False).mapped("weight"), [10])
        self.assertStored(10)

    def test_searched_with_archived_records(self):
        baskets = self.env["test_orm.basket"].with_context(active_test=False)
        self.assertEqual(baskets.search([("weight", "=", 10)]), self.basket)
        self.assertStored(10)

    def test_searched_through_a_relation(self):
        apples = self.env["test_orm.apple"].search([("basket_id.weight", "=", 10)])
        self.assertEqual(apples, self.basket.apple_ids)
        self.assertStored(10)

    def test_the_rest_of_the_context_is_that_of_the_reader(self):
        self.assertEqual(self.basket.with_context(active_test=False, flag=True).flags, "flag")

    def test_a_form_computes_what_it_shows(self):
        basket = self.env["test_orm.basket"].with_context(active_test=False).new(origin=self.basket)
        basket.apple_ids = [Command.update(self.basket.apple_ids.id, {"weight": 100})]
        self.assertEqual(basket.weight, 120)
        self.assertStored(10)
