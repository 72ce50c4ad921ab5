"""A link that the database refuses is reported as that link, whatever statement made the transaction write it."""

import contextlib
import logging

import psycopg2
import pytest

from odoo import SUPERUSER_ID, Command, api
from odoo.exceptions import ValidationError
from odoo.modules.registry import Registry
from odoo.orm.retrying import retrying

GONE = 2_000_000_000
TABLE = "test_orm_person_test_orm_tag_rel"


@pytest.fixture
def database(databases):
    name = databases.copy("test_orm")
    yield name
    databases.drop(name)


@pytest.fixture
def env(databases, caplog):
    """An environment on a database that is not changed."""
    caplog.set_level(logging.CRITICAL, "odoo.sql_db")
    with environment(databases.template("test_orm")) as env:
        yield env


@contextlib.contextmanager
def environment(name):
    """Give an environment on the named database; what is not committed is undone."""
    with contextlib.closing(Registry(name).cursor()) as cr:
        yield api.Environment(cr, SUPERUSER_ID, {})


@contextlib.contextmanager
def refused(person, tag_ids, kind=psycopg2.errors.ForeignKeyViolation):
    """Check that the block fails with the error that names the links of ``person`` to ``tag_ids``."""
    with pytest.raises(kind) as failure:
        yield
    text = str(failure.value)
    assert f"test_orm.person.tag_ids links test_orm.person({person.id},) to test_orm.tag{tag_ids!r}" in text
    assert TABLE in text
    link = failure.value.failed_link
    assert str(link.field) == "test_orm.person.tag_ids"
    assert link.pairs == [(person.id, tag_id) for tag_id in tag_ids]


def new_person(env, **values):
    return env["test_orm.person"].create({"name": "Ada", **values})


def test_a_missing_record_is_named_with_the_next_statement(env):
    person = new_person(env, tag_ids=[Command.link(GONE)])
    with refused(person, (GONE,)):
        env["res.country"].search_count([])


@pytest.mark.parametrize("write", ["flush_all", "flush_recordset", "commit"])
def test_a_missing_record_is_named_by_whatever_writes(env, write):
    person = new_person(env, tag_ids=[Command.link(GONE)])
    with refused(person, (GONE,)):
        if write == "commit":
            env.cr.commit()
        elif write == "flush_all":
            env.flush_all()
        else:
            person.name = "Bea"
            person.flush_recordset(["name"])


def test_only_the_links_at_fault_are_named(env):
    tags = env["test_orm.tag"].create([{"name": name} for name in "abc"])
    people = env["test_orm.person"].create([{"name": name} for name in "xyz"])
    people.tag_ids = tags
    with refused(people[1], (GONE,)):
        people[1].tag_ids = [Command.link(GONE)]
        env.cr.execute("SELECT 1")


def test_the_field_that_was_written_is_named_not_the_one_of_the_other_side(env):
    tag = env["test_orm.tag"].create({"name": "a"})
    tag.person_ids = [Command.link(GONE)]
    with pytest.raises(psycopg2.errors.ForeignKeyViolation, match=r"test_orm\.tag\.person_ids links") as failure:
        env.flush_all()
    assert failure.value.failed_link.pairs == [(tag.id, GONE)]


def test_the_database_still_says_what_it_said(env):
    new_person(env, tag_ids=[Command.link(GONE)])
    with pytest.raises(psycopg2.errors.ForeignKeyViolation, match="violates foreign key constraint") as failure:
        env.flush_all()
    assert failure.value.diag.table_name == TABLE
    assert failure.value.pgcode == "23503"


def test_a_savepoint_undoes_it(env):
    tag = env["test_orm.tag"].create({"name": "a"})
    person = new_person(env)
    with refused(person, (GONE,)), env.cr.savepoint():
        person.write({"name": "Bea", "tag_ids": [Command.link(tag.id), Command.link(GONE)]})
        env["res.country"].search_count([])
    assert (person.name, person.tag_ids) == ("Ada", env["test_orm.tag"])
    person.tag_ids = tag
    env.flush_all()
    env.invalidate_all()
    assert person.tag_ids == tag


def test_a_savepoint_that_ends_well_otherwise_undoes_it(env):
    person = new_person(env)
    with refused(person, (GONE,)), env.cr.savepoint():
        person.tag_ids = [Command.link(GONE)]
    assert not person.tag_ids
    person.name = "Bea"
    env.flush_all()


def test_what_is_rolled_back_is_not_written_later(env):
    person = new_person(env)
    savepoint = env.cr.savepoint(flush=False)
    person.tag_ids = [Command.link(GONE)]
    savepoint.close(rollback=True)
    env["res.country"].search_count([])
    person.tag_ids = [Command.link(GONE)]
    env.cr.rollback()
    env["res.country"].search_count([])


def test_forgetting_the_cache_forgets_no_link(env):
    tag = env["test_orm.tag"].create({"name": "a"})
    person = new_person(env)
    person.tag_ids = tag
    env.clear()
    assert person.tag_ids == tag


def test_a_record_that_another_transaction_deleted(database, caplog):
    caplog.set_level(logging.CRITICAL, "odoo.sql_db")
    with environment(database) as env:
        tag = env["test_orm.tag"].create({"name": "a"})
        env.cr.commit()
        person = new_person(env)
        env.flush_all()
        with environment(database) as other:
            other["test_orm.tag"].browse(tag.id).unlink()
            other.cr.commit()
        with refused(person, (tag.id,), psycopg2.errors.SerializationFailure):
            person.tag_ids = [Command.link(tag.id)]
            env["res.country"].search_count([])


def test_a_caller_from_outside_reads_which_link(database, caplog):
    caplog.set_level(logging.CRITICAL, "odoo.sql_db")
    with environment(database) as env:
        for values, sentence in (
            ({"tag_ids": [Command.link(GONE)]}, f"“Tags” (tag_ids) of Person (test_orm.person) refers to {GONE}"),
            ({"boss_id": GONE}, "a record that is referred to does not exist"),
        ):
            with pytest.raises(ValidationError) as refusal:
                retrying(lambda values=values: new_person(env, **values), env)
            assert sentence in str(refusal.value)
            assert not env["test_orm.person"].search_count([("name", "=", "Ada")])


def test_a_record_deleted_meanwhile_is_missing_when_the_transaction_is_tried_again(database, caplog):
    caplog.set_level(logging.CRITICAL, "odoo.sql_db")
    with environment(database) as env:
        tag = env["test_orm.tag"].create({"name": "a"})
        env.cr.commit()
        tries = []

        def link():
            tries.append(new_person(env, tag_ids=[Command.link(tag.id)]))
            if len(tries) == 1:
                with environment(database) as other:
                    other["test_orm.tag"].browse(tag.id).unlink()
                    other.cr.commit()

        with pytest.raises(ValidationError, match=rf"refers to {tag.id} of Tag \(test_orm\.tag\)"):
            retrying(link, env)
        assert len(tries) == 2
