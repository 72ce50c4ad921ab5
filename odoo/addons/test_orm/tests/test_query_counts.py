"""How many statements things take."""

from functools import wraps
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo import Command
from odoo.tests import TransactionCase
from odoo.tools import mute_logger


class TestPrefetch(TransactionCase):
    """The two examples of the reference."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        countries = cls.env["res.country"].search([], limit=50)
        cls.partners = cls.env["res.partner"].create(
            [
                {"name": f"Partner {index}", "lang": "en_US", "country_id": countries[index % 50].id}
                for index in range(1000)
            ]
        )

    def setUp(self):
        super().setUp()
        # the company, which some columns depend on, and its default values are known
        self.partners[0].with_prefetch().name
        self.env.invalidate_all()
        self.env.company.ensure_one()

    def test_fields(self):
        with self.assertQueryCount(1):
            for partner in self.partners:
                partner.name
                partner.lang

    def test_secondary_records(self):
        countries = set()
        with self.assertQueryCount(2):
            for partner in self.partners:
                countries.add(partner.country_id.name)
        self.assertEqual(len(countries), 50)

    def test_second_access(self):
        self.partners[0].name
        with self.assertQueryCount(0):
            self.partners[999].name
            self.partners[0].name

    def test_one2many(self):
        parents = self.env["test_orm.order"].create([{"line_ids": [Command.create({})] * 3} for _index in range(20)])
        self.env.invalidate_all()
        with self.assertQueryCount(3):
            for order in parents:
                for line in order.line_ids:
                    line.product

    def test_many2many(self):
        tags = self.env["test_orm.tag"].create([{"name": str(index)} for index in range(10)])
        persons = self.env["test_orm.person"].create(
            [{"name": "p", "tag_ids": [Command.set(tags.ids)]} for _index in range(10)]
        )
        self.env.invalidate_all()
        with self.assertQueryCount(3):
            for person in persons:
                person.tag_ids.mapped("name")

    def test_other_languages_and_users_share(self):
        self.partners.mapped("name")
        with self.assertQueryCount(0):
            self.partners.with_context(other_key=1).mapped("name")
            self.partners.sudo().mapped("name")


class TestWriting(TransactionCase):
    def test_create_orders_with_lines(self):
        values = [
            {
                "name": f"Order {index}",
                "line_ids": [
                    Command.create({"product": str(line), "quantity": line, "price": 2}) for line in range(10)
                ],
            }
            for index in range(200)
        ]
        Order = self.env["test_orm.order"]
        with self.assertQueryCount(8):
            orders = Order.create(values)
            self.env.flush_all()
        self.assertEqual(orders[7].amount_total, 90)
        self.assertEqual(sum(orders.mapped("line_count")), 2000)

    def test_recompute(self):
        orders = self.env["test_orm.order"].create(
            [{"line_ids": [Command.create({"quantity": 1, "price": 1})] * 10} for _index in range(200)]
        )
        self.env.invalidate_all()
        lines = orders.line_ids
        lines.fetch(["quantity", "price", "order_id"])
        with self.assertQueryCount(4):
            for line in lines:
                line.price = 3
            self.env.flush_all()
        self.assertEqual(orders[199].amount_total, 30)
        self.env.invalidate_all()
        self.assertEqual(orders[0].amount_total, 30)
        self.assertEqual(lines[5].subtotal, 3)

    def test_write_of_many(self):
        tags = self.env["test_orm.tag"].create([{"name": str(index)} for index in range(300)])
        with self.assertQueryCount(1):
            tags.write({"color": 3})
            tags[:100].write({"color": 4})
            for index, tag in enumerate(tags):
                tag.color = index
            self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(tags.mapped("color"), list(range(300)))

    def test_write_of_what_is_there(self):
        tag = self.env["test_orm.tag"].create({"name": "same", "color": 1})
        self.env.flush_all()
        with self.assertQueryCount(1):
            tag.color = 1
            self.env.flush_all()

    def test_unlink_of_many(self):
        tags = self.env["test_orm.tag"].create([{"name": str(index)} for index in range(300)])
        with self.assertQueryCount(8):
            tags.unlink()

    def test_copy_of_many(self):
        tags = self.env["test_orm.tag"].create([{"name": str(index)} for index in range(300)])
        self.env.flush_all()
        with self.assertQueryCount(6):
            tags.copy()
            self.env.flush_all()


class TestLongLoops(TransactionCase):
    """More records than are fetched together."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.persons = cls.env["test_orm.person"].create(
            [{"name": f"p{index:04}", "code": f"c{index}", "age": index} for index in range(2500)]
        )
        cls.env.flush_all()

    def setUp(self):
        super().setUp()
        self.env.invalidate_all()

    def test_one_query_for_each_thousand(self):
        with self.assertQueryCount(3):
            total = sum(person.age for person in self.persons if person.name)
        self.assertEqual(total, sum(range(2500)))

    def test_a_field_that_is_looked_at_late(self):
        with self.assertQueryCount(6):
            found = [person.code if index > 1500 else person.name for index, person in enumerate(self.persons)]
        self.assertEqual(found[1500:1502], ["p1500", "c1501"])

    def test_what_was_written_meanwhile_stays(self):
        for index, person in enumerate(self.persons):
            self.assertEqual(person.age, index)
            self.persons[2499 - index].code = f"new {index}"
        self.assertEqual(self.persons.mapped("code"), [f"new {2499 - index}" for index in range(2500)])

    def test_fetched_together_and_then_written(self):
        first = self.persons[0]
        first.name
        # the column of the age came with the name, and nobody looked at it yet
        first.age = 77
        self.env.cr.execute("UPDATE test_orm_person SET age = 5 WHERE id = %s", [self.persons[1].id])
        self.assertEqual(first.age, 77)
        self.assertEqual(self.persons[1].age, 1)
        self.persons.invalidate_recordset(["age"])
        self.assertEqual(self.persons[1].age, 5)

    def test_statistics_for_the_planner(self):
        self.env.cr.execute("SELECT reltuples FROM pg_class WHERE relname = 'test_orm_person'")
        self.assertGreaterEqual(self.env.cr.fetchone()[0], 2500)


