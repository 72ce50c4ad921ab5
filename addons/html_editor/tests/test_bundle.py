from odoo.modules.assets import AssetBundle
from odoo.tests import TransactionCase, tagged


@tagged("-at_install", "post_install")
class TestBundle(TransactionCase):
    def names(self):
        return {module.name for module in AssetBundle(self.env, "web.assets_web").modules}

    def test_the_page_has_the_field_and_not_the_editor(self):
        names = self.names()
        self.assertIn("@html_editor/fields/html_field", names)
        self.assertNotIn("@html_editor/editor", names)

    def test_addons_import_from_the_editor(self):
        path = "html_editor/static/tests/imported_early.js"
        self.env["ir.asset"].create({"name": "early", "bundle": "web.assets_backend", "path": path})
        self.assertLessEqual({"@html_editor/plugin", "@html_editor/main/list_plugin"}, self.names())
