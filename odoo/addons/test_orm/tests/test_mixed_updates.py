"""Few rows of which other columns changed are written by one statement."""

from odoo import Command
from odoo.tests import TransactionCase


class TestMixedUpdates(TransactionCase):
    def setUp(self):
        super().setUp()
        self.order = self.env["test_orm.order"].create(
            {
                "line_ids": [
                    Command.create({"product": str(index), "quantity": 1, "price": index}) for index in range(10)
                ]
            }
        )
        self.lines = self.order.line_ids
        self.env.invalidate_all()

    def stored(self):
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT product, quantity, price, subtotal FROM test_orm_order_line WHERE id = ANY(%s) ORDER BY id",
            [self.lines.ids],
        )
        return self.env.cr.fetchall()

    def test_lines_in_one_write(self):
        # the lines, their values, the lines and the order written
        with self.assertQueryCount(4):
            self.order.line_ids = [
                Command.update(line.id, {"price": line.price + 1, "quantity": index})
                for index, line in enumerate(self.order.line_ids)
            ]
            self.env.flush_all()
        self.assertEqual(self.stored(), [(str(index), index, index + 1, index * (index + 1)) for index in range(10)])

    def test_what_nobody_changed_is_not_written(self):
        tags = self.env["test_orm.tag"].create([{"name": str(index), "color": index} for index in range(4)])
        self.env.flush_all()
        self.env.cr.execute("UPDATE test_orm_tag SET color = 50 WHERE id = %s", [tags[0].id])
        with self.assertQueryCount(1):
            tags[0].name = "a"
            tags[1].write({"name": "b", "color": 7})
            tags[2].color = 8
            self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(tags.mapped("name"), ["a", "b", "2", "3"])
        self.assertEqual(tags.mapped("color"), [50, 7, 8, 3])

    def test_empty_values_are_written(self):
        self.lines[0].product = False
        self.lines[1].write({"product": "b", "sequence": 3})
        self.assertEqual([row[0] for row in self.stored()[:3]], [None, "b", "2"])

    def test_a_write_that_changes_nothing_comes_along(self):
        tags = self.env["test_orm.tag"].create([{"name": str(index)} for index in range(3)])
        self.env.flush_all()
        self.env.cr.execute("UPDATE test_orm_tag SET write_date = NULL WHERE id = ANY(%s)", [tags.ids])
        with self.assertQueryCount(1):
            tags[0].name = "a"
            tags[1].name = "1"
            self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual([bool(tag.write_date) for tag in tags], [True, True, False])

    def test_unique_values_change_hands(self):
        persons = self.env["test_orm.person"].create([{"name": "a", "code": "1"}, {"name": "b"}])
        self.env.flush_all()
        persons[0].code = "2"
        persons[1].write({"code": "1", "name": "c"})
        self.env.invalidate_all()
        self.assertEqual(persons.mapped("code"), ["2", "1"])

    def test_many_rows(self):
        lines = self.env["test_orm.order.line"].create(
            [{"order_id": self.order.id, "product": str(index)} for index in range(150)]
        )
        self.env.flush_all()
        for index, line in enumerate(lines):
            line["product" if index % 2 else "sequence"] = index
        self.env.invalidate_all()
        self.assertEqual(lines[7:9].mapped("product"), ["7", "8"])
        self.assertEqual(lines[8:10].mapped("sequence"), [8, 10])

    def test_who_extends_the_write_sees_what_is_computed_too(self):
        seen = {}
        write = type(self.lines)._write_multi

        def extended(records, vals_list):
            seen.update(zip(records.mapped("product"), vals_list, strict=True))
            return write(records, vals_list)

        self.patch(type(self.lines), "_write_multi", extended)
        self.lines[3].price = 7
        self.lines[4].write({"quantity": 2, "price": 5})
        self.assertEqual(self.stored()[3:5], [("3", 1, 7, 7), ("4", 2, 5, 10)])
        self.assertEqual(seen["3"].keys(), {"price", "subtotal", "write_uid", "write_date"})
        self.assertEqual((seen["4"]["subtotal"], seen["4"]["write_uid"]), (10, self.env.uid))
        self.assertEqual(seen.keys(), {"3", "4"})
