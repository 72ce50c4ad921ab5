"""A transaction that changes models does so on a registry of its own."""

import pytest

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.orm.registry_change import run_on_registry
from odoo.service.model import retrying

FIELD = "x_beside"


@pytest.fixture
def registry(databases):
    name = databases.copy()
    yield Registry(name)
    databases.drop(name)


def add_field(env, name=FIELD, **values):
    return env["ir.model.fields"].create(
        {
            "name": name,
            "model_id": env["ir.model"]._get_id("res.partner"),
            "ttype": "char",
            "field_description": name,
            **values,
        }
    )


def has_field(registry):
    return FIELD in registry["res.partner"]._fields


def test_f4_the_change_is_made_beside_the_registry_in_use(registry):
    seen = []

    def work():
        add_field(env)
        partner = env["res.partner"].create({"name": "One", FIELD: "value"})
        seen.append((has_field(env.registry), has_field(Registry(registry.db_name)), partner[FIELD]))
        return partner.id

    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        partner_id = retrying(work, env)
        assert seen == [(True, False, "value")], "others must not see it before the commit"
        current = Registry(registry.db_name)
        assert env.registry is current
        assert has_field(current)
        assert current.check_signaling(cr) is current, "nothing is left to be followed"
        assert env["res.partner"].browse(partner_id)[FIELD] == "value"
    assert not has_field(registry), "who began before works on with what was there"
    with registry.cursor() as cr:
        assert registry.check_signaling(cr) is current


def test_f4_records_of_before_go_on_with_the_new_registry(registry):
    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        partner = env["res.partner"].search([], limit=1)

        def work():
            add_field(env)
            partner[FIELD] = "value"

        retrying(work, env)
        assert partner.pool is env.registry is Registry(registry.db_name)
        assert env["res.partner"].search([(FIELD, "=", "value")]) == partner


def test_f4_what_fails_while_another_registry_is_published_begins_again(registry):
    registries = []

    def work():
        registries.append(env.registry)
        if len(registries) < 3:
            with Registry(registry.db_name).cursor() as other_cr:
                other = api.Environment(other_cr, SUPERUSER_ID, {})
                retrying(lambda: add_field(other, f"{FIELD}_{len(registries)}"), other)
            raise KeyError(FIELD)
        return partner.read([f"{FIELD}_1", f"{FIELD}_2"])

    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        partner = env["res.users"].browse(SUPERUSER_ID).partner_id
        cr.commit()
        assert retrying(work, env) == [{"id": partner.id, f"{FIELD}_1": False, f"{FIELD}_2": False}]
    assert len({id(seen) for seen in registries}) == 3, "one change may follow the other"
    assert (registries[0], registries[-1]) == (registry, Registry(registry.db_name))


def test_f4_a_change_that_fails_leaves_the_registry_in_use(registry):
    def work():
        add_field(env)
        raise ValueError("no")

    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        partner = env["res.partner"].search([], limit=1)
        with pytest.raises(ValueError, match="no"):
            retrying(work, env)
        cr.rollback()
        assert partner.pool is registry
        assert env.registry is registry
        assert Registry(registry.db_name) is registry
        assert not has_field(registry)
        assert env["res.partner"].search_count([]), "the environment works on"
        assert registry.check_signaling(cr) is registry


def test_f4_a_handler_of_errors_does_not_stop_the_change(registry):
    def work():
        try:
            with env.cr.savepoint():
                add_field(env)
        except Exception:
            pytest.fail("the new beginning was taken for an error")

    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        retrying(work, env)
    assert has_field(Registry(registry.db_name))


def test_f4_a_registry_that_was_loaded_meanwhile_is_not_replaced(registry):
    def work():
        add_field(env)
        env.cr.commit()
        if env.transaction.owns_registry:
            loaded.append(Registry.new(registry.db_name))

    loaded = []
    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        run_on_registry(env, work)
    assert Registry(registry.db_name) is loaded[0]
    assert has_field(Registry(registry.db_name).check_signaling())


def test_f4_without_a_new_beginning_the_registry_changes_in_place(registry):
    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        partner = env["res.partner"].create({"name": "One"})
        add_field(env)
        partner[FIELD] = "value"
        assert env.registry is registry
        assert partner.read([FIELD])[0][FIELD] == "value"
        cr.rollback()
        registry.reset_changes()


