"""When searches through a relation look at the domain of the field."""

from odoo.tests import TransactionCase


class TestDomainOfLines(TransactionCase):
    """For names it counts, as it does for fields with ``auto_join``; ids and other conditions tell which lines."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Counted = cls.env["test_orm.counted"]
        cls.first, cls.second = cls.Counted.create([{"name": "first"}, {"name": "second"}])
        cls.small, cls.big = cls.Counted.create(
            [
                {"name": "small", "amount": 1, "parent_id": cls.first.id},
                {"name": "big", "amount": 20, "parent_id": cls.second.id},
            ]
        )
        cls.parents = cls.first + cls.second

    def assertFound(self, expected, *terms):
        for term in terms:
            with self.subTest(term=term):
                self.assertEqual(self.Counted.search([term, ("id", "in", self.parents.ids)], order="id"), expected)

    def assertFoundAndKept(self, expected, *terms):
        self.assertFound(expected, *terms)
        for term in terms:
            self.assertEqual(self.parents.filtered_domain([term]), expected)

    def test_by_name(self):
        self.assertFoundAndKept(
            self.Counted,
            ("big_child_ids", "=", "small"),
            ("big_child_ids", "in", ["small"]),
            ("big_child_ids", "ilike", "mal"),
        )
        self.assertFoundAndKept(
            self.parents,
            ("big_child_ids", "!=", "small"),
            ("big_child_ids", "not in", ["small"]),
            ("big_child_ids", "not ilike", "mal"),
        )
        self.assertFoundAndKept(self.second, ("big_child_ids", "=", "big"), ("big_child_ids", "ilike", "b"))

    def test_by_other_conditions(self):
        self.assertFound(
            self.first,
            ("big_child_ids", "in", self.small.ids),
            ("big_child_ids.name", "=", "small"),
            ("big_child_ids", "any", [("name", "=", "small")]),
        )

    def test_joined(self):
        self.patch(self.Counted._fields["big_child_ids"], "auto_join", True)
        self.assertFoundAndKept(
            self.Counted, ("big_child_ids.name", "=", "small"), ("big_child_ids", "any", [("name", "=", "small")])
        )
        self.assertFoundAndKept(self.parents, ("big_child_ids", "not any", [("name", "=", "small")]))
        self.assertFoundAndKept(self.second, ("big_child_ids.name", "=like", "%"))
