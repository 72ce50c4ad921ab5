"""Domains as addons and saved filters write them, on models of base."""

from odoo.exceptions import AccessError, ValidationError
from odoo.osv import expression
from odoo.tests import TransactionCase, new_test_user

EXPRESSION_LOGGER = "odoo.osv.expression"


class TestDomains(TransactionCase):
    """What searches and filters do where a term is unusual."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Partner = cls.env["res.partner"]
        cls.above = cls.Partner.create({"name": "Elm above"})
        cls.below = cls.Partner.create({"name": "Ash below", "parent_id": cls.above.id, "color": 4})
        cls.family = cls.above + cls.below
        cls.own = [("id", "in", cls.family.ids)]

    def test_2_1_2_terms_that_cannot_be_searched_are_true(self):
        field = self.env["res.company"]._fields["country_id"]
        self.assertFalse(field.store or field.search)
        companies = self.env["res.company"].search([])
        for domain in ([("country_id.name", "=", "x")], ["!", ("country_id", "!=", 3)]):
            with self.assertLogs(EXPRESSION_LOGGER, "ERROR") as logs:
                self.assertEqual(self.env["res.company"].search(domain), companies)
            self.assertIn("res.company.country_id", logs.output[0])

    def test_2_1_3_records_without_names_are_not_searched_by_name(self):
        logs = self.env["res.users.log"].create([{}, {}])
        found = self.env["res.users.log"].search([])
        with self.assertLogs("odoo.models", "WARNING"):
            self.assertEqual([id_ for id_, _name in logs.name_search("text", limit=None)], found.ids)
        with self.assertLogs("odoo.models", "WARNING"):
            self.assertEqual(self.env["res.users.log"].search([("display_name", "=", "text")]), found)

    def test_2_1_3_rules_do_not_become_laxer(self):
        with self.assertRaisesRegex(ValidationError, "by name"):
            self.env["ir.rule"].create(
                {
                    "name": "By name",
                    "model_id": self.env["ir.model"]._get_id("res.users.log"),
                    "domain_force": "[('display_name', 'ilike', 'text')]",
                }
            )

    def test_2_1_4_whole_patterns_are_for_texts(self):
        for operator in ("=like", "=ilike"):
            for value in (4, "4%"):
                for call in (self.Partner.search, self.family.filtered_domain):
                    with self.assertRaisesRegex(ValueError, "color"):
                        call([("color", operator, value)])
        for operator, value in (("like", "4"), ("ilike", "4")):
            domain = [("color", operator, value), *self.own]
            self.assertEqual(self.Partner.search(domain), self.below)
            self.assertEqual(self.family.filtered_domain(domain), self.below)

    def test_2_1_5_names_of_records_beyond_the_rights_of_the_user(self):
        self.env["ir.rule"].create(
            {
                "name": "Elms are hidden",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": "[('name', 'not ilike', 'elm')]",
            }
        )
        below = self.below.with_user(new_test_user(self.env, "gardener"))
        self.env.invalidate_all()
        self.assertEqual(below.filtered_domain([("parent_id", "not like", "oak")]), below)
        self.assertFalse(below.filtered_domain([("parent_id", "not like", "Elm")]))
        self.assertEqual(below.filtered_domain([("parent_id", "ilike", "elm")]), below)
        with self.assertRaises(AccessError):
            below.filtered_domain([("parent_id.color", "=", 3)])

    def test_2_1_6_joined_many2many(self):
        tag = self.env["res.partner.category"].create({"name": "Trees", "partner_ids": self.above.ids})
        self.patch(self.Partner._fields["category_id"], "auto_join", True)
        for domain in ([("category_id.name", "=", "Trees")], [("category_id", "any", [("id", "=", tag.id)])]):
            self.assertEqual(self.Partner.search(domain), self.above)

    def test_2_1_7_nothing_is_above_or_below_no_record(self):
        for operator in ("child_of", "parent_of"):
            for value in (False, None):
                with self.assertLogs(EXPRESSION_LOGGER, "WARNING") as logs:
                    self.assertFalse(self.Partner.search([("parent_id", operator, value)]))
                self.assertIn(f"'{operator}'", logs.output[0])
            with self.assertNoLogs(EXPRESSION_LOGGER, "WARNING"):
                self.assertFalse(self.Partner.search([("parent_id", operator, [])]))


class TestDomainLists(TransactionCase):
    """The functions on domain lists."""

    def check_anies(self, domain, expected):
        """Check what comes of a domain, and that it finds what the domain finds."""
        model = self.env["res.partner"]
        self.assertEqual(expression.domain_combine_anies(domain, model), expected)
        self.assertEqual(model.search(expected), model.search(domain))

    def test_2_1_9_plain_terms_stay(self):
        a, b = ("name", "=", "a"), ("name", "=", "b")
        for domain in (["|", a, b], ["&", a, b], ["|", a, "&", b, ("color", "in", [1])], [("child_ids", "in", [1])]):
            self.check_anies(domain, domain)

    def test_2_1_9_anies_on_one_relation_are_merged(self):
        a, b, c = ("name", "=", "a"), ("name", "=", "b"), ("color", "=", 1)
        self.check_anies(
            ["|", ("parent_id", "any", [a]), ("parent_id", "any", [b])], [("parent_id", "any", ["|", a, b])]
        )
        self.check_anies(
            ["&", ("parent_id", "any", [a]), c, ("parent_id", "any", [b])], ["&", ("parent_id", "any", ["&", a, b]), c]
        )
        self.check_anies(
            ["|", ("child_ids", "any", [a]), ("child_ids", "any", [b])], [("child_ids", "any", ["|", a, b])]
        )
        # they may be two records
        both = ["&", ("child_ids", "any", [a]), ("child_ids", "any", [b])]
        self.check_anies(both, both)
        self.check_anies(
            ["&", ("child_ids", "not any", [a]), ("child_ids", "not any", [b])],
            [("child_ids", "not any", ["|", a, b])],
        )
        lacking = ["|", ("child_ids", "not any", [a]), ("child_ids", "not any", [b])]
        self.check_anies(lacking, lacking)
        self.check_anies(
            ["|", ("parent_id", "not any", [a]), ("parent_id", "not any", [b])],
            [("parent_id", "not any", ["&", a, b])],
        )

    def test_2_1_9_paths_become_anies(self):
        self.check_anies([("parent_id.name", "=", "a")], [("parent_id", "any", [("name", "=", "a")])])
        self.check_anies(["!", ("parent_id.name", "=", "a")], [("parent_id", "not any", [("name", "=", "a")])])
        self.check_anies(
            ["|", ("parent_id.country_id.code", "=", "a"), ("parent_id.country_id.code", "=", "b")],
            [("parent_id", "any", [("country_id", "any", ["|", ("code", "=", "a"), ("code", "=", "b")])])],
        )
        self.check_anies([("create_date.year_number", "=", 2)], [("create_date.year_number", "=", 2)])

    def test_2_1_9_domains_as_text(self):
        a, b = ("a", "=", 1), ("b", "=", 2)
        self.assertEqual(expression.prettify_domain([a]), "[('a', '=', 1)]")
        self.assertEqual(expression.prettify_domain([a, b]), "['&',\n    ('a', '=', 1),\n    ('b', '=', 2)]")
        self.assertEqual(
            expression.prettify_domain(["|", a, "!", b], pre_indent=1),
            "['|',\n        ('a', '=', 1),\n        '!',\n            ('b', '=', 2)]",
        )
        self.assertEqual(
            expression.prettify_domain(["|", a, ("c", "any", [a, b])]),
            "['|',\n    ('a', '=', 1),\n    ('c', 'any', ['&',\n"
            + 12 * " "
            + "('a', '=', 1),\n"
            + 12 * " "
            + "('b', '=', 2)])]",
        )