class TestRelationRows(TransactionCase):
    """Rows of relation tables are written when somebody could see them."""

    def setUp(self):
        super().setUp()
        self.tags = self.env["test_orm.tag"].create([{"name": str(index)} for index in range(3)])
        self.person = self.env["test_orm.person"].create({"name": "p"})
        self.env.flush_all()

    def test_what_is_linked_and_unlinked_is_not_written(self):
        # the log columns of the person
        with self.assertQueryCount(1):
            self.person.tag_ids = [Command.set(self.tags.ids)]
            self.person.tag_ids = [Command.clear()]
            self.env.flush_all()

    def test_a_flush_writes(self):
        self.person.tag_ids = [Command.set(self.tags.ids)]
        self.env.flush_all()
        with self.assertQueryCount(1):
            self.env.cr.execute("SELECT 1")

    def test_any_statement_sees_them(self):
        self.person.tag_ids = [Command.set(self.tags.ids)]
        self.env.cr.execute(
            "SELECT count(*) FROM test_orm_person_test_orm_tag_rel WHERE test_orm_person_id = %s", [self.person.id]
        )
        self.assertEqual(self.env.cr.fetchone(), (3,))

    def test_a_rollback_forgets_them(self):
        savepoint = self.env.cr.savepoint(flush=False)
        self.person.tag_ids = [Command.set(self.tags.ids)]
        savepoint.close(rollback=True)
        self.env.invalidate_all(flush=False)
        self.assertFalse(self.person.tag_ids)

    def test_a_missing_record_is_refused(self):
        missing = self.tags[0].copy()
        missing.unlink()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.person.tag_ids = [Command.link(missing.id)]


class TestRepeatedSearches(TransactionCase):
    """A search that was compiled before still means what it says."""

    def setUp(self):
        super().setUp()
        self.person = self.env["test_orm.person"].create({"name": "p", "age": 1, "email": "0"})
        self.mine = ("id", "in", self.person.ids)

    def find(self, *condition, **context):
        return self.env["test_orm.person"].with_context(**context).search_count([("name", "=", "p"), condition])

    def test_values_that_are_equal_in_python(self):
        for _time in range(2):
            self.assertEqual(self.find("age", "=", 1), 1)
            self.assertEqual(self.find("age", "=", 1.0), 1)
            self.assertEqual(self.find("email", "=", 0), 1)
            self.assertEqual(self.find("email", "=", False), 0)

    def test_changes_are_written_first(self):
        self.assertEqual(self.find("age", ">", 5), 0)
        self.person.age = 6
        self.assertEqual(self.find("age", ">", 5), 1)

    def test_archived_records(self):
        self.person.active = False
        for _time in range(2):
            self.assertEqual(self.find("age", "=", 1), 0)
            self.assertEqual(self.find("age", "=", 1, active_test=False), 1)

    def test_related_records(self):
        boss = self.env["test_orm.person"].create({"name": "boss", "age": 50})
        self.assertEqual(self.find("boss_id.age", "=", 50), 0)
        self.person.boss_id = boss
        self.assertEqual(self.find("boss_id.age", "=", 50), 1)
        boss.age = 51
        self.assertEqual(self.find("boss_id.age", "=", 50), 0)


class TestCaches(TransactionCase):
    def test_deleting_keeps_what_methods_cached(self):
        """Deleting a record without an external id has nothing to do with what methods cached."""
        person = self.env["test_orm.person"].create({"name": "p"})
        with patch.object(type(self.env.registry), "clear_cache") as clear_cache:
            person.unlink()
        clear_cache.assert_not_called()

    def test_deleting_a_default_value(self):
        person = self.env["test_orm.person"].create({"name": "p"})
        self.env["ir.default"].set("test_orm.order", "person_id", person.id)
        self.assertEqual(self.env["test_orm.order"].default_get(["person_id"]), {"person_id": person.id})
        person.unlink()
        self.assertEqual(self.env["test_orm.order"].default_get(["person_id"]), {})


class TestPatches(TransactionCase):
    """There are shorter ways for what nobody overrides; a patch of the long way is an override."""

    def setUp(self):
        super().setUp()
        self.person = self.env["test_orm.person"].create({"name": "p", "age": 1})

    def test_patched_write(self):
        with patch.object(type(self.person), "write") as write:
            self.person.age = 2
        write.assert_called_once_with({"age": 2})

    def test_wrapped_write(self):
        calls = []
        original = type(self.person).write

        @wraps(original)
        def write(records, vals):
            calls.append(vals)
            return original(records, vals)

        with patch.object(type(self.person), "write", write):
            self.person.age = 2
        self.assertEqual(calls, [{"age": 2}])
        self.assertEqual(self.person.age, 2)

    def test_wrapped_condition(self):
        model = type(self.person)
        original = model._condition_to_sql

        @wraps(original)
        def condition(records, alias, fname, operator, value, query):
            return original(records, alias, fname, operator, value + 1 if fname == "age" else value, query)

        domain = [("age", "=", 0), ("name", "=", "p")]
        self.assertFalse(self.person.search(domain))
        with patch.object(model, "_condition_to_sql", condition):
            self.assertEqual(self.person.search(domain), self.person)
        self.assertFalse(self.person.search(domain))
