"""Names that the database cuts."""

from psycopg2.errors import CheckViolation

from odoo.orm.pg_errors import validation_error
from odoo.tests import TransactionCase
from odoo.tools import mute_logger


class TestLongNames(TransactionCase):
    def test_the_message_of_a_constraint_with_a_long_name(self):
        Parcel = self.env["test_orm.long_names"]
        with self.assertRaises(CheckViolation) as refusal, mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            Parcel.create({"weight": -1})
        self.assertEqual(len(refusal.exception.diag.constraint_name), 63)
        error = validation_error(self.env, refusal.exception)
        self.assertEqual(str(error), "The operation cannot be completed: A parcel weighs.")

    def test_the_message_of_a_constraint_with_a_long_name_in_an_import(self):
        with mute_logger("odoo.sql_db"):
            result = self.env["test_orm.long_names"].load(["name", "weight"], [["a", "1"], ["b", "-1"]])
        self.assertEqual([message["message"] for message in result["messages"]], ["A parcel weighs."])

    def test_the_constraint_is_made_once(self):
        with self.assertNoLogs("odoo.schema", "DEBUG"):
            self.env["test_orm.long_names"]._add_sql_constraints()
