"""``odoo-bin upgrade_code``: scripts that rewrite addons."""

import subprocess
import sys
from pathlib import Path

import pytest

from odoo.cli import upgrade_code
from odoo.cli.command import find_command
from odoo.cli.upgrade_code import FileManager, get_upgrade_code_scripts

ROOT = Path(__file__).parents[2]
VIEW = """<odoo>
    <record id="a" model="ir.ui.view">
        <field name="arch" type="xml">
            <xpath expr="//tree/field[@name='tree']" position="after"><tree editable="top"><x /></tree></xpath>
        </field>
    </record>
    <record id="b" model="ir.actions.act_window">
        <field name="view_mode">tree,form</field>
    </record>
    <p>A tree.</p>
</odoo>
"""
CODE = """tree = 1
ACTION = {"view_mode": "tree,form", "views": [(False, "tree"), (self.env.ref("x").id, 'tree')]}
"""


@pytest.fixture
def addons(tmp_path):
    for name, content in {
        "sale/views.xml": VIEW,
        "sale/models.py": CODE,
        "sale/a.txt": "<tree/>",
        "b/x.xml": "<tree/>",
    }.items():
        path = tmp_path / "addons" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return tmp_path / "addons"


@pytest.fixture
def run(addons, capsys):
    def run(*args):
        status = find_command("upgrade_code")().run([*args, f"--addons-path={addons}"])
        return status, sorted(Path(line).name for line in capsys.readouterr().out.splitlines())

    return run


def test_2_13_5_views_are_lists(run, addons):
    assert run("--script", "17.5-01-tree-to-list") == (0, ["models.py", "views.xml"])
    view = (addons / "sale/views.xml").read_text()
    assert view == VIEW.replace("tree", "list").replace("'list']", "'tree']").replace("A list", "A tree")
    code = (addons / "sale/models.py").read_text()
    assert code == "tree = 1\n" + CODE.partition("\n")[2].replace("tree", "list")
    assert (addons / "b/x.xml").read_text() == "<tree/>"
    assert run("--script", "17.5-01-tree-to-list") == (0, [])


def test_2_13_5_which_files_and_whether_they_are_written(run, addons):
    assert run("--script", "17.5-01-tree-to-list", "--glob", "**/*.py", "--dry-run") == (1, ["models.py"])
    assert (addons / "sale/models.py").read_text() == CODE
    assert run("--script", "17.5-01-tree-to-list", "--glob", "b/*", "--dry-run") == (0, [])


def test_2_13_5_scripts_of_versions(run, addons, tmp_path, monkeypatch):
    for name in ("17.5-00-a", "18.0-00-b", "18.1-00-c"):
        script = "def upgrade(files):\n    for file in files:\n        file.content += %r\n" % name[-1]
        (tmp_path / f"{name}.py").write_text(script)
    monkeypatch.setattr(upgrade_code, "SCRIPTS", tmp_path)
    assert [path.stem for path in get_upgrade_code_scripts((17, 0), (18, 0))] == ["17.5-00-a", "18.0-00-b"]
    assert run("--from", "17.5", "--glob", "**/a.txt") == (0, ["a.txt"])
    assert (addons / "sale/a.txt").read_text() == "<tree/>bc"
    assert run("--from", "17.0", "--to", "17.5", "--glob", "**/a.txt") == (0, ["a.txt"])
    assert (addons / "sale/a.txt").read_text() == "<tree/>bca"


def test_2_13_5_a_script_that_fails_changes_nothing(run, addons, tmp_path):
    script = tmp_path / "broken.py"
    script.write_text(
        "def upgrade(files):\n    for file in files:\n        file.content = ''\n    raise KeyError('x')\n"
    )
    with pytest.raises(KeyError):
        run("--script", str(script))
    assert (addons / "sale/views.xml").read_text() == VIEW
    script.write_text("")
    with pytest.raises(ValueError, match="upgrade"):
        run("--script", str(script))
    for wrong in (["--script", "nothing"], ["--from", "x"], []):
        with pytest.raises(SystemExit):
            run(*wrong)


def test_line_ends_stay(run, addons):
    mixed = (VIEW.replace("\n", "\r\n") + "<!-- a\rb\n-->").encode()
    (addons / "sale/views.xml").write_bytes(mixed)
    assert run("--script", "17.5-01-tree-to-list", "--glob", "**/*.xml") == (0, ["views.xml"])
    expected = VIEW.replace("tree", "list").replace("'list']", "'tree']").replace("A list", "A tree")
    assert (addons / "sale/views.xml").read_bytes() == expected.replace("\n", "\r\n").encode() + b"<!-- a\rb\n-->"


def test_a_file_in_another_encoding_is_named(run, addons):
    (addons / "sale/latin.py").write_bytes(b"name = '\xe9'\n")
    with pytest.raises(ValueError, match=r"sale/latin\.py"):
        run("--script", "17.5-01-tree-to-list")
    assert (addons / "sale/views.xml").read_text() == VIEW


def test_2_13_5_files(addons):
    manager = FileManager([addons])
    assert len(manager) == len(list(manager)) == 4
    file = manager.get_file(addons / "sale" / "a.txt")
    assert (file.addon, file.content, file.dirty) == (addons / "sale", "<tree/>", False)
    file.content = file.content
    assert not file.dirty
    assert manager.get_file("nothing") is None


def test_2_13_5_run_as_a_file(addons):
    script = ROOT / "odoo/cli/upgrade_code.py"
    command = [sys.executable, "-S", "-E", str(script), "--from", "17.0", "--to", "18.0", "--addons-path", str(addons)]
    process = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, cwd=addons)
    assert process.returncode == 0, process.stderr
    assert "views.xml" in process.stdout
