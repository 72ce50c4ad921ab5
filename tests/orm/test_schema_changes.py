"""What happens to a column whose field changes."""

import pytest

from odoo import SUPERUSER_ID, api, fields, models
from odoo.modules.registry import Registry
from odoo.orm.model_class import build_model

NAME = "test_schema.thing"


@pytest.fixture
def define(databases):
    """Function that gives the model ``test_schema.thing`` the given fields, as another version of its module does."""
    registry = Registry(databases.template("test_orm"))
    with registry.cursor() as cr:

        def apply(**fields_):
            if NAME in registry.models:
                del registry[NAME]
            definition = type(
                "Thing",
                (models.Model,),
                {"__module__": __name__, "_module": None, "_name": NAME, "_description": "Thing", **fields_},
            )
            build_model(definition, registry)
            registry.setup_models(cr)
            registry.init_models(cr, [NAME], {"module": "test_orm"}, install=True)
            return api.Environment(cr, SUPERUSER_ID, {})[NAME]

        yield apply
        cr.rollback()
    registry.reset_changes()
    Registry.delete(registry.db_name)


def columns(model):
    """Return ``{column: type}`` of the table of ``model``."""
    model.env.cr.execute(
        "SELECT column_name, udt_name FROM information_schema.columns WHERE table_name = %s", [model._table]
    )
    return dict(model.env.cr.fetchall())


def test_new_column_with_default(define):
    record = define(name=fields.Char()).create({"name": "old"})
    model = define(name=fields.Char(), number=fields.Integer(default=7, required=True))
    assert model.browse(record.id).number == 7


def test_new_stored_computed_column(define):
    record = define(number=fields.Integer()).create({"number": 4})

    def _compute_double(self):
        for thing in self:
            thing.double = thing.number * 2

    model = define(
        number=fields.Integer(),
        double=fields.Integer(compute="_compute_double", store=True),
        _compute_double=api.depends("number")(_compute_double),
    )
    model.env.flush_all()
    model.env.cr.execute("SELECT double FROM test_schema_thing WHERE id = %s", [record.id])
    assert model.env.cr.fetchone()[0] == 8


@pytest.mark.parametrize(
    ("before", "value", "after", "expected"),
    [
        (fields.Integer, 4, fields.Float, 4.0),
        (fields.Char, "text", fields.Text, "text"),
        (fields.Date, "2024-01-02", fields.Datetime, "2024-01-02 00:00:00"),
    ],
)
def test_conversion(define, before, value, after, expected):
    record = define(value=before()).create({"value": value})
    record.env.flush_all()
    changed = define(value=after()).browse(record.id).value
    assert str(changed) == str(expected)


def test_column_becomes_translated(define):
    record = define(name=fields.Char()).create({"name": "source"})
    record.env.flush_all()
    model = define(name=fields.Char(translate=True))
    assert columns(model)["name"] == "jsonb"
    assert model.browse(record.id).name == "source"


def test_values_that_cannot_be_converted_are_kept(define):
    record = define(value=fields.Char()).create({"value": "text"})
    record.env.flush_all()
    model = define(value=fields.Integer())
    assert model.browse(record.id).value == 0
    kept = next(name for name in columns(model) if name.startswith("value_moved"))
    model.env.cr.execute(f"SELECT {kept} FROM test_schema_thing WHERE id = %s", [record.id])
    assert model.env.cr.fetchone()[0] == "text"


def test_longer_char(define):
    record = define(name=fields.Char(size=4)).create({"name": "abcd"})
    record.env.flush_all()
    model = define(name=fields.Char(size=8))
    thing = model.browse(record.id)
    thing.name = "abcdefgh"
    model.env.invalidate_all()
    assert thing.name == "abcdefgh"


def test_required_comes_and_goes(define):
    model = define(name=fields.Char(required=True))
    model.create({"name": "x"})
    model = define(name=fields.Char())
    assert model.create({}).name is False


def test_removed_field_keeps_its_column(define):
    define(name=fields.Char(), old=fields.Char()).create({"old": "kept"}).env.flush_all()
    model = define(name=fields.Char())
    assert "old" in columns(model)
    assert "old" not in model._fields
