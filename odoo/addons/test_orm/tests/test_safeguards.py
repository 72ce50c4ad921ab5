"""What a write must not lose: lines, given values, parents, cents, rights; each test is named after its entry."""

from psycopg2.errors import NotNullViolation

from odoo import Command, api
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import TransactionCase, new_test_user
from odoo.tools import mute_logger


class TestRemovedLines(TransactionCase):
    """X1, X2: which lines a replacement removes, and what happens to them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Shelf, cls.Book, cls.Tag = cls.env["test_orm.shelf"], cls.env["test_orm.book"], cls.env["test_orm.tag"]

    REPLACEMENTS = {
        "set": lambda first: [Command.set(first.ids)],
        "clear": lambda first: [Command.clear(), Command.link(first.id)],
        "ids": lambda first: first.ids,
        "records": lambda first: first,
    }

    def _shelf(self, link="shelf_id"):
        """Return a shelf and its four books, the second and the last of which are archived."""
        shelf = self.Shelf.create({"name": "s"})
        books = self.Book.create([{"name": str(i), link: shelf.id, "active": i % 2 == 0} for i in range(4)])
        self.env.invalidate_all()
        return shelf, books

    def _labelled_shelf(self):
        """Return a shelf and its four labels, the second and the last of which are archived."""
        labels = self.Tag.create([{"name": f"label {i}", "active": i % 2 == 0} for i in range(4)])
        shelf = self.Shelf.create({"label_ids": [Command.set(labels.ids)]})
        self.env.invalidate_all()
        return shelf, labels

    def _everything(self, shelf, name="book_ids"):
        """Return all linked lines, as the cache has them and as the database does."""
        cached = shelf.with_context(active_test=False)
        before = cached[name]
        self.env.invalidate_all()
        self.assertEqual(cached[name], before, "the cache knows what the database has")
        return before

    def test_x1_set_leaves_archived_lines(self):
        for kind, value in self.REPLACEMENTS.items():
            for cached in (False, True):
                with self.subTest(kind, cached=cached):
                    shelf, books = self._shelf()
                    if cached:
                        self.assertEqual(shelf.book_ids, books[0] + books[2])
                    shelf.write({"book_ids": value(books[0])})
                    self.assertEqual(shelf.book_ids, books[0])
                    self.assertEqual(self._everything(shelf), books[0] + books[1] + books[3])

    def test_x1_clear_leaves_archived_lines(self):
        for value in ([Command.clear()], False, [Command.set([])], self.Book):
            with self.subTest(value=value):
                shelf, books = self._shelf()
                shelf.write({"book_ids": value})
                self.assertFalse(shelf.book_ids)
                self.assertEqual(self._everything(shelf), books[1] + books[3])

    def test_x1_assignment_leaves_archived_lines(self):
        shelf, books = self._shelf()
        shelf.book_ids = books[2]
        self.assertEqual(self._everything(shelf), books[1] + books[2] + books[3])
        shelf.book_ids -= books[2]
        self.assertEqual(self._everything(shelf), books[1] + books[3])
        shelf.book_ids = False
        self.assertEqual(self._everything(shelf), books[1] + books[3])

    def test_x1_active_test_of_the_records_removes_archived_lines(self):
        shelf, books = self._shelf()
        shelf.with_context(active_test=False).book_ids = books[0]
        self.assertEqual(self._everything(shelf), books[0])
        shelf, books = self._shelf()
        shelf.with_context(active_test=False).write({"book_ids": [Command.clear()]})
        self.assertFalse(self._everything(shelf))

    def test_x1_active_test_of_the_field_removes_archived_lines(self):
        for shelf_context in ({}, {"active_test": True}):
            shelf, books = self._shelf()
            shelf.with_context(**shelf_context).write({"all_book_ids": [Command.set(books[:2].ids)]})
            self.assertEqual(self._everything(shelf), books[0] + books[1])
        shelf, books = self._shelf()
        shelf.all_book_ids = False
        self.assertFalse(self._everything(shelf))

    def test_x1_archived_lines_are_not_deleted_with_cascade(self):
        for value in ([Command.clear()], False, [Command.set([])]):
            with self.subTest(value=value):
                shelf, books = self._shelf("owner_id")
                shelf.write({"owned_book_ids": value})
                self.assertEqual(books.exists(), books[1] + books[3])
                self.assertEqual((books[1] + books[3]).owner_id, shelf)

    def test_x1_several_parents(self):
        (first, books), (second, others) = self._shelf(), self._shelf()
        (first + second).write({"book_ids": [Command.clear()]})
        self.assertEqual(self._everything(first), books[1] + books[3])
        self.assertEqual(self._everything(second), others[1] + others[3])

    def test_x1_given_archived_lines_are_linked(self):
        shelf, books = self._shelf()
        other, others = self._shelf()
        shelf.write({"book_ids": [Command.set([books[0].id, others[1].id])]})
        self.assertEqual(self._everything(shelf), books[0] + books[1] + books[3] + others[1])
        self.assertEqual(self._everything(other), others[0] + others[2] + others[3])

    def test_x1_many2many_set_leaves_archived_records(self):
        for kind, value in self.REPLACEMENTS.items():
            for cached in (False, True):
                with self.subTest(kind, cached=cached):
                    shelf, labels = self._labelled_shelf()
                    if cached:
                        self.assertEqual(shelf.label_ids, labels[0] + labels[2])
                    shelf.write({"label_ids": value(labels[0])})
                    self.assertEqual(shelf.label_ids, labels[0])
                    self.assertEqual(self._everything(shelf, "label_ids"), labels[0] + labels[1] + labels[3])

    def test_x1_many2many_clear_leaves_archived_records(self):
        for value in ([Command.clear()], False, [Command.set([])], self.Tag):
            with self.subTest(value=value):
                shelf, labels = self._labelled_shelf()
                shelf.write({"label_ids": value})
                self.assertFalse(shelf.label_ids)
                self.assertEqual(self._everything(shelf, "label_ids"), labels[1] + labels[3])
        shelf, labels = self._labelled_shelf()
        shelf.label_ids = False
        self.assertEqual(self._everything(shelf, "label_ids"), labels[1] + labels[3])

    def test_x1_many2many_active_test_removes_archived_records(self):
        shelf, labels = self._labelled_shelf()
        shelf.with_context(active_test=False).label_ids = labels[0]
        self.assertEqual(self._everything(shelf, "label_ids"), labels[0])
        shelf, labels = self._labelled_shelf()
        shelf.all_label_ids = labels[:2]
        self.assertEqual(self._everything(shelf, "all_label_ids"), labels[:2])
        shelf.with_context(active_test=True).write({"all_label_ids": [Command.clear()]})
        self.assertFalse(self._everything(shelf, "all_label_ids"))

    def test_x2_required_inverse_without_cascade_refuses(self):
        Contract = self.env["test_orm.contract"]
        for kind in ("unlink", "clear", "set", "false", "assign"):
            with self.subTest(kind):
                contract = Contract.create({"clause_ids": [Command.create({"name": name}) for name in "ab"]})
                clauses = contract.clause_ids
                self.env.flush_all()
                value = {
                    "unlink": [Command.unlink(clauses[0].id)],
                    "clear": [Command.clear()],
                    "set": [Command.set(clauses[1].ids)],
                    "false": False,
                    "assign": clauses[1],
                }[kind]
                with self.assertRaises(NotNullViolation), mute_logger("odoo.sql_db"):
                    contract.clause_ids = value
                    self.env.flush_all()
                self.env.invalidate_all()
                self.assertEqual(clauses.exists(), clauses, "nothing is deleted")
                self.assertEqual(contract.clause_ids, clauses)

    def test_x2_removing_asks_for_the_right_to_write(self):
        user = new_test_user(self.env, "x2_user")
        contract = self.env["test_orm.contract"].create({"clause_ids": [Command.create({"name": "a"})]})
        clause = contract.clause_ids
        self.env.flush_all()
        with self.assertRaises(AccessError):
            clause.with_user(user).unlink()
        with self.assertRaises(NotNullViolation), mute_logger("odoo.sql_db"):
            contract.with_user(user).write({"clause_ids": [Command.clear()]})
            self.env.flush_all()
        self.assertTrue(clause.exists())

    def test_x2_users_of_a_partner_are_not_deleted(self):
        user = new_test_user(self.env, "x2_partner")
        self.env.flush_all()
        with self.assertRaises(NotNullViolation), mute_logger("odoo.sql_db"):
            user.partner_id.user_ids = [Command.clear()]
            self.env.flush_all()
        self.env.invalidate_all()
        self.assertTrue(user.exists())

    def test_x2_lines_may_move_and_be_deleted(self):
        first, second = self.env["test_orm.contract"].create(
            [{"clause_ids": [Command.create({"name": name}) for name in "ab"]}, {}]
        )
        one, two = first.clause_ids
        second.clause_ids = [Command.link(one.id)]
        first.clause_ids = [Command.delete(two.id)]
        self.env.flush_all()
        self.assertEqual(second.clause_ids, one)
        self.assertFalse(two.exists())


class TestRelatedLines(TransactionCase):
    """X3: commands on a relation that belongs to another record."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Mail, cls.Bulk = cls.env["test_orm.mail"], cls.env["test_orm.bulk"]
        cls.tags = cls.env["test_orm.tag"].create([{"name": name} for name in ("x3 a", "x3 b", "x3 c")])

    def _each(self, check):
        """Call ``check`` with records that inherit two pages and tags, from one and from two levels above."""
        values = {
            "page_ids": [Command.create({"name": "1"}), Command.create({"name": "2"})],
            "tag_ids": [Command.set(self.tags[:2].ids)],
        }
        for model in (self.Mail, self.Bulk):
            for cached in (False, True):
                with self.subTest(model._name, cached=cached):
                    record = model.create(values)
                    self.env.invalidate_all()
                    if cached:
                        self.assertEqual((len(record.page_ids), len(record.tag_ids)), (2, 2))
                    check(record)

    def _names(self, record):
        cached = record.page_ids.mapped("name")
        self.env.invalidate_all()
        self.assertEqual(record.page_ids.mapped("name"), cached)
        self.assertEqual(record.letter_id.page_ids.mapped("name"), cached)
        self.assertEqual(record.page_names, ",".join(cached))
        return cached

    def test_x3_create_adds_to_inherited_lines(self):
        def check(record):
            record.write({"page_ids": [Command.create({"name": "3"})]})
            self.assertEqual(self._names(record), ["1", "2", "3"])
            record.invalidate_model(["page_ids"])
            record.page_ids = [Command.create({"name": "4"})]
            self.assertEqual(self._names(record), ["1", "2", "3", "4"])

        self._each(check)

    def test_x3_other_commands_on_inherited_lines(self):
        def check(record):
            one, two = record.letter_id.page_ids
            other = self.env["test_orm.letter.page"].create({"name": "3"})
            record.invalidate_model(["page_ids"])
            record.write({"page_ids": [Command.update(one.id, {"name": "first"}), Command.link(other.id)]})
            self.assertEqual(self._names(record), ["first", "2", "3"])
            record.write({"page_ids": [Command.delete(two.id)]})
            self.assertFalse(two.exists())
            self.assertEqual(self._names(record), ["first", "3"])
            record.write({"page_ids": [Command.unlink(one.id)]})
            self.assertTrue(one.exists())
            self.assertEqual(self._names(record), ["3"])
            record.write({"page_ids": [Command.set(one.ids)]})
            self.assertEqual(self._names(record), ["first"])
            record.page_ids = False
            self.assertEqual(self._names(record), [])

        self._each(check)

    def test_x3_assignment_to_inherited_lines(self):
        def check(record):
            page = self.env["test_orm.letter.page"].create({"name": "3"})
            record.page_ids += page
            self.assertEqual(self._names(record), ["1", "2", "3"])
            record.page_ids -= page
            self.assertEqual(self._names(record), ["1", "2"])

        self._each(check)

    def test_x3_inherited_many2many(self):
        def check(record):
            record.write({"tag_ids": [Command.link(self.tags[2].id)]})
            self.assertEqual(record.tag_ids, self.tags)
            self.env.invalidate_all()
            self.assertEqual((record.tag_ids, record.letter_id.tag_ids), (self.tags, self.tags))
            record.invalidate_model(["tag_ids"])
            record.write({"tag_ids": [Command.unlink(self.tags[0].id), Command.create({"name": "x3 d"})]})
            self.env.invalidate_all()
            self.assertEqual(record.tag_ids.mapped("name"), ["x3 b", "x3 c", "x3 d"])

        self._each(check)

    def test_x3_parent_in_common(self):
        letter = self.env["test_orm.letter"].create({"page_ids": [Command.create({"name": "1"})]})
        mails = self.Mail.create([{"letter_id": letter.id}, {"letter_id": letter.id}, {}])
        self.env.invalidate_all()
        mails.write({"page_ids": [Command.create({"name": "2"})]})
        self.assertEqual(self._names(mails[0]), ["1", "2"], "a letter gets the page once")
        self.assertEqual(self._names(mails[2]), ["2"])

    def test_x3_parent_changed_in_the_same_write(self):
        mail = self.Mail.create({"page_ids": [Command.create({"name": "1"})]})
        old, letter = mail.letter_id, self.env["test_orm.letter"].create({"page_ids": [Command.create({"name": "9"})]})
        self.env.invalidate_all()
        mail.write({"page_ids": [Command.create({"name": "10"})], "letter_id": letter.id})
        self.assertEqual(self._names(mail), ["9", "10"])
        self.assertEqual(old.page_ids.mapped("name"), ["1"])

    def test_x3_related_relation(self):
        mail = self.Mail.create({"tag_ids": [Command.set(self.tags[:1].ids)]})
        self.env.invalidate_all()
        bulk = self.Bulk.create({"answered_id": mail.id, "answered_tag_ids": [Command.link(self.tags[1].id)]})
        self.assertEqual((bulk.answered_tag_ids, mail.tag_ids), (self.tags[:2], self.tags[:2]))
        self.env.invalidate_all()
        bulk.write({"answered_tag_ids": [Command.link(self.tags[2].id)]})
        self.env.invalidate_all()
        self.assertEqual((bulk.answered_tag_ids, mail.tag_ids), (self.tags, self.tags))
        self.Bulk.create({}).write({"answered_tag_ids": [Command.link(self.tags[2].id)]})

    def test_x3_computed_lines_with_an_inverse(self):
        firm = self.env["test_orm.firm"].create(
            {"place_ids": [Command.create({"name": name, "size": size}) for name, size in (("s", 1), ("b", 20))]}
        )
        small, big = firm.place_ids
        for cached in (False, True):
            with self.subTest(cached=cached):
                self.env.invalidate_all()
                if cached:
                    self.assertIn(big, firm.big_place_ids)
                name = f"new {cached}"
                firm.write({"big_place_ids": [Command.create({"name": name, "size": 30})]})
                self.env.invalidate_all()
                self.assertEqual(firm.big_place_ids[-1].name, name)
                self.assertEqual((small + big).exists(), small + big)
        self.env.invalidate_all()
        firm.write({"big_place_ids": [Command.update(big.id, {"name": "changed"})]})
        self.env.invalidate_all()
        self.assertEqual(firm.big_place_ids.mapped("name"), ["changed", "new False", "new True"])


