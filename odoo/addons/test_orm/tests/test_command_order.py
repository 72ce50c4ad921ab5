"""In which order, and in how many statements, the commands of relations are carried out; each test names its entry."""

from odoo import Command
from odoo.exceptions import MissingError, ValidationError
from odoo.tests import TransactionCase


class TestCreateOrder(TransactionCase):
    """X6: a create gives relations their values as they are declared."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls.env["test_orm.person"].create({"name": "p"})

    def _orders(self):
        values = {
            "speech_ids": [Command.create({"speaker_id": self.person.id})],
            "speaker_ids": [Command.set(self.person.ids)],
        }
        return values, dict(reversed(values.items()))

    def test_x6_links_before_lines(self):
        for values in self._orders():
            debate = self.env["test_orm.debate"].create(values)
            self.assertEqual(debate.speech_ids.speaker_id, self.person)

    def test_x6_lines_before_links(self):
        for values in self._orders():
            with self.assertRaises(ValidationError):
                self.env["test_orm.debate.late"].create(values)

    def test_x6_write_in_the_order_of_the_values(self):
        lines_first, links_first = self._orders()
        for model in ("test_orm.debate", "test_orm.debate.late"):
            debate = self.env[model].create({})
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                debate.write(lines_first)
            debate.write(links_first)
            self.assertEqual(debate.speech_ids.speaker_id, self.person)


class TestVanishingLines(TransactionCase):
    """X7: commands about lines that another command of the list deletes on its way."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rope = cls.env["test_orm.rope"].create({})
        cls.knots = cls.env["test_orm.knot"].create([{"name": name, "rope_id": cls.rope.id} for name in "abc"])
        cls.knots[2].upper_id = cls.knots[1]
        cls.env.flush_all()

    def test_x7_line_is_there_already(self):
        a, b, c = self.knots.ids
        for read_first in (True, False):
            with self.subTest(read_first=read_first), self.env.cr.savepoint() as savepoint:
                if read_first:
                    self.assertEqual(self.rope.knot_ids, self.knots)
                self.rope.write({"knot_ids": [Command.link(a), Command.delete(b), Command.link(c)]})
                self.assertEqual(self.rope.knot_ids.ids, [a])
                self.env.invalidate_all()
                self.assertEqual(self.rope.knot_ids.ids, [a])
                savepoint.rollback()
                self.env.invalidate_all(flush=False)

    def test_x7_line_of_another(self):
        """A line that was to come and is gone is an error."""
        self.knots[2].rope_id = False
        with self.assertRaises(MissingError), self.env.cr.savepoint():
            self.rope.write({"knot_ids": [Command.delete(self.knots[1].id), Command.link(self.knots[2].id)]})

    def test_x7_both_deleted(self):
        self.rope.write({"knot_ids": [Command.delete(knot.id) for knot in self.knots]})
        self.assertFalse(self.rope.knot_ids)
        self.assertFalse(self.knots.exists())

    def test_x7_many2many(self):
        self.rope.far_knot_ids = self.knots
        self.rope.write({"far_knot_ids": [Command.link(self.knots[0].id), Command.delete(self.knots[1].id)]})
        self.assertEqual(self.rope.far_knot_ids, self.knots[0])
        self.env.invalidate_all()
        self.assertEqual(self.rope.far_knot_ids, self.knots[0])


class TestBatches(TransactionCase):
    """Q3: what the commands of one write do, and what a loop assigns, takes few statements."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.env["test_orm.order"].create(
            {"line_ids": [Command.create({"product": str(index), "price": 1}) for index in range(10)]}
        )
        cls.lines = cls.order.line_ids
        cls.tags = cls.env["test_orm.tag"].create([{"name": str(index)} for index in range(9)])
        cls.person = cls.env["test_orm.person"].create({"name": "p", "tag_ids": [Command.set(cls.tags.ids)]})

    def setUp(self):
        super().setUp()
        self.env.flush_all()
        self.env.invalidate_all()

    def test_q3_update_of_lines(self):
        commands = [Command.update(line.id, {"price": 5}) for line in self.lines]
        with self.assertQueryCount(5):
            # the lines, the order; its lines with their prices; lines and order are written
            self.order.write({"line_ids": commands})
            self.env.flush_all()
        self.assertEqual(self.order.amount_total, 50)

    def test_q3_update_of_text(self):
        commands = [Command.update(line.id, {"product": f"new {line.id}"}) for line in self.lines]
        with self.assertQueryCount(5):
            self.order.write({"line_ids": commands})
            self.env.flush_all()
        self.assertEqual(self.order.last_product, f"new {self.lines[-1].id}")

    def test_q3_update_of_linked_records(self):
        with self.assertQueryCount(3):
            self.person.write({"tag_ids": [Command.update(tag.id, {"color": 4}) for tag in self.tags]})
            self.env.flush_all()
        self.assertEqual(self.tags.mapped("color"), [4] * 9)

    def test_q3_delete_of_linked_records(self):
        with self.assertQueryCount(7):
            self.person.write({"tag_ids": [Command.delete(tag.id) for tag in self.tags]})
            self.env.flush_all()
        self.assertFalse(self.person.tag_ids)
        self.assertFalse(self.tags.exists())

    def test_q3_delete_of_lines(self):
        with self.assertQueryCount(10):
            self.order.write({"line_ids": [Command.delete(line.id) for line in self.lines[:9]]})
            self.env.flush_all()
        self.assertEqual(self.order.line_ids, self.lines[9])
        self.assertEqual(self.order.amount_total, 1)

    def test_q3_lines_assigned_in_a_loop(self):
        with self.assertQueryCount(5):
            for line in self.order.line_ids:
                line.price = 7
            self.env.flush_all()
        self.assertEqual(self.order.amount_total, 70)

    def test_q3_deleted_with_other_commands(self):
        other = self.tags[0].copy({"name": "other"})
        commands = [Command.delete(self.tags[0].id), Command.create({"name": "created"}), Command.link(other.id)]
        self.person.write({"tag_ids": [*commands, Command.update(self.tags[2].id, {"color": 8})]})
        self.assertEqual(set(self.person.tag_ids.mapped("name")), {*map(str, range(1, 9)), "other", "created"})
        self.assertEqual(self.tags[2].color, 8)
        self.person.write({"tag_ids": [Command.set(self.tags[1:3].ids), Command.delete(self.tags[1].id)]})
        self.assertEqual(self.person.tag_ids, self.tags[2])
        self.env.invalidate_all()
        self.assertEqual(self.person.tag_ids, self.tags[2])
