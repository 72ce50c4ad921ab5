"""The modules of a bundle as one script."""

import datetime
import gzip
import itertools
import json
import re
import tempfile
from pathlib import Path
from unittest.mock import patch

import brotli

from odoo.addons.base.models.assetsbundle_scripts import BundleScripts
from odoo.addons.web.models.page_assets import addresses
from odoo.modules import asset_modules
from odoo.modules.asset_paths import AssetFile
from odoo.modules.assets import AssetBundle, later_bundles
from odoo.tests import HttpCase, TransactionCase, tagged
from odoo.tools import config

BUNDLE = "web.assets_frontend_minimal"


@tagged("post_install", "-at_install")
class TestBundleScripts(TransactionCase):
    def scripts(self, lazy=False):
        return BundleScripts(self.env, BUNDLE, lazy)

    def attachments(self):
        return self.env["ir.attachment"].search([("url", "like", f"%{BUNDLE}.modules%")])

    def test_all_modules_and_their_libraries(self):
        script = self.scripts()
        content = script.get(script.url)[0].decode()
        for name in ("@web/boot/globals", "@web/session", "@odoo/owl", "luxon"):
            self.assertIn(f'odoo.define("{name}",', content)
        self.assertLess(content.index('"luxon"'), content.index('"@web/boot/globals"'))
        lazy = self.scripts(lazy=True)
        self.assertNotIn('odoo.define("@odoo/owl",', lazy.get(lazy.url)[0].decode())

    def test_made_once(self):
        self.scripts().prepare()
        made = self.attachments()
        self.assertEqual(len(made), 4)
        self.scripts().prepare()
        self.assertEqual(self.attachments(), made)

    def test_encodings(self):
        script = self.scripts()
        plain, encoding, mimetype = script.get(script.url, ["deflate"])
        self.assertEqual((encoding, mimetype), ("", "text/javascript; charset=utf-8"))
        packed, encoding, _type = script.get(script.url, ["gzip"])
        self.assertEqual((encoding, gzip.decompress(packed)), ("gzip", plain))
        packed, encoding, _type = script.get(script.url, ["gzip", "br"])
        self.assertEqual((encoding, brotli.decompress(packed)), ("br", plain))

    def test_source_map_names_the_files(self):
        script = self.scripts()
        self.assertTrue(script.get(script.url)[0].decode().strip().endswith(f"{BUNDLE}.modules.min.js.map"))
        content, _encoding, mimetype = script.get(f"{script.url}.map")
        sections = json.loads(content)["sections"]
        self.assertEqual(mimetype, "application/json")
        self.assertIn(["/web/static/src/session.js"], [section["map"]["sources"] for section in sections])
        lines = script.get(script.url)[0].decode().split("\n")
        for section in sections:
            self.assertTrue(lines[section["offset"]["line"] - 1].startswith("odoo.define("))

    def test_pages_loaded_before_a_change_find_their_script(self):
        script = self.scripts()
        script.prepare()
        with tempfile.TemporaryDirectory() as folder:
            more = self._file(folder, "more.js", "export const more = 1;")
            with patch.object(
                asset_modules, "modules_of", lambda files, old=asset_modules.modules_of: [*old(files), more]
            ):
                changed = self.scripts()
                self.assertNotEqual(changed.url, script.url)
                changed.prepare()
                self.assertTrue(changed.get(script.url))
                self.attachments()._write({"create_date": datetime.datetime.now() - datetime.timedelta(days=3)})
                self.attachments().filtered(lambda file: changed.url in file.url).unlink()
                changed.prepare()
                self.assertIsNone(changed.get(script.url))
                self.assertTrue(changed.get(changed.url))

    def test_a_file_that_cannot_be_compiled(self):
        with tempfile.TemporaryDirectory() as folder:
            files = [self._file(folder, "good.js", "export const good = 1;"), self._file(folder, "bad.js", "export {")]
            problems = []
            content, _map = asset_modules.script(files, problems)
        self.assertRegex(problems[0], r"Expected identifier but found end of file.*bad\.js:1:8")
        self.assertEqual(len(problems), 1)
        self.assertIn('odoo.define("@x/good",[],', content)
        self.assertIn("/x/static/src/bad.js cannot be compiled", content)

    def _file(self, folder, name, text):
        path = Path(folder, name)
        path.write_text(text)
        return asset_modules.Module(f"@x/{path.stem}", f"/x/static/src/{name}?v={hash(text)}", str(path), None)

    def test_what_is_imported_later_is_a_module_of_the_page(self):
        with tempfile.TemporaryDirectory() as folder:
            source = "export const later = () => import('@x/other');"
            content, _map = asset_modules.script([self._file(folder, "early.js", source)], [])
        self.assertIn('require("@x/other")', content)
        self.assertNotIn("import(", content)

    def test_helpers_of_the_compiler_are_there_once(self):
        texts = ["export const a = 1;", 'import z from "@x/z"; export default z;', 'export * from "@x/z";']
        with tempfile.TemporaryDirectory() as folder:
            files = [self._file(folder, f"part{number}.js", text) for number, text in enumerate(texts)]
            content, _map = asset_modules.script(files, [])
        for helper in ("__export", "__copyProps", "__toCommonJS", "__toESM", "__reExport"):
            self.assertEqual(len(re.findall(rf"\b{helper}=", content)), 1, helper)

    def test_names_of_modules_stay_and_others_are_short(self):
        source = "export class Shown { static of(given) { const held = given; return held.value + held.other; } }"
        with tempfile.TemporaryDirectory() as folder:
            content, _map = asset_modules.script([self._file(folder, "shown.js", source)], [])
        self.assertIn("class Shown", content)
        self.assertRegex(content, r"static of\(\w\)")
        self.assertNotIn("held", content)

    def test_a_place_in_the_script_leads_to_its_place_in_the_file(self):
        source = (
            'import z from "@x/z";\n\nexport function run(given) {\n    const held = z(given);\n    held.boom();\n}\n'
        )
        with tempfile.TemporaryDirectory() as folder:
            content, source_map = asset_modules.script([self._file(folder, "run.js", source)], [])
        (section,) = json.loads(source_map)["sections"]
        lines = content.split("\n")
        column = lines[section["offset"]["line"]].index(".boom(") + 1
        self.assertEqual(section["map"]["sources"], ["/x/static/src/run.js"])
        self.assertEqual(self._origin(section["map"]["mappings"], column), (4, source.split("\n")[4].index("boom")))

    def _origin(self, mappings, column):
        """Return the line and the column of a file that a column of the first line of a script comes from."""
        digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        found, place = None, [0, 0, 0, 0, 0]
        for segment in mappings.split(";")[0].split(","):
            numbers, shift, value = [], 0, 0
            for digit in map(digits.index, segment):
                value |= (digit & 31) << shift
                shift += 5
                if not digit & 32:
                    numbers.append(-(value >> 1) if value & 1 else value >> 1)
                    shift = value = 0
            place = [sum(pair) for pair in itertools.zip_longest(place, numbers, fillvalue=0)]
            if place[0] <= column:
                found = place[2], place[3]
        return found

    def test_libraries_of_many_files(self):
        script = BundleScripts(self.env, "web.chartjs_lib", lazy=True)
        content = script.get(script.url)[0].decode()
        order = ['"@kurkle/color"', '"/web/npm/chart.js/dist/chunks/', '"chart.js"', '"@web/libs/chartjs"']
        places = [content.index(f"odoo.define({name}") for name in order]
        self.assertEqual(places, sorted(places))

    def test_lazy_views_are_not_in_the_page(self):
        page = self.env["ir.qweb"]._get_asset_bundle("web.assets_web")
        names = {module.name for module in page.modules}
        self.assertIn("@web/views/list/list_view", names)
        settings = "@web/webclient/settings_form_view/settings_form_"
        lazy = ["@web/views/calendar/", "@web/views/graph/", "@web/views/pivot/", settings]
        lazy += ["@web/core/tree_editor/", "@web/core/domain_selector/", "@web/views/debug_dialogs"]
        self.assertFalse([name for name in names if name.startswith(tuple(lazy))])
        self.assertFalse([file.url for file in page.files if "/views/graph/" in file.url])

    def test_a_module_of_the_page_brings_the_lazy_ones_that_it_imports(self):
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "own.js").write_text('import "@web/views/graph/graph_search_model";')
            own = AssetFile("/x/static/src/own.js", str(Path(folder, "own.js")), "web.assets_web", 0)
            page = self.env["ir.qweb"]._get_asset_bundle("web.assets_web")
            page.files.append(own)
            names = [module.name for module in page.modules]
        self.assertIn("@web/views/graph/graph_search_model", names)
        self.assertNotIn("@web/views/pivot/pivot_search_model", names)

    def test_what_is_shown_comes_with_its_template_and_styles(self):
        """Addons show components of bundles that come later as if these were of the page."""
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "own.js").write_text('import "@web/core/domain_selector/domain_selector";')
            own = AssetFile("/x/static/src/own.js", str(Path(folder, "own.js")), "web.assets_web", 0)
            page = self.env["ir.qweb"]._get_asset_bundle("web.assets_web")
            templates = page.templates()[0]
            page = self.env["ir.qweb"]._get_asset_bundle("web.assets_web")
            page.files.append(own)
            styles = [file.url for file in page.styles]
            more = page.templates()[0]
        for name in (b"web.DomainSelector", b"web.TreeEditor"):
            self.assertNotIn(b't-name="%s"' % name, templates)
            self.assertIn(b't-name="%s"' % name, more)
        self.assertNotIn(b't-name="web.ExpressionEditor"', more)
        self.assertIn("/web/static/src/core/tree_editor/tree_editor.scss", styles)
        self.assertEqual(page.problems, [])

    def test_bundles_that_come_later_import_from_each_other(self):
        editor = self.env["ir.qweb"]._get_asset_bundle("web.assets_backend_lazy")
        names = {module.name for module in editor.modules}
        self.assertIn("@web/model/record", names)
        self.assertNotIn("@web/core/domain", names, "the page has it")

    def test_what_comes_later_can_be_told_and_has_dark_styles(self):
        names = later_bundles(self.env)
        self.assertLessEqual(
            {"web.assets_backend_lazy", "web.rules_backend_lazy", "web.dialogs_backend_lazy"}, set(names)
        )
        rules = addresses(AssetBundle(self.env, "web.rules_backend_lazy"))
        (light,), (dark,) = rules["styles"], rules["dark_styles"]
        self.assertNotEqual(light.partition("?")[0], dark.partition("?")[0])
        self.assertEqual(addresses(AssetBundle(self.env, "web.assets_frontend_minimal"))["dark_styles"], [])

    def test_scripts_for_later_are_made_at_installation(self):
        made = self.env["ir.qweb"]._pregenerate_assets_bundles()
        for name in ("web.assets_backend_lazy", "web.chartjs_lib", "web.fullcalendar_lib"):
            self.assertIn(BundleScripts(self.env, name, lazy=True).url, made)

    def test_templates_of_dark_views_inherit_from_those_of_the_page(self):
        for name in ("web.assets_backend_lazy", "web.assets_backend_lazy_dark"):
            bundle = AssetBundle(self.env, name)
            content, _hash = bundle.templates()
            self.assertIn(b"web.SettingsPage", content)
            self.assertEqual(bundle.problems, [])

    def test_libraries_keep_the_names_of_their_classes(self):
        """What has no line of its own in errors is short otherwise."""
        script = self.scripts()
        content = script.get(script.url)[0].decode()
        library = content[content.index('odoo.define("luxon"') : content.index('odoo.define("@web/')]
        self.assertIn('"DateTime")', library)
        self.assertNotIn("?v=", content.partition("odoo.loader.run(")[2], "where modules are, is told by their names")

    def test_authors_get_single_modules(self):
        self.assertTrue(asset_modules.together(""))
        self.assertTrue(asset_modules.together("1,tests"))
        self.assertFalse(asset_modules.together("assets"))
        with patch.dict(config.options, {"dev_mode": ["assets"]}):
            self.assertFalse(asset_modules.together(""))
        with patch.object(asset_modules, "compiler", lambda: None):
            self.assertFalse(asset_modules.together(""))

    def test_modules_are_recognized(self):
        path = asset_modules.__file__
        file = AssetFile(
            "/web/static/src/session.js", str(Path(path).parents[2] / "addons/web/static/src/session.js"), BUNDLE, 0
        )
        (module,) = asset_modules.modules_of([file, AssetFile("https://x.org/y.js", None, BUNDLE, None)])
        self.assertEqual(module.name, "@web/session")


