"""Commands on one2many and many2many fields, relations of every kind, and what deleting does."""

from psycopg2 import IntegrityError

from odoo import Command
from odoo.tests import TransactionCase
from odoo.tools import mute_logger


class TestCommandValues(TransactionCase):
    def test_triples(self):
        self.assertEqual(Command.create({"a": 1}), (0, 0, {"a": 1}))
        self.assertEqual(Command.update(5, {"a": 1}), (1, 5, {"a": 1}))
        self.assertEqual(Command.delete(5), (2, 5, 0))
        self.assertEqual(Command.unlink(5), (3, 5, 0))
        self.assertEqual(Command.link(5), (4, 5, 0))
        self.assertEqual(Command.clear(), (5, 0, 0))
        self.assertEqual(Command.set([5, 6]), (6, 0, [5, 6]))

    def test_numbers(self):
        names = ("CREATE", "UPDATE", "DELETE", "UNLINK", "LINK", "CLEAR", "SET")
        self.assertEqual([int(Command[name]) for name in names], list(range(7)))
        self.assertEqual(Command.LINK, 4)

    def test_face(self):
        from odoo.fields import Command as from_fields

        self.assertIs(from_fields, Command)


class TestOne2many(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Order = cls.env["test_orm.order"]
        cls.Line = cls.env["test_orm.order.line"]
        cls.order = cls.Order.create({"line_ids": [Command.create({"product": name}) for name in ("x", "y", "z")]})
        cls.x, cls.y, cls.z = cls.order.line_ids

    def test_create(self):
        self.order.write({"line_ids": [Command.create({"product": "new", "quantity": 2, "price": 3})]})
        self.assertEqual(self.order.line_ids.mapped("product"), ["x", "y", "z", "new"])
        self.assertEqual(self.order.amount_total, 6)
        self.env.invalidate_all()
        self.assertEqual(self.order.line_ids.mapped("product"), ["x", "y", "z", "new"])

    def test_create_for_every_record(self):
        orders = self.order + self.Order.create({})
        orders.write({"line_ids": [Command.create({"product": "both"})]})
        lines = self.Line.search([("product", "=", "both")])
        self.assertEqual(lines.order_id, orders)
        self.assertEqual(len(lines), 2)

    def test_update(self):
        self.order.write({"line_ids": [Command.update(self.y.id, {"product": "changed"})]})
        self.assertEqual(self.y.product, "changed")
        self.assertEqual(self.order.line_ids, self.x + self.y + self.z)

    def test_delete(self):
        self.order.write({"line_ids": [Command.delete(self.y.id)]})
        self.assertEqual(self.order.line_ids, self.x + self.z)
        self.assertFalse(self.y.exists())

    def test_unlink_deletes_with_cascade(self):
        self.order.write({"line_ids": [Command.unlink(self.y.id)]})
        self.assertFalse(self.y.exists())
        self.assertEqual(self.order.line_ids, self.x + self.z)

    def test_unlink_keeps_without_cascade(self):
        target = self.env["test_orm.target"].create({"setnull_ids": [Command.create({"name": "p"})]})
        pointer = target.setnull_ids
        target.write({"setnull_ids": [Command.unlink(pointer.id)]})
        self.assertTrue(pointer.exists())
        self.assertFalse(pointer.setnull_id)
        self.assertFalse(target.setnull_ids)

    def test_link(self):
        other = self.Order.create({"line_ids": [Command.create({"product": "theirs"})]})
        line = other.line_ids
        self.order.write({"line_ids": [Command.link(line.id)]})
        self.assertEqual(line.order_id, self.order)
        self.assertIn(line, self.order.line_ids)
        self.assertFalse(other.line_ids)
        self.assertEqual(other.line_count, 0)

    def test_clear(self):
        self.order.write({"line_ids": [Command.clear()]})
        self.assertFalse(self.order.line_ids)
        self.assertFalse((self.x + self.y + self.z).exists())

    def test_set(self):
        other = self.Order.create({"line_ids": [Command.create({"product": "theirs"})]})
        line = other.line_ids
        self.order.write({"line_ids": [Command.set([self.x.id, line.id])]})
        self.assertEqual(self.order.line_ids, self.x + line)
        self.assertFalse((self.y + self.z).exists())

    def test_set_keeps_without_cascade(self):
        target = self.env["test_orm.target"].create(
            {"setnull_ids": [Command.create({"name": "p"}), Command.create({"name": "q"})]}
        )
        first, second = target.setnull_ids
        target.setnull_ids = [Command.set(second.ids)]
        self.assertEqual(target.setnull_ids, second)
        self.assertFalse(first.setnull_id)

    def test_several_commands(self):
        self.order.write(
            {
                "line_ids": [
                    Command.update(self.x.id, {"quantity": 5}),
                    Command.delete(self.y.id),
                    Command.create({"product": "w"}),
                    (0, False, {"product": "v"}),
                ]
            }
        )
        self.assertEqual(self.order.line_ids.mapped("product"), ["x", "z", "w", "v"])
        self.assertEqual(self.order.quantity_total, 8)

    def test_lists_instead_of_tuples(self):
        self.order.write({"line_ids": [[4, self.x.id], [1, self.x.id, {"product": "list"}], [2, self.y.id, False]]})
        self.assertEqual(self.order.line_ids.mapped("product"), ["list", "z"])

    def test_assign_recordset(self):
        self.order.line_ids = self.x
        self.assertEqual(self.order.line_ids, self.x)
        self.assertFalse(self.y.exists())

    def test_assign_false(self):
        self.order.line_ids = False
        self.assertFalse(self.order.line_ids)

    def test_subtract_and_add(self):
        self.order.line_ids -= self.y
        self.assertEqual(self.order.line_ids, self.x + self.z)
        self.order.line_ids |= self.Line.create({"order_id": self.order.id, "product": "w"})
        self.assertEqual(len(self.order.line_ids), 3)

    def test_inverse_in_cache(self):
        self.order.line_ids
        line = self.Line.create({"order_id": self.order.id})
        self.assertIn(line, self.order.line_ids)
        line.unlink()
        self.assertNotIn(line, self.order.line_ids)

    def test_inverse_moved(self):
        other = self.Order.create({})
        self.assertFalse(other.line_ids)
        self.x.order_id = other
        self.assertEqual(other.line_ids, self.x)
        self.assertEqual(self.order.line_ids, self.y + self.z)

    def test_domain_of_field(self):
        self.assertFalse(self.order.big_line_ids)
        big = self.Line.create({"order_id": self.order.id, "quantity": 50})
        self.assertEqual(self.order.big_line_ids, big)
        self.env.invalidate_all()
        self.assertEqual(self.order.big_line_ids, big)

    def test_order_of_lines(self):
        (self.x + self.y + self.z).invalidate_recordset()
        self.z.sequence = 1
        self.env.invalidate_all()
        self.assertEqual(self.order.line_ids, self.z + self.x + self.y)

    def test_nested_commands(self):
        tag = self.env["test_orm.tag"].create({"name": "nested"})
        order = self.Order.create(
            {
                "line_ids": [
                    Command.create(
                        {"product": "a", "tag_ids": [Command.link(tag.id), Command.create({"name": "deep"})]}
                    )
                ]
            }
        )
        self.assertEqual(order.line_ids.tag_ids.mapped("name"), ["nested", "deep"])

    def test_many2one_reference_inverse(self):
        target = self.env["test_orm.target"].create({"name": "t"})
        target.write({"comment_ids": [Command.create({"text": "hello"})]})
        comment = target.comment_ids
        self.assertEqual((comment.res_model, comment.res_id), ("test_orm.target", target.id))
        self.env["test_orm.comment"].create({"res_model": "test_orm.tag", "res_id": target.id})
        self.env.invalidate_all()
        self.assertEqual(target.comment_ids, comment)

    def test_archived_lines(self):
        target = self.env["test_orm.target"].create(
            {"setnull_ids": [Command.create({"name": "a"}), Command.create({"name": "b", "active": False})]}
        )
        self.env.invalidate_all()
        self.assertEqual(target.setnull_ids.mapped("name"), ["a"])
        self.assertEqual(target.with_context(active_test=False).setnull_ids.mapped("name"), ["a", "b"])

    def test_unknown_command(self):
        with self.assertRaises((ValueError, KeyError)):
            self.order.write({"line_ids": [(9, 0, 0)]})

    def test_unknown_field_in_command(self):
        with self.assertRaisesRegex(ValueError, "no_such_field"):
            self.order.write({"line_ids": [Command.create({"no_such_field": 1})]})


class TestMany2many(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Person = cls.env["test_orm.person"]
        cls.Tag = cls.env["test_orm.tag"]
        cls.a, cls.b, cls.c = cls.Tag.create([{"name": name} for name in ("a", "b", "c")])
        cls.person = cls.Person.create({"name": "Ann", "tag_ids": [Command.set((cls.a + cls.b).ids)]})

    def test_create(self):
        self.person.write({"tag_ids": [Command.create({"name": "d"})]})
        self.assertEqual(self.person.tag_ids.mapped("name"), ["a", "b", "d"])

    def test_create_one_for_all(self):
        persons = self.person + self.Person.create({"name": "Bob"})
        persons.write({"tag_ids": [Command.create({"name": "shared"})]})
        tag = self.Tag.search([("name", "=", "shared")])
        self.assertEqual(len(tag), 1)
        self.assertEqual(tag.person_ids, persons)

    def test_update(self):
        self.person.write({"tag_ids": [Command.update(self.a.id, {"color": 7})]})
        self.assertEqual(self.a.color, 7)

    def test_delete(self):
        self.person.write({"tag_ids": [Command.delete(self.a.id)]})
        self.assertFalse(self.a.exists())
        self.assertEqual(self.person.tag_ids, self.b)

    def test_unlink(self):
        self.person.write({"tag_ids": [Command.unlink(self.a.id)]})
        self.assertTrue(self.a.exists())
        self.assertEqual(self.person.tag_ids, self.b)

    def test_link(self):
        self.person.write({"tag_ids": [Command.link(self.c.id), Command.link(self.c.id)]})
        self.assertEqual(self.person.tag_ids, self.a + self.b + self.c)
        self.env.invalidate_all()
        self.assertEqual(self.person.tag_ids, self.a + self.b + self.c)

    def test_clear(self):
        self.person.write({"tag_ids": [Command.clear()]})
        self.assertFalse(self.person.tag_ids)
        self.assertTrue((self.a + self.b).exists())

    def test_set(self):
        self.person.write({"tag_ids": [Command.set(self.c.ids)]})
        self.assertEqual(self.person.tag_ids, self.c)
        self.env.invalidate_all()
        self.assertEqual(self.person.tag_ids, self.c)

    def test_ids_instead_of_commands(self):
        self.person.write({"tag_ids": self.c.ids})
        self.assertEqual(self.person.tag_ids, self.c)

        self.person.tag_ids = self.a.ids
        self.assertEqual(self.person.tag_ids, self.a)

    def test_no_commands(self):
        self.person.write({"tag_ids": []})
        self.person.tag_ids = []
        self.assertEqual(self.person.tag_ids, self.a + self.b)
        self.person.write({"tag_ids": False})
        self.assertFalse(self.person.tag_ids)

    def test_other_side(self):
        self.c.person_ids
        self.person.tag_ids += self.c
        self.assertEqual(self.c.person_ids, self.person)
        self.c.person_ids = False
        self.assertEqual(self.person.tag_ids, self.a + self.b)

    def test_same_table_same_relation(self):
        pointer = self.env["test_orm.pointer"].create({"target_ids": [Command.create({"name": "t"})]})
        self.env.invalidate_all()
        self.assertEqual(pointer.same_target_ids, pointer.target_ids)

    def test_table_names(self):
        field = self.Person._fields["tag_ids"]
        self.assertEqual(
            (field.relation, field.column1, field.column2),
            ("test_orm_person_test_orm_tag_rel", "test_orm_person_id", "test_orm_tag_id"),
        )
        field = self.env["test_orm.pointer"]._fields["target_ids"]
        self.assertEqual(
            (field.relation, field.column1, field.column2), ("test_orm_pointer_target", "pointer", "target")
        )

    def test_archived_targets(self):
        self.a.active = False
        self.env.invalidate_all()
        self.assertEqual(self.person.tag_ids, self.b)
        self.assertEqual(self.person.with_context(active_test=False).tag_ids, self.a + self.b)

    def test_context_of_field(self):
        red = self.Tag.create([{"name": "r1", "color": 1, "active": False}, {"name": "g1", "color": 2}])
        pointer = self.env["test_orm.pointer"].create({"red_tag_ids": [Command.set(red.ids)]})
        self.env.invalidate_all()
        self.assertEqual(pointer.red_tag_ids, red[0], "the field's context shows archived ones, its domain red ones")

    def test_deletion_removes_links(self):
        self.a.unlink()
        self.assertEqual(self.person.tag_ids, self.b)
        self.person.unlink()
        self.assertFalse(self.b.person_ids)

    def test_self_relation(self):
        place = self.env["test_orm.place"].create({"name": "p"})
        place.friend_ids = place
        self.assertEqual(place.friend_ids, place)
        self.env.invalidate_all()
        self.assertEqual(place.friend_ids, place)

    def test_order_of_targets(self):
        self.person.tag_ids = [Command.set([self.c.id, self.a.id])]
        self.env.invalidate_all()
        self.assertEqual(self.person.tag_ids, self.a + self.c, "the comodel's order")


class TestDeletePolicies(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Target, cls.Pointer = cls.env["test_orm.target"], cls.env["test_orm.pointer"]
        cls.target = cls.Target.create({"name": "target"})

    def test_cascade(self):
        pointer = self.Pointer.create({"cascade_id": self.target.id})
        self.target.unlink()
        self.assertFalse(pointer.exists())

    def test_set_null(self):
        pointer = self.Pointer.create({"setnull_id": self.target.id})
        self.target.unlink()
        self.assertTrue(pointer.exists())
        self.assertFalse(pointer.setnull_id)

    def test_restrict(self):
        pointer = self.Pointer.create({"restrict_id": self.target.id})
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.target.unlink()
        self.assertTrue(self.target.exists() and pointer.exists())

    def test_attributes(self):
        fields = self.Pointer._fields
        self.assertEqual(fields["cascade_id"].ondelete, "cascade")
        self.assertEqual(fields["setnull_id"].ondelete, "set null", "the default")
        self.assertEqual(fields["restrict_id"].ondelete, "restrict")
        self.assertEqual(self.env["test_orm.order.line"]._fields["order_id"].ondelete, "cascade")
        self.assertTrue(fields["joined_id"].auto_join)
        self.assertEqual(fields["required_id"].domain, "[('color', '>', 0)]")
        self.assertEqual(fields["required_id"].context, {"key": "value"})

    def test_auto_join_search(self):
        pointer = self.Pointer.create({"name": "joined", "joined_id": self.target.id})
        self.env.flush_all()
        with self.assertQueryCount(1):
            found = self.Pointer.search([("joined_id.name", "=", "target"), ("id", "=", pointer.id)])
        self.assertEqual(found, pointer)
        self.assertEqual(self.Target.search([("pointer_ids.name", "=", "joined")]), self.target)

    def test_many2one_to_deleted_record(self):
        gone = self.Target.create({})
        gone.unlink()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.Pointer.create({"setnull_id": gone.id})
            self.env.flush_all()

    def test_many2one_values(self):
        pointer = self.Pointer.create({"setnull_id": self.target.id})
        pointer.setnull_id = False
        self.assertEqual(pointer.setnull_id, self.Target)
        pointer.setnull_id = self.target.id
        self.assertEqual(pointer.setnull_id, self.target)
        pointer.setnull_id = None
        self.assertFalse(pointer.setnull_id)
        with self.assertRaises(ValueError):
            pointer.setnull_id = self.env["test_orm.tag"].search([], limit=1)
        with self.assertRaises(ValueError):
            pointer.setnull_id = self.Target.create([{}, {}])


class TestShortAndWrongCommands(TransactionCase):
    """What a client sends for a command: shorter forms that say enough count, and the rest is refused by name."""

    WRONG = (
        (),
        (7,),
        (7, 0, 0),
        ("5", 0, 0),
        (None,),
        ([],),
        (0,),
        (0, 0),
        (0, 0, None),
        (0, 0, [1]),
        (1,),
        (1, 1),
        (1, 1, "name"),
        (2,),
        (3,),
        (4,),
        (4, [1]),
        (4, {"id": 1}),
        (4, 1.5),
        (6,),
        (6, 0),
        (6, 0, 5),
        (6, 0, "ab"),
        (6, 0, [[1]]),
        (6, 0, {"id": 1}),
    )

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Person = cls.env["test_orm.person"]
        cls.tags = cls.env["test_orm.tag"].create([{"name": "a"}, {"name": "b"}])
        cls.boss = cls.Person.create(
            {"name": "Boss", "tag_ids": [(6, 0, cls.tags.ids)], "team_ids": [(0, 0, {"name": "One"})]}
        )
        cls.one = cls.boss.team_ids

    def changed(self, name, *commands):
        """Return what the relation is after commands, from the database."""
        self.boss.write({name: list(commands)})
        self.env.invalidate_all()
        return self.boss[name]

    def test_clear(self):
        for command in ((5,), [5], (5, 0), (5, False, False)):
            self.assertFalse(self.changed("tag_ids", command))
            self.assertFalse(self.changed("team_ids", command))
            self.assertEqual(self.changed("tag_ids", (6, 0, self.tags.ids)), self.tags)
            self.assertEqual(self.changed("team_ids", (4, self.one.id)), self.one)
        self.assertFalse(self.Person.create({"name": "New", "tag_ids": [(4, self.tags[0].id), (5,)]}).tag_ids)

    def test_link_unlink_and_delete(self):
        first, second = self.tags
        self.assertEqual(self.changed("tag_ids", (3, first.id)), second)
        self.assertEqual(self.changed("tag_ids", [4, first.id]), self.tags)
        self.assertEqual(self.changed("tag_ids", (2, second.id)), first)
        self.assertFalse(self.changed("team_ids", (3, self.one.id)))
        self.assertEqual(self.changed("team_ids", (4, self.one.id)), self.one)

    def test_ids_in_any_collection(self):
        for ids in (self.tags.ids, tuple(self.tags.ids), set(self.tags.ids), iter(self.tags.ids)):
            self.boss.write({"age": 30, "tag_ids": [(5,), (6, 0, ids)]})
            self.env.invalidate_all()
            self.assertEqual(self.boss.tag_ids, self.tags)
        for nothing in ([], False, None):
            self.assertFalse(self.changed("tag_ids", (6, 0, nothing)))

    def test_in_memory(self):
        known = {"tag_ids": [(6, 0, self.tags.ids)], "team_ids": [(4, self.one.id)]}
        for command in ((5,), [5]):
            record = self.Person.new({**known, "name": "New"})
            record.update({"tag_ids": [command], "team_ids": [command]})
            self.assertFalse(record.tag_ids)
            self.assertFalse(record.team_ids)

    def test_onchange(self):
        spec = {"name": {}, "tag_ids": {"fields": {"name": {}}}, "team_ids": {"fields": {"name": {}}}}
        for name in ("tag_ids", "team_ids"):
            answer = self.boss.onchange({"name": "Boss", name: [[5]]}, [name], spec)
            self.assertNotIn("warning", answer)

    def assert_refused(self, name, command, function):
        with self.subTest(field=name, command=command), self.assertRaises(ValueError) as caught:
            function()
        self.assertIn(f"test_orm.person.{name}", str(caught.exception))
        self.assertIn(repr(command), str(caught.exception))

    def test_wrong_commands_are_refused_whole(self):
        before = self.Person.search_count([])
        spec = {"name": {}, "tag_ids": {"fields": {"name": {}}}, "team_ids": {"fields": {"name": {}}}}
        for name in ("tag_ids", "team_ids"):
            for command in self.WRONG:
                values = {"name": "Changed", name: [(5, 0, 0), command]}
                self.assert_refused(name, command, lambda values=values: self.boss.write(values))
                self.assert_refused(name, command, lambda values=values: self.Person.create(values))
                self.assert_refused(name, command, lambda values=values: self.Person.new(values))
                self.assert_refused(
                    name, command, lambda values=values, name=name: self.boss.onchange(values, [name], spec)
                )
            for item in (7, "ab", None):
                values = {"name": "Changed", name: [(5, 0, 0), item]}
                self.assert_refused(name, item, lambda values=values: self.boss.write(values))
                self.assert_refused(name, item, lambda values=values: self.Person.create(values))
            for command in ((1, "new_1", {}), (2, "new_1", 0), (3, "new_1", 0), (4, "new_1", 0), (6, 0, ("new_1",))):
                values = {"name": "Changed", name: [command]}
                self.assert_refused(name, command, lambda values=values: self.boss.write(values))
                self.assert_refused(name, command, lambda values=values: self.Person.create(values))
            for value in (7, "ab", {"id": 1}, 1.5):
                self.assert_refused(name, value, lambda value=value, name=name: self.boss.write({name: value}))
        self.env.invalidate_all()
        self.assertEqual((self.boss.name, self.boss.tag_ids, self.boss.team_ids), ("Boss", self.tags, self.one))
        self.assertEqual(self.Person.search_count([]), before)
