"""What conditions mean where it is not obvious: hierarchies over lines, archived records, parts of dates, bad input."""

from odoo import Command
from odoo.db.extensions import FunctionStatus, has_unaccent
from odoo.exceptions import ValidationError
from odoo.tests import TransactionCase
from odoo.tools import SQL


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


class TestFieldsWithoutColumn(SearchCase):
    def test_c7_field_without_search_method(self):
        with self.assertLogs("odoo.osv.expression", "ERROR") as logs:
            self.assertEqual(self.Item.search([("twin_name", "=", "a")]), self.chain)
            self.assertEqual(self.Item.search_count([("twin_name", "!=", "a")]), 3)
            self.assertEqual(self.Item.search([("parent_id.twin_name", "=", "x")]), self.b + self.c)
        self.assertEqual(len(logs.output), 3)
        self.assertIn("twin_name", logs.output[0])
        self.assertEqual(self.chain.filtered_domain([("twin_name", "=", "a")]), self.a)

    def test_c7_rules_stay_strict(self):
        rule = self.env["ir.rule"].create(
            {
                "name": "twin",
                "model_id": self.env["ir.model"]._get_id("test_orm.search.item"),
                "domain_force": "[('parent_id.name', '=', 'a')]",
            }
        )
        with self.assertRaisesRegex(ValidationError, "twin_name is not stored"), self.cr.savepoint():
            rule.domain_force = "[('parent_id.twin_name', '=', 'a')]"
        # as if the field had been searched once, and lost its search method
        self.cr.execute(
            "UPDATE ir_rule SET domain_force = %s WHERE id = %s", ["[('parent_id.twin_name', '=', 'a')]", rule.id]
        )
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        items = self.chain.with_user(self.env.ref("base.user_admin"))
        with self.assertRaisesRegex(ValueError, "twin_name is not stored"):
            items.search([])
        with self.assertRaisesRegex(ValueError, "twin_name is not stored"):
            items.check_access("write")

    def test_c22_part_of_a_related_date(self):
        self.a.write({"day": "2023-02-05", "moment": "2023-02-05 23:30:00"})
        self.b.write({"day": "2023-03-06"})
        self.check(self.b, ("parent_day.month_number", "=", 2))
        self.check(self.c, ("parent_day.month_number", "!=", 2))
        self.check(self.a, ("parent_day.month_number", "=", False))
        self.check(self.b + self.c, ("parent_day.month_number", "!=", False))
        self.check(self.a + self.c, ("parent_day.month_number", "in", [3, False]))
        self.check(self.a + self.c, "!", ("parent_day.month_number", "=", 2))
        self.check(self.c, ("parent_day.day_of_month", ">", 5))
        self.check(self.b, ("parent_moment.hour_number", "=", 23))
        self.check(self.c, ("parent_id.parent_day.month_number", "=", 2))
        item = self.Item.with_context(tz="Europe/Brussels")
        self.assertEqual(item.search([("parent_moment.hour_number", "=", 0)]), self.b)
        user = self.Item.with_user(self.env.ref("base.user_admin"))
        self.assertEqual(user.search([("parent_day.month_number", "=", 2)]), self.b)
        mail = self.env["test_orm.search.mail"].create({"item_id": self.b.id})
        self.assertEqual(mail.search([("day.month_number", "=", 3)]), mail)
        self.assertEqual(mail.search([("parent_day.month_number", "=", 2)]), mail)
        with self.assertRaisesRegex(ValueError, "twin_day is not stored, 'month_number' cannot be looked up"):
            self.Item.search([("twin_day.month_number", "=", 2)])

    def test_r9_days_of_the_week_count_from_the_users_first_one(self):
        self.a.write({"day": "2023-02-05", "moment": "2023-02-05 12:00:00"})
        self.b.write({"day": "2023-02-06"})
        lang = self.env["res.lang"]._lang_get("en_US")
        for week_start, sunday, monday in (("7", 0, 1), ("1", 6, 0), ("6", 1, 2)):
            lang.week_start = week_start
            with self.subTest(week_start):
                self.check(self.a, ("day.day_of_week", "=", sunday))
                self.check(self.a, ("moment.day_of_week", "=", sunday))
                self.check(self.b, ("day.day_of_week", "=", monday))
                self.check(self.b, ("parent_day.day_of_week", "=", sunday))
                groups = self.Item.read_group([("day", "!=", False)], [], ["day:day_of_week"])
                self.assertEqual({group["day:day_of_week"] for group in groups}, {sunday, monday})
                for group in groups:
                    self.assertEqual(self.Item.search_count(group["__domain"]), group["day_count"])
                    self.assertIn(("day.day_of_week", "=", group["day:day_of_week"]), group["__domain"])


