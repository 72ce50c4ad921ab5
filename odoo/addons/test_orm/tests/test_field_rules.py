"""What fields keep, show and accept; each test is named after its entry."""

import base64
from datetime import date

from odoo import Command
from odoo.exceptions import AccessError
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


class TestCompanyValues(TransactionCase):
    """C15: values that companies have of their own, and what they fall back to."""

    VALUES = {
        "code": "x",
        "amount": 2.5,
        "number": 7,
        "flag": True,
        "day": date(2024, 5, 6),
        "choice": "b",
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.one = cls.env.company
        cls.two = cls.env["res.company"].create({"name": "Company Two"})
        cls.user = new_test_user(cls.env, "of_two", company_id=cls.two.id, company_ids=[Command.set(cls.two.ids)])
        cls.Document = cls.env["test_orm.document"]

    def _default(self, name, value, company=None):
        self.env["ir.default"].set("test_orm.document", name, value, company_id=company.id if company else False)

    def _stored(self, record, name):
        """Return what the column holds."""
        self.env.flush_all()
        self.env.cr.execute(f"SELECT {name} FROM test_orm_document WHERE id = %s", [record.id])
        return self.env.cr.fetchone()[0]

    def _shown(self, record, name):
        """Return the record's values in both companies, as the database has them."""
        self.env.invalidate_all()
        return record.with_company(self.one)[name], record.with_company(self.two)[name]

    def test_c15_default_of_the_readers_company(self):
        self._default("code", "general")
        self._default("code", "of two", self.two)
        record = self.Document.create({})
        self.env.invalidate_all()
        self.assertEqual(record.code, "general")
        self.assertEqual(record.with_user(self.user).code, "of two")
        Document = self.Document.with_user(self.user)
        self.assertEqual(Document.search([("code", "=", "of two"), ("id", "=", record.id)]), record)
        self.assertFalse(Document.search([("code", "=", "general"), ("id", "=", record.id)]))
        self.assertEqual(Document._read_group([("id", "=", record.id)], ["code"]), [("of two",)])

    def test_c15_deleted_value_of_a_company(self):
        default, own = self.env["test_orm.tag"].create([{"name": "default"}, {"name": "own"}])
        self._default("tag_id", default.id)
        record = self.Document.create({"tag_id": own.id})
        other = self.Document.create({"tag_id": own.id})
        other.with_company(self.two).tag_id = default
        own.unlink()
        self.assertEqual(self._shown(record, "tag_id"), (default.browse(), default))
        self.assertEqual(self._shown(other, "tag_id"), (default.browse(), default))
        self.assertEqual(self.Document.search([("tag_id", "=", False), ("id", "=", record.id)]), record)

    def test_c15_value_that_is_the_fallback_is_not_stored(self):
        for name, value in self.VALUES.items():
            with self.subTest(name):
                record = self.Document.create({name: value})
                self.assertTrue(self._stored(record, name))
                record[name] = False
                self.assertIsNone(self._stored(record, name))
                self.assertIsNone(self._stored(self.Document.create({name: False}), name))
                self._default(name, value)
                created, empty = self.Document.create([{name: value}, {name: False}])
                self.assertIsNone(self._stored(created, name))
                record[name] = value
                self.assertIsNone(self._stored(record, name))
                record.with_company(self.two)[name] = False
                self.assertEqual(list(self._stored(record, name)), [str(self.two.id)])
                null = empty._fields[name].falsy
                self.assertEqual(self._shown(record, name), (value, null))
                self.assertEqual(self._shown(empty, name), (null, value))
                self.assertEqual(self.Document.search([(name, "=", value), ("id", "=", record.id)]), record)
                self.assertFalse(self.Document.search([(name, "=", value), ("id", "=", empty.id)]))
                if name != "flag":
                    self.assertEqual(self.Document.search([(name, "=", False), ("id", "=", empty.id)]), empty)

    def test_c15_change_of_the_default_reaches_the_record(self):
        tags = self.env["test_orm.tag"].create([{"name": "one"}, {"name": "two"}])
        values = {"code": ("a", "b"), "number": (1, 2), "tag_id": tags.ids}
        for name, (before, after) in values.items():
            with self.subTest(name):
                self._default(name, before)
                record, other = self.Document.create([{name: before}, {}])
                other.write({name: before})
                record.with_company(self.two)[name] = before
                self._default(name, after)
                field = record._fields[name]
                expected = field.convert_to_record(field.convert_to_cache(after, record), record)
                self.assertEqual(self._shown(record, name), (expected, expected))
                self.assertEqual(self._shown(other, name), (expected, expected))

    def test_c15_values_of_several_records_and_companies_at_once(self):
        self._default("number", 3, self.two)
        records = self.Document.create([{"number": number} for number in (0, 3, 5)])
        for record, number in zip(records.with_company(self.two), (3, 0, 5), strict=True):
            record.number = number
        one, two = str(self.one.id), str(self.two.id)
        self.assertEqual(
            [self._stored(record, "number") for record in records], [None, {one: 3, two: 0}, {one: 5, two: 5}]
        )
        self.env.invalidate_all()
        self.assertEqual(records.mapped("number"), [0, 3, 5])
        self.assertEqual(records.with_company(self.two).mapped("number"), [3, 0, 5])

    def test_c15_search_leaves_out_rows_without_values(self):
        guard = '"test_orm_document"."code" IS NOT NULL AND'
        for domain, guarded in (
            ([("code", "=", "x")], True),
            ([("code", "ilike", "x")], True),
            ([("code", "!=", "x")], False),
            ([("code", "=", False)], False),
            ([("number", ">", 1)], None),
        ):
            with self.subTest(domain):
                sql = str(self.Document._search(domain).select())
                self.assertEqual(guard.replace("code", domain[0][0]) in sql, guarded is not False)
        self._default("code", "x")
        self.assertNotIn(guard, str(self.Document._search([("code", "=", "x")]).select()))
        self.assertIn(guard, str(self.Document._search([("code", "=", "y")]).select()))
        self.assertIn(guard, str(self.Document._search([("code", "!=", "x")]).select()))

    def test_c15_groups_that_a_field_gets_later(self):
        record = self.Document.create({"code": "x", "name": "n"}).with_user(self.user)
        for name in ("code", "name"):
            record[name] = "y"
            record.write({name: "z"})
            record.create({name: "z"})
            record.read([name])
            self.patch(type(record)._fields[name], "groups", "base.group_system")
            for refused in (
                lambda name=name: setattr(record, name, "w"),
                lambda name=name: record.write({name: "w"}),
                lambda name=name: record.create({name: "w"}),
                lambda name=name: record.read([name]),
            ):
                with self.subTest(name), self.assertRaisesRegex(AccessError, name):
                    refused()
            self.assertEqual(record.sudo()[name], "z")


class TestRemovedOptions(TransactionCase):
    """C20: what becomes of records with an option whose module is uninstalled."""

    def test_c20_model_that_does_not_let_it_be_written(self):
        Extended = self.env["test_orm.extended"]
        options = {"c": False, "e": "a", "f": "b"}
        records = Extended.create([{"name": value, "kind": value} for value in options])
        Option = self.env["ir.model.fields.selection"]

        def refuse(*_args):
            raise KeyError("not today")

        for record, (value, expected) in zip(records, options.items(), strict=True):
            option = Option.search([("field_id.model", "=", "test_orm.extended"), ("value", "=", value)])
            self.patch(type(record), "write", refuse)
            with self.assertLogs("odoo.addons.base.models.ir_model", "WARNING") as logs:
                option._process_ondelete()
            self.assertIn("not today", logs.output[0])
            self.assertIn("test_orm.extended", logs.output[0])
            self.assertEqual(record.kind, expected)
            self.env.invalidate_all()
            self.assertEqual(record.kind, expected)


class TestBinarySizes(TransactionCase):
    """C19: what binary fields show where only their sizes are asked for."""

    CONTENT, OTHER = base64.b64encode(b"x" * 300), base64.b64encode(b"y" * 600)
    #: field -> sizes of the two contents, as they are read from the database
    SIZES = {
        "column": ("400 bytes", "800 bytes"),
        "attached": (b"300.00 bytes", b"600.00 bytes"),
        "related_column": (b"300.00 bytes", b"600.00 bytes"),
        "related_attached": (b"300.00 bytes", b"600.00 bytes"),
        "kept_column": ("400 bytes", "800 bytes"),
        "kept_attached": (b"300.00 bytes", b"600.00 bytes"),
        "shown": (b"300.00 bytes", b"600.00 bytes"),
    }

    def _record(self, **values):
        record = self.env["test_orm.sized"].create(values)
        record.source_id = record
        self.env.invalidate_all()
        return record

    def test_c19_sizes(self):
        record = self._record(column=self.CONTENT, attached=self.CONTENT)
        sized = record.with_context(bin_size=True)
        for _turn in range(2):
            for name, (size, _other) in self.SIZES.items():
                with self.subTest(name):
                    self.assertEqual(sized[name], size)
                    self.assertEqual(sized.read([name])[0][name], size)
                    self.assertEqual(record.with_context(**{f"bin_size_{name}": True})[name], size)
                    self.assertEqual(record[name], self.CONTENT)
            sized = record.with_context(bin_size=True)

    def test_c19_no_content(self):
        record = self._record().with_context(bin_size=True)
        self.assertEqual(record.read(list(self.SIZES))[0], {"id": record.id, **dict.fromkeys(self.SIZES, False)})

    def test_c19_sizes_after_a_change(self):
        for name in ("column", "attached", "related_column", "related_attached"):
            record = self._record(column=self.CONTENT, attached=self.CONTENT)
            sized = record.with_context(bin_size=True)
            affected = [other for other in self.SIZES if name.removeprefix("related_") in other]
            affected += ["shown"] if name.endswith("column") else []
            for value, turn in ((self.OTHER, 1), (self.CONTENT, 0)):
                sized.read(list(self.SIZES))
                sized.write({name: value})
                self.env.flush_all()
                for other in affected:
                    with self.subTest(name, other=other):
                        shown = sized[other].decode() if isinstance(sized[other], bytes) else sized[other]
                        self.assertIn(int(float(shown.split()[0])), ((300, 400), (600, 800))[turn])
                        self.env.invalidate_all()
                        self.assertEqual(sized[other], self.SIZES[other][turn])

    def test_c19_web_save_gives_the_new_sizes(self):
        record = self._record(column=self.CONTENT, attached=self.CONTENT)
        sized = record.with_context(bin_size=True)
        specification = {name: {} for name in self.SIZES}
        old = {name: size for name, (size, _other) in self.SIZES.items()}
        self.assertEqual(sized.web_read(specification), [{"id": record.id, **old}])
        new = {name: size for name, (_size, size) in self.SIZES.items()}
        for name in ("column", "attached"):
            result = sized.web_save({name: self.OTHER.decode()}, specification)
            for other in self.SIZES:
                with self.subTest(name, other=other):
                    changed = name in other or (other == "shown" and name == "column")
                    self.assertEqual(result[0][other], (new if changed or name == "attached" else old)[other])
        created = self.env["test_orm.sized"].with_context(bin_size=True)
        created = created.web_save({"column": self.OTHER.decode(), "attached": self.OTHER.decode()}, specification)
        self.assertEqual((created[0]["column"], created[0]["attached"]), ("800 bytes", b"600.00 bytes"))

    def test_c19_what_is_no_content_is_shown_as_it_is(self):
        record = self._record()
        for sized in (False, True):
            self.assertEqual(record.with_context(bin_size=sized).listed, [(record.id, "text")])


class TestOwnPicture(TransactionCase):
    def test_c18_drawing_of_a_plain_user(self):
        user = new_test_user(self.env, "draughtsman")
        drawing = base64.b64encode(b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
        user.with_user(user).image_1920 = drawing
        self.env.invalidate_all()
        self.assertEqual(user.image_1920, drawing)
        kept = self.env["ir.attachment"].search(
            [("res_model", "=", "res.partner"), ("res_id", "=", user.partner_id.id), ("res_field", "=like", "image_%")]
        )
        self.assertEqual(set(kept.mapped("mimetype")), {"text/plain"})
        self.assertEqual(len(kept), 5)
        user.image_1920 = base64.b64encode(b'<svg xmlns="http://www.w3.org/2000/svg"/>')
        self.env.flush_all()
        self.assertEqual(set(kept.mapped("mimetype")), {"image/svg+xml"}, "of an administrator")


class TestWrongValues(TransactionCase):
    """What is of the wrong type is refused by one error, and nothing is written of the rest."""

    WRONG = {
        "integer": (("abc", ValueError), ([1], TypeError)),
        "float": (("abc", ValueError), ([1.5], TypeError)),
        "float_digits": (("abc", ValueError), ([1.5], TypeError)),
        "monetary": (("abc", ValueError), ([1.5], TypeError)),
        "date": (("yesterday", ValueError), (20240506, TypeError)),
        "datetime": (("2024-13-01 00:00:00", ValueError), (5, TypeError)),
        "selection": (("z", ValueError), ([], ValueError), ({"a": 1}, ValueError)),
        "currency_id": (("EUR", ValueError), (True, ValueError), (1.5, ValueError)),
        "reference": (("no.model,1", ValueError), (5, ValueError)),
        "json": (({1, 2}, TypeError),),
    }

    def _each(self):
        for name, wrong in self.WRONG.items():
            for value, error in wrong:
                if value or not isinstance(value, list):
                    yield name, value, error

    def test_bad_input_one_clear_error(self):
        Value = self.env["test_orm.value"]
        record = Value.create({"name": "before", "integer": 1})
        for name, value, error in self._each():
            for refused in (
                lambda name=name, value=value: setattr(record, name, value),
                lambda name=name, value=value: record.write({name: value}),
                lambda name=name, value=value: Value.create({"name": "n", name: value}),
            ):
                with self.subTest(name, value=value):
                    with self.assertRaises(error) as caught:
                        refused()
                    self.assertIn(f"test_orm.value.{name}", str(caught.exception))

    def test_bad_input_nothing_is_half_written(self):
        Value = self.env["test_orm.value"]
        records = Value.create([{"name": "before", "lines": 1}, {"name": "before", "lines": 1}])
        records.name = "pending"
        count = Value.search_count([])
        for name, value, error in self._each():
            for these in (records, records[0]):
                with self.subTest(name, value=value):
                    try:
                        these.write({"name": "after", "lines": 2, "other_currency_id": 1, name: value, "text": "t"})
                    except error:
                        pass
                    else:
                        self.fail("it was written")
                    self.assertEqual(records.mapped("name"), ["pending"] * 2)
                    self.assertEqual(records.mapped("lines"), [1, 1])
                    self.assertFalse(records.other_currency_id)
                    self.assertFalse(records[0].text)
        self.env.invalidate_all()
        self.assertEqual(records.mapped("name"), ["pending"] * 2)
        self.assertEqual(Value.search_count([]), count)

    def test_bad_input_relations_of_many(self):
        Order = self.env["test_orm.order"]
        order = Order.create({"name": "before"})
        count = Order.search_count([])
        for value in ("abc", 5, True, [(9, 0, 0)], self.env["test_orm.value"]):
            with self.subTest(value=value):
                for refused in (
                    lambda value=value: order.write({"name": "after", "line_ids": value}),
                    lambda value=value: Order.create({"name": "new", "line_ids": value}),
                ):
                    try:
                        refused()
                    except ValueError as error:
                        self.assertIn("test_orm.order.line_ids", str(error))
                    else:
                        self.fail("it was written")
                self.assertEqual(order.name, "before")
                self.assertEqual(Order.search_count([]), count)
