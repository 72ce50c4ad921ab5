"""Rounding and comparing floats."""

import json
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.tools import float_utils
from odoo.tools.float_utils import (
    float_compare,
    float_is_zero,
    float_repr,
    float_round,
    float_split,
    float_split_str,
    json_float_round,
)


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        (2.675, 2, 2.68),
        (1.005, 2, 1.01),
        (-1.005, 2, -1.01),
        (0.285, 2, 0.29),
        (2.6744999, 2, 2.67),
        (457.4554, 2, 457.46),
        (0.5, 0, 1.0),
        (-0.5, 0, -1.0),
        (0.0, 2, 0.0),
        (1234567.895, 2, 1234567.9),
    ],
)
def test_rounds_half_up_by_default(value, digits, expected):
    assert float_round(value, precision_digits=digits) == expected


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("HALF-UP", [3.0, -3.0, 4.0, 3.0]),
        ("HALF-DOWN", [2.0, -2.0, 3.0, 3.0]),
        ("HALF-EVEN", [2.0, -2.0, 4.0, 3.0]),
        ("UP", [3.0, -3.0, 4.0, 3.0]),
        ("DOWN", [2.0, -2.0, 3.0, 2.0]),
    ],
)
def test_rounding_methods(method, expected):
    values = [2.5, -2.5, 3.5, 2.51]
    assert [float_round(value, precision_digits=0, rounding_method=method) for value in values] == expected


def test_directed_rounding_leaves_values_on_the_grid_alone():
    for value in (0.1, 0.07, 1.15, 8.175, 105.25):
        assert float_round(value, precision_digits=3, rounding_method="UP") == value
        assert float_round(value, precision_digits=3, rounding_method="DOWN") == value


def test_steps_other_than_powers_of_ten():
    assert float_round(1.13, precision_rounding=0.05) == 1.15
    assert float_round(7.4, precision_rounding=5) == 5
    assert float_round(12.5, precision_rounding=5.0) == 15.0


@given(st.integers(-(10**9), 10**9), st.integers(0, 4))
def test_half_up_agrees_with_decimal(mantissa, digits):
    text = Decimal(mantissa).scaleb(-(digits + 1))
    expected = float(text.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP))
    assert float_round(float(text), precision_digits=digits) == pytest.approx(expected, abs=1e-9)


@given(st.floats(-1e9, 1e9), st.integers(0, 6))
def test_rounding_twice_changes_nothing(value, digits):
    once = float_round(value, precision_digits=digits)
    assert float_round(once, precision_digits=digits) == once


@pytest.mark.parametrize("kwargs", [{}, {"precision_digits": 2, "precision_rounding": 0.01}, {"precision_rounding": 0}])
def test_2_10_12_precision_must_be_given_once_and_positive(kwargs):
    for function, values in ((float_round, [1.0]), (float_is_zero, [1.0]), (float_compare, [1.0, 2.0])):
        with pytest.raises(AssertionError, match="precision"):
            function(*values, **kwargs)


def test_unknown_method_is_named():
    with pytest.raises(ValueError, match="SIDEWAYS"):
        float_round(1.0, precision_digits=1, rounding_method="SIDEWAYS")


def test_compare_rounds_first():
    assert float_compare(1.432, 1.431, precision_digits=2) == 0
    assert float_compare(0.006, 0.002, precision_digits=2) == 1
    assert float_compare(0.002, 0.006, precision_digits=2) == -1
    assert float_is_zero(0.006 - 0.002, precision_digits=2)
    assert not float_is_zero(0.006, precision_digits=2)


def test_text_and_parts():
    assert float_repr(2.5, 3) == "2.500"
    assert float_split_str(1.4, 2) == ("1", "40")
    assert float_split_str(-0.499, 2) == ("-0", "50")
    assert float_split(1.432, 2) == (1, 43)
    assert float_split(1.1, 0) == (1, 0)


def test_2_10_12_negative_numbers_that_round_to_zero_keep_the_sign():
    assert float_repr(float_round(-0.001, precision_digits=2), 2) == "-0.00"
    assert float_repr(-0.001, 2) == "-0.00"
    assert float_repr(0.001, 2) == "0.00"
    assert float_split_str(-0.001, 2) == ("-0", "00")
    assert float_split(-0.001, 2) == (0, 0)
    assert json.dumps(json_float_round(-0.001, 2)) == "0.0"


def test_json_form_has_no_noise():
    assert json.dumps({"amount": json_float_round(0.1 + 0.2, 2)}) == '{"amount": 0.3}'
    assert json_float_round(2.0, 2) == 2.0
    assert isinstance(json_float_round(2.0, 2), float)


def test_inverse_and_python2_round():
    assert float_utils.float_invert(0.001) == 1000.0
    assert float_utils.round(2.5) == 3.0
    assert float_utils.round(-0.4) == 0.0
