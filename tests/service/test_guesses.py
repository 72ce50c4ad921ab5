"""Wrong passwords: each one after some makes the next take longer, whichever process is asked."""

import pytest

from odoo.exceptions import AccessDenied
from odoo.http import dispatch_rpc
from odoo.service import guesses
from odoo.service.guesses import ADDRESSES, FREE, LONGEST_PAUSE, MEMORY, Guesses
from odoo.tools import config


@pytest.fixture
def clock(monkeypatch):
    """The time, as a list of one number to change."""
    now = [1000.0]
    monkeypatch.setattr(guesses.time, "time", lambda: now[0])
    return now


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "data" / "guesses")


def test_f2_guesses_take_longer_and_longer(path, clock):
    for __ in range(FREE):
        assert Guesses(path).begin("a") == 0
    waits = []
    for __ in range(12):
        waits.append(Guesses(path).begin("a"))
        clock[0] += waits[-1] - 0.5
        assert Guesses(path).begin("a") == 1
        clock[0] += 0.5
        assert Guesses(path).begin("a") == 0
    assert waits == sorted(waits)
    assert waits[0] == 1
    assert waits[-1] == LONGEST_PAUSE
    assert Guesses(path).begin("b") == 0


def test_f2_a_right_guess_and_time_make_forget(path, clock):
    for forget in (lambda: Guesses(path).forget("a"), lambda: clock.__setitem__(0, clock[0] + MEMORY)):
        for __ in range(FREE):
            Guesses(path).begin("a")
        assert Guesses(path).begin("a")
        forget()
        assert Guesses(path).begin("b") == Guesses(path).begin("a") == 0


def test_f2_memory_of_guesses_is_bounded(path, clock, tmp_path):
    for number in range(ADDRESSES + 50):
        clock[0] += 0.001
        Guesses(path).begin(f"address {number}")
    text = (tmp_path / "data" / "guesses").read_text()
    assert text.count("address") == ADDRESSES
    assert '"address 0"' not in text


def test_f2_damaged_file_is_begun_anew(path, tmp_path):
    Guesses(path).begin("a")
    (tmp_path / "data" / "guesses").write_text('{"a": [1')
    assert Guesses(path).begin("a") == 0


def test_f2_master_password_is_not_guessed(tmp_path, monkeypatch, clock):
    monkeypatch.setitem(config.options, "data_dir", str(tmp_path))
    monkeypatch.setitem(config.options, "admin_passwd", "master")
    for __ in range(FREE):
        with pytest.raises(AccessDenied, match="is wrong"):
            dispatch_rpc("db", "list_countries", ["wrong"])
    with pytest.raises(AccessDenied, match="wait for 1 seconds"):
        dispatch_rpc("db", "list_countries", ["master"])
    clock[0] += 1
    assert dispatch_rpc("db", "list_countries", ["master"])
    with pytest.raises(AccessDenied, match="is wrong"):
        dispatch_rpc("db", "list_countries", [["master"]])
