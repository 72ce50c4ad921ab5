"""What is computed and written, and when."""

import contextlib

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


class TestRefusedValues(TransactionCase):
    """Before anything is written, all values are looked at."""

    def assertNothingMade(self, model_name, values_list, names=()):
        models = [self.env[name] for name in (model_name, *names)]
        before = [model.search_count([]) for model in models]
        # assertRaises() would undo what is written
        with contextlib.suppress(TypeError, ValueError):
            self.env[model_name].create(values_list)
            self.fail("nothing was refused")
        self.assertEqual([model.search_count([]) for model in models], before)

    def test_parents_of_refused_values(self):
        parents = ("test_orm.crate", "test_orm.pallet")
        for wrong in (
            {"amount": "many"},
            {"state": "worn"},
            {"height": "high"},
            {"level": "up"},
            {"crate_id": "a"},
        ):
            with self.subTest(wrong=wrong):
                right = {"label": "a", "place": "b"}
                self.assertNothingMade("test_orm.packed.crate", [right, {**right, **wrong}], parents)

    def test_given_parents_of_refused_values(self):
        crate = self.env["test_orm.crate"].create({"label": "before"})
        given = {"label": "after", "crate_id": crate.id}
        self.assertNothingMade("test_orm.packed.crate", [given, {"height": "high"}], ("test_orm.pallet",))
        self.assertEqual(crate.label, "before")

    def test_records_that_give_different_values(self):
        many = [{"weight": index} for index in range(100)]
        self.assertNothingMade("test_orm.apple", [*many, *({"weight": "x", "basket_id": False} for _vals in many)])
        self.assertNothingMade("test_orm.apple", [{"weight": 1}, {"weight": "x", "basket_id": False}])

    def test_right_values(self):
        first, second = self.env["test_orm.packed.crate"].create(
            [{"label": "a", "height": 1, "amount": 2}, {"place": "b", "level": "3", "state": "new"}]
        )
        self.assertEqual((first.crate_id.label, first.height, first.amount, first.place), ("a", 1, 2, False))
        self.assertEqual((second.pallet_id.place, second.level, second.state), ("b", 3, "new"))


class TestComputedFromNothing(TransactionCase):
    """Stored values that depend on nothing are computed when a record is created, and not again."""

    def stored(self, stamps):
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT number, code, kind FROM test_orm_stamp WHERE id = ANY(%s) ORDER BY id", [stamps.ids]
        )
        return self.env.cr.fetchall()

    def test_created(self):
        stamps = self.env["test_orm.stamp"].create([{"name": "a"}, {"name": "b"}])
        self.assertEqual(self.stored(stamps), [(7, "code of a", "kind"), (7, "code of b", "kind")])

    def test_read_at_once(self):
        stamp = self.env["test_orm.stamp"].create({"name": "a"})
        self.assertEqual((stamp.number, stamp.code, stamp.kind), (7, "code of a", "kind"))

    def test_given(self):
        stamps = self.env["test_orm.stamp"].create([{"name": "a", "code": "x"}, {"name": "b"}])
        self.assertEqual(self.stored(stamps), [(7, "x", "kind"), (7, "code of b", "kind")])

    def test_not_again(self):
        stamps = self.env["test_orm.stamp"].create([{"name": "a"}, {"name": "b"}])
        self.env.flush_all()
        self.patch(type(stamps), "calls", [])
        stamps.name = "c"
        self.assertEqual(self.stored(stamps), [(7, "code of a", "kind"), (7, "code of b", "kind")])
        self.assertEqual(stamps.calls, [])

    def test_together(self):
        self.patch(self.env.registry["test_orm.stamp"], "calls", [])
        stamps = self.env["test_orm.stamp"].create([{"name": name} for name in "abc"])
        self.env.flush_all()
        self.assertEqual(stamps.calls, [3])

    def test_found(self):
        stamp = self.env["test_orm.stamp"].create({"name": "a"})
        self.assertEqual(self.env["test_orm.stamp"].search([("number", "=", 7), ("id", "=", stamp.id)]), stamp)
