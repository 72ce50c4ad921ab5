"""Methods of model classes that tests replace and do not put back are noticed."""

from unittest.mock import patch

import pytest

from odoo import models
from odoo.tests.common import SETATTR_SOURCES
from odoo.tests.patch_guard import PatchGuard


@pytest.fixture
def model():
    class Sample(models.AbstractModel):
        _name = "patch_guard.sample"
        _register = False

        def method(self):
            return 1

    return Sample


@pytest.fixture
def guard():
    guard = PatchGuard()
    guard.start()
    return guard


def replace_for_good(model):
    model.method = lambda self: 2


def test_what_is_left_is_named(guard, model):
    replace_for_good(model)
    model.label = "no method"
    assert guard.stop() == ["patch_guard.sample.method"]


def test_what_is_put_back_is_fine(guard, model):
    with patch.object(model, "method", lambda self: 2):
        pass
    assert guard.stop() == []


def test_announced_sources(guard, model, monkeypatch):
    monkeypatch.setitem(SETATTR_SOURCES, "replace_for_good", ("/tests/tools/test_patch_guard.py",))
    replace_for_good(model)
    assert guard.stop() == []
