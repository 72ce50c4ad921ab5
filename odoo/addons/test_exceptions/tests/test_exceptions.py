"""What the exceptions look like to clients."""

from lxml import etree

from odoo import exceptions
from odoo.http import serialize_exception
from odoo.tests.common import TransactionCase


class TestExceptions(TransactionCase):
    def test_every_button(self):
        record = self.env["test_exceptions.model"].create({"name": "here"})
        form = etree.fromstring(record.get_view(view_type="form")["arch"])
        kinds = {button.get("name"): button.get("string") for button in form.iter("button")}
        self.assertEqual(len(kinds), 8)
        for name, kind in kinds.items():
            expected = getattr(exceptions, kind, RuntimeError)
            with self.subTest(kind), self.assertRaises(expected) as caught:
                getattr(record, name)()
            described = serialize_exception(caught.exception)
            known = f"odoo.exceptions.{kind}" if expected is not RuntimeError else "builtins.RuntimeError"
            self.assertEqual(described["name"], known)
            self.assertTrue(described["message"])

    def test_way_out(self):
        record = self.env["test_exceptions.model"].create({"name": "here"})
        with self.assertRaises(exceptions.RedirectWarning) as caught:
            record.raise_redirect_warning()
        action = self.env.ref("test_exceptions.action_test_exceptions")
        self.assertEqual(caught.exception.args, ("Something is missing.", action.id, "Go there", None))
