"""What conditions mean where it is not obvious: hierarchies over lines, archived records, parts of dates, bad input."""

from odoo import Command
from odoo.tests import TransactionCase


class SearchCase(TransactionCase):
    """A chain of items a <- b <- c, and a parent with an active and an archived record in its relations."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Item = cls.env["test_orm.search.item"]
        cls.a = cls.Item.create({"name": "a"})
        cls.b = cls.Item.create({"name": "b", "parent_id": cls.a.id})
        cls.c = cls.Item.create({"name": "c", "parent_id": cls.b.id})
        cls.chain = cls.a + cls.b + cls.c

    def check(self, found, *domain):
        """Check that searching and filtering the active items with a domain find the same, expected ones."""
        self.env.invalidate_all()
        self.assertEqual(self.Item.search(list(domain), order="id"), found.sorted("id"))
        self.assertEqual(self.Item.search([]).filtered_domain(list(domain)).sorted("id"), found.sorted("id"))


class TestHierarchies(SearchCase):
    def test_x10_one2many_to_the_model_itself(self):
        a, b, c = self.chain
        for item, below, above in ((a, a, a + b + c), (b, a + b, b + c), (c, a + b + c, c)):
            with self.subTest(item.name):
                self.check(below, ("kid_ids", "child_of", item.id))
                self.check(below, ("kid_ids", "child_of", item.name))
                self.check(above, ("kid_ids", "parent_of", item.id))
                self.check(self.chain - below, "!", ("kid_ids", "child_of", item.id))
        self.check(self.Item, ("kid_ids", "child_of", False))

    def test_x10_many2many_to_the_model_itself(self):
        other = self.Item.create({"name": "other", "buddy_ids": [Command.link(self.c.id)]})
        self.check(other, ("buddy_ids", "child_of", self.a.id))
        self.check(other, ("buddy_ids", "child_of", "b"))
        self.check(self.Item, ("buddy_ids", "parent_of", self.b.id))
        self.b.buddy_ids = self.a
        self.check(self.b, ("buddy_ids", "parent_of", self.c.ids), ("id", "!=", other.id))
        self.check(self.a + self.c, "!", ("buddy_ids", "child_of", self.a.id), ("buddy_ids", "!=", self.c.id))

    def test_x10_archived_records(self):
        top = self.Item.create({"name": "top"})
        shown, hidden = self.Item.create(
            [{"name": "Shown", "parent_id": top.id}, {"name": "Hidden", "parent_id": top.id, "active": False}]
        )
        top.with_context(active_test=False).buddy_ids = shown + hidden
        for name in ("kid_ids", "buddy_ids"):
            with self.subTest(name):
                among = [("id", "=", top.id)]
                self.check(top, (name, "child_of", shown.id), *among)
                self.check(top, (name, "child_of", "Shown"), *among)
                self.check(self.Item, (name, "child_of", "Hidden"), *among)
                self.check(top, (f"all_{name}", "child_of", "Hidden"), *among)
                self.check(top, (f"all_{name}", "child_of", hidden.id), *among)
                self.assertEqual(self.Item.search([(name, "in", hidden.ids), *among]), top)
        self.check(self.Item, ("buddy_ids", "child_of", hidden.id), ("id", "=", top.id))
        found = self.Item.with_context(active_test=False).search([("buddy_ids", "child_of", hidden.id)])
        self.assertEqual(found, top, "the context shows archived records")

    def test_x10_record_rules_of_what_is_linked(self):
        other = self.Item.create({"name": "other", "buddy_ids": [Command.link(self.c.id)]})
        self.env["ir.rule"].create(
            {
                "name": "no c",
                "model_id": self.env["ir.model"]._get_id("test_orm.search.item"),
                "domain_force": "[('name', '!=', 'c')]",
            }
        )
        user = self.Item.with_user(self.env.ref("base.user_admin"))
        self.assertFalse(user.search([("buddy_ids", "child_of", self.c.id)]))
        self.assertEqual(self.Item.search([("buddy_ids", "child_of", self.c.id)]), other)

    def test_d2_lines_that_make_no_tree(self):
        part = self.env["test_orm.search.part"].create({"name": "part", "item_id": self.a.id})
        for operator in ("child_of", "parent_of"):
            domain = [("part_ids", operator, part.id)]
            with self.assertRaisesRegex(ValueError, "part_ids.*make no tree"):
                self.Item.search(domain)
            with self.assertRaisesRegex(ValueError, "make no tree"):
                self.Item.search([]).filtered_domain(domain)
        with self.assertRaisesRegex(ValueError, "no field 'parent_id'"):
            self.Item.search([("tag_ids", "child_of", self.env["test_orm.search.tag"].create({"name": "t"}).id)])

    def test_d1_negated_path_through_archived_records(self):
        gone = self.Item.create({"name": "P", "active": False})
        kids = self.Item.create([{"name": "k", "parent_id": gone.id}, {"name": "l"}])
        among = [("id", "in", kids.ids)]
        self.check(kids[0], ("parent_id.name", "=", "P"), *among)
        self.check(kids[1], "!", ("parent_id.name", "=", "P"), *among)
        self.check(self.Item, ("parent_id.name", "!=", "P"), *among)


class TestIntegerInverse(TransactionCase):
    def test_x11_the_domain_of_the_field_counts(self):
        Book, Edition = self.env["test_orm.search.book"], self.env["test_orm.search.edition"]
        books = Book.create([{"name": "with"}, {"name": "film"}, {"name": "none"}])
        edition, film = Edition.create(
            [
                {"name": "first", "res_model": "book", "res_id": books[0].id},
                {"name": "reel", "res_model": "film", "res_id": books[1].id},
            ]
        )
        within = [("id", "in", books.ids)]
        for term, found in (
            (("edition_ids", "=", False), books[1:]),
            (("edition_ids", "!=", False), books[0]),
            (("edition_ids", "in", (edition + film).ids), books[0]),
            (("edition_ids", "not in", (edition + film).ids), books[1:]),
            (("edition_ids", "in", film.ids), Book),
            (("edition_ids", "=", "first"), books[0]),
            (("edition_ids", "=", "reel"), Book),
            (("edition_ids", "!=", "reel"), books),
            (("edition_ids.name", "ilike", "e"), Book),
            (("edition_ids", "any", []), books[0]),
            (("edition_ids", "not any", [("name", "=", "reel")]), books),
            (("edition_ids", "in", Edition._search([])), books[0]),
        ):
            with self.subTest(term):
                self.env.invalidate_all()
                self.assertEqual(Book.search([term, *within], order="id"), found)
                self.assertEqual(books.filtered_domain([term]), found)
