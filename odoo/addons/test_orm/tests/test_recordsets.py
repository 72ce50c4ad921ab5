"""Recordsets: set operations, iteration, mapping, environments."""

import operator

from odoo.exceptions import AccessError, MissingError
from odoo.tests import TransactionCase, new_test_user


class TestOperators(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Tag = cls.env["test_orm.tag"]
        cls.tags = cls.Tag.create(
            [{"name": name, "color": color} for name, color in zip("abcd", (1, 2, 1, 0), strict=True)]
        )
        cls.a, cls.b, cls.c, cls.d = cls.tags

    def test_union(self):
        self.assertEqual(self.a | self.b, self.a + self.b)
        self.assertEqual((self.a + self.b) | (self.b + self.c), self.a + self.b + self.c)
        self.assertEqual(self.a.union(self.b, self.a), self.a + self.b)
        self.assertEqual(self.Tag.union(), self.Tag)

    def test_concat(self):
        both = self.a + self.a
        self.assertEqual(len(both), 2)
        self.assertEqual(both.ids, [self.a.id, self.a.id])
        self.assertEqual(self.a.concat(self.b, self.c).ids, (self.a + self.b + self.c).ids)

    def test_intersection(self):
        self.assertEqual((self.a + self.b + self.c) & (self.c + self.b), self.b + self.c)
        self.assertFalse(self.a & self.b)

    def test_difference(self):
        self.assertEqual(self.tags - self.b, self.a + self.c + self.d)
        self.assertFalse(self.a - self.tags)

    def test_membership(self):
        self.assertIn(self.a, self.tags)
        self.assertNotIn(self.d, self.a + self.b)
        self.assertNotIn(self.a, self.Tag)

    def test_membership_of_field_names(self):
        self.assertIn("color", self.a)
        self.assertNotIn("no_such_field", self.a)

    def test_subsets(self):
        ab, abc = self.a + self.b, self.a + self.b + self.c
        self.assertTrue(ab <= abc)
        self.assertTrue(ab < abc)
        self.assertTrue(abc >= ab)
        self.assertTrue(abc > ab)
        self.assertTrue(ab <= ab)
        self.assertFalse(ab < ab)
        self.assertFalse(ab > ab)
        self.assertFalse(abc <= ab)

    def test_equality(self):
        self.assertEqual(self.a + self.b, self.b + self.a, "sets are equal whatever their order")
        self.assertNotEqual(self.a, self.b)
        self.assertNotEqual(self.a, self.env["test_orm.person"].browse(self.a.id))
        self.assertEqual(self.a, self.a.with_context(x=1).sudo())
        self.assertEqual(hash(self.a), hash(self.a.with_context(x=1)))

    def test_other_models_do_not_mix(self):
        person = self.env["test_orm.person"].create({"name": "p"})
        for operation in (operator.add, operator.or_, operator.and_, operator.sub):
            with self.assertRaises(TypeError):
                operation(self.a, person)
        with self.assertRaises(TypeError):
            operator.le(self.a, person)

    def test_iteration(self):
        self.assertEqual([tag.name for tag in self.tags], ["a", "b", "c", "d"])
        self.assertEqual([tag.name for tag in reversed(self.tags)], ["d", "c", "b", "a"])
        self.assertTrue(all(len(tag) == 1 for tag in self.tags))

    def test_items(self):
        self.assertEqual(self.tags[0], self.a)
        self.assertEqual(self.tags[-1], self.d)
        self.assertEqual(self.tags[1:3], self.b + self.c)
        self.assertEqual(self.tags[:0], self.Tag)
        self.assertEqual(self.a["name"], "a")
        self.a["name"] = "z"
        self.assertEqual(self.a.name, "z")
        with self.assertRaises(IndexError):
            self.tags[9]

    def test_truth_and_length(self):
        self.assertTrue(self.a)
        self.assertFalse(self.Tag)
        self.assertEqual(len(self.tags), 4)

    def test_representation(self):
        self.assertEqual(repr(self.a + self.b), f"test_orm.tag({self.a.id}, {self.b.id})")
        self.assertEqual(str(self.a), f"test_orm.tag({self.a.id},)")
        self.assertEqual(repr(self.Tag), "test_orm.tag()")

    def test_int(self):
        self.assertEqual(int(self.a), self.a.id)
        self.assertEqual(int(self.Tag), 0)

    def test_ids(self):
        self.assertEqual(self.tags.ids, [self.a.id, self.b.id, self.c.id, self.d.id])
        self.assertEqual((self.a + self.Tag.new({})).ids, self.a.ids)
        self.assertEqual(self.a.id, self.a.ids[0])
        self.assertFalse(self.Tag.id)
        with self.assertRaises(ValueError):
            self.tags.id

    def test_browse(self):
        self.assertEqual(self.Tag.browse(self.a.id), self.a)
        self.assertEqual(self.Tag.browse([self.a.id, self.b.id]), self.a + self.b)
        self.assertEqual(self.Tag.browse((self.a.id,)), self.a)
        self.assertEqual(self.Tag.browse(iter([self.a.id])), self.a)
        for nothing in (None, False, 0, [], ()):
            self.assertEqual(self.Tag.browse(nothing), self.Tag)

    def test_ensure_one(self):
        self.assertEqual(self.a.ensure_one(), self.a)
        with self.assertRaisesRegex(ValueError, "singleton"):
            self.tags.ensure_one()
        with self.assertRaises(ValueError):
            self.Tag.ensure_one()

    def test_field_of_many(self):
        with self.assertRaisesRegex(ValueError, "singleton"):
            self.tags.name
        self.assertIs(self.Tag.name, False)
        self.assertEqual(self.Tag.person_ids, self.env["test_orm.person"])

    def test_assign_to_many(self):
        (self.a + self.b).color = 9
        self.assertEqual(self.tags.mapped("color"), [9, 9, 1, 0])

    def test_exists(self):
        self.b.unlink()
        self.assertEqual(self.tags.exists(), self.a + self.c + self.d)
        self.assertFalse(self.b.exists())
        self.assertFalse(self.Tag.browse(-1).exists())

    def test_missing(self):
        self.b.unlink()
        with self.assertRaises(MissingError):
            self.b.name
        with self.assertRaises(MissingError):
            self.b.sudo(False).read(["name"])
            self.b.with_user(self.env.ref("base.user_admin")).name

    def test_immutable(self):
        before = self.a + self.b
        after = before
        after |= self.c
        self.assertEqual(len(before), 2)
        self.assertEqual(len(after), 3)

    def test_update(self):
        (self.a + self.b).update({"color": 5, "name": "same"})
        self.assertEqual((self.a + self.b).mapped("name"), ["same", "same"])


class TestFunctional(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Person = cls.env["test_orm.person"]
        cls.tags = cls.env["test_orm.tag"].create([{"name": name} for name in "xyz"])
        cls.boss = cls.Person.create({"name": "Zoe", "age": 50})
        cls.ann = cls.Person.create(
            {"name": "Ann", "age": 30, "boss_id": cls.boss.id, "tag_ids": [(6, 0, cls.tags[:2].ids)]}
        )
        cls.bob = cls.Person.create(
            {"name": "Bob", "age": 30, "boss_id": cls.boss.id, "tag_ids": [(6, 0, cls.tags[1:].ids)]}
        )
        cls.persons = cls.boss + cls.ann + cls.bob

    def test_mapped_field(self):
        self.assertEqual(self.persons.mapped("name"), ["Zoe", "Ann", "Bob"])
        self.assertEqual(self.persons.mapped("boss_id"), self.boss)
        self.assertEqual(self.persons.mapped("tag_ids"), self.tags)
        self.assertEqual(self.persons.tag_ids, self.tags)
        self.assertEqual(self.persons.boss_id.name, "Zoe")

    def test_mapped_path(self):
        self.assertEqual(self.persons.mapped("boss_id.name"), ["Zoe"])
        self.assertEqual(self.persons.mapped("tag_ids.name"), ["x", "y", "z"])
        self.assertEqual(self.boss.mapped("team_ids.tag_ids"), self.tags)

    def test_mapped_function(self):
        self.assertEqual(self.persons.mapped(lambda person: person.age * 2), [100, 60, 60])
        self.assertEqual(self.persons.mapped(lambda person: person.boss_id), self.boss)

    def test_mapped_nothing(self):
        self.assertEqual(self.persons.mapped(None), self.persons)
        self.assertEqual(self.Person.mapped("name"), [])
        self.assertEqual(self.Person.mapped("boss_id"), self.Person)
        self.assertEqual(self.Person.mapped(lambda person: person.age), [])

    def test_filtered(self):
        self.assertEqual(self.persons.filtered("boss_id"), self.ann + self.bob)
        self.assertEqual(self.persons.filtered(lambda person: person.age > 40), self.boss)
        self.assertEqual(self.persons.filtered("boss_id.boss_id"), self.Person)
        self.assertEqual(self.persons.filtered("team_ids.tag_ids"), self.boss)
        self.assertEqual(self.persons.filtered(None), self.persons)

    def test_filtered_domain(self):
        self.assertEqual(self.persons.filtered_domain([("age", "=", 30)]), self.ann + self.bob)
        self.assertEqual(self.persons.filtered_domain([("boss_id.name", "ilike", "zo")]), self.ann + self.bob)
        self.assertEqual(
            self.persons.filtered_domain(["|", ("age", ">", 40), ("name", "=like", "A%")]), self.boss + self.ann
        )
        self.assertEqual(self.persons.filtered_domain([]), self.persons)
        self.assertEqual(self.persons.filtered_domain([("tag_ids", "any", [("name", "=", "x")])]), self.ann)
        self.assertEqual(
            self.persons.filtered_domain([("tag_ids", "not any", [("name", "=", "x")])]), self.boss + self.bob
        )

    def test_sorted(self):
        self.assertEqual(self.persons.sorted("name").ids, (self.ann + self.bob + self.boss).ids)
        self.assertEqual(self.persons.sorted("name", reverse=True).ids, (self.boss + self.bob + self.ann).ids)
        self.assertEqual(self.persons.sorted(lambda person: person.age).ids, (self.ann + self.bob + self.boss).ids)
        self.assertEqual(self.persons.sorted().ids, (self.ann + self.bob + self.boss).ids, "the order of the model")
        self.assertEqual(self.persons.sorted("age desc, name desc").ids, (self.boss + self.bob + self.ann).ids)
        self.assertEqual(self.persons.sorted("boss_id").ids[-1:], self.boss.ids)

    def test_sorted_is_stable(self):
        self.assertEqual((self.bob + self.ann).sorted("age").ids, (self.bob + self.ann).ids)

    def test_grouped(self):
        groups = self.persons.grouped("age")
        self.assertEqual(groups, {50: self.boss, 30: self.ann + self.bob})
        groups = self.persons.grouped(lambda person: person.name[0])
        self.assertEqual(list(groups), ["Z", "A", "B"])
        groups = self.persons.grouped("boss_id")
        self.assertEqual(groups[self.boss], self.ann + self.bob)
        self.assertEqual(groups[self.Person], self.boss)

    def test_groups_prefetch_together(self):
        self.env.invalidate_all()
        groups = self.persons.grouped("id")
        self.env.invalidate_all()
        with self.assertQueryCount(1):
            for person in groups.values():
                person.name

    def test_get_metadata(self):
        [data] = self.ann.get_metadata()
        self.assertEqual(data["id"], self.ann.id)
        self.assertEqual(data["create_uid"][0], self.env.uid)
        self.assertEqual(data["create_date"], self.ann.create_date)
        self.assertEqual((data["xmlid"], data["xmlids"], data["noupdate"]), (False, [], False))
        [data] = self.env.ref("test_orm.tag_red").get_metadata()
        self.assertEqual(data["xmlid"], "test_orm.tag_red")
        self.assertEqual(data["xmlids"], [{"xmlid": "test_orm.tag_red", "noupdate": False}])

    def test_get_external_id(self):
        tag = self.env.ref("test_orm.tag_red")
        self.assertEqual((tag + self.tags[0]).get_external_id(), {tag.id: "test_orm.tag_red", self.tags[0].id: ""})

    def test_archive_methods(self):
        self.ann.action_archive()
        self.assertFalse(self.ann.active)
        (self.ann + self.bob).toggle_active()
        self.assertEqual((self.ann + self.bob).mapped("active"), [True, False])
        self.bob.action_unarchive()
        self.assertTrue(self.bob.active)

    def test_whatever_archives_calls_toggle_active(self):
        called = []
        toggle = type(self.ann).toggle_active
        self.patch(type(self.ann), "toggle_active", lambda records: called.append(records) or toggle(records))
        (self.ann + self.bob).action_archive()
        (self.ann + self.bob).action_unarchive()
        self.assertEqual(called, [self.ann + self.bob] * 2)
        self.assertEqual((self.ann + self.bob).mapped("active"), [True, True])

    def test_archived_are_hidden(self):
        self.ann.active = False
        domain = [("id", "in", self.persons.ids)]
        self.assertEqual(self.Person.search(domain), self.bob + self.boss)
        self.assertEqual(self.Person.search_count(domain), 2)
        self.assertEqual(len(self.Person.with_context(active_test=False).search(domain)), 3)
        self.assertEqual(self.Person.search([*domain, ("active", "=", False)]), self.ann)
        self.assertEqual(len(self.Person.search([*domain, ("active", "in", (True, False))])), 3)

    def test_own_active_name(self):
        Hidden = self.env["test_orm.hidden"]
        record = Hidden.create({"name": "h"})
        record.action_archive()
        self.assertFalse(record.x_active)
        self.assertFalse(Hidden.search([("id", "=", record.id)]))
        self.assertEqual(Hidden.search([("id", "=", record.id), ("x_active", "=", False)]), record)


class TestWith(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tag = cls.env["test_orm.tag"].create({"name": "tag"})
        cls.user = new_test_user(cls.env, "with_user")
        cls.company = cls.env["res.company"].create({"name": "Second Company"})

    def test_with_context(self):
        first = self.tag.with_context({}, key1=True)
        self.assertEqual(dict(first.env.context), {"key1": True})
        self.assertEqual(dict(first.with_context({}, key2=True)._context), {"key2": True})
        self.assertEqual(dict(first.with_context(key2=True)._context), {"key1": True, "key2": True})
        self.assertEqual(dict(first.with_context({"key3": 1})._context), {"key3": 1})
        self.assertIs(self.tag.with_context().env, self.tag.env)

    def test_context_is_immutable(self):
        with self.assertRaises((TypeError, NotImplementedError)):
            self.tag.env.context["key"] = 1

    def test_with_context_keeps_companies(self):
        record = self.tag.with_company(self.company).with_context({"other": 1})
        self.assertEqual(record.env.company, self.company)

    def test_with_user(self):
        record = self.tag.with_user(self.user)
        self.assertEqual(record.env.user, self.user)
        self.assertFalse(record.env.su)
        self.assertEqual(self.tag.with_user(self.user.id).env.uid, self.user.id)
        self.assertTrue(self.tag.with_user(1).env.su)
        self.assertEqual(record, self.tag)

    def test_sudo(self):
        record = self.tag.with_user(self.user)
        self.assertTrue(record.sudo().env.su)
        self.assertEqual(record.sudo().env.uid, self.user.id, "the user stays the same")
        self.assertFalse(record.sudo().sudo(False).env.su)
        self.assertIs(record.sudo(False).env, record.env)

    def test_with_company(self):
        tag = self.tag.with_context(allowed_company_ids=self.env.company.ids)
        record = tag.with_company(self.company)
        self.assertEqual(record.env.company, self.company)
        self.assertEqual(record.env.companies, self.company | self.env.company)
        self.assertEqual(self.tag.with_company(self.company.id).env.company, self.company)
        self.assertEqual(self.tag.with_company(False).env, self.tag.env)

    def test_with_env(self):
        env = self.env(user=self.user)
        self.assertIs(self.tag.with_env(env).env, env)

    def test_with_prefetch(self):
        tags = self.env["test_orm.tag"].create([{"name": "p"}, {"name": "q"}])
        self.assertEqual(tuple(tags[0]._prefetch_ids), tuple(tags.ids))
        self.assertEqual(tuple(tags[0].with_prefetch()._prefetch_ids), tuple(tags[0].ids))
        self.assertEqual(tuple(tags[0].with_prefetch(tags._prefetch_ids)._prefetch_ids), tuple(tags.ids))

    def test_caches_are_shared(self):
        self.tag.with_context(a=1).name = "changed"
        self.assertEqual(self.tag.name, "changed")
        self.assertEqual(self.tag.sudo().with_user(self.user).name, "changed")

    def test_with_company_unauthorised(self):
        record = self.tag.with_user(self.user).with_company(self.company)
        with self.assertRaises(AccessError):
            record.env.company
        with self.assertRaises(AccessError):
            record.env.companies
        self.assertEqual(record.sudo().env.company, self.company, "nothing is checked in superuser mode")