class TestGivenValues(TransactionCase):
    """X8, C2: a value that is written reaches the inverse method of its field."""

    def _firm(self):
        """Return a firm with a place, a big place, and two kids."""
        firm = self.env["test_orm.firm"].create(
            {
                "name": "f",
                "place_ids": [Command.create({"name": "A"}), Command.create({"name": "big", "size": 20})],
                "kid_ids": [Command.create({"name": "k"}), Command.create({"name": "l"})],
            }
        )
        self.env.invalidate_all()
        return firm

    def test_2_2_1_constraints_on_plain_fields_come_before_inverses(self):
        firm = self._firm()
        called = []
        self.patch(type(firm), "_inverse_where", lambda firms: called.append(firms.mapped("name")))
        for values in ({"where": "B", "name": "refused"}, {"name": "refused", "where": "B"}):
            with self.assertRaisesRegex(ValidationError, "refused"), self.cr.savepoint():
                firm.write(values)
            with self.assertRaisesRegex(ValidationError, "refused"), self.cr.savepoint():
                firm.create([values, {"name": "other"}])
        self.assertFalse(called)
        firm.write({"where": "B", "name": "new"})
        firm.create([{"where": "B", "name": "one"}, {"name": "two"}])
        self.assertEqual(called, [["new"], ["one"]])

    def test_2_2_1_constraints_on_what_an_inverse_gets_come_afterwards(self):
        firm = self._firm()
        with self.assertRaisesRegex(ValidationError, "after its place"), self.cr.savepoint():
            firm.write({"where": "X", "name": "X"})
        with self.assertRaisesRegex(ValidationError, "after its place"), self.cr.savepoint():
            firm.create([{"name": "Y"}, {"where": "X", "name": "X"}])
        firm.write({"where": "X", "name": "Y"})
        self.assertEqual(firm.place_ids[0].name, "X")

    def test_x8_value_survives_a_deletion(self):
        for before in (False, True):
            for code in (Command.delete, Command.unlink):
                with self.subTest(code.__name__, before=before):
                    firm = self._firm()
                    line = firm.kid_ids[0] if code == Command.delete else firm.place_ids[1]
                    name = "kid_ids" if code == Command.delete else "place_ids"
                    values = {"where": "B", name: [code(line.id)], "slogan": "new is best"}
                    firm.write(dict(reversed(values.items())) if before else values)
                    self.assertFalse(line.exists())
                    self.env.invalidate_all()
                    self.assertEqual((firm.where, firm.place_ids[0].name, firm.name), ("B", "B", "new"))

    def test_x8_several_records(self):
        firms = self._firm() + self._firm()
        firms.write({"kid_ids": [Command.delete(firms[0].kid_ids[0].id)], "where": "B"})
        self.env.invalidate_all()
        self.assertEqual([firm.where for firm in firms], ["B", "B"])

    def test_x8_lines_survive_a_deletion(self):
        firm = self._firm()
        big, kid = firm.place_ids[1], firm.kid_ids[0]
        firm.write(
            {"big_place_ids": [Command.create({"name": "new", "size": 30})], "kid_ids": [Command.delete(kid.id)]}
        )
        self.env.invalidate_all()
        self.assertEqual(firm.big_place_ids.mapped("name"), ["big", "new"])
        self.assertEqual(firm.kid_ids.mapped("name"), ["l"])
        # the inverse method of the first field deletes the big place
        firm.write({"big_place_ids": [Command.unlink(big.id)], "named_kid_ids": [Command.create({"name": "m"})]})
        self.env.invalidate_all()
        self.assertFalse(big.exists())
        self.assertEqual(firm.named_kid_ids.mapped("name"), ["l", "m"])

    def test_x8_value_survives_a_deletion_in_related_lines(self):
        mail = self.env["test_orm.mail"].create({"page_ids": [Command.create({"name": "1"})], "body": "old"})
        self.env.invalidate_all()
        mail.write({"body": "new", "page_ids": [Command.delete(mail.page_ids.id)]})
        self.env.invalidate_all()
        self.assertEqual((mail.body, mail.letter_id.body), ("new", "new"))
        self.assertFalse(mail.page_ids)

    def _triple(self, full):
        """Return a record whose three parts wait to be computed."""
        triple = self.env["test_orm.triple"].create({"full": "a/b/c"})
        self.env.flush_all()
        triple.write({"full": full})
        return triple

    def _parts(self, triple):
        cached = (triple.full, triple.one, triple.two, triple.three)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual((triple.full, triple.one, triple.two, triple.three), cached)
        return cached

    def test_c2_written_part_of_a_waiting_computation(self):
        triple = self._triple("1/2/3")
        triple.write({"three": "X"})
        self.assertEqual(self._parts(triple), ("1/2/X", "1", "2", "X"))

        triple = self._triple("1/2/3")
        triple.write({"two": "Y", "three": "X"})
        self.assertEqual(self._parts(triple), ("1/Y/X", "1", "Y", "X"))

    def test_c2_assigned_part_of_a_waiting_computation(self):
        triple = self._triple("1/2/3")
        triple.three = "X"
        self.assertEqual(self._parts(triple), ("1/2/X", "1", "2", "X"))
        triple.full = "4/5/6"
        triple.two = "Y"
        triple.three = "X"
        self.assertEqual(self._parts(triple), ("4/Y/X", "4", "Y", "X"))

    def test_c2_part_without_an_inverse(self):
        for assign in (False, True):
            with self.subTest(assign=assign):
                triple = self._triple("1/2/3")
                if assign:
                    triple.one = "X"
                else:
                    triple.write({"one": "X"})
                self.assertEqual(self._parts(triple), ("1/2/3", "X", "2", "3"))

    def test_c2_part_of_a_new_record(self):
        triple = self.env["test_orm.triple"].create({"full": "1/2/3"})
        triple.write({"three": "X"})
        self.assertEqual(self._parts(triple), ("1/2/X", "1", "2", "X"))

    def test_c2_several_records(self):
        triples = self._triple("1/2/3") + self._triple("4/5/6")
        triples.write({"three": "X"})
        self.assertEqual([self._parts(triple)[0] for triple in triples], ["1/2/X", "4/5/X"])


