"""What fields keep, show and accept; each test is named after its entry."""

from odoo.tests import TransactionCase, new_test_user


class TestComputedForReaders(TransactionCase):
    def test_c4_superuser_mode_and_the_reader(self):
        record = self.env["test_orm.reader"].create({"name": "r"})
        one, two = (new_test_user(self.env, login) for login in ("reader_one", "reader_two"))
        for user in (one, two, one):
            self.assertEqual(record.with_user(user).reader_name, f"r for {user.login}")
            self.assertEqual(record.with_user(user).sudo().reader_name, f"r for {user.login}")
        record.name = "s"
        self.assertEqual(record.with_user(one).reader_name, "s for reader_one")
        self.assertEqual(record.with_user(two).read(["reader_name"])[0]["reader_name"], "s for reader_two")

    def test_c4_mode_is_told_apart_without_compute_sudo(self):
        record = self.env["test_orm.reader"].create({})
        user = new_test_user(self.env, "reader_one")
        self.assertEqual(record.with_user(user).reader_mode, "reader_one False")
        self.assertEqual(record.with_user(user).sudo().reader_mode, "reader_one True")


class TestSelectionValues(TransactionCase):
    def test_c6_options_of_a_method_are_not_checked(self):
        Choice = self.env["test_orm.choice"]
        record = Choice.create({"by_method": "elsewhere", "by_function": "z"})
        record.by_function = "other"
        record.write({"by_method": "gone"})
        self.env.invalidate_all()
        self.assertEqual((record.by_method, record.by_function), ("gone", "other"))
        self.assertEqual(Choice.search([("by_method", "=", "gone")]), record)
        record.by_method = ""
        self.assertFalse(record.by_method)
        self.assertEqual(record.new({"by_method": "gone"}).by_method, "gone")

    def test_c6_options_of_a_list_are_checked(self):
        record = self.env["test_orm.choice"].create({"literal": "a"})
        record.related_id = record
        for name in ("literal", "related_literal"):
            with self.subTest(name), self.assertRaisesRegex(ValueError, "literal"):
                record.write({name: "b"})
        self.assertEqual(record.literal, "a")

    def test_c6_what_is_no_text_is_refused(self):
        record = self.env["test_orm.choice"].create({"by_method": "one"})
        for value in ([1], {"a": 1}, True, record, 1.5):
            with self.subTest(value=value):
                with self.assertRaisesRegex(ValueError, "by_method"):
                    record.by_method = value
                with self.assertRaisesRegex(ValueError, "literal"):
                    record.literal = value
        self.assertEqual(record.by_method, "one")


class TestDeclaredDisplayName(TransactionCase):
    def test_c10_column(self):
        Titled = self.env["test_orm.titled"]
        field = Titled._fields["display_name"]
        self.assertEqual((field.store, bool(field.compute), field.readonly), (True, False, False))
        one, two = Titled.create([{"display_name": "One", "number": 1}, {"display_name": "Two", "number": 2}])
        two.display_name = "Three"
        self.env.invalidate_all()
        self.assertEqual((one + two).mapped("display_name"), ["One", "Three"])
        self.assertEqual(Titled.search([("display_name", "=", "Three")]), two)
        self.assertEqual(Titled.search([], order="display_name desc"), two + one)
        groups = Titled._read_group([], ["display_name"], ["number:sum"])
        self.assertEqual(groups, [("One", 1), ("Three", 2)])
        self.assertEqual(Titled.name_search("Thr"), [(two.id, "Three")])
        self.assertFalse(Titled.create({}).display_name)

    def test_c10_stored_computation(self):
        for name in ("test_orm.name.keeper", "test_orm.name.heir"):
            with self.subTest(name):
                Model = self.env[name]
                self.assertIn("mixed", Model._fields)
                self.assertTrue(Model._fields["display_name"].store)
                record = Model.create({"name": "r", "number": 2})
                self.assertEqual(record.display_name, "r no. 2")
                record.name = "s"
                self.assertEqual(Model._read_group([], ["display_name"], ["__count"]), [("s no. 2", 1)])
                self.assertEqual(Model.search([("display_name", "=", "s no. 2")], order="display_name"), record)
                self.assertEqual(record.name_search("no. 2"), [(record.id, "s no. 2")])

    def test_c10_automatic_one(self):
        for name in ("test_orm.choice", "test_orm.nameless.mixin"):
            field = self.env[name]._fields["display_name"]
            self.assertEqual((field.store, field.readonly, field.automatic), (False, True, True))
            self.assertEqual(field.string, "Display Name")
