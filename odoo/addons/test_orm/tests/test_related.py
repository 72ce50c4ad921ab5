"""Related fields."""

from odoo.tests import TransactionCase, new_test_user


class TestRelated(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Order = cls.env["test_orm.order"]
        cls.tag = cls.env["test_orm.tag"].create({"name": "tag"})
        cls.boss = cls.env["test_orm.person"].create({"name": "Boss"})
        cls.person = cls.env["test_orm.person"].create(
            {"name": "Ann", "email": "ann@example.com", "boss_id": cls.boss.id, "tag_ids": [(4, cls.tag.id)]}
        )
        cls.order = cls.Order.create({"person_id": cls.person.id})

    def test_read(self):
        self.assertEqual(self.order.person_name, "Ann")
        self.assertEqual(self.order.person_email, "ann@example.com")
        self.assertEqual(self.order.boss_name, "Boss")
        self.assertEqual(self.order.person_tag_ids, self.tag)

    def test_follows(self):
        self.order.mapped("person_email")
        self.person.write({"name": "Bea", "email": "bea@example.com"})
        self.boss.name = "Chief"
        self.assertEqual(
            (self.order.person_name, self.order.person_email, self.order.boss_name), ("Bea", "bea@example.com", "Chief")
        )

    def test_stored_is_in_database(self):
        self.person.name = "Cid"
        self.env.flush_all()
        self.env.cr.execute("SELECT person_name FROM test_orm_order WHERE id = %s", [self.order.id])
        self.assertEqual(self.env.cr.fetchone()[0], "Cid")

    def test_change_of_link(self):
        other = self.env["test_orm.person"].create({"name": "Other"})
        self.order.person_id = other
        self.assertEqual(
            (self.order.person_name, self.order.person_email, self.order.boss_name), ("Other", False, False)
        )
        self.assertFalse(self.order.person_tag_ids)

    def test_write_through(self):
        self.order.person_email = "new@example.com"
        self.assertEqual(self.person.email, "new@example.com")

    def test_write_through_on_create(self):
        order = self.Order.create({"person_id": self.person.id, "person_email": "created@example.com"})
        self.assertEqual(self.person.email, "created@example.com")
        self.assertEqual(order.person_email, "created@example.com")

    def test_write_through_without_link(self):
        order = self.Order.create({})
        order.person_email = "lost@example.com"
        self.env.invalidate_all()
        self.assertFalse(order.person_email)

    def test_search(self):
        other = self.Order.create({})
        domain = [("id", "in", (self.order + other).ids)]
        self.assertEqual(self.Order.search([("person_email", "=", "ann@example.com"), *domain]), self.order)
        self.assertEqual(self.Order.search([("boss_name", "=", "Boss"), *domain]), self.order)
        self.assertEqual(self.Order.search([("boss_name", "=", False), *domain]), other)
        self.assertEqual(self.Order.search([("person_tag_ids", "in", self.tag.ids), *domain]), self.order)

    def test_2_1_1_negated_path_through_related_relation(self):
        untagged = self.Order.create({"person_id": self.boss.id})
        orders = self.order + untagged + self.Order.create({})
        self.boss.active = False
        for term, found in (
            (("person_tag_ids.name", "=", "tag"), self.order),
            (("person_tag_ids.name", "!=", "tag"), self.Order),
            (("person_id.boss_id.name", "=", "Boss"), self.order),
            (("person_id.boss_id.name", "ilike", "nobody"), self.Order),
        ):
            with self.subTest(term):
                self.assertEqual(self.Order.search([term, ("id", "in", orders.ids)]), found)
                self.assertEqual(self.Order.search(["!", term, ("id", "in", orders.ids)]), orders - found)
                self.assertEqual(orders.filtered_domain(["!", term]), orders - found)

    def test_in_memory(self):
        order = self.Order.new({"person_id": self.person})
        self.assertEqual((order.person_name, order.boss_name), ("Ann", "Boss"))
        order.person_id = self.boss
        self.assertEqual((order.person_name, order.boss_name), ("Boss", False))

    def test_write_in_memory_leaves_the_record_alone(self):
        order = self.Order.new(origin=self.order)
        order.person_email = "only@memory"
        self.assertEqual(order.person_email, "only@memory")
        self.assertEqual(self.person.email, "ann@example.com")

    def test_attributes(self):
        fields = self.Order._fields
        self.assertFalse(fields["boss_name"].store)
        self.assertTrue(fields["boss_name"].readonly)
        self.assertFalse(fields["person_name"].copy)
        self.assertEqual(fields["boss_name"].related, "person_id.boss_id.name")
        line = self.env["test_orm.order.line"]
        self.assertEqual(
            line.fields_get(["order_state"])["order_state"]["selection"],
            self.Order.fields_get(["state"])["state"]["selection"],
        )

    def test_related_sudo(self):
        user = new_test_user(self.env, "related_user")
        self.env["ir.model.access"].search([("model_id.model", "=", "test_orm.person")]).active = False
        order = self.order.with_user(user)
        self.env.invalidate_all()
        self.assertEqual(order.boss_name, "Boss", "what is related is read as superuser")

    def test_selection_label_of_related(self):
        line = self.env["test_orm.order.line"].create({"order_id": self.order.id})
        self.assertEqual(line.order_state, "draft")
        self.order.state = "sent"
        self.assertEqual(line.order_state, "sent")
        self.assertEqual(self.env["test_orm.order.line"].search([("order_state", "=", "sent")]), line)

    def test_order_without_column(self):
        Line = self.env["test_orm.order.line"]
        orders = self.Order.create([{"name": name} for name in ("b", "c", "a")])
        lines = Line.create([{"order_id": order.id} for order in orders])
        domain = [("id", "in", lines.ids)]
        self.assertEqual(Line.search(domain, order="order_name").mapped("order_name"), ["a", "b", "c"])
        lines[0].order_id = orders[1]
        orders[1].name = "0"
        self.assertEqual(Line.search(domain, order="order_name desc, id").mapped("order_name"), ["a", "0", "0"])

    def test_order_through_two_links(self):
        bosses = self.env["test_orm.person"].create([{"name": "Zoe"}, {"name": "Abe"}])
        people = self.env["test_orm.person"].create([{"name": "x", "boss_id": boss.id} for boss in bosses])
        orders = self.Order.create([{"person_id": person.id} for person in people])
        found = self.Order.search([("id", "in", orders.ids)], order="boss_name")
        self.assertEqual(found.mapped("boss_name"), ["Abe", "Zoe"])

    def test_order_needs_links_to_one(self):
        with self.assertRaises(ValueError):
            self.Order.search([], order="line_count")
