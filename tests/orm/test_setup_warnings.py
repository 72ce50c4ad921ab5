"""What the registry warns of when it sets up models."""

import warnings

import pytest

from odoo import api, fields, models


class Precomputed(models.Model):
    _module = None
    _name = "test_setup.precomputed"
    _description = "Precomputed"

    name = fields.Char()
    upper = fields.Char(compute="_compute_upper", store=True, precompute=True)
    twice = fields.Char(compute="_compute_twice", store=True, precompute=True)
    line_ids = fields.One2many("test_setup.precomputed.line", "head_id")
    total = fields.Integer(compute="_compute_total", store=True, precompute=True)
    partner_id = fields.Many2one("res.partner")
    city = fields.Char(related="partner_id.commercial_company_name", store=True, precompute=True)

    @api.depends("name")
    def _compute_upper(self):
        for record in self:
            record.upper = (record.name or "").upper()

    @api.depends("upper")
    def _compute_twice(self):
        for record in self:
            record.twice = record.upper * 2

    @api.depends("line_ids.size")
    def _compute_total(self):
        for record in self:
            record.total = sum(record.line_ids.mapped("size"))


class Line(models.Model):
    _module = None
    _name = "test_setup.precomputed.line"
    _description = "Line"

    head_id = fields.Many2one("test_setup.precomputed")
    name = fields.Char()
    size = fields.Integer(compute="_compute_size", store=True, precompute=True)
    length = fields.Integer(compute="_compute_size", store=True, precompute=True)

    @api.depends("name")
    def _compute_size(self):
        for record in self:
            record.size = record.length = len(record.name or "")


def _extension(model, **attributes):
    """Return a definition that extends ``model``."""
    return type(models.Model)("Extension", (models.Model,), {"_module": None, "_inherit": model, **attributes})


def test_c8_nothing_to_warn_of(setup):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        env = setup(Precomputed, Line)
        assert env.registry.field_triggers


def test_c8_fields_of_one_method_do_not_agree(setup):
    late = _extension("test_setup.precomputed.line", length=fields.Integer(precompute=False))
    with pytest.warns(UserWarning, match="test_setup.precomputed.line: .*'precompute'.* size, length"):
        setup(Precomputed, Line, late)


@pytest.mark.parametrize(
    ("model", "late", "dependent"),
    [
        ("test_setup.precomputed", {"upper": fields.Char}, "twice"),
        ("test_setup.precomputed.line", {"size": fields.Integer, "length": fields.Integer}, "total"),
    ],
    ids=["record", "line"],
)
def test_c8_what_it_depends_on_is_computed_later(setup, model, late, dependent):
    definition = _extension(model, **{name: kind(precompute=False) for name, kind in late.items()})
    expected = rf"test_setup\.precomputed\.{dependent} .* {model}\.{next(iter(late))},"
    with pytest.warns(UserWarning, match=expected):
        env = setup(Precomputed, Line, definition)
        assert env.registry.field_triggers
