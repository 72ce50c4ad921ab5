"""What addons add to the classes of servers is run in a process of its own."""

import os
import time

from odoo import fields
from odoo.service import server
from odoo.service.addon_servers import AddonProcess, is_extended


def test_addons_run_something_beside_the_server(monkeypatch, tmp_path):
    assert not is_extended()
    begun, ended = tmp_path / "begun", tmp_path / "ended"
    start, stop = server.ThreadedServer.start, server.ThreadedServer.stop

    def extended_start(self, *args, **kwargs):
        start(self, *args, **kwargs)
        begun.write_text(str(os.getpid()))

    def extended_stop(self):
        stop(self)
        ended.touch()

    monkeypatch.setattr(server.ThreadedServer, "start", extended_start)
    monkeypatch.setattr(server.ThreadedServer, "stop", extended_stop)
    assert is_extended()
    process = AddonProcess()
    process.ensure_running()
    deadline = time.monotonic() + 20
    while not (begun.exists() and begun.read_text()) and time.monotonic() < deadline:
        time.sleep(0.02)
    process.stop()
    assert int(begun.read_text()) != os.getpid()
    assert ended.exists()


def test_addons_derive_workers_and_fields():
    class AddonWorker(server.Worker):
        pass

    assert AddonWorker(None).multi is None
    assert fields.Char(string=fields.SENTINEL).args == {}


def test_addons_extend_servers_with_processes(monkeypatch):
    spawned = []
    spawn = server.PreforkServer.process_spawn
    monkeypatch.setattr(server.PreforkServer, "process_spawn", lambda self: spawned.append(spawn(self)))
    prefork = server.PreforkServer(None)
    prefork.process_spawn()
    prefork.worker_pop(prefork.worker_spawn(server.Worker, {}))
    assert spawned == [None]
