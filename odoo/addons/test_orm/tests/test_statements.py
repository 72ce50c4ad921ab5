"""How many statements single calls take, on a cold cache."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, new_test_user


class Counting(TransactionCase):
    """A model that the user may read by a rule, and its records."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Counted = cls.env["test_orm.counted"]
        cls.sources = cls.env["test_orm.source"].create(
            [{"name": f"s{index}", "kind": "ab"[index % 2], "factor": index} for index in range(5)]
        )
        cls.tags = cls.env["test_orm.tag"].create([{"name": "red"}, {"name": "old", "active": False}])

    def setUp(self):
        super().setUp()
        self.record = self.Counted.create({"name": "one", "tag_ids": [Command.set(self.tags.ids)]})
        self.child = self.Counted.create({"name": "child", "parent_id": self.record.id})
        self.archived = self.Counted.create({"name": "archived", "parent_id": self.record.id, "active": False})
        self.forget()

    def forget(self):
        """Write what is pending and forget all values."""
        self.env.flush_all()
        self.env.invalidate_all()

    def count(self):
        """Return the number of statements so far."""
        return self.env.cr.sql_log_count


class TestReading(Counting):
    def test_q1_log_columns_come_with_the_others(self):
        with self.assertQueryCount(1):
            self.record.name
            self.record.create_uid, self.record.create_date, self.record.write_uid, self.record.write_date

    def test_q1_log_columns_of_many_come_on_their_own(self):
        records = self.Counted.create([{"name": str(index)} for index in range(60)])
        self.forget()
        with self.assertQueryCount(2):
            for record in records:
                record.name
            for record in records:
                record.create_date, record.write_uid

    def test_q1_pending_changes_are_not_flushed_by_reading(self):
        other = self.Counted.create({"name": "other"})
        self.forget()
        other.amount = 4
        before = self.count()
        self.record.name
        self.assertEqual(self.count() - before, 1)
        before = self.count()
        self.assertEqual(other.write_uid, self.env.user)
        # the change is written, then the columns are read
        self.assertEqual(self.count() - before, 2)

    def test_q1_restricted_log_columns(self):
        user = new_test_user(self.env, "reader", groups="base.group_user,test_orm.group_reader")
        record = self.record.with_user(user)
        self.patch(type(record)._fields["create_date"], "groups", "base.group_system")
        self.env.registry.clear_cache()
        self.assertEqual(record.name, "one")
        with self.assertRaises(AccessError):
            record.create_date

    def test_q2_read_of_a_many2many(self):
        with self.assertQueryCount(1):
            self.assertEqual(self.record.read(["tag_ids"]), [{"id": self.record.id, "tag_ids": self.tags[:1].ids}])

    def test_q2_access_to_a_many2many(self):
        with self.assertQueryCount(1):
            self.assertEqual(self.record.tag_ids, self.tags[:1])
            self.assertEqual(self.record.with_context(active_test=False).tag_ids, self.tags)

    def test_q2_access_to_a_one2many(self):
        with self.assertQueryCount(1):
            self.assertEqual(self.record.child_ids, self.child)
            self.assertEqual(self.record.with_context(active_test=False).child_ids, self.child + self.archived)

    def test_q2_the_cache_knows_better_who_is_archived(self):
        self.child.active = False
        self.archived.active = True
        self.assertEqual(self.record.child_ids, self.archived)
        self.tags[1].active = True
        self.assertEqual(self.record.tag_ids, self.tags)

    def test_q2_record_rules(self):
        """Who reads a relation of records that rules keep from him is refused."""
        user = new_test_user(self.env, "reader", groups="base.group_user,test_orm.group_reader")
        mine, other = self.env["test_orm.secured"].create([{"user_id": user.id}, {"user_id": self.env.uid}])
        mine.child_ids = [Command.create({"user_id": user.id})]
        self.forget()
        self.assertEqual(len(mine.with_user(user).child_ids), 1)
        with self.assertRaises(AccessError):
            other.with_user(user).read(["child_ids"])
        with self.assertRaises(AccessError):
            other.with_user(user).child_ids

    def test_q5_search_read(self):
        with self.assertQueryCount(1):
            self.Counted.search_read([], ["name", "amount"])
        self.forget()
        with self.assertQueryCount(2):
            self.Counted.search_read([("name", "=", "child")], ["name", "parent_id"])

    def test_q5_web_search_read(self):
        with self.assertQueryCount(2):
            self.Counted.web_search_read([], {"name": {}, "amount": {}}, limit=1)


