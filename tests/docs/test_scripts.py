"""The page on calling from scripts: its examples run, one after the other, and print what the page says."""

import os
import re
import subprocess
import sys
from doctest import ELLIPSIS, OutputChecker
from urllib.parse import urlsplit

import pytest
from server_process import ROOT

from docs.markdown import blocks

PAGE = "scripts.md"


class Reader:
    """Somebody who runs the examples of the page on a server of the test."""

    def __init__(self, server, server_options, data_dir):
        self.server = server
        self.environment = dict(os.environ, QUOIN_KEY="")
        self.options = " ".join([*server_options, f"--data-dir={data_dir}"])

    def adapt(self, code):
        """Put server, database and interpreter of the test into an example."""
        address = urlsplit(self.server.url)
        for written, meant in (
            ("http://localhost:8069", self.server.url),
            ('"localhost", port=8069', f'"{address.hostname}", port={address.port}'),
            ('"odoo"', f'"{self.server.db}"'),
            ("-d odoo --data-dir .data", f"-d {self.server.db} {self.options}"),
            (".venv/bin/python", sys.executable),
        ):
            code = code.replace(written, meant)
        return code

    def run(self, block):
        """Return what an example prints; a key that it prints is kept, as the reader is asked to."""
        command = {"python": [sys.executable, "-"], "sh": ["bash", "-euo", "pipefail"]}[block.language]
        result = subprocess.run(
            command,
            input=self.adapt(block.code),
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert result.returncode == 0, f"{PAGE}:{block.line}\n{result.stdout}\n{result.stderr[-3000:]}"
        key = re.fullmatch(r"[0-9a-f]{40}\n", result.stdout)
        if key:
            self.environment["QUOIN_KEY"] = key[0].strip()
        return result.stdout


def test_the_examples_print_what_the_page_says(sale_server, server_options, data_dir):
    reader = Reader(sale_server, server_options, data_dir)
    printed = None
    for block in blocks(PAGE):
        if block.language in ("python", "sh"):
            printed = reader.run(block)
        elif block.language == "text":
            if not OutputChecker().check_output(block.code, printed, ELLIPSIS):
                pytest.fail(f"{PAGE}:{block.line}: the page says\n{block.code}\nbut printed is\n{printed}")
        else:
            pytest.fail(f"{PAGE}:{block.line}: {block.language} is not run")
    assert reader.environment["QUOIN_KEY"], "the page makes no key"
