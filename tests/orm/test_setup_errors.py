"""What the registry refuses when it sets up models, and how it says so."""

import re

import pytest

from odoo import api, fields, models


def naming(*words):
    """Return a pattern for messages that have all the words, in whatever order."""
    return "(?s)" + "".join(f"(?=.*{re.escape(word)})" for word in words)


def test_circle_of_computed_fields(setup):
    class Circle(models.Model):
        _module = None
        _name = "test_setup.circle"
        _description = "Circle"

        first = fields.Integer(compute="_compute_first")
        second = fields.Integer(compute="_compute_second")

        @api.depends("second")
        def _compute_first(self):
            """Never called."""

        @api.depends("first")
        def _compute_second(self):
            """Never called."""

    with pytest.raises(ValueError, match=naming("test_setup.circle.first", "test_setup.circle.second")):
        setup(Circle)


def test_editable_fields_may_depend_on_each_other(setup):
    class Pair(models.Model):
        _module = None
        _name = "test_setup.pair"
        _description = "Pair"

        net = fields.Float(compute="_compute_net", store=True, readonly=False)
        gross = fields.Float(compute="_compute_gross", store=True, readonly=False)

        @api.depends("gross")
        def _compute_net(self):
            for record in self:
                record.net = record.gross / 1.2

        @api.depends("net")
        def _compute_gross(self):
            for record in self:
                record.gross = record.net * 1.2

    env = setup(Pair)
    record = env["test_setup.pair"].new({"net": 10})
    assert record.gross == pytest.approx(12)
    record.gross = 24
    assert record.net == pytest.approx(20)


def test_unknown_dependency(setup):
    class Unknown(models.Model):
        _module = None
        _name = "test_setup.unknown"
        _description = "Unknown"

        amount = fields.Integer()
        total = fields.Integer(compute="_compute_total")

        @api.depends("amuont")
        def _compute_total(self):
            """Never called."""

    with pytest.raises(ValueError, match=naming("_compute_total", "test_setup.unknown.total", "amuont", "amount")):
        env = setup(Unknown)
        env.registry.field_triggers


def test_unknown_parent(setup):
    class Orphan(models.Model):
        _module = None
        _name = "test_setup.orphan"
        _inherit = "test_orm.prson"
        _description = "Orphan"

    with pytest.raises(TypeError, match=naming("test_setup.orphan", "test_orm.prson", "test_orm.person")):
        setup(Orphan)


def test_extension_of_unknown_model(setup):
    class Extension(models.Model):
        _module = None
        _inherit = "test_orm.prson"

    with pytest.raises(TypeError, match=naming("test_orm.prson", "test_orm.person")):
        setup(Extension)


def test_unknown_rec_name(setup):
    class Named(models.Model):
        _module = None
        _name = "test_setup.named"
        _description = "Named"
        _rec_name = "titel"

        title = fields.Char()

    with pytest.raises(TypeError, match=naming("titel", "test_setup.named", "title")):
        setup(Named)


def test_unknown_inverse(setup):
    class Lines(models.Model):
        _module = None
        _name = "test_setup.lines"
        _description = "Lines"

        line_ids = fields.One2many("test_orm.order.line", "ordr_id")

    with pytest.raises(KeyError, match=naming("ordr_id", "order_id")):
        setup(Lines)


def test_unknown_related(setup):
    class Related(models.Model):
        _module = None
        _name = "test_setup.related"
        _description = "Related"

        person_id = fields.Many2one("test_orm.person")
        mail = fields.Char(related="person_id.emial")

    with pytest.raises(KeyError, match=naming("emial", "test_setup.related.mail", "email")):
        setup(Related)


def test_related_of_another_type(setup):
    class Related(models.Model):
        _module = None
        _name = "test_setup.related"
        _description = "Related"

        person_id = fields.Many2one("test_orm.person")
        mail = fields.Integer(related="person_id.email")

    with pytest.raises(TypeError, match=naming("test_setup.related.mail", "test_orm.person.email")):
        setup(Related)


def test_selection_missing(setup):
    class Choice(models.Model):
        _module = None
        _name = "test_setup.choice"
        _description = "Choice"

        choice = fields.Selection()

    with pytest.raises(ValueError, match=naming("test_setup.choice.choice")):
        setup(Choice)


def test_unknown_selection_policy(setup):
    class Choice(models.Model):
        _module = None
        _inherit = "test_orm.extended"

        kind = fields.Selection(selection_add=[("n", "New")], ondelete={"n": "vanish"})

    with pytest.raises(ValueError, match=naming("test_orm.extended.kind", "vanish")):
        setup(Choice)


@pytest.mark.parametrize(
    ("field", "policies", "error", "words"),
    [
        ("code", {"n": "set default"}, AssertionError, "no default"),
        ("kind", {"n": "set b2"}, AssertionError, "'b2'"),
        ("required_kind", {"n": "set null"}, ValueError, "required"),
        ("required_kind", {}, ValueError, "required"),
        ("required_kind", {"n": "vanish"}, ValueError, "'vanish'"),
    ],
)
def test_c20_policies_that_cannot_be_carried_out(setup, field, policies, error, words):
    class Code(models.Model):
        _module = None
        _inherit = "test_orm.extended"

        code = fields.Selection([("a", "A")])

    added = fields.Selection(selection_add=[("n", "New")], ondelete=policies)
    choice = type(models.Model)("Choice", (models.Model,), {"_module": None, "_inherit": Code._name, field: added})
    with pytest.raises(error, match=naming(f"test_orm.extended.{field}", "'n'", words)):
        setup(Code, choice)


