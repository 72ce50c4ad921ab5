"""Searching, reading, naming, default values, import and export."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase


class TestSearch(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Person = cls.env["test_orm.person"]
        cls.tag = cls.env["test_orm.tag"].create({"name": "vip"})
        cls.belgium, cls.france = cls.env.ref("base.be"), cls.env.ref("base.fr")
        cls.ann = cls.Person.create(
            {
                "name": "Ann Search",
                "age": 30,
                "country_id": cls.belgium.id,
                "birthday": "1994-02-11",
                "tag_ids": [Command.link(cls.tag.id)],
                "email": "100%@x",
            }
        )
        cls.bob = cls.Person.create(
            {
                "name": "bob search",
                "age": 40,
                "country_id": cls.france.id,
                "boss_id": cls.ann.id,
                "birthday": "1984-12-01",
            }
        )
        cls.cid = cls.Person.create({"name": "Cid Search", "boss_id": cls.ann.id})
        cls.all = cls.ann + cls.bob + cls.cid

    def _search(self, *terms):
        return self.Person.search(["&", ("id", "in", self.all.ids), *terms], order="id")

    def _check(self, expected, *terms):
        self.assertEqual(self._search(*terms), expected)
        self.assertEqual(self.all.filtered_domain(list(terms)), expected, "in memory it is the same")

    def test_equal(self):
        self._check(self.ann, ("name", "=", "Ann Search"))
        self._check(self.bob + self.cid, ("name", "!=", "Ann Search"))
        self._check(self.cid, ("country_id", "=", False))
        self._check(self.ann + self.bob, ("country_id", "!=", False))
        self._check(self.bob + self.cid, ("country_id", "!=", self.belgium.id))
        self._check(self.ann, ("country_id", "=", "Belgium"))

    def test_compare(self):
        self._check(self.bob, ("age", ">", 30))
        self._check(self.ann + self.bob, ("age", ">=", 30))
        self._check(self.ann + self.cid, ("age", "<", 40))
        self._check(self.all, ("age", "<=", 40))
        self._check(self.ann, ("birthday", ">", "1990-01-01"))

    def test_unset_or_equal(self):
        self._check(self.all, ("name", "=?", False))
        self._check(self.ann, ("name", "=?", "Ann Search"))

    def test_like(self):
        self._check(self.ann + self.cid, ("name", "like", "Search"))
        self._check(self.bob, ("name", "not like", "Search"))
        self._check(self.all, ("name", "ilike", "SEARCH"))
        self._check(self.bob + self.cid, ("name", "not ilike", "ANN"))
        self._check(self.ann, ("name", "=like", "A__ S%"))
        self._check(self.ann, ("name", "=ilike", "a__ s%"))

    def test_in(self):
        self._check(self.ann + self.bob, ("age", "in", [30, 40]))
        self._check(self.cid, ("age", "not in", (30, 40)))
        self._check(self.ann + self.cid, ("country_id", "in", [self.belgium.id, False]))
        self._check(self.Person, ("age", "in", []))
        self._check(self.all, ("age", "not in", []))

    def test_child_of_and_parent_of(self):
        Category = self.env["test_orm.category"]
        top = Category.create({"name": "top"})
        middle = Category.create({"name": "middle", "parent_id": top.id})
        leaf = Category.create({"name": "leaf", "parent_id": middle.id})
        self.assertEqual(Category.search([("id", "child_of", top.id)], order="id"), top + middle + leaf)
        self.assertEqual(Category.search([("id", "child_of", [middle.id])], order="id"), middle + leaf)
        self.assertEqual(Category.search([("id", "parent_of", leaf.id)], order="id"), top + middle + leaf)
        self.assertEqual(Category.search([("parent_id", "child_of", middle.id)], order="id"), middle + leaf)
        self.assertEqual(Category.search([("id", "child_of", "middle")], order="id"), middle + leaf)
        self.assertEqual((top + middle + leaf).filtered_domain([("id", "child_of", middle.id)]), middle + leaf)

    def test_child_of_without_parent_store(self):
        Place = self.env["test_orm.place"]
        top = Place.create({"name": "top"})
        leaf = Place.create({"name": "leaf", "parent_id": Place.create({"name": "m", "parent_id": top.id}).id})
        self.assertIn(leaf, Place.search([("id", "child_of", top.id)]))
        self.assertIn(top, Place.search([("id", "parent_of", leaf.id)]))

    def test_any(self):
        self._check(self.ann, ("tag_ids", "any", [("name", "=", "vip")]))
        self._check(self.bob + self.cid, ("tag_ids", "not any", [("name", "=", "vip")]))
        self._check(self.bob + self.cid, ("boss_id", "any", [("age", "=", 30)]))
        self._check(self.ann, ("team_ids", "any", [("age", "=", 40)]))
        self._check(self.ann, ("boss_id", "not any", [("age", "=", 30)]))

    def test_paths(self):
        self._check(self.bob + self.cid, ("boss_id.name", "=", "Ann Search"))
        self._check(self.ann, ("team_ids.country_id.code", "=", "FR"))
        self._check(self.ann, ("tag_ids.name", "=", "vip"))

    def test_date_parts(self):
        for part, value in (
            ("month_number", 2),
            ("year_number", 1994),
            ("quarter_number", 1),
            ("day_of_month", 11),
            ("day_of_year", 42),
            ("iso_week_number", 6),
            ("day_of_week", 5),
        ):
            with self.subTest(part):
                self.assertEqual(self._search((f"birthday.{part}", "=", value)), self.ann)

    def test_time_parts(self):
        Task = self.env["test_orm.task"]
        task = Task.create({"started": "2024-05-06 07:08:09"})
        for part, value in (("hour_number", 7), ("minute_number", 8), ("second_number", 9)):
            self.assertEqual(Task.search([(f"started.{part}", "=", value), ("id", "=", task.id)]), task)

    def test_logic(self):
        self._check(self.ann + self.bob, "|", ("age", "=", 30), ("age", "=", 40))
        self._check(self.cid, "!", "|", ("age", "=", 30), ("age", "=", 40))
        self._check(self.ann, "&", ("age", "=", 30), ("name", "ilike", "ann"))
        self._check(self.Person, ("age", "=", 30), ("name", "ilike", "bob"))

    def test_constants(self):
        self._check(self.all, (1, "=", 1))
        self._check(self.Person, (0, "=", 1))

    def test_limit_offset_order(self):
        domain = [("id", "in", self.all.ids)]
        self.cid.age = 1
        self.assertEqual(self.Person.search(domain, order="age desc", limit=1), self.bob)
        self.assertEqual(self.Person.search(domain, order="age desc", limit=1, offset=1), self.ann)
        self.assertEqual(self.Person.search(domain, order="country_id, id desc").ids[-1:], self.cid.ids)
        self.assertEqual(self.Person.search(domain, order="birthday nulls first")[0], self.cid)

    def test_search_count(self):
        domain = [("id", "in", self.all.ids)]
        self.assertEqual(self.Person.search_count(domain), 3)
        self.assertEqual(self.Person.search_count(domain, limit=2), 2)

    def test_search_fetch(self):
        self.env.invalidate_all()
        with self.assertQueryCount(1):
            persons = self.Person.search_fetch([("id", "in", self.all.ids)], ["name", "age"], order="id", limit=2)
            self.assertEqual(
                [(person.name, person.age) for person in persons], [("Ann Search", 30), ("bob search", 40)]
            )

    def test_fetch(self):
        self.env.invalidate_all()
        with self.assertQueryCount(1):
            self.all.fetch(["name"])
            self.all.mapped("name")
        self.assertFalse(self.env.cache.contains(self.ann, self.Person._fields["age"]))

    def test_search_flushes(self):
        self.ann.age = 77
        self.assertEqual(self._search(("age", "=", 77)), self.ann)

    def test_unknown_field(self):
        with self.assertRaisesRegex(ValueError, "no_such_field"):
            self.Person.search([("no_such_field", "=", 1)])
        with self.assertRaisesRegex(ValueError, "no_such_field"):
            self.Person.search([], order="no_such_field")

    def test_unknown_operator(self):
        with self.assertRaises(ValueError):
            self.Person.search([("name", "<>!", 1)])

    def test_internal_search(self):
        query = self.Person._search([("id", "in", self.all.ids)], order="id")
        self.assertEqual(list(query), self.all.ids)
        self.assertEqual(self.Person.search([("id", "in", query)], order="id"), self.all)
        self.assertEqual(self.Person.search([("boss_id", "in", query)], order="id"), self.bob + self.cid)


class TestRead(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Person = cls.env["test_orm.person"]
        cls.boss = cls.Person.create({"name": "Boss Read"})
        cls.person = cls.Person.create({"name": "Ann Read", "boss_id": cls.boss.id, "birthday": "2000-01-02"})

    def test_read(self):
        [data] = self.person.read(["name", "boss_id", "team_ids", "birthday", "email", "age"])
        self.assertEqual(
            data,
            {
                "id": self.person.id,
                "name": "Ann Read",
                "boss_id": (self.boss.id, "Boss Read"),
                "team_ids": [],
                "birthday": self.person.birthday,
                "email": False,
                "age": 0,
            },
        )

    def test_read_without_names(self):
        [data] = self.person.read(["boss_id"], load=None)
        self.assertEqual(data["boss_id"], self.boss.id)

    def test_read_all(self):
        [data] = self.person.read()
        self.assertEqual(set(data), set(self.Person._fields))

    def test_read_keeps_order(self):
        records = self.person + self.boss
        self.assertEqual([data["id"] for data in records.read(["name"])], records.ids)

    def test_read_unknown_field(self):
        with self.assertRaisesRegex(ValueError, "no_such_field"):
            self.person.read(["no_such_field"])

    def test_search_read(self):
        rows = self.Person.search_read([("name", "like", "Read")], ["name"], order="name desc", limit=1)
        self.assertEqual(rows, [{"id": self.boss.id, "name": "Boss Read"}])

    def test_display_name(self):
        self.assertEqual(self.person.display_name, "Ann Read")
        self.person.name = "Renamed"
        self.assertEqual(self.person.display_name, "Renamed")

    def test_search_display_name(self):
        self.assertEqual(self.Person.search([("display_name", "=", "Ann Read")]), self.person)
        self.assertEqual(self.Person.search([("display_name", "ilike", "ann re")]), self.person)

    def test_name_search(self):
        self.assertEqual(self.Person.name_search("Ann Re"), [(self.person.id, "Ann Read")])
        self.assertEqual(
            self.Person.name_search("Read", args=[("boss_id", "!=", False)]), [(self.person.id, "Ann Read")]
        )
        self.assertEqual(self.Person.name_search("Ann Read", operator="="), [(self.person.id, "Ann Read")])
        self.assertEqual(len(self.Person.name_search("Read", limit=1)), 1)
        self.assertFalse(self.Person.name_search("Read", operator="not ilike", args=[("id", "in", self.person.ids)]))

    def test_rec_names_search(self):
        self.person.email = "unique@mail.test"
        self.assertEqual(self.Person.name_search("unique@mail"), [(self.person.id, "Ann Read")])

    def test_name_create(self):
        id_, name = self.Person.name_create("Created by name")
        self.assertEqual(name, "Created by name")
        self.assertEqual(self.Person.browse(id_).name, "Created by name")
        with self.assertLogs("odoo.models", "WARNING"):
            self.assertFalse(self.env["test_orm.nameless"].name_create("x"))

    def test_name_get(self):
        self.assertEqual(self.person.name_get(), [(self.person.id, "Ann Read")])

    def test_name_get_override(self):
        record = self.env["test_orm.legacy"].create({"code": "A1"})
        self.assertEqual(record.display_name, "[A1]")
        self.assertEqual(record.name_get(), [(record.id, "[A1]")])
        order = self.env["test_orm.legacy"].search_read([("id", "=", record.id)], ["display_name"])
        self.assertEqual(order[0]["display_name"], "[A1]")

    def test_default_get(self):
        Order = self.env["test_orm.order"]
        self.assertEqual(Order.default_get(["name", "state", "note"]), {"name": "New", "state": "draft"})
        self.assertEqual(Order.default_get([]), {})

    def test_default_get_of_the_model(self):
        Journal = self.env["test_orm.journal"].with_context(journal_place="harbour")
        self.assertEqual(Journal.create({}).place, "harbour")
        self.assertEqual(Journal.create({"name": "log", "value": 1}).place, "harbour")
        self.assertEqual(Journal.create({"place": "sea"}).place, "sea")
        self.assertEqual(Journal.new({}).place, "harbour")
        self.assertFalse(self.env["test_orm.journal"].create({}).place)

    def test_default_get_context(self):
        Order = self.env["test_orm.order"].with_context(default_name="From context", default_note="note")
        self.assertEqual(Order.default_get(["name", "note"]), {"name": "From context", "note": "note"})
        self.assertEqual(Order.create({}).note, "note")

    def test_default_get_user_defaults(self):
        self.env["ir.default"].set("test_orm.order", "note", "default note", user_id=True)
        self.assertEqual(self.env["test_orm.order"].default_get(["note"]), {"note": "default note"})
        self.assertEqual(self.env["test_orm.order"].create({}).note, "default note")

    def test_fields_get(self):
        fields = self.Person.fields_get()
        self.assertEqual(set(fields), set(self.Person._fields))
        self.assertEqual(fields["boss_id"]["type"], "many2one")
        self.assertEqual(fields["boss_id"]["relation"], "test_orm.person")
        self.assertEqual(fields["boss_id"]["string"], "Boss")
        self.assertEqual(fields["team_ids"]["relation_field"], "boss_id")
        self.assertEqual(
            self.Person.fields_get(["name"], ["type", "required"]), {"name": {"type": "char", "required": True}}
        )

    def test_fields_get_of_described(self):
        field = self.env["test_orm.value"].fields_get(["described"])["described"]
        self.assertEqual((field["string"], field["help"], field["readonly"]), ("A Label", "An explanation", True))
        self.assertEqual(field["groups"], "base.group_user")
        self.assertTrue(field["default_export_compatible"])

    def test_default_label(self):
        fields = self.env["test_orm.value"].fields_get(["char_short", "currency_id"], ["string"])
        self.assertEqual(fields["char_short"]["string"], "Char Short")
        self.assertEqual(fields["currency_id"]["string"], "Currency")

    def test_export(self):
        self.person.tag_ids = [Command.create({"name": "x"}), Command.create({"name": "y"})]
        data = self.person.export_data(["name", "boss_id", "boss_id/name", "tag_ids/name", "birthday"])
        self.assertEqual(data["datas"][0][:4], ["Ann Read", "Boss Read", "Boss Read", "x"])
        self.assertEqual(data["datas"][1], ["", "", "", "y", ""])

    def test_export_ids(self):
        tag = self.env.ref("test_orm.tag_red")
        self.assertEqual(tag.export_data(["id", ".id"])["datas"], [["test_orm.tag_red", str(tag.id)]])

    def test_load(self):
        result = self.Person.load(
            ["id", "name", "age", "boss_id", "team_ids/name"],
            [["__test__.one", "Loaded", "5", "Boss Read", "t1"], ["", "", "", "", "t2"]],
        )
        self.assertFalse(result["messages"])
        person = self.Person.browse(result["ids"])
        self.assertEqual((person.name, person.age, person.boss_id), ("Loaded", 5, self.boss))
        self.assertEqual(person.team_ids.mapped("name"), ["t1", "t2"])
        again = self.Person.load(["id", "name"], [["__test__.one", "Loaded again"]])
        self.assertEqual(again["ids"], result["ids"])
        self.assertEqual(person.name, "Loaded again")

    def test_load_error(self):
        result = self.Person.load(["name", "age"], [["x", "not a number"]])
        self.assertFalse(result["ids"])
        self.assertEqual(result["messages"][0]["type"], "error")
        self.assertIn("Age", result["messages"][0]["message"])


class TestCreateWrite(TransactionCase):
    def test_create_one_and_many(self):
        Tag = self.env["test_orm.tag"]
        self.assertEqual(len(Tag.create({"name": "a"})), 1)
        self.assertEqual(Tag.create([{"name": "b"}, {"name": "c"}]).mapped("name"), ["b", "c"])
        self.assertFalse(Tag.create([]))

    def test_create_with_different_fields(self):
        tags = self.env["test_orm.tag"].create([{"name": "a"}, {"name": "b", "color": 2}, {"color": 3, "name": "c"}])
        self.assertEqual(tags.mapped("color"), [0, 2, 3])
        self.assertEqual(tags.mapped("name"), ["a", "b", "c"])

    def test_unknown_field(self):
        with self.assertRaisesRegex(ValueError, "colour.*color"):
            self.env["test_orm.tag"].create({"name": "a", "colour": 1})
        with self.assertRaisesRegex(ValueError, "no_such_field"):
            self.env["test_orm.tag"].create({"name": "a"}).write({"no_such_field": 1})

    def test_wrong_selection(self):
        with self.assertRaises(ValueError):
            self.env["test_orm.order"].create({"state": "nonsense"})
        order = self.env["test_orm.order"].create({})
        with self.assertRaises(ValueError):
            order.state = "nonsense"
        with self.assertRaises(ValueError):
            order.write({"state": "nonsense"})

    def test_loop(self):
        Category = self.env["test_orm.category"]
        top = Category.create({"name": "top"})
        below = Category.create({"name": "below", "parent_id": top.id})
        with self.assertRaises(UserError):
            top.parent_id = below
        with self.assertRaises(UserError):
            top.parent_id = top

    def test_loop_without_parent_store(self):
        Place = self.env["test_orm.place"]
        top = Place.create({"name": "top"})
        below = Place.create({"name": "below", "parent_id": top.id})
        self.assertFalse(below._has_cycle())
        with self.assertRaises(UserError):
            top.parent_id = below
        top.friend_ids = below
        self.assertFalse(top._has_cycle("friend_ids"))
        below.friend_ids = top
        self.assertTrue(top._has_cycle("friend_ids"))

    def test_parent_path(self):
        Category = self.env["test_orm.category"]
        top = Category.create({"name": "top"})
        below = Category.create({"name": "below", "parent_id": top.id})
        leaf = Category.create({"name": "leaf", "parent_id": below.id})
        self.assertEqual(leaf.parent_path, f"{top.id}/{below.id}/{leaf.id}/")
        below.parent_id = False
        self.assertEqual(leaf.parent_path, f"{below.id}/{leaf.id}/")

    def test_write_empty(self):
        self.assertTrue(self.env["test_orm.tag"].write({"name": "x"}))
        self.assertTrue(self.env["test_orm.tag"].unlink())

    def test_unlink(self):
        tags = self.env["test_orm.tag"].create([{"name": "a"}, {"name": "b"}])
        self.assertTrue(tags.unlink())
        self.assertFalse(tags.exists())

    def test_unlink_removes_external_id_and_attachments(self):
        tag = self.env["test_orm.tag"].create({"name": "a"})
        self.env["ir.model.data"].create({"module": "test_orm", "name": "gone", "model": tag._name, "res_id": tag.id})
        attachment = self.env["ir.attachment"].create({"name": "f", "res_model": tag._name, "res_id": tag.id})
        tag.unlink()
        self.assertFalse(self.env.ref("test_orm.gone", raise_if_not_found=False))
        self.assertFalse(attachment.exists())

    def test_large_creation(self):
        tags = self.env["test_orm.tag"].create([{"name": f"tag\t{index}\\n", "color": index} for index in range(500)])
        self.env.invalidate_all()
        self.assertEqual(tags[7].name, "tag\t7\\n")
        self.assertEqual(tags.mapped("color"), list(range(500)))

    def test_copy(self):
        Order = self.env["test_orm.order"]
        tag = self.env["test_orm.tag"].create({"name": "t"})
        order = Order.create(
            {
                "name": "original",
                "tag_ids": [Command.link(tag.id)],
                "line_ids": [Command.create({"product": "p", "quantity": 3, "price": 2})],
            }
        )
        copy = order.copy()
        self.assertEqual((copy.name, copy.tag_ids), ("original", tag))
        self.assertEqual(copy.line_ids.product, "p")
        self.assertNotEqual(copy.line_ids, order.line_ids)
        self.assertEqual(copy.amount_total, 6)
        self.assertFalse(copy.copy({"line_ids": False}).line_ids)

    def test_copy_parameter(self):
        Person = self.env["test_orm.person"]
        person = Person.create({"name": "p", "code": "unique", "age": 3, "team_ids": [Command.create({"name": "t"})]})
        copy = person.copy({"name": "q"})
        self.assertEqual((copy.name, copy.code, copy.age), ("q", False, 3))
        self.assertFalse(copy.team_ids, "one2many fields are not copied unless they say so")

    def test_copy_many(self):
        tags = self.env["test_orm.tag"].create([{"name": "a"}, {"name": "b"}])
        self.assertEqual(tags.copy().mapped("name"), ["a", "b"])

    def test_copy_data(self):
        order = self.env["test_orm.order"].create({"name": "n", "line_ids": [Command.create({"product": "p"})]})
        [data] = order.copy_data({"note": "given"})
        self.assertEqual((data["name"], data["note"]), ("n", "given"))
        self.assertEqual(data["line_ids"][0][0], Command.CREATE)
        for name in ("id", "create_date", "create_uid", "write_date", "write_uid", "amount_total", "display_name"):
            self.assertNotIn(name, data)

    def test_copy_archived_lines(self):
        pointer = self.env["test_orm.pointer"].create({"name": "p", "active": False})
        self.assertEqual(pointer.copy().name, "p")

    def test_transaction_undo(self):
        tag = self.env["test_orm.tag"].create({"name": "kept"})
        try:
            with self.env.cr.savepoint():
                tag.name = "undone"
                raise AccessError("stop")
        except AccessError:
            self.assertEqual(tag.name, "kept")
