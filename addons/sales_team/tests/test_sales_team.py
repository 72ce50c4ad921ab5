"""Sales teams and their members."""

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import TransactionCase, new_test_user, tagged


@tagged("-at_install", "post_install")
class TestSalesTeam(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ann, cls.bob = (
            new_test_user(cls.env, login, groups="sales_team.group_sale_salesman") for login in ("ann", "bob")
        )
        cls.north, cls.south = cls.env["crm.team"].create(
            [
                {"name": "North", "sequence": 50, "member_ids": [Command.set((cls.ann | cls.bob).ids)]},
                {"name": "South", "sequence": 60},
            ]
        )

    def test_members_have_memberships(self):
        self.assertEqual(self.north.crm_team_member_ids.user_id, self.ann | self.bob)
        self.assertEqual(self.ann.sale_team_id, self.north)
        self.north.member_ids -= self.bob
        self.assertEqual(self.north.crm_team_member_ids.user_id, self.ann)
        self.assertEqual(len(self.north.crm_team_member_all_ids), 2)
        self.assertFalse(self.bob.sale_team_id)
        self.north.member_ids |= self.bob
        self.assertEqual(len(self.north.crm_team_member_all_ids), 2)
        self.assertEqual(self.env["crm.team"].search([("member_ids", "in", self.bob.ids)]), self.north)

    def test_people_are_in_one_team_unless_the_settings_say_otherwise(self):
        self.south.member_ids = self.ann
        self.assertEqual(self.north.member_ids, self.bob)
        self.assertEqual(self.ann.crm_team_ids, self.south)
        self.env["ir.config_parameter"].set_param("sales_team.membership_multi", True)
        self.south.member_ids |= self.bob
        self.assertEqual(self.bob.crm_team_ids, self.north | self.south)
        self.assertEqual(self.bob.sale_team_id, self.north)
        with self.assertRaises(ValidationError):
            self.env["crm.team.member"].create({"crm_team_id": self.north.id, "user_id": self.bob.id})

    def test_who_would_leave_a_team_is_told(self):
        draft = self.env["crm.team"].new({"name": "New", "member_ids": [Command.set(self.ann.ids)]})
        self.assertIn("ann", draft.member_warning)
        self.assertFalse(self.north.member_warning)

    def test_the_team_of_something_new(self):
        teams = self.env["crm.team"]
        self.assertEqual(teams.with_user(self.ann)._get_default_team_id(), self.north)
        self.assertEqual(teams._get_default_team_id(user_id=self.bob.id), self.north)
        stranger = new_test_user(self.env, "no_team", groups="sales_team.group_sale_salesman")
        chosen = teams.with_context(default_team_id=self.south.id)
        self.assertEqual(chosen._get_default_team_id(user_id=stranger.id), self.south)
        self.assertEqual(teams._get_default_team_id(stranger.id, [("name", "=", "South")]), self.south)

    def test_favourites_are_ones_own(self):
        self.ann.groups_id |= self.env.ref("sales_team.group_sale_manager")
        team = self.north.with_user(self.ann)
        self.assertTrue(team.is_favorite)
        team.is_favorite = False
        self.assertFalse(team.is_favorite)
        self.assertTrue(self.north.with_user(self.bob).is_favorite)

    def test_rights(self):
        with self.assertRaises(AccessError):
            self.north.with_user(self.ann).name = "Mine"
        tag = self.env["crm.tag"].with_user(self.ann).create({"name": "Training"})
        with self.assertRaises(AccessError):
            tag.unlink()
        with self.assertRaises(UserError):
            self.env.ref("sales_team.pos_sales_team").unlink()

    def test_members_are_of_the_company_of_their_team(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        with self.assertRaises(UserError):
            self.north.company_id = other