class TestAmounts(TransactionCase):
    """C5: amounts are rounded to the currency that is written with them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.usd, cls.yen = cls.env.ref("base.USD"), cls.env.ref("base.JPY")
        cls.yen.rounding = 1.0
        cls.Value, cls.Entry = cls.env["test_orm.value"], cls.env["test_orm.account.entry"]
        cls.dollars, cls.yens = cls.env["test_orm.account"].create(
            [{"currency_id": cls.usd.id}, {"currency_id": cls.yen.id}]
        )

    def _stored(self, record, name):
        """Return an amount as the database has it, after checking that the cache had the same."""
        cached = record[name]
        self.env.flush_all()
        self.env.cr.execute(f"SELECT {name} FROM {record._table} WHERE id = %s", [record.id])
        [[value]] = self.env.cr.fetchall()
        self.assertEqual(float(value), cached)
        return cached

    def _orders(self, **values):
        """Return the dict of ``values`` in both orders."""
        return [values, dict(reversed(values.items()))]

    def test_c5_written_with_its_currency(self):
        for values in self._orders(monetary=14.70126, currency_id=self.usd.id):
            with self.subTest(values=list(values)):
                record = self.Value.create({})
                record.write(values)
                self.assertEqual(self._stored(record, "monetary"), 14.7)
        for values in self._orders(monetary=14.70126, currency_id=self.yen.id):
            with self.subTest("other currency", values=list(values)):
                record = self.Value.create({"currency_id": self.usd.id, "monetary": 1.25})
                record.write(values)
                self.assertEqual(self._stored(record, "monetary"), 15.0)

    def test_c5_several_records(self):
        for values in self._orders(monetary=14.70126, currency_id=self.yen.id):
            records = self.Value.create([{"currency_id": self.usd.id}, {}])
            records.write(values)
            self.assertEqual([self._stored(record, "monetary") for record in records], [15.0, 15.0])

    def test_c5_created_with_its_currency(self):
        for values in self._orders(monetary=14.70126, currency_id=self.usd.id):
            self.assertEqual(self._stored(self.Value.create(values), "monetary"), 14.7)

    def test_c5_assigned(self):
        record = self.Value.create({})
        record.currency_id = self.usd
        record.monetary = 14.70126
        self.assertEqual(self._stored(record, "monetary"), 14.7)
        for values in self._orders(monetary=14.70126, currency_id=self.yen):
            record = self.Value.create({"currency_id": self.usd.id})
            record.update(values)
            self.assertEqual(self._stored(record, "monetary"), 15.0)

    def test_c5_record_in_memory(self):
        for values in self._orders(monetary=14.70126, currency_id=self.yen.id):
            record = self.Value.new({"currency_id": self.usd.id})
            record.update(values)
            self.assertEqual(record.monetary, 15.0)
            record = self.Value.new({"currency_id": self.usd.id})
            record._update_cache(values)
            self.assertEqual(record.monetary, 15.0)

    def test_c5_created_with_a_related_currency(self):
        for name in ("total", "kept_total"):
            for values in self._orders(account_id=self.dollars.id, **{name: 1 / 3}):
                with self.subTest(name, values=list(values)):
                    self.assertEqual(self._stored(self.Entry.create(values), name), 0.33)
        entries = self.Entry.create(
            [{"account_id": account.id, "total": 10 / 3} for account in (self.yens, self.dollars, self.yens)]
        )
        self.assertEqual([self._stored(entry, "total") for entry in entries], [3.0, 3.33, 3.0])
        account = self.env["test_orm.account"].create(
            {"currency_id": self.usd.id, "entry_ids": [Command.create({"total": 1 / 3, "kept_total": 1 / 3})]}
        )
        self.assertEqual(self._stored(account.entry_ids, "total"), 0.33)
        self.assertEqual(self._stored(account.entry_ids, "kept_total"), 0.33)
        self.assertEqual(self._stored(self.Entry.create({"total": 0.123}), "total"), 0.123, "no currency, no rounding")

    def test_c5_written_with_a_related_currency(self):
        for name in ("total", "kept_total"):
            for values in self._orders(account_id=self.yens.id, **{name: 10 / 3}):
                with self.subTest(name, values=list(values)):
                    entry = self.Entry.create({"account_id": self.dollars.id, name: 1.25})
                    entry.write(values)
                    self.assertEqual(self._stored(entry, name), 3.0)
                    entry = self.Entry.create({})
                    entry.write(values)
                    self.assertEqual(self._stored(entry, name), 3.0)
        entry = self.Entry.create({"account_id": self.yens.id})
        entry.total = 10 / 3
        self.assertEqual(self._stored(entry, "total"), 3.0)


class TestGivenParents(TransactionCase):
    """I1: defaults are for new parents, not for those that are given."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.letter = cls.env["test_orm.letter"].create({"body": "own", "level": "own", "state": "sent"})
        context = {"default_level": "from context", "default_state": "from context"}
        cls.Mail, cls.Bulk = (cls.env[name].with_context(**context) for name in ("test_orm.mail", "test_orm.bulk"))

    def _kept(self, record):
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(record.letter_id, self.letter)
        return self.letter.body, self.letter.level, self.letter.state

    def test_i1_given_parent(self):
        record = self.Mail.create({"letter_id": self.letter.id})
        self.assertEqual(self._kept(record), ("own", "own", "sent"))

    def test_i1_given_grandparent(self):
        record = self.Bulk.create({"letter_id": self.letter.id})
        self.assertEqual(self._kept(record), ("own", "own", "sent"))
        mail = self.Mail.create({"letter_id": self.letter.id})
        record = self.Bulk.create({"mail_id": mail.id})
        self.assertEqual(self._kept(record), ("own", "own", "sent"))

    def test_i1_user_default(self):
        self.env["ir.default"].set("test_orm.bulk", "level", "user default")
        record = self.env["test_orm.bulk"].create({"letter_id": self.letter.id})
        self.assertEqual(self._kept(record), ("own", "own", "sent"))

    def test_i1_given_values_are_written(self):
        record = self.Bulk.create({"letter_id": self.letter.id, "level": "given"})
        self.assertEqual(self._kept(record), ("own", "given", "sent"))

    def test_i1_defaults_of_other_parents(self):
        record = self.Bulk.with_context(default_address="somewhere").create({"letter_id": self.letter.id})
        self.assertEqual(record.mail_id.address, "somewhere", "the parent in between is new")
        record = self.Bulk.create({})
        self.assertEqual((record.level, record.letter_id.state), ("from context", "from context"))


