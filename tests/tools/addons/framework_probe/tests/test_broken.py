from odoo.tests import TransactionCase, tagged


@tagged("-standard", "broken_on_purpose")
class TestBroken(TransactionCase):
    def test_failure(self):
        self.assertEqual(self.env["probe.tag"].create({"name": "x"}).name, "y")

    def test_error(self):
        raise KeyError("boom")
