"""Computed fields: dependencies, storage, inverses, searches, contexts."""

from contextlib import suppress
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import TransactionCase


class TestComputes(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Compute = cls.env["test_orm.compute"]
        cls.Node = cls.env["test_orm.node"]

    def setUp(self):
        super().setUp()
        self.Compute.calls.clear()

    def _column(self, record, name):
        """Return what the database has."""
        record.flush_recordset([name])
        self.env.cr.execute(f'SELECT "{name}" FROM "{record._table}" WHERE id = %s', [record.id])
        return self.env.cr.fetchone()[0]

    def test_not_stored(self):
        record = self.Compute.create({"a": 1, "b": 2})
        self.assertEqual(record.sum, 3)
        record.a = 5
        self.assertEqual(record.sum, 7)
        self.assertFalse(self.Compute._fields["sum"].store)
        self.assertNotIn("sum", self.Compute.fields_get(attributes=["store"])["sum"])

    def test_not_stored_is_cached(self):
        record = self.Compute.create({"a": 1, "b": 2})
        record.sum
        record.sum
        self.assertEqual(self.Compute.calls.count(("sum", record.ids)), 1)

    def test_computed_in_batch(self):
        records = self.Compute.create([{"a": value} for value in range(5)])
        self.assertEqual([record.sum for record in records], [0, 1, 2, 3, 4])
        self.assertEqual([call for call in self.Compute.calls if call[0] == "sum"], [("sum", records.ids)])

    def test_invalidated_by_write_only_where_changed(self):
        records = self.Compute.create([{"a": 1}, {"a": 2}])
        records.mapped("sum")
        self.Compute.calls.clear()
        records[0].b = 4
        self.assertEqual(records.mapped("sum"), [5, 2])
        self.assertEqual(self.Compute.calls, [("sum", records[0].ids)])

    def test_stored(self):
        record = self.Compute.create({"a": 1})
        self.assertEqual(self._column(record, "chain1"), 2)
        record.a = 10
        self.assertEqual(self._column(record, "chain1"), 11)

    def test_stored_through_not_stored(self):
        record = self.Compute.create({"a": 1})
        self.assertEqual((record.chain2, record.chain3), (3, 4))
        record.a = 10
        self.assertEqual(self._column(record, "chain3"), 13)

    def test_recomputed_once(self):
        record = self.Compute.create({"name": "Ann Smith"})
        self.env.flush_all()
        self.Compute.calls.clear()
        record.name = "Bob Jones"
        record.name = "Cid Brown"
        self.env.flush_all()
        self.assertEqual(self.Compute.calls.count(("parts", record.ids)), 1)

    def test_several_fields_of_one_method(self):
        record = self.Compute.create({"name": "Ann Smith"})
        self.assertEqual((record.first, record.second), ("Ann", "Smith"))
        self.assertEqual(self.Compute.calls.count(("parts", record.ids)), 1)

    def test_compute_by_function(self):
        record = self.Compute.create({"a": 4})
        self.assertEqual(record.by_function, 8)

    def test_inverse(self):
        record = self.Compute.create({"name": "ann"})
        self.assertEqual(record.upper, "ANN")
        record.upper = "BOB"
        self.assertEqual(record.name, "bob")
        self.assertEqual(record.upper, "BOB")

    def test_inverse_through_write_of_many(self):
        records = self.Compute.create([{"name": "ann"}, {"name": "bob"}])
        records.write({"upper": "CID"})
        self.assertEqual(records.mapped("name"), ["cid", "cid"])

    def test_inverse_on_create(self):
        record = self.Compute.create({"upper": "ANN"})
        self.assertEqual(record.name, "ann")
        self.assertEqual(record.upper, "ANN")

    def test_inverse_value_is_recomputed(self):
        record = self.Compute.create({"name": "ann"})
        record.upper = "Bob"
        self.assertEqual(record.name, "bob")
        self.env.invalidate_all()
        self.assertEqual(record.upper, "BOB", "the value is what the compute method gives, not what was assigned")

    def test_inverse_of_stored_field(self):
        record = self.Compute.create({"name": "Ann Smith"})
        record.first = "Bea"
        self.assertEqual(record.name, "Bea Smith")
        self.assertEqual(self._column(record, "second"), "Smith")

    def test_inverse_of_two_fields_together(self):
        record = self.Compute.create({"name": "Ann Smith"})
        record.write({"first": "Bea", "second": "Jones"})
        self.assertEqual(record.name, "Bea Jones")
        self.assertEqual((record.first, record.second), ("Bea", "Jones"))

    def test_computed_without_inverse_is_readonly(self):
        description = self.Compute.fields_get(["sum", "upper", "editable"], ["readonly"])
        self.assertTrue(description["sum"]["readonly"])
        self.assertFalse(description["upper"]["readonly"])
        self.assertFalse(description["editable"]["readonly"])

    def test_search_method(self):
        records = self.Compute.create([{"a": 1, "b": 2}, {"a": 5, "b": 5}])
        domain = [("id", "in", records.ids)]
        self.assertEqual(self.Compute.search([("sum", "=", 3), *domain]), records[0])
        self.assertEqual(self.Compute.search([("sum", ">", 3), *domain]), records[1])
        self.assertEqual(self.Compute.search(["!", ("sum", "=", 3), *domain]), records[1])

    def test_search_method_that_rewrites(self):
        record = self.Compute.create({"name": "searched by its upper name"})
        self.assertEqual(self.Compute.search([("upper", "like", "BY ITS UPPER")]), record)

    def test_search_of_computed_field_in_memory(self):
        records = self.Compute.create([{"a": 1, "b": 2}, {"a": 5, "b": 5}])
        self.assertEqual(records.filtered_domain([("sum", "=", 10)]), records[1])

    def test_field_without_search_restricts_nothing(self):
        records = self.Compute.create([{"a": 1}, {"a": 2}])
        with self.assertLogs("odoo.osv.expression", "ERROR") as logs:
            self.assertEqual(self.Compute.search([("chain2", "=", 3), ("id", "in", records.ids)]), records)
        self.assertIn("chain2", logs.output[0])
        self.assertFalse(self.Compute.fields_get(["chain2"])["chain2"]["searchable"])

    def test_editable_stored(self):
        record = self.Compute.create({"a": 1})
        self.assertEqual(record.editable, 10)
        record.editable = 3
        self.assertEqual(self._column(record, "editable"), 3)
        record.a = 2
        self.assertEqual(record.editable, 20)

    def test_editable_given_on_create(self):
        record = self.Compute.create({"a": 1, "editable": 99})
        self.assertEqual(record.editable, 99)
        self.assertEqual(self._column(record, "editable"), 99)

    def test_editable_written_with_its_dependency(self):
        record = self.Compute.create({"a": 1})
        record.write({"a": 2, "editable": 5})
        self.assertEqual(record.editable, 5)
        self.assertEqual(self._column(record, "editable"), 5)

    def test_editable_is_copied(self):
        record = self.Compute.create({"a": 1, "editable": 99})
        self.assertEqual(record.copy().editable, 99)

    def test_precompute(self):
        record = self.Compute.create({"a": 1, "name": False})
        self.assertEqual(record.precomputed, 101)
        self.env.flush_all()
        self.assertNotIn(("precomputed", record.ids), self.Compute.calls, "it was computed before there was an id")
        record.a = 2
        self.assertEqual(self._column(record, "precomputed"), 102)

    def test_default_disables_precompute(self):
        record = self.Compute.create({"a": 1})
        self.assertEqual(record.defaulted, 7)
        record.a = 3
        self.assertEqual(record.defaulted, 3)

    def test_missing_assignment(self):
        record = self.Compute.create({"a": 0})
        with self.assertRaisesRegex(ValueError, "test_orm.compute.*missing"):
            record.missing

    def test_error_in_compute(self):
        records = self.Compute.create([{"a": 0}, {"a": 5}])
        with self.assertRaises(ZeroDivisionError):
            records[0].failing
        self.assertEqual(records[1].with_prefetch().failing, 2)

    def test_compute_on_new_record(self):
        record = self.Compute.new({"a": 2, "b": 3, "name": "Ann Smith"})
        self.assertEqual((record.sum, record.chain1, record.chain3, record.first), (5, 3, 5, "Ann"))
        record.a = 10
        self.assertEqual((record.sum, record.chain1, record.chain3, record.editable), (13, 11, 13, 100))

    def test_relational_stored_values(self):
        tags = self.env["test_orm.tag"].create([{"name": "t1x"}, {"name": "t2x"}])
        record = self.Compute.create({"name": "t1x t2x"})
        self.assertEqual(record.tag_ids, tags)
        self.assertEqual(record.tag_id, tags[0])
        record.name = "t2x"
        self.env.invalidate_all()
        self.assertEqual(record.tag_ids, tags[1])
        self.assertEqual(record.tag_id, tags[1])
        self.assertEqual(self.Compute.search([("tag_ids", "=", tags[1].id)]), record)

    def test_relational_not_stored(self):
        tag = self.env["test_orm.tag"].create({"name": "t3x"})
        record = self.Compute.create({"name": "t3x"})
        self.assertEqual(record.free_tag_ids, tag)
        record.name = "other"
        self.assertFalse(record.free_tag_ids)

    def test_depends_on_context_company(self):
        other = self.env["res.company"].create({"name": "Other Company"})
        record = self.Compute.create({})
        self.assertEqual(record.company_label, self.env.company.name)
        self.assertEqual(record.with_company(other).company_label, "Other Company")
        self.assertEqual(record.company_label, self.env.company.name)

    def test_depends_on_context_uid(self):
        record = self.Compute.create({})
        user = self.env.ref("base.user_admin")
        self.assertEqual(record.user_label, f"{self.env.uid} True")
        self.assertEqual(record.with_user(user).user_label, f"{user.id} False")
        self.assertEqual(record.with_user(user).sudo().user_label, f"{user.id} True")

    def test_depends_on_context_key(self):
        record = self.Compute.create({})
        self.assertEqual(record.key_label, "none")
        self.assertEqual(record.with_context(test_key="one").key_label, "one")
        self.assertEqual(record.with_context(test_key="two").key_label, "two")
        self.assertEqual(record.key_label, "none")

    def test_depends_on_context_lang(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        record = self.Compute.create({})
        self.assertEqual(record.with_context(lang="fr_FR").lang_label, "fr_FR")
        self.assertEqual(record.with_context(lang="en_US").lang_label, "en_US")

    def test_depends_on_context_active_test(self):
        record = self.Compute.create({})
        self.assertEqual(record.active_label, "True")
        self.assertEqual(record.with_context(active_test=False).active_label, "False")

    def test_context_dependencies_are_known(self):
        self.assertEqual(
            tuple(self.env.registry.field_depends_context[self.Compute._fields["key_label"]]), ("test_key",)
        )

    def test_compute_sudo(self):
        record = self.Compute.create({}).with_user(self.env.ref("base.user_admin"))
        self.assertEqual(record.as_user, 0)
        self.assertEqual(record.as_superuser, 1)
        self.assertTrue(self.Compute._fields["chain1"].compute_sudo, "stored fields are computed as superuser")
        self.assertFalse(self.Compute._fields["sum"].compute_sudo)

    def test_copy_of_computed(self):
        self.assertFalse(self.Compute._fields["chain1"].copy)
        self.assertTrue(self.Compute._fields["editable"].copy)

    def test_unlink_of_pending(self):
        record = self.Compute.create({"a": 1})
        record.a = 2
        record.unlink()
        self.env.flush_all()


class TestDottedDependencies(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Node = cls.env["test_orm.node"]
        cls.n3 = cls.Node.create({"name": "n3", "value": 3})
        cls.n2 = cls.Node.create({"name": "n2", "value": 2, "next_id": cls.n3.id})
        cls.n1 = cls.Node.create({"name": "n1", "value": 1, "next_id": cls.n2.id})

    def test_many2one_value(self):
        self.assertEqual(self.n1.next_value, 2)
        self.n2.value = 20
        self.assertEqual(self.n1.next_value, 20)

    def test_many2one_link(self):
        self.n1.next_id = self.n3
        self.assertEqual(self.n1.next_value, 3)
        self.n1.next_id = False
        self.assertEqual(self.n1.next_value, 0)

    def test_two_links(self):
        self.assertEqual(self.n1.next_next_value, 3)
        self.n3.value = 30
        self.assertEqual(self.n1.next_next_value, 30)
        self.n2.next_id = self.n1
        self.assertEqual(self.n1.next_next_value, 1)
        self.n2.next_id = False
        self.assertEqual(self.n1.next_next_value, 0)

    def test_one2many_value(self):
        self.assertEqual(self.n3.previous_total, 2)
        self.n2.value = 5
        self.assertEqual(self.n3.previous_total, 5)

    def test_one2many_link_both_sides(self):
        self.n1.next_id = self.n3
        self.assertEqual(self.n3.previous_total, 3)
        self.assertEqual(self.n2.previous_total, 0, "the record that was left is recomputed, too")

    def test_one2many_creation(self):
        self.Node.create({"value": 7, "next_id": self.n3.id})
        self.assertEqual(self.n3.previous_total, 9)

    def test_one2many_deletion(self):
        self.n2.unlink()
        self.assertEqual(self.n3.previous_total, 0)
        self.assertEqual(self.n1.next_value, 0)

    def test_many2many(self):
        self.n1.link_ids = self.n2 + self.n3
        self.assertEqual(self.n1.link_total, 5)
        self.assertEqual(self.n1.link_names, "n2, n3")
        self.n3.write({"value": 10, "name": "renamed"})
        self.assertEqual(self.n1.link_total, 12)
        self.assertEqual(self.n1.link_names, "n2, renamed")
        self.n1.link_ids -= self.n2
        self.assertEqual(self.n1.link_total, 10)

    def test_many2many_deletion_of_target(self):
        self.n1.link_ids = self.n2 + self.n3
        self.n3.unlink()
        self.assertEqual(self.n1.link_total, 2)
        self.env.invalidate_all()
        self.assertEqual(self.n1.link_total, 2)

    def test_in_memory(self):
        new = self.Node.new({"name": "new", "value": 100})
        other = self.Node.new({"next_id": new})
        self.assertEqual(other.next_value, 100)
        new.value = 200
        self.assertEqual(other.next_value, 200)

    def test_modified_after_sql(self):
        self.env.flush_all()
        self.env.cr.execute("UPDATE test_orm_node SET value = 50 WHERE id = %s RETURNING id", [self.n2.id])
        records = self.Node.browse(row[0] for row in self.env.cr.fetchall())
        records.invalidate_recordset(["value"])
        records.modified(["value"])
        self.assertEqual(self.n1.next_value, 50)
        self.assertEqual(self.n3.previous_total, 50)


class TestRecursion(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Category = cls.env["test_orm.category"]
        cls.top = cls.Category.create({"name": "top", "amount": 1})
        cls.middle = cls.Category.create({"name": "middle", "parent_id": cls.top.id, "amount": 2})
        cls.leaf = cls.Category.create({"name": "leaf", "parent_id": cls.middle.id, "amount": 4})

    def test_down(self):
        self.assertEqual(self.leaf.complete_name, "top / middle / leaf")
        self.top.name = "summit"
        self.assertEqual(self.leaf.complete_name, "summit / middle / leaf")
        self.env.invalidate_all()
        self.assertEqual(self.leaf.complete_name, "summit / middle / leaf")

    def test_up(self):
        self.assertEqual(self.top.total, 7)
        self.leaf.amount = 10
        self.assertEqual(self.top.total, 13)
        self.leaf.parent_id = False
        self.assertEqual((self.top.total, self.middle.total), (3, 2))

    def test_not_stored(self):
        self.assertEqual(self.leaf.depth, 2)
        self.middle.parent_id = False
        self.assertEqual((self.middle.depth, self.leaf.depth), (0, 1))

    def test_many2one(self):
        self.assertEqual(self.leaf.root_id, self.top)
        self.middle.parent_id = False
        self.assertEqual(self.leaf.root_id, self.middle)

    def test_batch_out_of_order(self):
        records = self.leaf + self.top + self.middle
        records.invalidate_recordset()
        self.env.add_to_compute(self.Category._fields["complete_name"], records)
        self.assertEqual(records.mapped("complete_name"), ["top / middle / leaf", "top", "top / middle"])

    def test_move_of_a_branch(self):
        other = self.Category.create({"name": "other"})
        self.middle.parent_id = other
        self.env.flush_all()
        self.env.cr.execute("SELECT complete_name FROM test_orm_category WHERE id = %s", [self.leaf.id])
        self.assertEqual(self.env.cr.fetchone()[0], "other / middle / leaf")
        self.assertEqual(other.total, 6)
        self.assertEqual(self.top.total, 1)

    def test_display_name_follows(self):
        self.assertEqual(self.leaf.display_name, "top / middle / leaf")
        self.top.name = "peak"
        self.assertEqual(self.leaf.display_name, "peak / middle / leaf")

    def test_in_memory(self):
        new = self.Category.new({"name": "new", "parent_id": self.middle})
        self.assertEqual(new.complete_name, "top / middle / new")
        self.assertEqual(new.depth, 2)


class TestEnvironmentOfComputes(TransactionCase):
    """Marking, protecting and delaying computations by hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.record = cls.env["test_orm.compute"].create({"a": 1})
        cls.env.flush_all()

    def setUp(self):
        super().setUp()
        self.field = self.record._fields["editable"]

    def test_add_to_compute(self):
        self.env.cr.execute("UPDATE test_orm_compute SET a = 5 WHERE id = %s", [self.record.id])
        self.record.invalidate_recordset(["a"])
        self.env.add_to_compute(self.field, self.record)
        self.assertIn(self.field, self.env.fields_to_compute())
        self.assertEqual(self.env.records_to_compute(self.field), self.record)
        self.assertEqual(self.record.editable, 50)
        self.assertFalse(self.env.records_to_compute(self.field))

    def test_failed_compute_is_marked_again(self):
        self.env.add_to_compute(self.field, self.record)
        with patch.object(type(self.record), self.field.compute, side_effect=UserError("no")), suppress(UserError):
            self.record.editable
        self.assertEqual(self.env.records_to_compute(self.field), self.record)
        self.assertFalse(self.env.is_protected(self.field, self.record))
        self.assertEqual(self.record.editable, 10)

    def test_not_to_compute(self):
        other = self.record.copy()
        self.env.flush_all()
        self.env.add_to_compute(self.field, self.record)
        self.assertEqual(self.env.not_to_compute(self.field, self.record + other), other)

    def test_remove_to_compute(self):
        self.env.add_to_compute(self.field, self.record)
        self.env.remove_to_compute(self.field, self.record)
        self.assertFalse(self.env.records_to_compute(self.field))

    def test_protecting(self):
        with self.env.protecting([self.field], self.record):
            self.assertTrue(self.env.is_protected(self.field, self.record))
            self.record.a = 9
        self.assertFalse(self.env.is_protected(self.field, self.record))
        self.assertEqual(self.record.editable, 10)
        with self.env.protecting([([self.field], self.record)]):
            self.record.a = 8
        self.assertEqual(self.record.editable, 10)

    def test_norecompute(self):
        with self.env.norecompute():
            self.record.a = 7
        self.assertEqual(self.record.editable, 70)

    def test_flush_levels(self):
        self.record.a = 3
        self.record.flush_recordset(["chain1"])
        self.env.cr.execute("SELECT chain1 FROM test_orm_compute WHERE id = %s", [self.record.id])
        self.assertEqual(self.env.cr.fetchone()[0], 4)
        self.record.a = 4
        self.record.flush_model(["chain1"])
        self.env.cr.execute("SELECT chain1 FROM test_orm_compute WHERE id = %s", [self.record.id])
        self.assertEqual(self.env.cr.fetchone()[0], 5)
        self.record.a = 5
        self.env.flush_all()
        self.env.cr.execute("SELECT chain1, a FROM test_orm_compute WHERE id = %s", [self.record.id])
        self.assertEqual(self.env.cr.fetchone(), (6, 5))

    def test_invalidate_levels(self):
        other = self.record.copy()
        self.env.flush_all()
        self.env.cr.execute("UPDATE test_orm_compute SET b = 77, name = 'sql'")
        self.assertEqual((self.record.b, other.b), (0, 0))
        self.record.invalidate_recordset(["b"])
        self.assertEqual((self.record.b, other.b), (77, 0))
        self.record.invalidate_model(["b"])
        self.assertEqual(other.b, 77)
        self.env.invalidate_all()
        self.assertEqual(other.name, "sql")

    def test_invalidate_flushes_unless_told(self):
        self.record.b = 5
        self.record.invalidate_recordset(["b"])
        self.assertEqual(self.record.b, 5)
        self.record.b = 6
        self.record.invalidate_recordset(["b"], flush=False)
        self.assertEqual(self.record.b, 5)

    def test_nothing_proposed(self):
        Compute = self.env["test_orm.compute"]
        self.assertEqual(Compute.new({"a": 1}).proposed, 0)
        self.assertEqual(Compute.new({"a": 11}).proposed, 11)
        self.assertEqual(Compute.create({"a": 1}).proposed, 0)
        with self.assertRaisesRegex(ValueError, "missing"):
            Compute.new({"a": 0}).missing
