"""The page on jobs: its examples are an addon whose tests pass."""

import subprocess
import sys

from server_process import ROOT

from docs.markdown import blocks
from odoo import sql_db

MANIFEST = '{"name": "Shop", "author": "A", "license": "LGPL-3", "depends": ["base"], "data": ["channels.xml"]}'
IMPORTS = "from odoo import fields, models\n\n"
#: tests of what the page only shows
MORE = """
    def test_the_other_examples(self):
        from odoo.addons.jobs_page import models

        orders = self.env["shop.order"].create([{"name": "S1"}, {"name": "S2"}])
        with JobCapturer(self.env) as jobs:
            report = models.enqueue_report(self.env, orders)
            self.assertEqual((len(jobs.records), report.state), (3, "blocked"))
            jobs.run()
        self.assertEqual(set(orders.mapped("log")), {"by mail"})
        self.assertEqual(self.env.ref("jobs_page.channel_mail").capacity, 2)
        models.ask_again(orders[0], "sent")
        with self.assertRaises(models.JobRetry):
            models.ask_again(orders[0], "busy")
"""


def test_the_examples_run(tmp_path, databases, server_options, data_dir):
    name = databases.copy("base")
    sql_db.close_db(name)
    model, functions, channels, retry, tests = (
        block.code for block in blocks("jobs.md") if block.language in ("python", "xml")
    )
    addon = tmp_path / "jobs_page"
    (addon / "tests").mkdir(parents=True)
    for path, text in {
        "__manifest__.py": MANIFEST,
        "__init__.py": "from . import models\n",
        "models.py": IMPORTS + model + functions + retry,
        "channels.xml": channels,
        "tests/__init__.py": "from . import test_page\n",
        "tests/test_page.py": tests + MORE,
    }.items():
        (addon / path).write_text(text, encoding="utf-8")
    options = [*server_options, f"--data-dir={data_dir}", f"--addons-path={tmp_path},{ROOT / 'addons'}", "--no-http"]
    command = [sys.executable, str(ROOT / "odoo-bin"), "-d", name, "-i", "jobs_page", "--stop-after-init", *options]
    found = subprocess.run(
        [*command, "--test-enable", "--test-tags=/jobs_page"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    databases.drop(name)
    assert "0 failed, 0 error(s) of 2 tests when loading database" in found.stdout + found.stderr, found.stderr[-5000:]