def test_c20_policies_that_can_be_carried_out(setup):
    class Choice(models.Model):
        _module = None
        _inherit = "test_orm.extended"

        kind = fields.Selection(selection_add=[("n", "New"), ("m", "More")], ondelete={"n": "set b", "m": "set n"})
        required_kind = fields.Selection(
            selection_add=[("n", "New"), ("m", "More")], ondelete={"n": "set default", "m": len}
        )

    setup(Choice)


def test_required_many2one_cannot_be_set_null(setup):
    class Link(models.Model):
        _module = None
        _name = "test_setup.link"
        _description = "Link"

        person_id = fields.Many2one("test_orm.person", required=True, ondelete="set null")

    with pytest.raises(ValueError, match=naming("person_id", "test_setup.link")):
        setup(Link)


def test_many2many_clash_of_automatic_tables(setup):
    class Twice(models.Model):
        _module = None
        _name = "test_setup.twice"
        _description = "Twice"

        tag_ids = fields.Many2many("test_orm.tag")
        other_tag_ids = fields.Many2many("test_orm.tag")

    with pytest.raises(TypeError, match=naming("test_setup.twice.tag_ids", "test_setup.twice.other_tag_ids")):
        setup(Twice)


def test_many2many_clash_between_models(setup):
    class First(models.Model):
        _module = None
        _name = "test_setup.first"
        _description = "First"

        tag_ids = fields.Many2many("test_orm.tag", "test_setup_shared", "left", "right")

    class Second(models.Model):
        _module = None
        _name = "test_setup.second"
        _description = "Second"

        tag_ids = fields.Many2many("test_orm.tag", "test_setup_shared", "left", "right")

    with pytest.raises(TypeError, match=naming("test_setup", "tag_ids", "test_setup", "tag_ids", "table")):
        setup(First, Second)


def test_many2many_shared_with_a_view(setup):
    class First(models.Model):
        _module = None
        _name = "test_setup.first"
        _description = "First"

        tag_ids = fields.Many2many("test_orm.tag", "test_setup_shared", "left", "right")

    class Report(models.Model):
        _module = None
        _name = "test_setup.report"
        _description = "Report"
        _auto = False

        tag_ids = fields.Many2many("test_orm.tag", "test_setup_shared", "left", "right")

    assert "test_setup.report" in setup(First, Report)


def test_many2many_of_a_model_to_itself(setup):
    class Self(models.Model):
        _module = None
        _name = "test_setup.self"
        _description = "Self"

        other_ids = fields.Many2many("test_setup.self")

    with pytest.raises(ValueError, match=naming("test_setup.self.other_ids", "explicit")):
        setup(Self)


def test_abstract_model_stays_abstract(setup):
    class Concrete(models.Model):
        _module = None
        _inherit = "test_orm.mixin"

    with pytest.raises(TypeError, match=naming("test_orm.mixin", "abstract")):
        setup(Concrete)


def test_field_and_method_of_one_name(setup):
    class FieldLast(models.Model):
        _module = None
        _name = "test_setup.field_last"
        _description = "Field Last"

        def total(self):
            """Never called."""

        total = fields.Integer()  # noqa: F811 - on purpose

    class MethodLast(models.Model):
        _module = None
        _name = "test_setup.method_last"
        _description = "Method Last"

        total = fields.Integer()

        def total(self):  # noqa: F811 - on purpose
            return "called"

    env = setup(FieldLast, MethodLast)
    assert env["test_setup.field_last"]._fields["total"].type == "integer"
    assert "total" not in env["test_setup.method_last"]._fields
    assert env["test_setup.method_last"].total() == "called"


def test_transient_model_without_log(setup):
    class Unlogged(models.TransientModel):
        _module = None
        _name = "test_setup.unlogged"
        _description = "Unlogged"
        _log_access = False

    with pytest.raises(TypeError, match=naming("test_setup.unlogged", "_log_access")):
        setup(Unlogged)


def test_invalid_model_name():
    with pytest.raises(ValueError, match=naming("Not Valid")):

        class Invalid(models.Model):
            _module = None
            _name = "Not Valid"


def test_class_outside_of_addons():
    with pytest.raises(TypeError, match=naming("odoo.addons")):

        class Outside(models.Model):
            _name = "test_setup.outside"


def test_unknown_parameter_is_reported(setup, caplog):
    class Parameter(models.Model):
        _module = None
        _name = "test_setup.parameter"
        _description = "Parameter"

        name = fields.Char(reqired=True)

    setup(Parameter)
    assert any("test_setup.parameter.name" in message and "reqired" in message for message in caplog.messages)


def test_the_inheritance_of_models_that_stay_is_not_worked_out_again(setup, monkeypatch):
    class Alone(models.Model):
        _module = None
        _name = "test_setup.alone"
        _description = "Alone"

    worked_out = []

    def mro(cls):
        worked_out.append(cls)
        return type.mro(cls)

    monkeypatch.setattr(type(Alone), "mro", mro, raising=False)
    setup(Alone)
    assert {cls._name for cls in worked_out} == {"test_setup.alone"}
