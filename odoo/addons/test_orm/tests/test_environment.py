"""The environment, raw SQL, exceptions and decorators."""

from unittest.mock import patch

from odoo import SUPERUSER_ID, api, exceptions, models
from odoo.api import Environment
from odoo.service.model import retrying
from odoo.tests import TransactionCase, new_test_user
from odoo.tools import SQL, mute_logger


class TestEnvironment(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(cls.env, "env_user")
        cls.erp_manager = new_test_user(cls.env, "env_manager", groups="base.group_user,base.group_erp_manager")
        cls.system = new_test_user(cls.env, "env_system", groups="base.group_system")

    def test_parts(self):
        env = Environment(self.env.cr, self.user.id, {"key": "value"})
        self.assertEqual((env.uid, env.su, dict(env.context)), (self.user.id, False, {"key": "value"}))
        self.assertIs(env.cr, self.env.cr)
        self.assertIs(env.registry, self.env.registry)
        self.assertIs(Environment(self.env.cr, self.user.id, {"key": "value"}), env)
        self.assertTrue(Environment(self.env.cr, SUPERUSER_ID, {}).su)
        self.assertIs(api.Environment, Environment)

    def test_mapping(self):
        self.assertEqual(self.env["test_orm.tag"]._name, "test_orm.tag")
        self.assertIn("test_orm.tag", self.env)
        self.assertNotIn("no.such.model", self.env)
        self.assertIn("test_orm.tag", list(self.env))
        with self.assertRaises(KeyError):
            self.env["no.such.model"]

    def test_call(self):
        env = self.env(user=self.user, context={"a": 1})
        self.assertEqual((env.user, dict(env.context), env.su), (self.user, {"a": 1}, False))
        self.assertTrue(env(su=True).su)

    def test_user(self):
        env = self.env(user=self.user)
        self.assertEqual(env.user, self.user)
        self.assertTrue(env.user.env.su, "the user is readable whatever its rights")

    def test_lang(self):
        self.assertIsNone(self.env(context={}).lang)
        self.assertEqual(self.env(context={"lang": "en_US"}).lang, "en_US")

    def test_company(self):
        company = self.env["res.company"].create({"name": "C2"})
        env = self.env(user=self.user)
        self.assertEqual(env.company, self.user.company_id)
        self.assertEqual(env.companies, self.user.company_ids)
        self.user.company_ids += company
        env = self.env(user=self.user, context={"allowed_company_ids": [company.id]})
        self.assertEqual((env.company, env.companies), (company, company))

    def test_company_not_allowed(self):
        company = self.env["res.company"].create({"name": "C2"})
        env = self.env(user=self.user, context={"allowed_company_ids": [company.id]})
        for name in ("company", "companies"):
            with self.assertRaises(exceptions.AccessError):
                getattr(env, name)
        self.assertEqual(env(su=True).company, company)

    def test_ref(self):
        self.assertEqual(self.env.ref("test_orm.tag_red").name, "red")
        with self.assertRaises(ValueError):
            self.env.ref("test_orm.no_such_record")
        self.assertFalse(self.env.ref("test_orm.no_such_record", raise_if_not_found=False))

    def test_ref_of_deleted_record(self):
        tag = self.env.ref("test_orm.tag_red")
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM test_orm_tag WHERE id = %s", [tag.id])
        self.env.invalidate_all()
        self.assertFalse(self.env.ref("test_orm.tag_red", raise_if_not_found=False))
        with self.assertRaises(ValueError):
            self.env.ref("test_orm.tag_red")

    def test_roles(self):
        def roles(user):
            env = self.env(user=user)
            return env.is_superuser(), env.is_admin(), env.is_system()

        self.assertEqual(roles(self.user), (False, False, False))
        self.assertEqual(roles(self.erp_manager), (False, True, False))
        self.assertEqual(roles(self.system), (False, True, True))
        self.assertTrue(self.env(user=self.user, su=True).is_superuser())
        self.assertTrue(self.env(user=self.user, su=True).is_admin())
        self.assertTrue(self.env(user=self.user, su=True).is_system())

    def test_cache(self):
        tag = self.env["test_orm.tag"].create({"name": "cached"})
        field = tag._fields["name"]
        self.assertTrue(self.env.cache.contains(tag, field))
        self.assertEqual(self.env.cache.get(tag, field), "cached")
        self.env.invalidate_all()
        self.assertFalse(self.env.cache.contains(tag, field))
        self.env.cache.set(tag, field, "set")
        self.assertEqual(tag.name, "set")
        self.env.cache.remove(tag, field)
        self.assertEqual(tag.name, "cached")

    def test_clear_forgets_changes(self):
        tag = self.env["test_orm.tag"].create({"name": "before"})
        self.env.flush_all()
        tag.name = "after"
        self.env.clear()
        self.assertEqual(tag.name, "before")

    def test_execute_query(self):
        tag = self.env["test_orm.tag"].create({"name": "queried", "color": 3})
        tag.color = 4
        field = tag._fields["color"]
        query = SQL(
            "SELECT %s FROM %s WHERE id = %s",
            SQL.identifier("test_orm_tag", "color", to_flush=field),
            SQL.identifier("test_orm_tag"),
            tag.id,
        )
        self.assertEqual(self.env.execute_query(query), [(4,)], "the field in the metadata is flushed")
        self.assertEqual(self.env.execute_query(SQL("UPDATE test_orm_tag SET color = 5 WHERE id = %s", tag.id)), [])
        self.assertEqual(
            self.env.execute_query_dict(SQL("SELECT color AS c FROM test_orm_tag WHERE id = %s", tag.id)), [{"c": 5}]
        )

    def test_raw_sql(self):
        self.env.cr.execute("SELECT %s::int + %s", [1, 2])
        self.assertEqual(self.env.cr.fetchone(), (3,))
        self.env.cr.execute(SQL("SELECT %s, %s", "a", SQL("%s::int", 5)))
        self.assertEqual(self.env.cr.fetchall(), [("a", 5)])
        self.env.cr.execute("SELECT 1 AS one")
        self.assertEqual(self.env.cr.dictfetchall(), [{"one": 1}])


class TestSQL(TransactionCase):
    def test_positional(self):
        sql = SQL("UPDATE TABLE foo SET a = %s, b = %s", "hello", 42)
        self.assertEqual((sql.code, sql.params), ("UPDATE TABLE foo SET a = %s, b = %s", ["hello", 42]))

    def test_named(self):
        sql = SQL("a = %(a)s AND b = %(b)s", b=2, a=1)
        self.assertEqual((sql.code, sql.params), ("a = %s AND b = %s", [1, 2]))

    def test_composed(self):
        sql = SQL("UPDATE TABLE %s SET %s", SQL.identifier("foo"), SQL("%s = %s", SQL.identifier("bar"), 3))
        self.assertEqual((sql.code, sql.params), ('UPDATE TABLE "foo" SET "bar" = %s', [3]))
        self.assertEqual(list(sql), [sql.code, sql.params])

    def test_identifier(self):
        self.assertEqual(SQL.identifier("t", "c").code, '"t"."c"')
        with self.assertRaises((AssertionError, ValueError)):
            SQL.identifier('t"; DROP TABLE x; --')

    def test_join(self):
        sql = SQL(", ").join([SQL("%s", 1), 2, SQL("c")])
        self.assertEqual((sql.code, sql.params), ("%s, %s, c", [1, 2]))
        self.assertEqual(SQL(" AND ").join([]).code, "")

    def test_to_flush(self):
        field = self.env["test_orm.tag"]._fields["name"]
        sql = SQL("SELECT %s", SQL.identifier("name", to_flush=field), to_flush=field)
        self.assertEqual(set(sql.to_flush), {field})

    def test_empty(self):
        self.assertFalse(SQL())
        self.assertTrue(SQL("x"))
        self.assertEqual(SQL("a %s", 1), SQL("a %s", 1))


class TestExceptions(TransactionCase):
    def test_hierarchy(self):
        for name in ("AccessError", "MissingError", "ValidationError", "AccessDenied"):
            self.assertTrue(issubclass(getattr(exceptions, name), exceptions.UserError), name)
        self.assertTrue(issubclass(exceptions.CacheMiss, KeyError))
        self.assertTrue(issubclass(exceptions.RedirectWarning, Exception))

    def test_user_error(self):
        error = exceptions.UserError("No")
        self.assertEqual((str(error), error.args), ("No", ("No",)))

    def test_redirect_warning(self):
        error = exceptions.RedirectWarning("Go there", 5, "There", {"active_id": 1})
        self.assertEqual(error.args, ("Go there", 5, "There", {"active_id": 1}))
        self.assertEqual(exceptions.RedirectWarning("Go", 5, "There").args[3], None)

    def test_access_denied(self):
        error = exceptions.AccessDenied()
        self.assertEqual(str(error), "Access Denied")
        self.assertIsNone(error.__cause__)
        self.assertEqual(error.traceback, ("", "", ""), "no traceback leaves the server")

    def test_cache_miss(self):
        tag = self.env.ref("test_orm.tag_red")
        error = exceptions.CacheMiss(tag, tag._fields["name"])
        self.assertIn("name", str(error))

    def test_messages(self):
        for name in ("AccessError", "MissingError", "ValidationError"):
            self.assertEqual(str(getattr(exceptions, name)("text")), "text")


class TestDecorators(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Journal = cls.env["test_orm.journal"]

    def setUp(self):
        super().setUp()
        self.Journal.log.clear()

    def _call(self, method, *args, **kwargs):
        return api.call_kw(self.Journal, method, list(args), kwargs)

    def test_model(self):
        self.assertEqual(self._call("model_method", "x"), ("test_orm.journal", 0, "x"))

    def test_record_method(self):
        record = self.Journal.create({})
        self.assertEqual(self._call("record_method", record.ids, "x"), (record.ids, "x"))
        self.assertEqual(self._call("record_method", [], argument="y"), ([], "y"))

    def test_model_create_multi(self):
        self.Journal.create({"name": "one"})
        self.Journal.create([{"name": "one"}, {"name": "two"}])
        self.assertEqual(self.Journal.log, [("create", 1), ("create", 2)])
        self.assertEqual(self.Journal.create({"value": 5}).value, 6)

    def test_create_over_rpc(self):
        self.assertIsInstance(self._call("create", {"name": "a"}), int)
        ids = self._call("create", [{"name": "a"}, {"name": "b"}])
        self.assertEqual(self.Journal.browse(ids).mapped("name"), ["a", "b"])

    def test_write_over_rpc(self):
        record = self.Journal.create({})
        self.assertIs(self._call("write", record.ids, {"name": "w"}), True)
        self.assertEqual(record.name, "w")

    def test_context_over_rpc(self):
        id_ = self._call("create", {}, context={"journal_name": "from context"})
        self.assertEqual(self.Journal.browse(id_).name, "from context")

    def test_private(self):
        for name in ("private_method", "_underscore_method", "init", "__getattr__"):
            with self.subTest(name), self.assertRaises((exceptions.AccessError, AttributeError)):
                api.call_kw(self.Journal, name, [[]], {})
        self.assertEqual(self.Journal.private_method(), "private")

    def test_readonly(self):
        self.assertTrue(self.Journal.readonly_method._readonly)
        self.assertEqual(self.Journal.readonly_method(), "readonly")
        self.assertTrue(type(self.Journal).search_read._readonly)

    def test_returns_self(self):
        record = self.Journal.create({})
        self.assertEqual(record.returning_self(), record)
        self.assertEqual(self._call("returning_self", record.ids), record.ids)

    def test_returns_with_downgrade(self):
        self.assertEqual(self.Journal.returning_tags()._name, "test_orm.tag")
        self.assertIsInstance(self._call("returning_tags", []), list)
        self.assertIn("red", self._call("returning_tags", []))

    def test_autovacuum(self):
        with patch.object(self.env.cr, "commit"), patch.object(self.env.cr, "rollback"):
            self.env["ir.autovacuum"]._run_vacuum_cleaner()
        self.assertIn(("vacuum", "test_orm.journal"), self.Journal.log)

    def test_ondelete(self):
        record = self.Journal.create({"value": -10})
        with self.assertRaisesRegex(exceptions.UserError, "Negative entries stay"):
            record.unlink()
        with self.assertRaises(exceptions.UserError):
            record.with_context(_force_unlink=True).unlink()

    def test_ondelete_not_at_uninstall(self):
        order = self.env["test_orm.order"].create({"state": "done"})
        with self.assertRaises(exceptions.UserError):
            order.unlink()
        order.with_context(_force_unlink=True).unlink()
        self.assertFalse(order.exists())

    def test_constrains_by_function(self):
        with self.assertRaisesRegex(exceptions.ValidationError, "forbidden is not allowed"):
            self.Journal.create({"name": "forbidden"})

    def test_constrains(self):
        Order = self.env["test_orm.order"]
        with self.assertRaises(exceptions.ValidationError):
            Order.create({"name": "same", "note": "same"})
        order = Order.create({"name": "same", "note": "other"})
        with self.assertRaises(exceptions.ValidationError):
            order.note = "same"

    def test_constrains_only_on_named_fields(self):
        order = self.env["test_orm.order"].create({"name": "n"})
        self.env.flush_all()
        self.env.cr.execute("UPDATE test_orm_order SET note = 'n' WHERE id = %s", [order.id])
        order.invalidate_recordset()
        order.state = "sent"
        with self.assertRaises(exceptions.ValidationError):
            order.name = "n"

    def test_overrides(self):
        record = self.Journal.create({})
        record.name = "a"
        record.write({"name": "b", "value": 1})
        record.unlink()
        self.assertEqual(
            self.Journal.log, [("create", 1), ("write", ["name"]), ("write", ["name", "value"]), ("unlink", 1)]
        )

    def test_depends_marks(self):
        Compute = type(self.env["test_orm.compute"])
        self.assertEqual(Compute._compute_sum._depends, ("a", "b"))
        self.assertEqual(Compute._compute_company_label._depends_context, ("company",))

    def test_onchange_mark(self):
        self.assertEqual(type(self.env["test_orm.order"])._onchange_person._onchange, ("person_id",))


class TestModelAttributes(TransactionCase):
    def test_table(self):
        Renamed = self.env["test_orm.renamed"]
        self.assertEqual(Renamed._table, "test_orm_other_table")
        record = Renamed.create({"name": "n"})
        self.env.flush_all()
        self.env.cr.execute("SELECT name FROM test_orm_other_table WHERE id = %s", [record.id])
        self.assertEqual(self.env.cr.fetchone()[0], "n")

    def test_log_access(self):
        self.assertFalse(self.env["test_orm.renamed"]._log_access)
        self.assertNotIn("create_date", self.env["test_orm.renamed"]._fields)
        tag = self.env["test_orm.tag"].create({"name": "t"})
        self.assertEqual(tag.create_uid, self.env.user)
        self.assertEqual(tag.write_uid, self.env.user)
        self.assertEqual(tag.create_date, self.env.cr.now())
        self.assertEqual(tag.write_date, tag.create_date)

    def test_write_uid(self):
        tag = self.env["test_orm.tag"].create({"name": "t"})
        user = new_test_user(self.env, "writer")
        tag.with_user(user).name = "u"
        self.assertEqual(tag.write_uid, user)
        self.assertEqual(tag.create_uid, self.env.user)

    def test_order(self):
        Renamed = self.env["test_orm.renamed"]
        records = Renamed.create([{"sequence": value} for value in (1, 3, 2)])
        self.assertEqual(Renamed.search([("id", "in", records.ids)]).mapped("sequence"), [3, 2, 1])

    def test_parent_name(self):
        Renamed = self.env["test_orm.renamed"]
        top = Renamed.create({"name": "top"})
        below = Renamed.create({"name": "below", "above_id": top.id})
        self.assertEqual(Renamed.search([("id", "child_of", top.id)], order="id"), top + below)
        self.assertEqual(Renamed.search([("id", "parent_of", below.id)], order="id"), top + below)

    def test_rec_name(self):
        record = self.env["test_orm.labelled"].create({"label": "by label"})
        self.assertEqual(record.display_name, "by label")
        self.assertEqual(record._rec_name, "label")
        self.assertEqual(self.env["test_orm.labelled"].name_search("by lab"), [(record.id, "by label")])

    def test_no_rec_name(self):
        record = self.env["test_orm.nameless"].create({})
        self.assertIsNone(record._rec_name)
        self.assertEqual(record.display_name, f"test_orm.nameless,{record.id}")

    def test_fold_name(self):
        self.assertEqual(self.env["test_orm.labelled"]._fold_name, "is_folded")
        self.assertEqual(self.env["test_orm.stage"]._fold_name, "fold")

    def test_table_query(self):
        person = self.env["test_orm.person"].create({"name": "reported", "age": 4})
        Report = self.env["test_orm.report"]
        self.assertEqual(
            Report.search([("name", "=", "reported")]).read(["name", "age"]),
            [{"id": person.id, "name": "reported", "age": 4}],
        )
        person.age = 5
        self.assertEqual(
            Report.search([("age", "=", 5), ("name", "=", "reported")]).id, person.id, "_depends is flushed"
        )
        person.active = False
        self.assertFalse(Report.search([("name", "=", "reported")]))

    def test_init_and_auto(self):
        View = self.env["test_orm.view"]
        self.assertFalse(View._auto)
        tag = self.env["test_orm.tag"].create({"name": "t"})
        person = self.env["test_orm.person"].create({"name": "viewed", "tag_ids": [(4, tag.id)]})
        self.env.flush_all()
        self.assertEqual(View.browse(person.id).tag_count, 1)
        self.assertNotIn("create_uid", View._fields)

    def test_register_hook(self):
        self.assertGreaterEqual(getattr(type(self.env["test_orm.hooked"]), "_hook_calls", 0), 0)
        before = getattr(type(self.env["test_orm.hooked"]), "_hook_calls", 0)
        self.env["test_orm.hooked"]._register_hook()
        self.assertEqual(type(self.env["test_orm.hooked"])._hook_calls, before + 1)

    def test_sql_constraints(self):
        with self.assertRaisesRegex(exceptions.ValidationError, "color of a tag must not be negative"):
            self._convert("test_orm.tag", {"name": "t", "color": -1})
        self.env["test_orm.person"].create({"name": "p", "code": "c"})
        with self.assertRaisesRegex(exceptions.ValidationError, "Two persons cannot have the same code"):
            self._convert("test_orm.person", {"name": "q", "code": "c"})

    def test_required(self):
        with self.assertRaisesRegex(exceptions.ValidationError, "Name"):
            self._convert("test_orm.tag", {"color": 1})

    def _convert(self, model_name, values):
        """Create a record as a call from outside does, whose database errors become messages."""
        self.registry.enter_test_mode(self.env.cr)
        try:
            with self.registry.cursor() as cr, mute_logger("odoo.sql_db"):
                env = api.Environment(cr, SUPERUSER_ID, {})
                retrying(lambda: env[model_name].create(values), env)
        finally:
            self.registry.leave_test_mode()

    def test_another_cache_for_a_while(self):
        transaction = self.env.transaction
        self.assertIn(self.env, transaction.envs)
        tag = self.env["test_orm.tag"].create({"name": "kept"})
        self.env.flush_all()
        tag.name = "pending"
        usual, other = transaction.cache, type(transaction.cache)()
        for env in transaction.envs:
            env.cache = other
        transaction.cache = other
        self.assertEqual(tag.name, "kept")
        for env in transaction.envs:
            env.cache = usual
        transaction.cache = usual
        self.assertEqual(tag.name, "pending")

    def test_description(self):
        self.assertEqual(self.env["test_orm.tag"]._description, "Tag")
        self.assertEqual(self.env["ir.model"]._get("test_orm.tag").name, "Tag")

    def test_indexes(self):
        self.env.cr.execute("SELECT indexdef FROM pg_indexes WHERE tablename = 'test_orm_person'")
        definitions = " ".join(row[0] for row in self.env.cr.fetchall())
        self.assertRegex(definitions, r"btree \(country_id\)")
        self.assertRegex(definitions, r"btree \(email\) WHERE \(email IS NOT NULL\)")
        self.assertRegex(definitions, r"btree \(code\)")
        if self.env.registry.has_trigram:
            self.assertIn("gin_trgm_ops", definitions)

    def test_models_face(self):
        for name in ("BaseModel", "Model", "TransientModel", "AbstractModel", "MetaModel", "NewId", "MAGIC_COLUMNS"):
            self.assertTrue(hasattr(models, name), name)
