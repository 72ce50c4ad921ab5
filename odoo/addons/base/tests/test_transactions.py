"""Cursors that only read, the cache, and the values that queries are made of."""

import gc
import weakref
from contextlib import closing
from unittest.mock import patch

import psycopg2

from odoo import api, sql_db
from odoo.db import replica
from odoo.exceptions import CacheMiss
from odoo.fields import Command
from odoo.orm.environment import RECENT_ENVIRONMENTS
from odoo.tests import TransactionCase
from odoo.tools import Query, config
from odoo.tools.misc import hash_sign, verify_hash_signed


class TestReadonlyCursors(TransactionCase):
    def is_readonly(self):
        with closing(self.registry.cursor(readonly=True)) as cr:
            cr.execute("SHOW transaction_read_only")
            return cr.readonly, *cr.fetchone()

    def options(self, **values):
        self.patch(config, "options", {**config.options, **values})

    def test_2_12_4_tests_find_who_writes(self):
        self.assertEqual(self.is_readonly(), (True, "on"))
        refused = self.assertRaises(psycopg2.errors.ReadOnlySqlTransaction)
        with closing(self.registry.cursor(readonly=True)) as cr, refused:
            cr.execute("UPDATE res_partner SET name = 'x'", log_exceptions=False)
        with closing(self.registry.cursor()) as cr:
            self.assertFalse(cr.readonly)

    def test_2_12_4_without_tests_and_replica_cursors_write(self):
        self.options(test_enable=False, dev_mode=[], db_replica_host=None)
        self.assertEqual(self.is_readonly(), (False, "off"))
        self.options(test_enable=False, dev_mode=["replica"])
        self.assertEqual(self.is_readonly(), (True, "on"))

    def test_2_12_4_in_test_mode(self):
        self.registry.enter_test_mode(self.cr)
        self.addCleanup(self.registry.leave_test_mode)
        self.assertEqual(self.is_readonly(), (True, "on"))

    def test_2_12_4_a_replica_that_is_lost(self):
        self.options(test_enable=False, db_replica_host="replica.example.org")
        self.addCleanup(replica.replica.forget)
        tries = []

        def connect(name, readonly=False):
            if not readonly:
                return sql_db.db_connect(name)
            tries.append(1)
            raise psycopg2.OperationalError("nobody there")

        with patch.object(replica, "db_connect", connect), self.assertLogs("odoo.sql_db", "WARNING"):
            self.assertEqual(self.is_readonly(), (False, "off"))
            # it is not tried at every request
            self.assertEqual(self.is_readonly(), (False, "off"))
        self.assertEqual(len(tries), 1)


class TestRecordsAndQueries(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partners = cls.env["res.partner"].create([{"name": "Ann"}, {"name": "Bob"}, {"name": "Eve"}])

    def test_2_12_8_what_the_cache_lacks(self):
        partner = self.partners[0]
        self.env.invalidate_all()
        with self.assertRaises(CacheMiss):
            self.env.cache.get(partner, partner._fields["name"])
        self.assertIsNone(self.env.cache.get(partner, partner._fields["name"], None))
        self.assertTrue(issubclass(CacheMiss, KeyError))

    def test_2_12_8_reversed_records_are_fetched_from_the_end(self):
        ids = self.partners.ids
        self.assertEqual([list(partner._prefetch_ids) for partner in reversed(self.partners)], [ids[::-1]] * 3)

    def test_2_12_8_parts_of_records_share_one_fetch(self):
        banks = self.env["res.bank"].create([{"name": "A"}, {"name": "B"}, {"name": "C"}])
        banks = banks.browse(banks.ids)
        self.env.invalidate_all()
        with self.assertQueryCount(1):
            self.assertEqual([banks[0].name, banks[2].name], ["A", "C"])

    def test_2_12_8_empty_relations_are_set(self):
        values = self.partners[0]._convert_to_write({"category_id": self.env["res.partner.category"]})
        self.assertEqual(values, {"category_id": [Command.set([])]})

    def test_2_12_7_environments_vanish_with_their_last_user(self):
        transaction = self.env.transaction
        partner = self.partners[0].with_context(number="kept")
        for number in range(3 * RECENT_ENVIRONMENTS):
            env = self.partners[1].with_context(number=number).env
            self.assertIs(transaction.envs[-1], env)
        # the newest are found again, those in use are, too
        self.assertIs(self.partners[2].with_context(number=number).env, env)
        self.assertIs(self.partners[2].with_context(number="kept").env, partner.env)
        numbers = [env.context["number"] for env in transaction.envs if isinstance(env.context.get("number"), int)]
        self.assertLessEqual(len(numbers), RECENT_ENVIRONMENTS)
        self.assertEqual(numbers, sorted(numbers))

    def test_2_12_7_what_they_wrote_is_written(self):
        with closing(self.registry.cursor()) as cr:
            api.Environment(cr, 1, {"x": 1})["res.partner"].create({"name": "Kept"}).with_context(y=1).city = "Ulm"
            gc.collect()
            cr.flush()
            cr.execute("SELECT city FROM res_partner WHERE name = 'Kept' ORDER BY id DESC LIMIT 1")
            self.assertEqual(cr.fetchone(), ("Ulm",))

    def test_2_12_7_superuser_mode_is_kept_with_its_environment(self):
        user_env = self.env(user=self.env.ref("base.user_admin"))
        self.assertIs(user_env["res.partner"].sudo().env, user_env["res.users"].sudo().env)
        self.assertTrue(user_env(su=True).su)
        self.assertEqual(user_env(su=True).uid, user_env.uid)

    def test_2_12_7_superuser_mode_does_not_keep_itself(self):
        self.addCleanup(gc.enable)
        gc.disable()
        with closing(self.registry.cursor()) as cr:
            # what is kept as the first of its kind is another one
            api.Environment(cr, 1, {})
            env = api.Environment(cr, 1, {"x": 1})
            self.assertIs(env(su=True), env)
            vanishing = weakref.ref(env)
            del env
            cr.transaction._recent.clear()
            self.assertIsNone(vanishing())

    def test_2_12_9_nothing_has_the_id_0(self):
        model = self.env["res.partner"]
        self.assertFalse(model.browse([0]).exists())
        new = model.new({"name": "Zoe"})
        self.assertEqual((model.browse([0, self.partners[0].id, False]) + new).exists(), self.partners[0] + new)
        self.assertEqual(new.exists(), new)

    def test_2_12_13_joins_need_their_left_table(self):
        query = Query(self.env, "res_partner")
        with self.assertRaises(AssertionError):
            query.join("res_users", "partner_id", "res_partner", "id", "partner")
        alias = query.join("res_partner", "user_id", "res_users", "id", "user")
        self.assertEqual(query.left_join(alias, "partner_id", "res_partner", "id", "partner"), f"{alias}__partner")

    def test_2_12_15_nothing_is_not_signed(self):
        for nothing in (None, "", {}, []):
            with self.assertRaises(AssertionError):
                hash_sign(self.env, "scope", nothing)
        token = hash_sign(self.env, "scope", {"id": 7})
        self.assertEqual(verify_hash_signed(self.env, "scope", token), {"id": 7})