def test_f4_a_job_changes_models(registry):
    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        env["ir.cron"].search([]).active = False
        cron = env["ir.cron"].create(
            {
                "name": "Adds a field",
                "model_id": env["ir.model"]._get_id("res.partner"),
                "state": "code",
                "code": f"env['ir.model.fields'].create({{'name': '{FIELD}', 'ttype': 'char', "
                "'field_description': 'F', 'model_id': env['ir.model']._get_id('res.partner')})",
                "interval_number": 1,
                "interval_type": "days",
                "nextcall": "2020-01-01 00:00:00",
            }
        )
        cr.commit()
        registry["ir.cron"]._process_jobs(registry.db_name)
    current = Registry(registry.db_name)
    assert current is not registry
    assert has_field(current)
    assert not has_field(registry)
    with current.cursor() as cr:
        job = api.Environment(cr, SUPERUSER_ID, {})["ir.cron"].browse(cron.id)
        assert (job.failure_count, bool(job.lastcall)) == (0, True)


@pytest.fixture
def shared(registry, monkeypatch):
    """A registry that threads of a server share."""
    monkeypatch.setattr(Registry, "shared", True)
    return registry


def test_code_that_cannot_begin_again_changes_a_registry_of_its_own(shared):
    with shared.cursor() as cr, shared.cursor() as other_cr:
        other = api.Environment(other_cr, SUPERUSER_ID, {})["res.country"].search([], limit=1)
        env = api.Environment(cr, SUPERUSER_ID, {})
        partner = env["res.partner"].create({"name": "One"})
        field = add_field(env)
        assert Registry(shared.db_name) is shared, "others have it when it is committed"
        assert not has_field(shared)
        assert has_field(env.registry)
        # records of before are as good as those of afterwards
        assert partner.pool is field.pool is env.registry
        partner[FIELD] = "value"
        field.field_description = "Later"
        assert other.name
        cr.commit()
        assert Registry(shared.db_name) is env.registry is not shared
        assert env.registry.check_signaling(cr) is env.registry
        assert shared.check_signaling(cr) is env.registry
        assert not has_field(shared), "who began before works on with what was there"
        assert other.pool is shared
    with Registry(shared.db_name).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        assert env["res.partner"].browse(partner.id).read([FIELD]) == [{"id": partner.id, FIELD: "value"}]
        assert env["ir.model.fields"]._get("res.partner", FIELD).field_description == "Later"


def test_code_that_cannot_begin_again_and_does_not_commit_changes_nothing(shared):
    with shared.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        partner = env["res.partner"].search([], limit=1)
        add_field(env)
        assert has_field(env.registry)
        cr.rollback()
        assert env.registry is Registry(shared.db_name) is shared
        assert partner.pool is shared
        assert partner.name
    cr = shared.cursor()
    add_field(api.Environment(cr, SUPERUSER_ID, {}))
    cr.close()
    assert not has_field(Registry(shared.db_name).check_signaling())


def test_models_are_set_up_by_hand_beside_the_registry_in_use(shared):
    with shared.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        cr.execute(
            'INSERT INTO ir_model (model, name, state, "order") VALUES (%s, %s::jsonb, %s, %s)',
            ["x_hand", '{"en_US": "By hand"}', "manual", "id"],
        )
        shared.setup_models(cr)
        shared.init_models(cr, ["x_hand"], {})
        assert "x_hand" in env and "x_hand" not in shared
        env["x_hand"].create({})
    current = Registry(shared.db_name)
    assert current is not shared
    with current.cursor() as cr:
        assert api.Environment(cr, SUPERUSER_ID, {})["x_hand"].search_count([]) == 1


def test_fields_and_models_that_are_used_are_removed_beside_the_registry_in_use(shared):
    with shared.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        model = env["ir.model"].create({"name": "Boat", "model": "x_boat"})
        env["x_boat"].create({"x_name": "one"})
        add_field(env)
        cr.commit()
        # a second change of the same transaction, whose locks its own registry must not wait for
        env["ir.model.fields"]._get("res.partner", FIELD).unlink()
        model.unlink()
        assert "x_boat" in Registry(shared.db_name)
        assert "x_boat" not in env
    current = Registry(shared.db_name)
    assert "x_boat" not in current and not has_field(current)
