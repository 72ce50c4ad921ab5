"""Bundles as addons ask for them."""

from odoo import SUPERUSER_ID
from odoo.addons.base.models.assetsbundle import AssetsBundle
from odoo.tests import TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestAssetsBundle(TransactionCase):
    def bundle(self, name="web.assets_frontend_minimal", **kwargs):
        return self.env["ir.qweb"]._get_asset_bundle(name, **kwargs)

    def test_2_14_8_files(self):
        bundle = self.bundle()
        self.assertIsInstance(bundle, AssetsBundle)
        self.assertEqual([file.extension for file in bundle.javascripts], ["js", "js"])
        self.assertIn("globalThis", bundle.javascripts[0].content)
        self.assertEqual(self.bundle(js=False).javascripts, [])
        styles = self.bundle("web.assets_frontend")
        self.assertTrue(styles.stylesheets)
        self.assertEqual(self.bundle("web.assets_frontend", css=False).stylesheets, [])

    def test_2_14_8_attachments(self):
        bundle = self.bundle("web.report_assets_common")
        sheet = bundle.css()
        self.assertEqual(sheet.mimetype, "text/css")
        self.assertEqual(sheet.url, f"/web/assets/{bundle.get_version('css')}/web.report_assets_common.min.css")
        self.assertEqual(sheet.raw, bundle.style_sheet()[0])
        self.assertEqual(self.bundle("web.report_assets_common").css(), sheet)
        scripts = self.bundle().js()
        self.assertEqual(scripts.mimetype, "text/javascript")
        self.assertIn(b'import "/web/static/src/session.js', scripts.raw)

    def test_2_14_8_earlier_versions_go(self):
        bundle = self.bundle("web.report_assets_common")
        sheet = bundle.css()
        sheet.url = "/web/assets/0000000/web.report_assets_common.min.css"
        other = bundle.save_attachment("min.css", "a { color: red }")
        self.assertFalse(sheet.exists())
        self.assertEqual(bundle.css(), other)
        self.assertEqual(other.raw, b"a { color: red }")

    def test_2_14_8_attachments_of_others_are_no_contents(self):
        user = new_test_user(self.env, "bundler", groups="base.group_user")
        bundle = self.bundle("web.report_assets_common")
        url = bundle.get_asset_url(bundle.get_version("css"), "min.css")
        values = {"name": "x", "public": True, "raw": b"b { color: blue }"}
        own = self.env["ir.attachment"].with_user(user).create({**values, "type": "url", "url": url})
        earlier = own.copy({"url": url.replace(bundle.get_version("css"), "0000000")})
        served = self.env["ir.attachment"].with_user(self.env.ref("base.user_admin"))
        served = served.create({**values, "res_model": "ir.ui.view", "url": url})
        sheet = bundle.css()
        self.assertNotIn(sheet, own + served)
        self.assertEqual(sheet.raw, bundle.style_sheet()[0])
        self.assertTrue(earlier.exists())

    def test_2_14_8_what_users_cause_is_made_again(self):
        user = new_test_user(self.env, "bundler", groups="base.group_user")
        asked = self.env["ir.qweb"].with_user(user)._get_asset_bundle("web.report_assets_common")
        sheet = asked.css()
        self.assertEqual(sheet.create_uid.id, SUPERUSER_ID)
        self.env["ir.attachment"].regenerate_assets_bundles()
        self.assertFalse(sheet.exists())

    def test_2_14_8_given_files(self):
        files = [{"url": "/base/static/a.js", "filename": None}]
        bundle = AssetsBundle("x.y", files, ["https://x.org/b.js"], env=self.env)
        self.assertEqual([file.url for file in bundle.javascripts], ["/base/static/a.js", "https://x.org/b.js"])