class TestRules(Counting):
    """A search under record rules tells that the user may read what it finds."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(cls.env, "reader", groups="base.group_user,test_orm.group_reader")
        Secured = cls.env["test_orm.secured"]
        cls.mine, cls.others = Secured.create([{"name": "mine", "user_id": cls.user.id}, {"name": "other"}])
        cls.Secured = Secured.with_user(cls.user)

    def setUp(self):
        super().setUp()
        self.Secured.web_search_read([], {"name": {}})
        self.forget()

    def test_q5_web_search_read_under_rules(self):
        with self.assertQueryCount(1):
            page = self.Secured.web_search_read([], {"name": {}, "level": {}})
        self.assertEqual([values["name"] for values in page["records"]], ["mine"])
        self.forget()
        with self.assertQueryCount(2):
            self.Secured.web_search_read([], {"name": {}, "level": {}}, limit=1)

    def test_q5_what_changed_since_is_checked_again(self):
        found = self.Secured.search_fetch([], ["name"])
        self.assertEqual(found, self.mine)
        self.mine.user_id = self.env.uid
        with self.assertRaises(AccessError):
            found.read(["name"])
        self.mine.user_id = self.user
        found = self.Secured.search_fetch([], ["name"])
        self.mine.user_id = self.env.uid
        self.env.flush_all()
        with self.assertRaises(AccessError):
            found.read(["name"])

    def test_q5_others_are_checked_still(self):
        self.Secured.search_fetch([], ["name"])
        with self.assertRaises(AccessError):
            self.others.with_user(self.user).read(["name"])
        self.assertFalse(self.others.with_user(self.user).has_access("read"))
        self.assertFalse(self.mine.with_user(self.user).has_access("write"))

    def test_q5_a_rule_that_changed(self):
        found = self.Secured.search_fetch([], ["name"])
        self.env["ir.rule"].create(
            {
                "name": "none",
                "model_id": self.env["ir.model"]._get_id("test_orm.secured"),
                "domain_force": "[(0, '=', 1)]",
            }
        )
        with self.assertRaises(AccessError):
            found.read(["name"])


class TestCreating(Counting):
    def test_q4_different_fields_take_one_insert(self):
        with self.assertQueriesContain(["INSERT INTO test_orm_counted", "UPDATE test_orm_counted"]):
            records = self.Counted.create(
                [{"name": "a"}, {"name": "b", "amount": 1}, {"code": "c"}, {"amount": 4, "code": "d", "label": "x"}]
            )
        expected = [("a", 0, False), ("b", 1, False), (False, 0, "c"), (False, 4, "d")]
        for _time in range(2):
            self.assertEqual([(record.name, record.amount, record.code) for record in records], expected)
            self.assertEqual(records.mapped("label"), [False, False, False, "x"])
            self.forget()

    def test_q4_many_of_different_fields(self):
        vals_list = [
            {"name": f"n{index}", **({"amount": index} if index % 2 else {"code": str(index)})} for index in range(400)
        ]
        vals_list.append({"label": "alone"})
        with self.assertQueryCount(8):
            records = self.Counted.create(vals_list)
        self.forget()
        self.assertEqual([record.name for record in records[:3]], ["n0", "n1", "n2"])
        self.assertEqual([(record.amount, record.code) for record in records[:3]], [(0, "0"), (1, False), (0, "2")])
        self.assertEqual(records[-1].label, "alone")

    def test_q4_a_default_of_the_database(self):
        self.env.cr.execute("ALTER TABLE test_orm_counted ALTER COLUMN code SET DEFAULT 'given'")
        for extra in (1, 60):
            records = self.Counted.create([{"name": "a"}, {"name": "b", "code": "c"}] * extra)
            self.env.invalidate_all()
            self.assertEqual(records[:2].mapped("code"), ["given", "c"])

    def test_q4_relations_of_some(self):
        children = [Command.create({"name": "x", "amount": 20}), Command.create({"name": "y"})]
        records = self.Counted.create(
            [
                {"name": "a", "child_ids": children},
                {"name": "b", "tag_ids": [Command.set(self.tags.ids)]},
                {"name": "c", "source_id": self.sources[3].id, "amount": 2},
            ]
        )
        for _time in range(2):
            self.assertEqual(records[0].child_ids.mapped("name"), ["x", "y"])
            self.assertEqual(records[0].big_child_ids.mapped("name"), ["x"])
            self.assertFalse(records[1:].child_ids)
            self.assertEqual([len(record.tag_ids) for record in records], [0, 1, 0])
            self.assertEqual(records.mapped("total"), [0, 0, 6])
            self.forget()

    def test_q4_constraints_are_called_once(self):
        self.Counted.checked.clear()
        self.Counted.create([{"name": "a", "code": "1"}, {"code": "2"}, {"amount": 3}])
        self.assertEqual(self.Counted.checked, [("code", 3)])

    def test_constraints_are_called_for_what_is_given(self):
        self.Counted.checked.clear()
        self.Counted.create([{"name": "a"}, {"amount": 3}])
        self.assertEqual(self.Counted.checked, [])

    def test_q5_precomputed_from_a_link(self):
        vals_list = [{"name": str(source.id), "source_id": source.id} for source in self.sources]
        self.forget()
        # the sources are read, the records inserted, their totals written
        with self.assertQueryCount(3):
            records = self.Counted.create(vals_list)
        self.assertEqual(records.mapped("source_name"), self.sources.mapped("name"))

    def test_q5_a_new_record_has_no_attachments(self):
        with self.assertQueryCount(2):
            record = self.Counted.create({"name": "a"})
            self.assertFalse(record.picture)
            record.picture = False
        self.env["ir.attachment"].create(
            {"name": "p", "res_model": record._name, "res_id": record.id, "res_field": "picture", "raw": b"here"}
        )
        self.assertTrue(record.picture)
        record.picture = False
        self.forget()
        self.assertFalse(record.picture)
        self.assertTrue(self.Counted.create({"picture": b"aGVyZQ=="}).picture)

    def test_q5_create_partners(self):
        Partner = self.env["res.partner"]
        Partner.create({"name": "known"}).copy()
        self.forget()
        with self.assertQueryCount(3):
            partners = Partner.create([{"name": f"Partner {index}"} for index in range(5)])
        self.assertEqual(partners.mapped("commercial_partner_id"), partners)
        self.assertEqual(partners.mapped("partner_share"), [True] * 5)

    def test_q5_copy_a_partner(self):
        partner = self.env["res.partner"].create({"name": "Partner"})
        partner.copy()
        self.forget()
        with self.assertQueryCount(7):
            partner.copy()


class TestAssigning(Counting):
    def test_q5_a_related_selection_that_is_readonly(self):
        self.record.source_id = self.sources[0]
        self.forget()
        self.record.name
        with self.assertQueryCount(0):
            self.record.shown_kind = "b"
            self.assertEqual(self.record.shown_kind, "b")

    def test_q5_a_related_selection(self):
        self.record.source_id = self.sources[0]
        self.forget()
        self.assertEqual(self.record.chosen_kind, "a")
        # the records that show the target's value are found, and the target is written
        with self.assertQueryCount(2):
            self.record.chosen_kind = "b"
        self.assertEqual(self.sources[0].kind, "b")
