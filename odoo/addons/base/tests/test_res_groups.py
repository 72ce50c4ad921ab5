from odoo import Command
from odoo.tests import TransactionCase, new_test_user


class TestGroups(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.a, cls.b, cls.c = cls.env["res.groups"].create([{"name": name} for name in ("Aye", "Bee", "Sea")])
        cls.a.implied_ids = cls.b
        cls.b.implied_ids = cls.c
        cls.user = new_test_user(cls.env, "member", groups="base.group_user")

    def test_implications_are_transitive(self):
        self.assertEqual(self.a.trans_implied_ids, self.b + self.c)
        self.a.users = [Command.link(self.user.id)]
        self.assertLessEqual(self.a + self.b + self.c, self.user.groups_id)

    def test_new_implication_reaches_present_users(self):
        self.user.groups_id = [Command.link(self.a.id)]
        extra = self.env["res.groups"].create({"name": "Extra"})
        self.c.implied_ids = [Command.link(extra.id)]
        self.assertIn(extra, self.user.groups_id)

    def test_apply_and_remove(self):
        feature = self.env["res.groups"].create({"name": "Feature"})
        internal = self.env.ref("base.group_user")
        internal._apply_group(feature)
        self.assertIn(feature, self.user.groups_id)
        internal._remove_group(feature)
        self.user.invalidate_recordset()
        self.assertNotIn(feature, self.user.groups_id)

    def test_full_name(self):
        group = self.env.ref("base.group_system")
        self.assertEqual(group.full_name, f"{group.category_id.name} / {group.name}")
        self.assertIn(group, self.env["res.groups"].search([("full_name", "ilike", "administration / sett")]))

    def test_definitions(self):
        definitions = self.env["res.groups"]._get_group_definitions()
        everybody = definitions.parse("base.group_user,base.group_portal,base.group_public")
        self.assertTrue(everybody.matches(self.user._get_group_ids()))
        self.assertTrue((definitions.parse("base.group_user") & definitions.parse("base.group_portal")).is_empty())

    def test_copy(self):
        self.assertEqual(self.a.copy().name, "Aye (copy)")

    def test_2_9_2_applying_twice_does_nothing(self):
        feature = self.env["res.groups"].create({"name": "Feature"})
        internal = self.env.ref("base.group_user")
        for _i in range(3):
            internal._apply_group(feature)
        self.assertIn(feature, internal.implied_ids)
        self.assertIn(feature, self.user.groups_id)

    def test_2_9_2_no_groups_imply_nothing(self):
        none = self.env["res.groups"].browse()
        for command in (Command.link(self.a.id), Command.unlink(self.a.id), Command.set(self.a.ids), Command.clear()):
            self.assertTrue(none.write({"implied_ids": [command]}))
        self.assertTrue(none.write({"users": [Command.link(self.user.id)]}))
        none._apply_group(self.a)
        none._remove_group(self.a)
        self.assertNotIn(self.a, self.user.groups_id)

    def test_2_9_2_groups_that_are_not_saved(self):
        new = self.env["res.groups"].new({"name": "Draft"})
        new.write({"implied_ids": [Command.link(self.c.id)]})
        self.assertEqual(new.implied_ids._origin, self.c)

    def test_users_of_new_groups_join_the_groups_implied(self):
        group = self.env["res.groups"].create(
            {"name": "New", "users": [Command.link(self.user.id)], "implied_ids": [Command.link(self.a.id)]}
        )
        self.assertLessEqual(group + self.a + self.b + self.c, self.user.groups_id)
        self.assertIn(group.id, self.user._get_group_ids())

    def test_2_9_7_groups_by_application(self):
        above = self.env["ir.module.category"].create({"name": "Harbour", "sequence": 7})
        [boats, ropes, knots] = self.env["ir.module.category"].create(
            [
                {"name": "Boats", "parent_id": above.id},
                {"name": "Ropes"},
                {"name": "Knots", "parent_id": above.id},
            ]
        )
        (self.a + self.b + self.c).category_id = boats
        [single] = self.env["res.groups"].create([{"name": "Rope maker", "category_id": ropes.id}])
        loose = self.env["res.groups"].create(
            [{"name": name, "category_id": knots.id} for name in ("Bowline", "Hitch")]
        )
        applications = {entry[0]: entry[1:] for entry in self.env["res.groups"].get_groups_by_application()}
        self.assertEqual(applications[boats], ("selection", self.c + self.b + self.a, (7, "Harbour")))
        self.assertEqual(applications[ropes], ("selection", single, (100, "Other")))
        self.assertEqual(applications[knots], ("boolean", loose, (7, "Harbour")))
        none = self.env["ir.module.category"]
        self.assertEqual((applications[none][0], applications[none][2]), ("boolean", (100, "Other")))

    def test_2_9_10_own_cache_of_groups(self):
        """Written groups are known at once; the cache of everything else stays."""
        definitions = self.env["res.groups"]._get_group_definitions()
        self.env["ir.model.data"]._xmlid_to_res_id("base.group_user")
        self.c.comment = "At sea"
        with self.assertQueryCount(0):
            self.env["ir.model.data"]._xmlid_to_res_id("base.group_user")
        self.assertIsNot(self.env["res.groups"]._get_group_definitions(), definitions)
