"""What the profiler tells of templates."""

import json

from odoo.tests import TransactionCase
from odoo.tools.profiler import Profiler, qweb_collectors


class TestTemplateProfiles(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.ui.view"].create(
            [
                {
                    "name": "outer",
                    "type": "qweb",
                    "key": "base.test_profile_outer",
                    "arch": """<t t-name="base.test_profile_outer"><p t-if="ready" t-att-class="'x'">
                        <t t-foreach="names" t-as="name"><b t-out="name"/></t>
                        <t t-call="base.test_profile_inner"/></p><i t-else="">no</i></t>""",
                },
                {
                    "name": "inner",
                    "type": "qweb",
                    "key": "base.test_profile_inner",
                    "arch": """<t t-name="base.test_profile_inner"><u t-out="look()"/></t>""",
                },
            ]
        )

    def render(self, **values):
        def look():
            self.env.cr.execute("SELECT 1")
            return "seen"

        return self.env["ir.qweb"]._render("base.test_profile_outer", {"names": ["a", "b"], "look": look, **values})

    def test_2_12_12_directives_are_measured(self):
        usual = self.render(ready=True)
        with Profiler(["qweb"], db=None) as profiler:
            self.assertEqual(self.render(ready=True), usual)
        [entry] = profiler.collectors[0].entries
        data = entry["results"]["data"]
        found = [(line["directive"], line["query"]) for line in data]
        self.assertEqual(found.count(('t-out="name"', 0)), 2)
        self.assertIn(('t-out="look()"', 1), found)
        # what is inside counts there
        [(_directive, count)] = [line for line in found if line[0].startswith("t-if")]
        self.assertEqual(count, 0)
        self.assertEqual({line["view_id"] for line in data}, {"base.test_profile_outer", "base.test_profile_inner"})
        self.assertEqual(set(entry["results"]["archs"]), {"base.test_profile_outer", "base.test_profile_inner"})
        self.assertTrue(all(line["delay"] >= 0 and line["xpath"].startswith("/t") for line in data))
        self.assertEqual(len(json.loads(profiler.values()["qweb"])), 1)
        self.assertIn("directives", profiler.report())

    def test_2_12_12_nothing_is_measured_otherwise(self):
        with Profiler(["qweb"], db=None):
            self.assertEqual(self.render(ready=False), "<i>no</i>")
        self.assertEqual(qweb_collectors(), ())
        source, _options, _name = self.env["ir.qweb"]._generate_code("base.test_profile_outer")
        self.assertNotIn("_measured", source)
