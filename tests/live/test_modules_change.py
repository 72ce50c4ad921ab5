"""Modules, fields and models change while others read, in several processes: nobody fails, and no worker stays broken.

``REGISTRY_ROUNDS`` in the environment is the number of rounds, four changes each: 50 for a long run by hand.
"""

import os
import threading
import time

import pytest
from json_caller import Caller
from server_process import ServerProcess

ROUNDS = int(os.environ.get("REGISTRY_ROUNDS", "1"))
READERS = 6
READS_AFTERWARDS = 4
#: tiny modules: each has a model of its own and a required field on a model that everybody reads
MODULES = {"tiny_one": "res.partner", "tiny_two": "res.country"}
#: seconds between two readings of a reader
PAUSE = 0.02

CODE = """
from odoo import fields, models

class Tiny(models.Model):
    _name = "{name}.thing"
    _description = "Something tiny"
    name = fields.Char()

class Extended(models.Model):
    _inherit = "{extended}"
    {name}_note = fields.Char(required=True, default="none")
"""
RIGHTS = """id,name,model_id/id,group_id/id,perm_read,perm_write,perm_create,perm_unlink
all,all,model_{name}_thing,base.group_user,1,1,1,1
"""
DATA = """<odoo>
    <record id="first" model="{name}.thing"><field name="name">first</field></record>
    <record id="form" model="ir.ui.view">
        <field name="name">tiny</field>
        <field name="model">{extended}</field>
        <field name="inherit_id" ref="base.{view}"/>
        <field name="arch" type="xml"><field name="name" position="after"><field name="{name}_note"/></field></field>
    </record>
</odoo>
"""


def write_addons(path):
    """Write the tiny modules into a directory."""
    for name, extended in MODULES.items():
        manifest = {"name": name, "version": "1.0", "license": "LGPL-3", "data": ["ir.model.access.csv", "data.xml"]}
        view = f"view_{extended.removeprefix('res.')}_form"
        files = {
            "__manifest__.py": repr(manifest),
            "__init__.py": "from . import models\n",
            "models.py": CODE.format(name=name, extended=extended),
            "ir.model.access.csv": RIGHTS.format(name=name),
            "data.xml": DATA.format(name=name, extended=extended, view=view),
        }
        (path / name).mkdir(parents=True)
        for file, text in files.items():
            (path / name / file).write_text(text)


@pytest.fixture
def server(databases, server_options, data_dir, tmp_path):
    write_addons(tmp_path / "addons")
    db = databases.copy("web")
    options = ["--workers=2", "--max-cron-threads=1", f"--addons-path={tmp_path / 'addons'},addons"]
    server = ServerProcess(db, [*server_options, f"--data-dir={data_dir}", *options], tmp_path / "log")
    server.start()
    yield server
    server.stop()
    databases.drop(db)


class Readers:
    """Clients that read, write and create until they are told to stop."""

    def __init__(self, server):
        self.callers = [Caller(server) for _ in range(READERS)]
        self.answered, self.failed, self.longest = 0, [], 0.0
        self._stop, self._lock = threading.Event(), threading.Lock()
        self._threads = [threading.Thread(target=self._run, args=(caller,)) for caller in self.callers]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *error):
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _run(self, caller):
        while not self._stop.wait(PAUSE):
            started = time.monotonic()
            try:
                work(caller)
            except Exception as error:
                self.failed.append(error)
            with self._lock:
                self.answered += 1
                self.longest = max(self.longest, time.monotonic() - started)


def work(caller):
    """Read what the modules extend, as a browser does, and create a partner."""
    caller.read_all()
    for model in MODULES.values():
        views = caller.call(model, "get_views", views=[[False, "form"], [False, "list"]])["views"]
        assert views["form"]["arch"]
    [partner] = caller.call("res.partner", "create", [{"name": "Made meanwhile"}])
    [read] = caller.call("res.partner", "web_read", [partner], specification={"name": {}, "country_id": {}})
    assert read["name"] == "Made meanwhile"
    caller.call("res.partner", "unlink", [partner])


def module_button(admin, name, button):
    """Press a button of a module; again while a scheduled job runs."""
    [module] = admin.call("ir.module.module", "search", [["name", "=", name]])
    for _try in range(100):
        try:
            admin.call("ir.module.module", button, [module])
            return
        except RuntimeError as error:
            if "scheduled job" not in str(error):
                raise
            time.sleep(0.2)
    pytest.fail("a scheduled job runs all the time")


def change_all(admin, index):
    """Make four changes, each of another kind: a module in, a field in, the module out, the field out."""
    name = list(MODULES)[index % 2]
    extended = MODULES[name]
    note, custom = f"{name}_note", f"x_round_{index}"
    module_button(admin, name, "button_immediate_install")
    assert admin.call(f"{name}.thing", "search_count", []) == 1
    [model] = admin.call("ir.model", "search", [["model", "=", "res.partner"]])
    values = {"name": custom, "model_id": model, "ttype": "char", "field_description": "Round"}
    field = admin.call("ir.model.fields", "create", values)
    assert {note, custom} <= set(
        admin.call(extended, "fields_get", [], ["type"]) | admin.call("res.partner", "fields_get", [], ["type"])
    )
    module_button(admin, name, "button_immediate_uninstall")
    assert note not in admin.call(extended, "fields_get", [], ["type"])
    admin.call("ir.model.fields", "unlink", [field])
    assert custom not in admin.call("res.partner", "fields_get", [], ["type"])


def test_modules_and_fields_change_while_others_work(server, record_property):
    admin = Caller(server)
    admin.call("ir.module.module", "update_list")
    started = time.monotonic()
    with Readers(server) as readers:
        for index in range(ROUNDS):
            change_all(admin, index)
    seconds = time.monotonic() - started
    for name in ("answered", "longest"):
        record_property(name, getattr(readers, name))
    print(
        f"{4 * ROUNDS} changes in {seconds:.0f} s; {readers.answered} rounds of work, {len(readers.failed)} failed, "
        f"the longest took {readers.longest:.1f} s"
    )
    assert not readers.failed, f"{len(readers.failed)} of {readers.answered} failed: {readers.failed[:3]}"
    assert readers.answered
    # every worker is as good as before
    for caller in readers.callers:
        for _ in range(READS_AFTERWARDS):
            work(caller)
