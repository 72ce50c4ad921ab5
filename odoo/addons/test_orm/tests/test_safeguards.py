"""What a write must not lose: lines, given values, parents, cents, rights; each test is named after its entry."""

from psycopg2.errors import NotNullViolation

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, new_test_user
from odoo.tools import mute_logger


class TestRemovedLines(TransactionCase):
    """X2: what happens to lines that are removed."""

    def test_x2_required_inverse_without_cascade_refuses(self):
        Contract = self.env["test_orm.contract"]
        for kind in ("unlink", "clear", "set", "false", "assign"):
            with self.subTest(kind):
                contract = Contract.create({"clause_ids": [Command.create({"name": name}) for name in "ab"]})
                clauses = contract.clause_ids
                self.env.flush_all()
                value = {
                    "unlink": [Command.unlink(clauses[0].id)],
                    "clear": [Command.clear()],
                    "set": [Command.set(clauses[1].ids)],
                    "false": False,
                    "assign": clauses[1],
                }[kind]
                with self.assertRaises(NotNullViolation), mute_logger("odoo.sql_db"):
                    contract.clause_ids = value
                    self.env.flush_all()
                self.env.invalidate_all()
                self.assertEqual(clauses.exists(), clauses, "nothing is deleted")
                self.assertEqual(contract.clause_ids, clauses)

    def test_x2_removing_asks_for_the_right_to_write(self):
        user = new_test_user(self.env, "x2_user")
        contract = self.env["test_orm.contract"].create({"clause_ids": [Command.create({"name": "a"})]})
        clause = contract.clause_ids
        self.env.flush_all()
        with self.assertRaises(AccessError):
            clause.with_user(user).unlink()
        with self.assertRaises(NotNullViolation), mute_logger("odoo.sql_db"):
            contract.with_user(user).write({"clause_ids": [Command.clear()]})
            self.env.flush_all()
        self.assertTrue(clause.exists())

    def test_x2_users_of_a_partner_are_not_deleted(self):
        user = new_test_user(self.env, "x2_partner")
        self.env.flush_all()
        with self.assertRaises(NotNullViolation), mute_logger("odoo.sql_db"):
            user.partner_id.user_ids = [Command.clear()]
            self.env.flush_all()
        self.env.invalidate_all()
        self.assertTrue(user.exists())

    def test_x2_lines_may_move_and_be_deleted(self):
        first, second = self.env["test_orm.contract"].create(
            [{"clause_ids": [Command.create({"name": name}) for name in "ab"]}, {}]
        )
        one, two = first.clause_ids
        second.clause_ids = [Command.link(one.id)]
        first.clause_ids = [Command.delete(two.id)]
        self.env.flush_all()
        self.assertEqual(second.clause_ids, one)
        self.assertFalse(two.exists())
