"""What of the client comes with the page, and what later."""

import tempfile
from pathlib import Path

from odoo.modules.asset_paths import AssetFile
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestBundles(TransactionCase):
    def bundle(self, name, *sources):
        """Return a bundle with a module more for each source."""
        bundle = self.env["ir.qweb"]._get_asset_bundle(name)
        for number, source in enumerate(sources):
            path = Path(self.folder, f"own{number}.js")
            path.write_text(source)
            bundle.files.append(AssetFile(f"/x/static/src/own{number}.js", str(path), name, 0))
        return bundle

    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def names(self, bundle):
        return [module.name for module in bundle.modules]

    def test_records_start_with_the_page_and_components_come_later(self):
        page = set(self.names(self.bundle("web.assets_web")))
        later = set(self.names(self.bundle("mail.assets_backend_lazy")))
        self.assertLessEqual({"@mail/core/common/thread_model", "@mail/core/common/store_service"}, page)
        shown = {"@mail/core/common/message", "@mail/chatter/web/chatter_patch", "@mail/core/public_web/discuss"}
        self.assertLessEqual(shown, later)
        self.assertFalse({name for name in page & later if name.startswith("@mail/")})

    def test_nothing_is_in_neither(self):
        """Each module of the folders that the backend uses is in one of the bundles."""
        names = ("web.assets_web", "mail.assets_backend_lazy", "web.assets_backend_lazy")
        there = {name for bundle in names for name in self.names(self.bundle(bundle))}
        root = Path(__file__).parents[1] / "static/src"
        used = (path for path in root.rglob("*.js") if not {"lazy", "public"} & set(path.parts))
        names = {f"@mail/{path.relative_to(root).with_suffix('')}" for path in used}
        self.assertEqual(names - there, {"@mail/service_worker"})

    def test_who_changes_a_component_does_so_after_its_patches(self):
        page = self.bundle("web.assets_web", 'import { Chatter } from "@mail/chatter/web_portal/chatter";')
        names = self.names(page)
        own = names.index("@x/own0")
        for name in ("@mail/chatter/web/chatter_patch", "@mail/core/web/message_patch"):
            self.assertLess(names.index(name), own, name)
            self.assertLess(names.index("@web/boot/globals"), names.index(name), "what every page has is there before")
        self.assertIn("/mail/static/src/core/common/message.scss", [file.url for file in page.styles])
        self.assertIn(b't-name="mail.Chatter.attachFiles"', page.templates()[0])
        self.assertEqual(page.problems, [])
