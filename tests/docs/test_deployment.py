"""What the page on deployment shows can be used as it is: options exist, files are well formed."""

import configparser
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from odoo.tools import config_options

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "deployment.md"
FILES = ROOT / "docs" / "deployment"
FLAGS = {flag for option in config_options.OPTIONS for flag in option.flags}


def test_options_of_the_page_exist():
    blocks = re.findall(r"```ini\n(.*?)```", PAGE.read_text(), re.DOTALL)
    keys = set()
    for block in blocks:
        if "[" in block.partition("\n")[0] and not block.startswith("[options]"):
            continue
        parser = configparser.RawConfigParser(inline_comment_prefixes=(";",))
        parser.read_string(block if block.startswith("[") else f"[options]\n{block}")
        keys |= set(parser["options"])
    assert len(keys) > 10
    assert keys <= set(config_options.BY_KEY)


def test_files_that_are_named_exist():
    named = set(re.findall(r"\(deployment/([\w.-]+)\)", PAGE.read_text()))
    assert named and all((FILES / name).is_file() for name in named)


def test_the_compose_file():
    services = yaml.safe_load((FILES / "compose.yaml").read_text())
    volumes = set(services["volumes"])
    for service in services["services"].values():
        for volume in service.get("volumes", ()):
            source = volume.partition(":")[0]
            assert (FILES / source).is_file() if source.startswith("./") else source in volumes
    app = services["services"]["app"]
    assert {word.partition("=")[0] for word in app["command"]} <= FLAGS
    assert (FILES / app["build"]["context"] / app["build"]["dockerfile"]).resolve().is_file()


def test_the_image_is_made_of_what_there_is():
    text = (FILES / "Dockerfile").read_text()
    copied = [word for line in re.findall(r"^COPY (?!--)(.*)$", text, re.MULTILINE) for word in line.split()[:-1]]
    assert copied and all((ROOT / name).exists() for name in copied)
    command = re.search(r"^CMD \[(.*)\]$", text, re.MULTILINE)[1]
    assert {word.strip(' "').partition("=")[0] for word in command.split(",")} <= FLAGS


def test_the_script_is_a_script():
    subprocess.run(["sh", "-n", FILES / "make-role.sh"], check=True)


def test_the_settings_of_pgbouncer():
    parser = configparser.RawConfigParser()
    parser.read(FILES / "pgbouncer.ini")
    assert parser["pgbouncer"]["pool_mode"] == "transaction"


@pytest.mark.skipif(shutil.which("nginx") is None, reason="there is no nginx")
def test_the_settings_of_nginx(tmp_path):
    text = (FILES / "nginx.conf").read_text()
    certificate = tmp_path / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=x"]
    subprocess.run([*command, "-keyout", certificate, "-out", tmp_path / "own.pem"], check=True, capture_output=True)
    text = re.sub(r"(ssl_certificate) \S+;", rf"\1 {tmp_path}/own.pem;", text)
    text = re.sub(r"(ssl_certificate_key) \S+;", rf"\1 {certificate};", text)
    (tmp_path / "site.conf").write_text(text)
    whole = f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ include {tmp_path}/site.conf; }}"
    (tmp_path / "nginx.conf").write_text(whole)
    done = subprocess.run(["nginx", "-t", "-c", tmp_path / "nginx.conf"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
