"""How many statements things take."""

from odoo import Command
from odoo.tests import TransactionCase


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
