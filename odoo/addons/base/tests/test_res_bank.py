from odoo.tests import TransactionCase


class TestBank(TransactionCase):
    def test_banks_are_found_by_name_and_by_the_beginning_of_the_code(self):
        bank = self.env["res.bank"].create({"name": "Sandbank", "bic": "SANDBE22"})

        def found(operator, value):
            return bank in self.env["res.bank"].search([("display_name", operator, value)])

        self.assertTrue(found("ilike", "sandbe"))
        self.assertTrue(found("ilike", "dban"))
        self.assertFalse(found("ilike", "be22"))
        self.assertFalse(found("not ilike", "sandbe"))
        self.assertTrue(found("not ilike", "be22"))

    def test_account_numbers_are_found_however_they_are_written(self):
        account = self.env["res.partner.bank"].create(
            {"acc_number": "be 12-34", "partner_id": self.env.user.partner_id.id}
        )
        self.assertEqual(account.sanitized_acc_number, "BE1234")
        for operator, value in (("=", "BE 1234"), ("in", ["x", "b e1234"]), ("ilike", "e1 2"), ("=ilike", "e-12")):
            self.assertEqual(self.env["res.partner.bank"].search([("acc_number", operator, value)]), account, operator)
        self.assertFalse(self.env["res.partner.bank"].search([("acc_number", "=", "BE12")]))
