"""Names inside of the framework that tests of addons read and replace."""

from unittest.mock import patch

from odoo import fields, models
from odoo.tests import TransactionCase
from odoo.tools import html_sanitize


class TestNamesForTests(TransactionCase):
    """Each name is there and does what it says; what takes its place is used."""

    def test_html_sanitize(self):
        self.assertIs(fields.html_sanitize, html_sanitize)
        record = self.env["test_orm.value"].create({})
        with patch("odoo.fields.html_sanitize", return_value="<p>clean</p>") as sanitize:
            record.html = "<p>first</p>"
            self.assertEqual(record.html, "<p>clean</p>")
            self.assertEqual(sanitize.call_args_list[0].args, ("<p>first</p>",))
            sanitize.reset_mock()
            record.with_user(self.env.ref("base.public_user")).sudo().html_overridable = "<p>second</p>"
            self.assertEqual(sanitize.call_args_list[0].args, ("<p>second</p>",))
            calls = sanitize.call_count
            record.html_raw = "<p>as it is</p>"
            self.assertEqual(sanitize.call_count, calls)
        record.html = "<p>first</p><script>x</script>"
        self.assertEqual(record.html, "<p>first</p>")

    def test_onchange_methods(self):
        orders = self.env["test_orm.order"]
        self.assertEqual(
            {name: [method.__name__ for method in methods] for name, methods in orders._onchange_methods.items()},
            {"person_id": ["_onchange_person"], "urgent": ["_onchange_urgent"]},
        )

        def shout(order):
            order.message = order.name.upper()

        with patch.object(type(orders), "_onchange_methods", {"name": [shout]}):
            answer = orders.onchange({"name": "low"}, ["name"], {"name": {}, "message": {}})
        self.assertEqual(answer["value"], {"message": "LOW"})

    def test_base_classes(self):
        model_class = self.registry["test_orm.tag"]
        bases = model_class._BaseModel__base_classes
        self.assertEqual(bases, model_class.__bases__)
        self.assertIn(self.registry["base"], bases)
        self.assertEqual([base.__name__ for base in bases if base._name == "test_orm.tag"], ["Tag"])

    def test_extension_that_is_taken_back(self):
        model_class = self.registry["test_orm.tag"]
        bases = model_class._BaseModel__base_classes

        class Extension(models.Model):
            _module = None
            _inherit = "test_orm.tag"
            shade = fields.Char(store=False)

        def take_back():
            model_class._BaseModel__base_classes = bases
            self.registry.setup_models(self.env.cr)

        self.addCleanup(take_back)
        Extension._build_model(self.registry, self.env.cr)
        self.registry.setup_models(self.env.cr)
        self.assertEqual(model_class._BaseModel__base_classes, (Extension, *bases))
        self.assertEqual(self.env["test_orm.tag"].new({"shade": "dark"}).shade, "dark")
        take_back()
        self.assertNotIn("shade", model_class._fields)

    def test_maps_of_fields(self):
        order_fields, line_fields = self.env["test_orm.order"]._fields, self.env["test_orm.order.line"]._fields
        total, quantity = order_fields["amount_total"], order_fields["quantity_total"]
        self.assertEqual(set(self.registry.field_computed[total]), {total, quantity})
        self.assertIn(order_fields["line_ids"], self.registry.field_inverses[line_fields["order_id"]])
        tree = self.registry.get_trigger_tree([line_fields["quantity"]])
        self.assertIn(quantity, tree[order_fields["line_ids"]].root)
        chosen = self.registry.get_trigger_tree([line_fields["quantity"]], select=lambda field: field == total)
        self.assertEqual(list(chosen[order_fields["line_ids"]].root), [total])
