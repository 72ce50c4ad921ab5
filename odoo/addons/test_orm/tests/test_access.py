"""Access rights, record rules, groups of fields, and what the errors say."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user


class TestAccess(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reader = new_test_user(cls.env, "acl_reader", groups="base.group_user,test_orm.group_reader")
        cls.manager = new_test_user(cls.env, "acl_manager", groups="base.group_user,test_orm.group_manager")
        cls.employee = new_test_user(cls.env, "acl_employee")
        cls.Secured = cls.env["test_orm.secured"]
        cls.own, cls.public, cls.foreign, cls.high = cls.Secured.create(
            [
                {"name": "own", "user_id": cls.reader.id, "secret": "s1"},
                {"name": "public", "public": True, "secret": "s2"},
                {"name": "foreign", "user_id": cls.manager.id},
                {"name": "high", "user_id": cls.reader.id, "level": 99},
            ]
        )
        cls.all = cls.own + cls.public + cls.foreign + cls.high

    def _message(self, function):
        with self.assertRaises(AccessError) as caught:
            function()
        return str(caught.exception)

    # access rights

    def test_no_right_to_read(self):
        message = self._message(lambda: self.own.with_user(self.employee).name)
        self.assertIn("Secured Document", message)
        self.assertIn("test_orm.secured", message)
        self.assertIn("Readers of Secured Documents", message, "it names the groups that have the right")

    def test_no_right_to_search(self):
        self._message(lambda: self.Secured.with_user(self.employee).search([]))

    def test_operations(self):
        record = self.own.with_user(self.reader)
        self.assertEqual(record.name, "own")
        for operation, function in (
            ("modify", lambda: record.write({"name": "x"})),
            ("create", lambda: record.create({"name": "x"})),
            ("delete", lambda: record.unlink()),
        ):
            with self.subTest(operation):
                message = self._message(function)
                self.assertIn(operation, message.lower())
                self.assertIn("Managers of Secured Documents", message)

    def test_manager(self):
        record = self.foreign.with_user(self.manager)
        record.name = "changed"
        record.create({"name": "new"}).unlink()
        self.assertEqual(self.foreign.name, "changed")

    def test_nobody(self):
        message = self._message(lambda: self.env["test_orm.unreachable"].with_user(self.manager).create({}))
        self.assertIn("No group", message)

    def test_superuser(self):
        self.assertEqual(self.own.with_user(self.employee).sudo().name, "own")
        self.env["test_orm.unreachable"].create({"name": "root may"})

    def test_methods(self):
        as_employee = self.own.with_user(self.employee)
        self.assertFalse(as_employee.has_access("read"))
        with self.assertRaises(AccessError):
            as_employee.check_access("read")
        as_reader = self.own.with_user(self.reader)
        self.assertTrue(as_reader.has_access("read"))
        self.assertFalse(as_reader.has_access("write"))
        as_reader.check_access("read")
        self.assertTrue(self.Secured.with_user(self.reader).has_access("read"))
        self.assertFalse(self.Secured.with_user(self.reader).has_access("create"))
        self.assertTrue(self.own.has_access("unlink"), "superuser mode")

    def test_older_methods(self):
        as_reader = self.own.with_user(self.reader)
        self.assertTrue(as_reader.check_access_rights("read"))
        self.assertFalse(as_reader.check_access_rights("write", raise_exception=False))
        with self.assertRaises(AccessError):
            as_reader.check_access_rights("write")
        as_reader.check_access_rule("read")
        with self.assertRaises(AccessError):
            self.foreign.with_user(self.reader).check_access_rule("read")
        self.assertEqual(self.all.with_user(self.reader)._filter_access_rules("read"), self.own + self.public)

    # record rules

    def test_rules_select(self):
        self.assertEqual(
            self.Secured.with_user(self.reader).search([("id", "in", self.all.ids)]), self.own + self.public
        )
        self.assertEqual(
            self.Secured.with_user(self.manager).search([("id", "in", self.all.ids)]),
            self.own + self.public + self.foreign,
        )
        self.assertEqual(self.Secured.search([("id", "in", self.all.ids)]), self.all)

    def test_rules_count_and_group(self):
        Secured = self.Secured.with_user(self.reader)
        domain = [("id", "in", self.all.ids)]
        self.assertEqual(Secured.search_count(domain), 2)
        self.assertEqual(Secured._read_group(domain, [], ["__count"]), [(2,)])

    def test_rules_on_read(self):
        message = self._message(lambda: self.foreign.with_user(self.reader).name)
        self.assertIn("Secured Document", message)

    def test_rules_in_error_for_developers(self):
        self.reader.groups_id += self.env.ref("base.group_no_one")
        self.foreign.invalidate_recordset()
        record = self.foreign.with_user(self.reader)
        with self.debug_mode():
            message = self._message(lambda: record.read(["name"]))
        self.assertIn("Own secured documents", message)
        self.assertIn("Public secured documents may be read", message)

    def test_global_rule_restricts_group_rules(self):
        self._message(lambda: self.high.with_user(self.manager).read(["name"]))

    def test_2_1_1_rule_with_a_negated_path(self):
        self.env["ir.rule"].create(
            {
                "name": "Not what is inside of foreign documents, nor around those called public",
                "model_id": self.env["ir.model"]._get_id("test_orm.secured"),
                "domain_force": "['!', '|', ('parent_id.name', '=', 'foreign'), ('child_ids.name', '=', 'public')]",
            }
        )
        inside, around = self.Secured.create(
            [{"name": "inside", "parent_id": self.foreign.id}, {"name": "around", "child_ids": [(4, self.public.id)]}]
        )
        records = self.own + self.public + self.foreign + inside + around
        as_manager = records.with_user(self.manager)
        self.assertEqual(as_manager.search([("id", "in", records.ids)]), self.own + self.public + self.foreign)
        self.assertEqual(as_manager._filtered_access("read"), self.own + self.public + self.foreign)

    def test_rule_of_operation(self):
        record = self.public.with_user(self.reader)
        self.assertTrue(record.has_access("read"))
        self.env["ir.model.access"].search([("name", "=", "test_orm.secured readers")]).perm_write = True
        self.assertFalse(record.has_access("write"), "the rule for public documents is for reading only")
        self.assertTrue(self.own.with_user(self.reader).has_access("write"))

    def test_rule_on_create(self):
        self.env["ir.model.access"].search([("name", "=", "test_orm.secured readers")]).perm_create = True
        Secured = self.Secured.with_user(self.reader)
        Secured.create({"name": "mine", "user_id": self.reader.id})
        with self.assertRaises(AccessError):
            Secured.create({"name": "theirs", "user_id": self.manager.id})

    def test_rule_on_write_before_and_after(self):
        self.env["ir.model.access"].search([("name", "=", "test_orm.secured readers")]).perm_write = True
        with self.assertRaises(AccessError):
            self.foreign.with_user(self.reader).name = "x"
        self.own.with_user(self.reader).name = "allowed"

    def test_filtered_access(self):
        self.assertEqual(self.all.with_user(self.reader)._filtered_access("read"), self.own + self.public)
        self.assertFalse(self.all.with_user(self.reader)._filtered_access("write"))
        self.assertEqual(self.all._filtered_access("write"), self.all)

    def test_read_mixed(self):
        with self.assertRaises(AccessError):
            self.all.with_user(self.reader).read(["name"])

    def test_prefetch_does_not_fail_on_others(self):
        self.env.invalidate_all()
        records = self.all.with_user(self.reader)
        self.assertEqual(records[0].name, "own")

    def test_search_through_relation(self):
        line = self.env["test_orm.secured.line"].create({"name": "l", "secured_id": self.foreign.id})
        Line = self.env["test_orm.secured.line"].with_user(self.manager)
        self.assertEqual(Line.search([("secured_id.name", "=", "foreign")]), line)
        with self.assertRaises(AccessError):
            self.own.with_user(self.reader).mapped("line_ids.name")
            Line.with_user(self.reader).search([("secured_id.name", "=", "own")])

    def _with_relations(self):
        """Return a document of the reader that refers to one that the reader sees and one that is hidden."""
        self.env["ir.model.access"].search([("name", "=", "test_orm.secured readers")]).perm_write = True
        (self.public + self.foreign).parent_id = self.own
        self.own.related_ids = self.public + self.foreign
        self.env.invalidate_all()
        return self.own.with_user(self.reader)

    def test_relations_hide_what_rules_hide(self):
        record = self._with_relations()
        for name in ("child_ids", "related_ids"):
            with self.subTest(name):
                self.assertEqual(record[name], self.public)
                self.assertEqual(record.mapped(f"{name}.name"), ["public"])
                self.assertEqual(record.read([name])[0][name], self.public.ids)
                self.assertEqual(self.own[name], self.public + self.foreign, "the superuser sees all")
                self.assertEqual(record[name], self.public)

    def test_relations_keep_what_rules_hide(self):
        record = self._with_relations()
        record.related_ids = False
        self.assertEqual(self.own.related_ids, self.foreign)
        record.related_ids = self.own
        self.assertEqual(self.own.related_ids, self.own + self.foreign)
        self.env.invalidate_all()
        self.assertEqual(self.own.related_ids, self.own + self.foreign)

    # groups of fields

    def test_field_groups_read(self):
        self.assertEqual(self.own.with_user(self.manager).secret, "s1")
        self.env.invalidate_all()
        message = self._message(lambda: self.own.with_user(self.reader).read(["secret"]))
        self.assertIn("secret", message)
        self._message(lambda: self.own.with_user(self.reader).secret)

    def test_field_groups_write(self):
        self.env["ir.model.access"].search([("name", "=", "test_orm.secured readers")]).perm_write = True
        self._message(lambda: self.own.with_user(self.reader).write({"secret": "x"}))

    def test_field_groups_search(self):
        Secured = self.Secured.with_user(self.reader)
        self._message(lambda: Secured.search([("secret", "=", "s1")]))
        self._message(lambda: Secured.search([], order="secret"))
        self._message(lambda: Secured._read_group([], ["secret"]))
        self._message(lambda: Secured._read_group([], [], ["secret:array_agg"]))

    def test_field_groups_fields_get(self):
        self.assertNotIn("secret", self.Secured.with_user(self.reader).fields_get())
        self.assertIn("secret", self.Secured.with_user(self.manager).fields_get())

    def test_read_all_fields_leaves_out_secrets(self):
        [data] = self.own.with_user(self.reader).read()
        self.assertNotIn("secret", data)
        self.assertNotIn("nobody", data)

    def test_field_for_nobody(self):
        self._message(lambda: self.own.with_user(self.manager).read(["nobody"]))
        self.assertFalse(self.own.nobody)

    def test_negated_group(self):
        self.assertIn("not_for_managers", self.Secured.with_user(self.reader).fields_get())
        self.assertNotIn("not_for_managers", self.Secured.with_user(self.manager).fields_get())

    def test_check_field_access_rights(self):
        self.assertEqual(self.Secured.with_user(self.reader).check_field_access_rights("read", ["name"]), ["name"])
        with self.assertRaises(AccessError):
            self.Secured.with_user(self.reader).check_field_access_rights("read", ["secret"])

    def test_compute_sudo_reads_secrets(self):
        self.assertEqual(self.own.with_user(self.reader).secret_length, 2)

    def test_copy_leaves_out_secrets(self):
        self.env["ir.model.access"].search([("name", "=", "test_orm.secured readers")]).perm_create = True
        copy = self.own.with_user(self.reader).copy()
        self.assertFalse(copy.sudo().secret)

    def test_export(self):
        with self.assertRaises(UserError):
            self.own.with_user(self.reader).export_data(["name"])


class TestTransient(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Wizard = cls.env["test_orm.wizard"]
        cls.one = new_test_user(cls.env, "wizard_one")
        cls.two = new_test_user(cls.env, "wizard_two")

    def test_owner_only(self):
        wizard = self.Wizard.with_user(self.one).create({"name": "w", "line_ids": [(0, 0, {"name": "l"})]})
        self.assertEqual(wizard.line_ids.name, "l")
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            wizard.with_user(self.two).read(["name"])
        with self.assertRaises(AccessError):
            wizard.with_user(self.two).name = "x"
        self.assertEqual(wizard.with_user(self.two).sudo().name, "w")
        self.assertEqual(wizard.name, "w")

    def test_search_own(self):
        mine = self.Wizard.with_user(self.one).create({"name": "mine"})
        self.Wizard.with_user(self.two).create({"name": "theirs"})
        self.assertEqual(self.Wizard.with_user(self.one).search([]), mine)
        self.assertEqual(self.Wizard.search_count([]), 2)

    def test_attributes(self):
        self.assertTrue(self.Wizard.is_transient())
        self.assertTrue(self.Wizard._log_access)
        self.assertEqual((self.Wizard._transient_max_count, self.Wizard._transient_max_hours), (5, 1.0))
        Line = self.env["test_orm.wizard.line"]
        self.assertEqual(Line._transient_max_count, int(self.env.registry["test_orm.wizard.line"]._transient_max_count))

    def _aged(self, *minutes):
        wizards = self.Wizard.create([{"name": str(age)} for age in minutes])
        self.env.flush_all()
        for wizard, age in zip(wizards, minutes, strict=True):
            self.env.cr.execute(
                "UPDATE test_orm_wizard SET create_date = now() at time zone 'UTC' - %s * interval '1 minute', "
                "write_date = now() at time zone 'UTC' - %s * interval '1 minute' WHERE id = %s",
                [age, age, wizard.id],
            )
        self.env.invalidate_all()
        return wizards

    def test_vacuum_by_age(self):
        wizards = self._aged(0, 30, 61, 120)
        self.Wizard._transient_vacuum()
        self.assertEqual(wizards.exists(), wizards[:2])

    def test_vacuum_by_count(self):
        wizards = self._aged(0, 1, 2, 10, 20, 30)
        self.Wizard._transient_vacuum()
        self.assertEqual(wizards.exists(), wizards[:3], "the youngest, of the last five minutes, stay")

    def test_vacuum_without_excess(self):
        wizards = self._aged(10, 20, 30)
        self.Wizard._transient_vacuum()
        self.assertEqual(wizards.exists(), wizards)
