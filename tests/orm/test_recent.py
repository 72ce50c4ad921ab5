"""What keeps the plans of choices: as many as there is room for, those asked for last."""

import pytest

from odoo.orm.plans.recent import Recent


def test_what_was_built_is_kept():
    kept = Recent(2)
    assert kept.find("a", int, "1") == 1
    assert kept.find("a", int, "not called again") == 1
    assert kept["a"] == 1
    assert kept.find("nothing", lambda: None) is None
    assert kept["nothing"] is None


def test_what_is_not_kept_is_missing():
    with pytest.raises(KeyError):
        Recent(2)["a"]


def test_errors_of_what_builds_are_shown_for_themselves():
    with pytest.raises(ValueError, match="invalid literal") as caught:
        Recent(2).find("a", int, "no number")
    assert caught.value.__context__ is None


def test_used_values_stay_and_others_go():
    kept = Recent(10)
    kept.keep("used", 0)
    for number in range(1000):
        kept.keep(number, number)
        assert kept["used"] == 0
        assert len(kept) <= 10
    assert kept[995] == 995
    with pytest.raises(KeyError):
        kept[900]
