"""A registry without the addon base: models work for the superuser, and nobody else may do anything."""

import uuid

import pytest

from odoo import SUPERUSER_ID, api, fields, models, sql_db
from odoo.db import lifecycle
from odoo.exceptions import AccessError, UserError
from odoo.orm.registry import Registry

MODULE = "without_base"


class Base(models.AbstractModel):
    _module = MODULE
    _name = "base"
    _description = "Base"


class Room(models.Model):
    _module = MODULE
    _name = "without.room"
    _description = "Room"
    _log_access = False

    name = fields.Char(required=True)
    seats = fields.Integer(default=4)
    parent_id = fields.Many2one("without.room")
    part_ids = fields.One2many("without.room", "parent_id")
    kind = fields.Selection([("work", "Work"), ("play", "Play")], help="What it is for", change_default=True)
    plan = fields.Binary(attachment=False)
    picture = fields.Binary()
    price = fields.Float(company_dependent=True)
    total = fields.Integer(compute="_compute_total", store=True, recursive=True)

    @api.depends("seats", "part_ids.total")
    def _compute_total(self):
        for room in self:
            room.total = room.seats + sum(room.part_ids.mapped("total"))


@pytest.fixture(scope="module")
def small_db(db_server):
    """Name of a database with the tables of the models above and no others."""
    name = f"test_without_base_{uuid.uuid4().hex[:8]}"
    lifecycle.create(name)
    registry = object.__new__(Registry)
    registry.init(name)
    Registry.registries[name] = registry
    with registry.cursor() as cr:
        names = list(registry.load(cr, MODULE))
        registry.setup_models(cr)
        registry.init_models(cr, names, {"module": MODULE})
    registry.ready = True
    yield name
    Registry.delete(name)
    sql_db.close_db(name)
    lifecycle.drop(name)


@pytest.fixture
def env(small_db):
    """A superuser environment in a transaction that is rolled back."""
    cr = Registry.registries[small_db].cursor()
    yield api.Environment(cr, SUPERUSER_ID, {})
    cr.rollback()
    cr.close()


def test_records_are_created_written_and_searched(env):
    house, room = env["without.room"].create([{"name": "House", "seats": 0}, {"name": "Room"}])
    room.parent_id = house
    assert house.part_ids == room
    assert house.total == 4
    env.invalidate_all()
    assert env["without.room"].search([("total", "=", 4), ("part_ids.name", "like", "oo")]) == house


def test_only_the_superuser_may_do_anything(env):
    room = env["without.room"].create({"name": "Room"})
    visitor = room.with_user(7)
    assert not visitor.has_access("read")
    with pytest.raises(AccessError, match=r"without\.room"):
        visitor.read(["name"])
    with pytest.raises(AccessError, match=r"without\.room"):
        visitor.search([])
    with pytest.raises(UserError, match="Exporting"):
        visitor.export_data(["name"])
    assert visitor.sudo().name == "Room"


def test_there_is_nobody_and_no_company(env):
    assert env.user.id == SUPERUSER_ID
    assert not env(user=7).user.has_groups("base.group_user")
    assert env(user=7).tz.zone == "UTC"
    assert not env.company
    assert not env.companies


def test_texts_are_those_of_the_code_in_its_language(env):
    description = env["without.room"].with_context(lang="en_US").fields_get(["kind"])["kind"]
    assert (description["string"], description["help"]) == ("Kind", "What it is for")
    assert description["selection"] == [("work", "Work"), ("play", "Play")]
    with pytest.raises(UserError, match="fr_FR"):
        env(context={"lang": "fr_FR"}).lang


def test_fields_have_the_defaults_of_the_code(env):
    assert env["without.room"].default_get(["seats", "kind"]) == {"seats": 4}
    room = env["without.room"].new({"kind": "play"})
    assert room.seats == 4
    room = env["without.room"].create({"name": "Room"})
    assert room.price == 0.0
    room.price = 3.5
    env.invalidate_all()
    assert room.price == 3.5


def test_contents_need_a_column(env):
    room = env["without.room"].create({"name": "Room", "plan": b"cGxhbg=="})
    env.invalidate_all()
    assert room.plan == b"cGxhbg=="
    with pytest.raises(UserError, match=r"without\.room\.picture"):
        room.picture = b"cGxhbg=="
    with pytest.raises(UserError, match=r"without\.room\.picture"):
        room.create({"name": "Other", "picture": b"cGxhbg=="})
    room.picture = False
    env.invalidate_all()
    assert room.picture is False
    assert room in room.search([("picture", "=", False)])
    assert not room.search([("picture", "!=", False)])


def test_nothing_has_an_external_id(env):
    assert env.ref("base.main_company", raise_if_not_found=False) is None
    with pytest.raises(ValueError, match=r"base\.main_company"):
        env.ref("base.main_company")
    room = env["without.room"].create({"name": "Room"})
    assert room.get_external_id() == {room.id: ""}
    with pytest.raises(UserError, match="__export__"):
        room.export_data(["id", "name"])
    with pytest.raises(UserError, match=r"tests\.room"):
        room._load_records([{"xml_id": "tests.room", "values": {"name": "Other"}}])
    assert room.browse()._load_records([{"values": {"name": "Another"}}]).name == "Another"


def test_records_are_deleted(env):
    room = env["without.room"].create({"name": "Room", "part_ids": [(0, 0, {"name": "Part"})]})
    part = room.part_ids
    part.unlink()
    assert not part.exists()
    assert not room.part_ids


def test_files_are_not_read(env):
    with pytest.raises(UserError, match=r"without\.room"):
        env["without.room"].load(["name"], [["Room"]])


def test_nothing_is_set(env):
    assert env["without.room"].get_base_url() is False
