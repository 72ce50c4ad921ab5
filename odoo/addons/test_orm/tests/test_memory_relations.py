"""Relations of records in memory, from both sides; each test names its entry."""

from odoo import Command
from odoo.tests import TransactionCase


class TestMany2manyInMemory(TransactionCase):
    """X13: both sides of a many2many of records in memory."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Pile, cls.Piece = cls.env["test_orm.pile"], cls.env["test_orm.piece"]

    def test_x13_added_and_taken_away(self):
        for read_first in (False, True):
            pile, piece, other = self.Pile.new(), self.Piece.new(), self.Piece.new()
            if read_first:
                self.assertEqual((piece.pile_count, piece.busy, piece.pile_ids), (0, False, self.Pile))
            pile.piece_ids += piece
            self.assertEqual(piece.pile_ids, pile)
            self.assertEqual((piece.pile_count, piece.busy, pile.piece_count), (1, True, 1))
            pile.piece_ids += other
            self.assertEqual((other.pile_count, pile.piece_count), (1, 2))
            pile.piece_ids -= piece
            self.assertEqual(piece.pile_ids, self.Pile)
            self.assertEqual((piece.pile_count, piece.busy, pile.piece_count), (0, False, 1))
            self.assertEqual((other.pile_ids, other.pile_count), (pile, 1))

    def test_x13_replaced(self):
        pile, pieces = self.Pile.new(), self.Piece.new() + self.Piece.new()
        pile.piece_ids = pieces[0]
        self.assertEqual(pieces.mapped("pile_count"), [1, 0])
        pile.piece_ids = pieces[1]
        self.assertEqual(pieces.mapped("pile_count"), [0, 1])
        pieces[0].pile_ids = pile
        self.assertEqual(pile.piece_ids, pieces[1] + pieces[0])
        self.assertEqual(pile.piece_count, 2)
        pile.piece_ids = [Command.clear()]
        self.assertEqual(pieces.mapped("pile_count"), [0, 0])

    def test_x13_lines(self):
        """Lines in memory know where they are, and what is computed from that, too."""
        orders = self.env["test_orm.order"].new({"name": "a"}) + self.env["test_orm.order"].new({"name": "b"})
        line = self.env["test_orm.order.line"].new({"product": "p"})
        self.assertFalse(line.order_name)
        orders[0].line_ids += line
        self.assertEqual((line.order_id, line.order_name), (orders[0], "a"))
        orders[1].line_ids = line
        self.assertEqual((line.order_id, line.order_name), (orders[1], "b"))
        self.assertEqual(orders.mapped("line_count"), [0, 1])
        orders[1].line_ids -= line
        self.assertFalse(line.order_id or line.order_name)
        orders[1].line_ids = [Command.create({"product": "q", "discount": 3})]
        self.assertEqual((orders[1].line_ids.order_name, orders[1].line_ids.discount), ("b", 3))

    def test_x13_records_of_the_database_keep_theirs(self):
        piece = self.Piece.create({})
        pile = self.Pile.new()
        pile.piece_ids += piece
        self.env.invalidate_all()
        self.assertEqual((piece.pile_count, piece.pile_ids), (0, self.Pile))
