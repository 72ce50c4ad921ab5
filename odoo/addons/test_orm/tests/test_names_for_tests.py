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

    def test_models_with_slots_of_their_own(self):
        model_class = self.registry["test_orm.tag"]
        bases = model_class._BaseModel__base_classes

        class Extension(models.Model):
            _module = None
            _inherit = "test_orm.tag"

            twin_id = fields.Many2one("test_orm.tag", store=False)

            def __init__(self, env, ids=(), prefetch_ids=()):
                super().__init__(env, ids, prefetch_ids)
                made.append(ids)

        def take_back():
            model_class._BaseModel__base_classes = bases
            self.registry.setup_models(self.env.cr)

        made = []
        tags = self.env["test_orm.tag"].create([{"name": "a"}, {"name": "b"}])
        self.addCleanup(take_back)
        Extension._build_model(self.registry, self.env.cr)
        self.registry.setup_models(self.env.cr)
        made.clear()
        self.assertEqual([tag.ids for tag in tags.with_env(self.env)], [[id_] for id_ in tags.ids])
        self.assertEqual(made[-2:], [(id_,) for id_ in tags.ids])
        tag = self.env["test_orm.tag"].new({"twin_id": tags[1].id})
        made.clear()
        self.assertEqual(tag.twin_id.ids, tags[1].ids)
        self.assertTrue(made)

    def test_models_that_set_up_fields_of_their_own(self):
        model_class = self.registry["test_orm.tag"]
        bases = model_class._BaseModel__base_classes
        built = []

        class Extension(models.Model):
            _module = None
            _inherit = "test_orm.tag"

            @classmethod
            def _build_model(cls, pool, cr):
                model = super()._build_model(pool, cr)
                # what is built has what the extension says already
                built.append((model._name, model._shades()))
                return model

            @classmethod
            def _shades(cls):
                return ["light", "dark"]

            def _setup_base(self):
                super()._setup_base()
                name = self._fields["name"]
                name.compute, name.store, name.required = "_compute_name", False, False
                for shade in self._shades():
                    self._add_field(f"x_{shade}", fields.Char(default=shade))

            def _compute_name(self):
                self.name = "always"

        def take_back():
            model_class._BaseModel__base_classes = bases
            self.registry.setup_models(self.env.cr)

        self.addCleanup(take_back)
        Extension._build_model(self.registry, self.env.cr)
        self.registry.setup_models(self.env.cr)
        self.assertEqual(built, [("test_orm.tag", ["light", "dark"])])
        tag = self.env["test_orm.tag"].new({})
        self.assertEqual((tag.x_dark, tag.name), ("dark", "always"))
        take_back()
        self.assertNotIn("x_dark", model_class._fields)
        self.assertTrue(model_class._fields["name"].store)

    def test_fields_beside_those_that_were_set_up(self):
        tags = self.env["test_orm.tag"]
        with patch.dict(tags._fields, {"choice": fields.Selection([("ignore", "Leave it")], default="ignore")}):
            answer = tags.onchange({"choice": "ignore"}, [], {"name": {}, "choice": {}})
        self.assertEqual(answer["value"], {"name": False})

    def test_maps_of_fields(self):
        order_fields, line_fields = self.env["test_orm.order"]._fields, self.env["test_orm.order.line"]._fields
        total, quantity = order_fields["amount_total"], order_fields["quantity_total"]
        self.assertEqual(set(self.registry.field_computed[total]), {total, quantity})
        self.assertIn(order_fields["line_ids"], self.registry.field_inverses[line_fields["order_id"]])
        tree = self.registry.get_trigger_tree([line_fields["quantity"]])
        self.assertIn(quantity, tree[order_fields["line_ids"]].root)
        chosen = self.registry.get_trigger_tree([line_fields["quantity"]], select=lambda field: field == total)
        self.assertEqual(list(chosen[order_fields["line_ids"]].root), [total])
