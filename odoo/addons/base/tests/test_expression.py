"""What tests of domains start from: a search that is compared with a filter."""

from odoo.tests import TransactionCase


class TransactionExpressionCase(TransactionCase):
    """A test that searches by domains; the database and Python have to agree on what they mean."""

    def _search(self, model, domain, init_domain=None):
        """Return the records that satisfy a domain, by id.

        :param model: a recordset of the model
        :param domain: the domain that is searched, and that records are filtered by
        :param init_domain: domain of the records to filter, by default those that are active
        :raise AssertionError: when the filter picks other records than the search finds
        """
        found = model.search(domain, order="id")
        picked = model.search(init_domain or [], order="id").filtered_domain(domain)
        self.assertEqual(picked.ids, found.ids, f"{domain}: Python picks others than the database finds")
        return found


class TestSearchAndFilter(TransactionExpressionCase):
    """Domains on tags of partners."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tags = cls.env["res.partner.category"].create(
            [{"name": "Elm", "color": 3}, {"name": "Ash", "color": 1}, {"name": "Old", "active": False}]
        )
        cls.elm, cls.ash, cls.old = cls.tags
        cls.own = [("id", "in", cls.tags.ids)]

    def test_agreement(self):
        self.assertEqual(self._search(self.tags, [*self.own, ("color", ">", 1)]), self.elm)
        self.assertEqual(self._search(self.tags, [*self.own, ("name", "ilike", "S")], self.own), self.ash)
        self.assertEqual(self._search(self.tags, self.own), self.elm + self.ash)
        archived = [*self.own, ("active", "=", False)]
        self.assertEqual(self._search(self.tags, archived, [("active", "in", (True, False))]), self.old)

    def test_disagreement(self):
        with self.assertRaisesRegex(AssertionError, "Elm"):
            self._search(self.tags, [*self.own, ("name", "=", "Elm")], [("name", "=", "Ash")])
