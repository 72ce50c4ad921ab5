from PIL import Image

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import TransactionCase, new_test_user
from odoo.tools.image import base64_to_image, image_to_base64


class TestCompany(TransactionCase):
    def test_partner_is_made_with_it(self):
        company = self.env["res.company"].create(
            {
                "name": "Lighthouse",
                "email": "light@example.com",
                "country_id": self.env.ref("base.be").id,
            }
        )
        self.assertEqual(company.partner_id.name, "Lighthouse")
        self.assertEqual((company.partner_id.email, company.partner_id.country_id.code), ("light@example.com", "BE"))
        self.assertTrue(company.partner_id.is_company)
        self.assertIn(company, self.env.user.company_ids)
        company.street = "1 Rock"
        self.assertEqual(company.partner_id.street, "1 Rock")

    def test_branches(self):
        company = self.env["res.company"].create({"name": "Trunk"})
        branch = self.env["res.company"].create({"name": "Branch", "parent_id": company.id})
        twig = self.env["res.company"].create({"name": "Twig", "parent_id": branch.id})
        self.assertEqual(twig.parent_ids, company + branch + twig)
        self.assertEqual(twig.root_id, company)
        self.assertEqual(twig.currency_id, company.currency_id)
        company.currency_id = self.env.ref("base.CHF")
        self.assertEqual(twig.currency_id.name, "CHF")
        self.assertTrue(self.env.ref("base.CHF").active)
        with self.assertRaises(ValidationError):
            twig.currency_id = self.env.ref("base.EUR")
        with self.assertRaises(UserError):
            twig.parent_id = company
        accessible = company.with_context(allowed_company_ids=[company.id, branch.id])._accessible_branches()
        self.assertEqual(accessible, company + branch)

    def test_branches_take_over_what_they_share(self):
        company = self.env["res.company"].create({"name": "Trunk", "currency_id": self.env.ref("base.CHF").id})
        draft = self.env["res.company"].new({"name": "Branch", "currency_id": self.env.ref("base.USD").id})
        draft.parent_id = company
        draft._onchange_parent_id()
        self.assertEqual(draft.currency_id, company.currency_id)
        company.color = 7
        branch = self.env["res.company"].create({"name": "Branch", "parent_id": company.id})
        self.assertEqual((branch.color, branch.root_id), (7, company))
        action = company.action_all_company_branches()
        self.assertEqual(self.env["res.company"].search(action["domain"]), branch)
        self.assertEqual(action["context"]["default_parent_id"], company.id)

    def test_form_shows_what_branches_share_read_only(self):
        arch, _view = self.env["res.company"]._get_view(view_type="form")
        self.assertEqual(
            next(node.get("readonly") for node in arch.iter("field") if node.get("name") == "currency_id"), "parent_id"
        )

    def test_logo(self):
        picture = image_to_base64(Image.new("RGB", (360, 180), "red"), "PNG")
        company, other = self.env["res.company"].create([{"name": "Plain"}, {"name": "Own", "logo": picture}])
        self.assertTrue(company.uses_default_logo)
        self.assertFalse(other.uses_default_logo)
        self.assertEqual(base64_to_image(other.logo_web).size, (180, 90))
        other.logo = False
        self.assertTrue(other.uses_default_logo)
        self.assertFalse(other.logo_web)

    def test_archive(self):
        company = self.env["res.company"].create({"name": "Busy"})
        user = new_test_user(self.env, "worker", company_id=company.id, company_ids=[(6, 0, company.ids)])
        with self.assertRaises(ValidationError):
            company.active = False
        user.active = False
        company.active = False
        self.assertFalse(company.active)

    def test_who_works_in_it_counts_at_once(self):
        company = self.env["res.company"].create({"name": "Annex"})
        manager = new_test_user(self.env, "doorman", groups="base.group_user,base.group_erp_manager")
        self.assertNotIn(company.id, manager.with_user(manager)._get_company_ids())
        company.with_user(manager).user_ids = [Command.link(manager.id)]
        self.assertIn(company.id, manager.with_user(manager)._get_company_ids())
        company.with_user(manager).user_ids = [Command.unlink(manager.id)]
        self.assertNotIn(company.id, manager.with_user(manager)._get_company_ids())

    def test_no_copies(self):
        with self.assertRaises(UserError):
            self.env.company.copy()

    def test_main_company(self):
        self.assertEqual(self.env["res.company"]._get_main_company(), self.env.ref("base.main_company"))

    def test_rule_on_companies(self):
        other = self.env["res.company"].create({"name": "Hidden"})
        user = new_test_user(self.env, "plain", groups="base.group_user")
        self.assertNotIn(other, self.env["res.company"].with_user(user).search([]))

    def test_public_user(self):
        company = self.env["res.company"].create({"name": "Open"})
        public = company._get_public_user()
        self.assertTrue(public._is_public())
        self.assertEqual(company._get_public_user(), public)

    def test_second_company_brings_features(self):
        group = self.env.ref("base.group_multi_company")
        first, second = self.env["res.company"].create([{"name": "First"}, {"name": "Second"}])
        user = new_test_user(self.env, "traveller", company_id=first.id, company_ids=[Command.set(first.ids)])
        self.assertNotIn(group, user.groups_id)
        user.company_ids += second
        self.assertIn(group, user.groups_id)
        user.company_ids = first
        self.assertNotIn(group, user.groups_id)
        draft = self.env["res.users"].new({"company_ids": [Command.set((first | second).ids)]})
        self.assertIn(group.id, draft.groups_id.ids)

    def test_environments_follow_the_company(self):
        companies = self.env["res.company"].create([{"name": "First"}, {"name": "Second"}])
        user = new_test_user(self.env, "mover", company_id=companies[0].id, company_ids=[Command.set(companies.ids)])
        env = self.env(user=user)
        self.assertEqual((env.company, env.companies), (companies[0], companies))
        user.write({"company_id": companies[1].id, "company_ids": [Command.set(companies[1].ids)]})
        self.assertEqual((env.company, env.companies), (companies[1], companies[1]))