class TestOriginOfRights(TransactionCase):
    """X9: neither sudo() nor with_user() give rights on what a model keeps from commands in superuser mode."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(cls.env, "x9_user")
        cls.manager = new_test_user(cls.env, "x9_manager", groups="base.group_user,test_orm.group_manager")
        cls.keeper = cls.env["test_orm.keeper"].create(
            {
                "guarded_ids": [Command.create({"name": "a"}), Command.create({"name": "b"})],
                "shared_ids": [Command.create({"name": "c"})],
            }
        )
        cls.other = cls.env["test_orm.guarded"].create({"name": "other"})

    def _chains(self, record):
        """Return ``record``, of some user, in environments with more rights."""
        manager, admin = self.manager, self.env.ref("base.user_admin")
        return {
            "sudo": record.sudo(),
            "manager": record.with_user(manager),
            "admin": record.with_user(admin),
            "superuser": record.with_user(1),
            "manager, sudo": record.with_user(manager).sudo(),
            "sudo, manager": record.sudo().with_user(manager),
            "superuser, context": record.with_user(1).with_context(key=1),
            "env": record.with_env(record.env(user=manager.id, su=True)),
        }

    def _commands(self):
        first, shared = self.keeper.guarded_ids[0], self.keeper.shared_ids
        return {
            "guarded_ids": [
                Command.create({"name": "new"}),
                Command.update(first.id, {"name": "changed"}),
                Command.delete(first.id),
                Command.unlink(first.id),
                Command.link(self.other.id),
                Command.clear(),
                Command.set(self.other.ids),
            ],
            "shared_ids": [
                Command.create({"name": "new"}),
                Command.update(shared.id, {"name": "changed"}),
                Command.delete(shared.id),
            ],
        }

    def test_x9_rights_are_those_of_the_first_user(self):
        keeper = self.keeper.with_user(self.user)
        for chain, record in self._chains(keeper).items():
            for name, commands in self._commands().items():
                for command in commands:
                    with self.subTest(chain, name=name, command=int(command[0])), self.assertRaises(AccessError):
                        record.write({name: [command]})
            with self.subTest(chain), self.assertRaises(AccessError):
                record.create({"guarded_ids": [Command.create({"name": "new"})]})
        self.assertEqual(self.keeper.guarded_ids.mapped("name"), ["a", "b"])

    def test_x9_first_user_may(self):
        for record in self._chains(self.keeper.with_user(self.manager)).values():
            record.write({"guarded_ids": [Command.create({"name": "new"})]})
        self.assertEqual(len(self.keeper.guarded_ids), 2 + len(self._chains(self.keeper)))

    def test_x9_superuser_first(self):
        self.keeper.write({"guarded_ids": [Command.create({"name": "by the superuser"})]})
        self.keeper.with_user(self.manager).write({"guarded_ids": [Command.create({"name": "by the manager"})]})
        self.assertEqual(self.keeper.guarded_ids[-1].create_uid, self.manager)
        for record in (self.keeper.with_user(self.user), self.keeper.with_user(self.user).sudo()):
            with self.assertRaises(AccessError):
                record.write({"guarded_ids": [Command.create({"name": "by the user"})]})

    def test_x9_nobody_first(self):
        record = self.keeper.with_env(api.Environment(self.env.cr, None, {})).sudo()
        # what checks the rights finds no user
        with self.assertRaises((AccessError, ValueError)):
            record.write({"guarded_ids": [Command.create({"name": "by nobody"})]})

    def test_x9_users_of_a_partner(self):
        partner = self.user.partner_id.with_user(self.user)
        for chain, record in self._chains(partner).items():
            with self.subTest(chain), self.assertRaises(AccessError):
                record.write({"user_ids": [Command.create({"login": "x9_new", "name": "New"})]})

    def test_x9_environment_carries_the_first_user(self):
        env = self.env(user=self.user.id)
        self.assertEqual(env.uid_origin, self.user.id)
        for other in (env(su=True), env(user=1), env(user=self.manager.id), env(context={"a": 1}), env(user=1)(user=2)):
            self.assertEqual(other.uid_origin, self.user.id)
        self.assertIsNone(self.env.uid_origin)
