from odoo.exceptions import AccessError, ValidationError
from odoo.tests import TransactionCase, new_test_user
from odoo.tools import mute_logger


class TestRule(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(cls.env, "plain", groups="base.group_user,base.group_partner_manager")
        cls.group = cls.env["res.groups"].create({"name": "Readers", "users": [(4, cls.user.id)]})
        cls.model = cls.env.ref("base.model_res_partner_category")
        cls.red, cls.blue = cls.env["res.partner.category"].create(
            [
                {"name": "red", "color": 1},
                {"name": "blue", "color": 4},
            ]
        )
        cls.tags = cls.env["res.partner.category"].with_user(cls.user)

    def rule(self, domain, **values):
        return self.env["ir.rule"].create(
            {
                "name": "a rule",
                "model_id": self.model.id,
                "domain_force": domain,
                **values,
            }
        )

    def test_global_rules_all_hold(self):
        self.rule("[('color', '!=', 4)]")
        self.rule("[('name', '!=', 'red')]")
        self.assertFalse(self.tags.search([("id", "in", (self.red + self.blue).ids)]))

    def test_one_group_rule_is_enough(self):
        other = self.env.ref("base.group_user")
        self.rule("[('color', '=', 1)]", groups=[(4, self.group.id)])
        self.rule("[('color', '=', 4)]", groups=[(4, other.id)])
        self.assertEqual(self.tags.search([("id", "in", (self.red + self.blue).ids)]), self.red + self.blue)

    def test_rules_of_other_groups_do_not_concern(self):
        self.rule("[(0, '=', 1)]", groups=[(4, self.env.ref("base.group_system").id)])
        self.assertIn(self.red, self.tags.search([]))

    def test_modes(self):
        self.rule("[('color', '=', 1)]", perm_read=False, perm_create=False, perm_unlink=False)
        self.tags.browse(self.red.id).name = "crimson"
        blue = self.tags.browse(self.blue.id)
        self.assertEqual(blue.name, "blue")
        with mute_logger("odoo.addons.base.models.ir_rule"), self.assertRaises(AccessError) as caught:
            blue.name = "azure"
        self.assertIn("Partner Tags", str(caught.exception))
        self.assertFalse(blue.has_access("write"))
        self.assertTrue(blue.has_access("read"))

    def test_failing_rules_are_found(self):
        rule = self.rule("[('color', '=', 1)]")
        rules = self.env["ir.rule"].with_user(self.user)
        self.assertEqual(rules._get_failing(self.tags.browse(self.blue.id), "read").ids, rule.ids)
        self.assertFalse(rules._get_failing(self.tags.browse(self.red.id), "read"))

    def test_user_in_the_domain(self):
        self.rule("[('create_uid', '=', user.id)]")
        self.assertNotIn(self.red, self.tags.search([]))
        mine = self.tags.create({"name": "mine"})
        self.assertIn(mine, self.tags.search([]))

    def test_rules_of_delegated_models(self):
        self.env["ir.rule"].create(
            {
                "name": "hidden partners",
                "model_id": self.env.ref("base.model_res_partner").id,
                "domain_force": "[('ref', '!=', 'hidden')]",
            }
        )
        hidden = new_test_user(self.env, "hidden", groups="base.group_user")
        hidden.partner_id.ref = "hidden"
        visible = new_test_user(self.env, "visible", groups="base.group_user")
        visible.partner_id.ref = "shown"
        users = self.env["res.users"].with_user(self.user)
        self.assertEqual(users.search([("login", "in", ["hidden", "visible"])]), visible)

    def test_archived_rule(self):
        rule = self.rule("[('color', '=', 1)]")
        self.assertNotIn(self.blue, self.tags.search([]))
        rule.active = False
        self.assertIn(self.blue, self.tags.search([]))

    def test_bad_rules_are_refused(self):
        for domain in ("[('nowhere', '=', 1)]", "[('color', '=',", "unknown_name"):
            with self.assertRaises(ValidationError):
                self.rule(domain)
        with self.assertRaises(ValidationError):
            self.env["ir.rule"].create({"name": "r", "model_id": self.env.ref("base.model_ir_rule").id})

    def test_companies(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        partner = self.env["res.partner"].create({"name": "Theirs", "company_id": other.id})
        self.assertNotIn(partner, self.env["res.partner"].with_user(self.user).search([]))
        self.user.company_ids = [(4, other.id)]
        partners = self.env["res.partner"].with_user(self.user)
        own = self.user.company_id.id
        self.assertIn(partner, partners.with_context(allowed_company_ids=[own, other.id]).search([]))
        self.assertNotIn(partner, partners.with_context(allowed_company_ids=[own]).search([]))
