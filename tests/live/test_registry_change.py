"""Changing models while others work: nobody meets a half-made registry, and what was changed is there at once."""

import threading

import pytest
from json_caller import Caller
from server_process import ServerProcess

READERS = 6
ROUNDS = 2
READS_AFTERWARDS = 5
#: seconds between two readings of a reader
PAUSE = 0.02


@pytest.fixture
def server(databases, server_options, data_dir, tmp_path):
    db = databases.copy("web")
    server = ServerProcess(
        db, [*server_options, f"--data-dir={data_dir}", "--workers=2", "--max-cron-threads=0"], tmp_path / "log"
    )
    server.start()
    yield server
    server.stop()
    databases.drop(db)


def change_models(admin, index):
    """Add a field and a model, use them, and remove both."""
    [partner_model] = admin.call("ir.model", "search", [["model", "=", "res.partner"]])
    name = f"x_load_{index}"
    field = admin.call(
        "ir.model.fields",
        "create",
        {"name": name, "model_id": partner_model, "ttype": "char", "field_description": "Load"},
    )
    partner = admin.call("res.partner", "create", {"name": "Changed", name: "value"})
    assert admin.call("res.partner", "read", [partner], [name]) == [{"id": partner, name: "value"}]
    rights = {"name": "all", "perm_read": True, "perm_write": True, "perm_create": True, "perm_unlink": True}
    model = admin.call(
        "ir.model", "create", {"name": "Load", "model": f"x_load.model{index}", "access_ids": [[0, 0, rights]]}
    )
    record = admin.call(f"x_load.model{index}", "create", {"x_name": "one"})
    assert admin.call(f"x_load.model{index}", "read", [record], ["x_name"])[0]["x_name"] == "one"
    admin.call("ir.model", "unlink", [model])
    admin.call("ir.model.fields", "unlink", [field])
    assert name not in admin.call("res.partner", "fields_get", [], ["type"])


def test_f4_models_change_while_others_read(server):
    stop, answered, failed = threading.Event(), [], []

    def read(caller):
        while not stop.wait(PAUSE):
            try:
                caller.read_all()
                answered.append(1)
            except Exception as error:
                failed.append(error)

    admin = Caller(server)
    readers = [Caller(server) for _ in range(READERS)]
    threads = [threading.Thread(target=read, args=(caller,)) for caller in readers]
    for thread in threads:
        thread.start()
    try:
        for index in range(ROUNDS):
            change_models(admin, index)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert not failed, f"{len(failed)} rounds of reading failed, {len(answered)} did not: {failed[:3]}"
    assert answered
    # every worker is as good as before
    for caller in readers:
        for _ in range(READS_AFTERWARDS):
            caller.read_all()


def test_f4_two_administrators_at_once(server):
    """Fields that two administrators add at the same time are all there afterwards."""
    failed = []

    def add(admin, numbers):
        try:
            [model] = admin.call("ir.model", "search", [["model", "=", "res.partner"]])
            for number in numbers:
                admin.call(
                    "ir.model.fields",
                    "create",
                    {"name": f"x_both_{number}", "model_id": model, "ttype": "integer", "field_description": "Both"},
                )
        except Exception as error:
            failed.append(error)

    callers = [Caller(server) for _ in range(3)]
    threads = [threading.Thread(target=add, args=(caller, range(index, 9, 3))) for index, caller in enumerate(callers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    for caller in callers:
        values = {f"x_both_{number}": number for number in range(9)}
        partner = caller.call("res.partner", "create", {"name": "Both", **values})
        assert caller.call("res.partner", "read", [partner], list(values)) == [{"id": partner, **values}]


def test_f4_a_refused_change_leaves_the_models_as_they_were(server):
    admin = Caller(server)
    [model] = admin.call("ir.model", "search", [["model", "=", "res.partner"]])
    with pytest.raises(RuntimeError, match=r"depend"):
        admin.call(
            "ir.model.fields",
            "create",
            {
                "name": "x_refused",
                "model_id": model,
                "ttype": "char",
                "field_description": "Refused",
                "compute": "pass",
                "depends": "no_such_field",
            },
        )
    assert "x_refused" not in admin.call("res.partner", "fields_get", [], ["type"])
    admin.read_all()
