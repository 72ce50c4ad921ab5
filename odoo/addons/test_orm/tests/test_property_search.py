"""Conditions on properties; tests are named after their entries."""

import datetime

from odoo.exceptions import UserError

from .test_property_definitions import PropertyCase


class TestPropertySearch(PropertyCase):
    """P11: conditions on properties, in the database and in memory."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        a, b, c = cls.tags.ids
        values = [
            {"number": 0, "text": "Alpha", "many": [a, b], "labels": ["r"], "one": a, "flag": True, "ratio": 1.5},
            {"number": 1, "text": "beta", "many": [b], "labels": ["r", "g"], "day": "2024-02-03", "pick": "x"},
            {"many": [a, c], "moment": "2024-02-03 04:05:06"},
        ]
        cls.lines = cls.Line.create([{"head_id": cls.head.id, "props": vals} for vals in values])
        cls.lines += cls.Line.create({"name": "without a head"})

    def check(self, condition, *expected):
        """Check which lines meet a condition, by their numbers."""
        domain = [condition, ("id", "in", self.lines.ids)]
        wanted = [self.lines[index].id for index in expected]
        self.assertEqual(self.Line.search(domain, order="id").ids, wanted, condition)
        self.assertEqual(self.lines.filtered_domain([condition]).ids, wanted, condition)

    def test_p11_negative_terms(self):
        self.check(("props.text", "!=", "Alpha"), 1, 2)
        self.check(("props.text", "not in", ["Alpha", "beta"]), 2)
        self.check(("props.text", "not ilike", "alp"), 1, 2)
        self.check(("props.text", "!=", False), 0, 1)
        self.check(("props.text", "=", False), 2, 3)
        self.check(("props.unknown", "!=", "x"), 0, 1, 2)
        self.check(("props.unknown", "=", False), 0, 1, 2, 3)
        self.check(("props.text", "not in", []), 0, 1, 2)
        self.check(("props.text", "in", []))

    def test_p11_lists(self):
        a, b, c = self.tags.ids
        self.check(("props.many", "in", [a, b]), 0, 1)
        self.check(("props.many", "in", [b]), 1)
        self.check(("props.many", "in", [c, a]), 2)
        self.check(("props.many", "in", [a, b, c]), 0, 1, 2)
        self.check(("props.many", "in", self.tags[1]), 1)
        self.check(("props.many", "in", a), 0, 2)
        self.check(("props.many", "=", a), 0, 2)
        self.check(("props.many", "not in", a), 1)
        self.check(("props.many", "not in", [a, b]), 2)
        self.check(("props.labels", "in", "r"), 0, 1)
        self.check(("props.labels", "in", ["r"]), 0)
        self.check(("props.labels", "in", ["r", False]), 0, 2, 3)
        self.check(("props.labels", "not in", "g"), 0, 2)
        self.check(("props.one", "in", [a, b]), 0)
        self.check(("props.one", "=", self.tags[0]), 0)
        self.check(("head_id.line_ids.props.labels", "in", "g"), 0, 1, 2)

    def test_p11_zero_is_a_number(self):
        self.check(("props.number", "=", False), 2, 3)
        self.check(("props.number", "=", 0), 0)
        self.check(("props.number", "in", [0, False]), 0, 2, 3)
        self.check(("props.number", "in", [1, 0]), 0, 1)
        self.check(("props.number", "!=", 0), 1, 2)
        self.check(("props.number", "<=", 0), 0)
        self.check(("props.number", "=", True))
        self.check(("props.flag", "=", 1))
        self.check(("props.flag", "=", True), 0)
        self.check(("props.flag", "!=", True), 1, 2)
        self.check(("props.ratio", ">", 1), 0)

    def test_p11_texts_and_dates(self):
        self.check(("props.text", "ilike", "A"), 0, 1)
        self.check(("props.text", "like", "A"), 0)
        self.check(("props.text", "=ilike", "ALPHA"), 0)
        self.check(("props.text", "ilike", "als"))
        self.check(("props.text", "<", "b"), 0)
        self.check(("props.day", ">=", "2024-02-03"), 1)
        self.check(("props.day", "<", datetime.date(2024, 3, 1)), 1)
        self.check(("props.day", "=", datetime.date(2024, 2, 3)), 1)
        self.check(("props.moment", ">", "2024-02-03"), 2)
        self.check(("props.moment", "=", datetime.datetime(2024, 2, 3, 4, 5, 6)), 2)
        self.check(("props.day", ">", False))
        self.check(("props.pick", "=", "x"), 1)
        found = self.Line.search([("id", "in", self.lines[:2].ids)], order="props.number desc")
        self.assertEqual(found.ids, self.lines[1::-1].ids)

    def test_p11_wrong_terms(self):
        wrong = [("props", operator, "x") for operator in ("=", "!=", "in", "ilike", ">", "child_of")]
        wrong += [("props.text", operator, "x") for operator in ("child_of", "parent_of", "any_of")]
        wrong += [("props.text", "any", [("id", "=", 1)]), ("props.text", "=", {"a": 1}), ("props.many", "in", [[1]])]
        wrong += [("props.text", "=", "\x00"), ("props.text", "ilike", "\x00"), ("props.ratio", "<", float("nan"))]
        wrong += [(f"props.{name}", "=", 1) for name in ("a b", 'a"b', "a'b", "a.b", "a-b", "a)", "a%s", "x" * 513)]
        self.env.flush_all()
        for term in wrong:
            with self.subTest(term=term):
                for evaluate in (self.Line.search, self.lines.filtered_domain):
                    with self.assertRaises(ValueError), self.assertQueryCount(0):
                        evaluate([term])
        for order in ("props.a b", 'props.a"b', "props.a'"):
            with self.subTest(order=order), self.assertRaises(UserError), self.assertQueryCount(0):
                self.Line.search([], order=order)
