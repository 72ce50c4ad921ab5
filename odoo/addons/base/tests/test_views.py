"""What tests of views start from, and that it tells valid views from others."""

from odoo.exceptions import ValidationError
from odoo.tools import mute_logger

from .common import TransactionCaseWithUserDemo

VIEW_LOGGER = "odoo.addons.base.models.ir_ui_view"


class ViewCase(TransactionCaseWithUserDemo):
    """A test that creates views and says whether they are accepted; ``View`` is the model of views."""

    def setUp(self):
        super().setUp()
        self.View = self.env["ir.ui.view"]

    def _create_view(self, arch, name, inherit_id, model):
        return self.View.create({"name": name, "model": model, "inherit_id": inherit_id, "arch": arch})

    def assertValid(self, arch, name="valid view", inherit_id=False, model="ir.ui.view"):
        """Check that a view is accepted.

        :param arch: its architecture as text
        :param name: its name
        :param inherit_id: id of the view that it extends
        :param model: name of its model
        :return: the view
        """
        return self._create_view(arch, name, inherit_id, model)

    def assertInvalid(self, arch, expected_message=None, name="invalid view", inherit_id=False, model="ir.ui.view"):
        """Check that a view is refused, for the reason that a part of the message tells; nothing is left of it."""
        with mute_logger(VIEW_LOGGER), self.assertRaises(ValidationError) as refusal, self.cr.savepoint():
            self._create_view(arch, name, inherit_id, model)
        self.assertEqual(refusal.exception.context["name"], name)
        self.assertIn(expected_message or "", str(refusal.exception))

    def assertWarning(self, arch, expected_message=None, name="doubtful view", inherit_id=False, model="ir.ui.view"):
        """Check that a view is accepted with one warning, which has a part of the message and the view's name.

        :return: the view
        """
        with self.assertLogs(VIEW_LOGGER, level="WARNING") as logs:
            view = self._create_view(arch, name, inherit_id, model)
        self.assertEqual(len(logs.output), 1, logs.output)
        for part in (name, expected_message or ""):
            self.assertIn(part, logs.output[0])
        return view


class TestViewCase(ViewCase):
    """Views of each kind, told apart."""

    def test_valid(self):
        base = self.assertValid('<form><field name="name"/></form>', name="base")
        self.assertEqual((base.name, base.model, base.type), ("base", "ir.ui.view", "form"))
        extension = self.assertValid('<field name="name" position="after"/>', inherit_id=base.id)
        self.assertEqual(extension.mode, "extension")
        with self.assertRaises(ValidationError):
            self.assertValid('<form><field name="nothing"/></form>')

    def test_invalid(self):
        self.assertInvalid('<form><field name="nothing"/></form>')
        self.assertInvalid('<form><field name="login_"/></form>', "'login'", name="x", model="res.users")
        self.assertFalse(self.View.search_count([("name", "in", ("x", "invalid view"))]))
        with self.assertRaises(AssertionError):
            self.assertInvalid('<form><field name="nothing"/></form>', "other words")
        with self.assertRaises(AssertionError):
            self.assertInvalid('<form><field name="name"/></form>')

    def test_warning(self):
        arch = '<form><field name="name" groups="base.nobody_at_all"/></form>'
        self.assertEqual(self.assertWarning(arch, "base.nobody_at_all").model, "ir.ui.view")
        with self.assertRaises(AssertionError):
            self.assertWarning(arch, "other words")
        with self.assertRaises(AssertionError):
            self.assertWarning('<form><field name="name"/></form>')