@tagged("post_install", "-at_install")
class TestBundleScriptsHttp(HttpCase):
    def test_address(self):
        url = BundleScripts(self.env, BUNDLE).url
        answer = self.url_open(url, headers={"Accept-Encoding": "gzip"})
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["Content-Encoding"], "gzip")
        self.assertIn("immutable", answer.headers["Cache-Control"])
        self.assertIn("odoo.loader.run(", answer.text)
        self.assertEqual(self.url_open(f"{url}.map").json()["version"], 3)

    def test_unknown_versions_and_bundles(self):
        url = BundleScripts(self.env, BUNDLE).url
        version = url.split("/")[3]
        self.assertEqual(self.url_open(url.replace(version, "0123456789abcdef")).status_code, 404)
        self.assertEqual(self.url_open(url.replace(BUNDLE, "web.nowhere")).status_code, 404)

    def test_later_bundles(self):
        found = self.url_open("/web/bundle/web.assets_frontend_minimal.json").json()
        self.assertEqual(found["script"], BundleScripts(self.env, BUNDLE, lazy=True).url)
        self.assertTrue(found["modules"])
        self.assertEqual((found["styles"], found["templates"]), ([], ""))
        self.assertEqual(self.url_open("/web/bundle/web.report_assets_common.json").json()["script"], "")
