"""What a transaction lets others see of its unit of work."""

from odoo.tests import TransactionCase


class TestWhatAddonsSee(TransactionCase):
    """``env.transaction`` shows what is to be computed and what is protected."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.record = cls.env["test_orm.compute"].create({"a": 1})
        cls.env.flush_all()

    def setUp(self):
        super().setUp()
        self.field = self.record._fields["editable"]

    def test_what_is_to_be_computed(self):
        transaction = self.env.transaction
        self.assertNotIn(self.field, transaction.tocompute)
        self.env.add_to_compute(self.field, self.record)
        self.assertEqual(list(transaction.tocompute[self.field]), self.record.ids)
        self.env.flush_all()
        self.assertFalse(transaction.tocompute)

    def test_what_is_to_be_computed_may_be_put_aside(self):
        transaction = self.env.transaction
        self.env.add_to_compute(self.field, self.record)
        aside = transaction.tocompute
        transaction.tocompute = {}
        self.assertFalse(transaction.tocompute)
        self.env.add_to_compute(self.field, self.record.copy())
        transaction.tocompute = aside
        self.assertEqual(list(transaction.tocompute[self.field]), self.record.ids)
        self.env.flush_all()
        self.assertFalse(transaction.tocompute)

    def test_what_is_protected(self):
        transaction = self.env.transaction
        other = self.record.copy()
        with self.env.protecting([self.field], self.record), self.env.protecting([([self.field], other)]):
            self.assertEqual(set(transaction.protected[self.field]), {self.record.id, other.id})
            self.assertEqual(set(self.env.protected(self.field)), set(self.record + other))
            self.assertTrue(self.env.is_protected(self.field, other))
        self.assertFalse(transaction.protected)

    def test_protection_ends_when_the_block_raises(self):
        with self.assertRaises(ZeroDivisionError), self.env.protecting([self.field], self.record):
            raise ZeroDivisionError
        self.assertFalse(self.env.is_protected(self.field, self.record))

    def test_a_record_touched_is_work(self):
        self.assertFalse(self.env.transaction.unit)
        self.record.write({})
        self.assertTrue(self.env.transaction.unit)
        self.env.flush_all()
        self.assertFalse(self.env.transaction.unit)
