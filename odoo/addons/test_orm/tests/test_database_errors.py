"""2.11: refusals of the database, as callers from outside get them."""

from odoo import SUPERUSER_ID, api
from odoo.exceptions import ValidationError
from odoo.orm.retrying import retrying
from odoo.tests import TransactionCase
from odoo.tools import mute_logger


class TestDatabaseErrors(TransactionCase):
    """One sentence with a beginning that is always the same, then the reason."""

    def assertRefused(self, reason, call):
        """Check how the message of a call, which gets an environment, ends."""
        self.registry.enter_test_mode(self.env.cr)
        try:
            # what raises undoes what is in its block, so the cursor ends there, too
            with self.assertRaises(ValidationError) as refusal, self.registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                with mute_logger("odoo.sql_db"):
                    retrying(lambda: call(env), env)
        finally:
            self.registry.leave_test_mode()
        self.assertEqual(str(refusal.exception), f"The operation cannot be completed: {reason}")

    def test_2_11_constraints_of_models(self):
        self.assertRefused(
            "The color of a tag must not be negative.",
            lambda env: env["test_orm.tag"].create({"name": "t", "color": -1}),
        )
        people = [{"name": "p", "code": "c"}, {"name": "q", "code": "c"}]
        self.assertRefused("Two persons cannot have the same code.", lambda env: env["test_orm.person"].create(people))

    def test_2_11_constraints_that_no_model_declares(self):
        self.env.cr.execute("ALTER TABLE test_orm_tag ADD CONSTRAINT no_bears CHECK (name != 'bear')")
        self.assertRefused(
            'new row for relation "test_orm_tag" violates check constraint "no_bears"',
            lambda env: env["test_orm.tag"].create({"name": "bear"}),
        )

    def test_2_11_missing_values(self):
        self.assertRefused(
            "“Name” (name) of Tag (test_orm.tag) needs a value: fill it in or, if it is empty because what it refers "
            "to is being deleted, archive that record instead.",
            lambda env: env["test_orm.tag"].create({"color": 1}),
        )

    def test_2_11_records_in_use(self):
        company = self.env["res.company"].create({"name": "Busy"})
        self.assertRefused(
            "a record that is to be deleted is still used by Companies (res.company), or a record that is referred to "
            "does not exist. Archive it instead, if possible.\n\nConstraint: res_company_partner_id_fkey",
            lambda env: env["res.partner"].browse(company.partner_id.id).unlink(),
        )