class TestPatterns(SearchCase):
    def test_q6_trigram_index_of_a_translated_field(self):
        Tag = self.env["test_orm.search.tag"]
        tag = Tag.create({"name": "red apple"})
        self.patch(self.env.registry, "_trigram", True)
        for operator, value in (("ilike", "apple"), ("like", "red"), ("=ilike", "%APPLE"), ("ilike", "re_ app%e")):
            query = Tag._search([("name", operator, value)])
            self.assertIn("jsonb_path_query_array", query.where_clause.code)
            self.assertIn(tag.id, query)
        for operator, value in (("not ilike", "apple"), ("ilike", "%"), ("!=", "apple"), ("=", False), ("=", "")):
            self.assertNotIn("jsonb_path_query_array", Tag._search([("name", operator, value)]).where_clause.code)

    def test_q6_equality_uses_the_trigram_index_of_a_translated_field(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        Tag = self.env["test_orm.search.tag"]
        tag = Tag.create({"name": '50% "red"\\ app_le'})
        tag.with_context(lang="fr_FR").name = "pomme"
        self.patch(self.env.registry, "_trigram", True)
        for model, name in ((Tag, tag.name), (Tag.with_context(lang="fr_FR"), "pomme")):
            for operator, value in (("=", name), ("in", [name])):
                query = model._search([("name", operator, value)])
                self.assertIn("jsonb_path_query_array", query.where_clause.code)
                self.assertEqual(list(query), tag.ids)
            self.assertFalse(model.search([("name", "=", name[:-1])]))

    def test_q6_the_index_is_used(self):
        Tag = self.env["test_orm.search.tag"]
        if not self.env.registry.has_trigram:
            self.skipTest("PostgreSQL has no extension pg_trgm")
        self.assertIn("Bitmap Index Scan", self.plan(Tag, "ilike"))

    def plan(self, model, operator):
        """Return how PostgreSQL searches the names of a model for a part, as text."""
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        return str(self.env.execute_query(SQL("EXPLAIN %s", model._search([("name", operator, "apple")]).select())))

    def test_trigram_indexes_ignore_accents_with_the_searches(self):
        registry = self.env.registry
        if not registry.has_trigram or has_unaccent(self.env.cr) != FunctionStatus.INDEXABLE:
            self.skipTest("PostgreSQL has no extensions pg_trgm and unaccent")
        models = [self.env["test_orm.search.tag"], self.env["test_orm.person"]]
        for status in (FunctionStatus.MISSING, FunctionStatus.INDEXABLE):
            self.patch(registry, "_unaccent", status)
            registry.check_indexes(self.env.cr, [model._name for model in models])
            for model in models:
                index = SQL("SELECT indexdef FROM pg_indexes WHERE indexname = %s", f"{model._table}__name_index")
                self.assertEqual("unaccent(" in str(self.env.execute_query(index)), bool(status))
        for model in models:
            tag = model.create({"name": "\u00c4pple pie"})
            self.assertIn("unaccent(", self.plan(model, "ilike"))
            for text in ("apple", "\u00c4pple"):
                self.assertIn(tag, model.search([("name", "ilike", text)]))

    def test_q6_nothing_lacks_the_empty_text(self):
        self.Item.create({"name": False})
        for operator in ("not ilike", "not like"):
            with self.assertQueryCount(1):
                self.assertFalse(self.Item.search([("name", operator, "")]))
            self.check(self.Item, ("name", operator, ""))
        self.check(self.Item.search([]), ("name", "ilike", ""))

    def test_d3_bad_input(self):
        for term, message in (
            (("name", "in", "k"), "takes a list of values, not a text"),
            (("parent_name", "not in", "k"), "takes a list of values, not a text"),
            (("parent_id.name", "in", "k"), "takes a list of values, not a text"),
            (("name", "~", "k"), "unknown operator '~'"),
        ):
            for domain in ([term], ["!", term], [("kid_ids", "any", [term])]):
                with self.subTest(domain):
                    with self.assertRaisesRegex(ValueError, message):
                        self.Item.search(domain)
                    with self.assertRaisesRegex(ValueError, message):
                        self.chain.filtered_domain(domain)
        self.check(self.b, ("parent_id", "in", "a"))
