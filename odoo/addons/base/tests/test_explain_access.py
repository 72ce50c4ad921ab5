from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user


class TestExplainAccess(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee = new_test_user(cls.env, "explain_employee", groups="base.group_user")
        cls.portal = new_test_user(cls.env, "explain_portal", groups="base.group_portal")
        cls.system = new_test_user(cls.env, "explain_system", groups="base.group_system")
        cls.partner = cls.env["res.partner"].create({"name": "Explained"})
        cls.model_id = cls.env["ir.model"]._get_id("res.partner")
        cls.group = cls.env["res.groups"].create({"name": "Explained", "users": [(4, cls.employee.id)]})

    def explain(self, asking, *args, **kwargs):
        explained = self.env["ir.model.access"].with_user(asking).explain_access(*args, **kwargs)
        return explained, {operation["operation"]: operation for operation in explained["operations"]}

    def rule(self, name, domain, **values):
        return self.env["ir.rule"].create({"name": name, "model_id": self.model_id, "domain_force": domain, **values})

    def test_permissions_of_groups(self):
        explained, operations = self.explain(self.employee, "res.bank")
        self.assertEqual(explained["user"], [self.employee.id, self.employee.name])
        self.assertEqual(list(operations), ["read", "write", "create", "unlink"])
        self.assertTrue(operations["read"]["allowed"])
        self.assertTrue(operations["read"]["access"][0]["applies"])
        self.assertFalse(operations["write"]["allowed"])
        permissions = operations["write"]["access"]
        self.assertFalse(any(permission["applies"] for permission in permissions))
        self.assertTrue(any("Contact Creation" in permission["group"] for permission in permissions))

    def test_rules_on_a_record(self):
        keep_out = self.rule("Not that one", f"[('id', '!=', {self.partner.id})]", perm_read=False)
        group_rules = self.rule("One", "[('name', '=', 'x')]", groups=[(4, self.group.id)]) + self.rule(
            "Other", "[('name', '=', 'Explained')]", groups=[(4, self.group.id)]
        )
        _explained, operations = self.explain(self.employee, "res.partner", self.partner.id)
        self.assertTrue(operations["read"]["allowed"])
        of_groups = {rule["name"]: rule["admits"] for rule in operations["read"]["rules"] if not rule["is_global"]}
        self.assertEqual((of_groups["One"], of_groups["Other"]), (False, True))
        self.assertFalse(operations["write"]["allowed"])
        refused = {rule["id"] for rule in operations["write"]["rules"] if not rule["admits"]}
        self.assertIn(keep_out.id, refused)
        self.assertFalse(operations["write"]["by_code"])
        group_rules[1].active = False
        _explained, operations = self.explain(self.employee, "res.partner", self.partner.id)
        self.assertFalse(operations["read"]["allowed"])

    def test_rules_without_a_record(self):
        rule = self.rule("Some", "[('id', '>', 0)]")
        _explained, operations = self.explain(self.system, "res.partner")
        [found] = [found for found in operations["read"]["rules"] if found["id"] == rule.id]
        self.assertEqual((found["admits"], found["domain"]), (None, "[('id', '>', 0)]"))

    def test_domains_are_told_to_those_who_may_read_rules(self):
        self.rule("Secret", "[('name', '!=', 'secret customer')]")
        explained, _operations = self.explain(self.employee, "res.partner", self.partner.id)
        self.assertNotIn("secret customer", str(explained))
        explained, _operations = self.explain(self.system, "res.partner", self.partner.id)
        self.assertIn("secret customer", str(explained))

    def test_rules_of_what_a_model_delegates_to(self):
        rule = self.rule("Hidden", f"[('id', '!=', {self.system.partner_id.id})]")
        _explained, operations = self.explain(self.system, "res.users", self.system.id, self.employee.id)
        [found] = [found for found in operations["read"]["rules"] if found["id"] == rule.id]
        self.assertEqual((found["model"], found["admits"]), ("res.partner", False))
        self.assertFalse(operations["read"]["allowed"])

    def test_a_rule_that_cannot_be_evaluated_is_told(self):
        rule = self.rule("Broken", "[('id', '!=', 0)]")
        self.env.cr.execute("UPDATE ir_rule SET domain_force = '[(nothing)]' WHERE id = %s", [rule.id])
        rule.invalidate_recordset()
        _explained, operations = self.explain(self.system, "res.partner", self.partner.id, self.employee.id)
        self.assertFalse(operations["read"]["allowed"])
        [broken] = [found for found in operations["read"]["rules"] if found["id"] == rule.id]
        self.assertIn("nothing", broken["error"])

    def test_another_user_for_administrators_only(self):
        _explained, operations = self.explain(self.system, "res.bank", False, self.employee.id)
        self.assertFalse(operations["write"]["allowed"])
        with self.assertRaises(AccessError):
            self.explain(self.employee, "res.bank", False, self.system.id)

    def test_nothing_for_visitors_of_portals(self):
        for arguments in (["res.partner"], ["res.partner", self.partner.id], ["res.partner", False, self.portal.id]):
            with self.assertRaises(AccessError):
                self.explain(self.portal, *arguments)
        with self.assertRaises(AccessError):
            self.explain(self.env.ref("base.public_user"), "res.partner")

    def test_the_superuser_may_all(self):
        explained, operations = self.explain(self.system, "res.bank", False, self.env.ref("base.user_root").id)
        self.assertTrue(explained["is_superuser"])
        self.assertTrue(all(operation["allowed"] for operation in operations.values()))

    def test_what_is_not_there(self):
        for arguments in (
            ["no.such.model"],
            [["res.partner"]],
            ["base"],
            ["res.partner", 999999999],
            ["res.partner", "1"],
            ["res.partner", False, 999999999],
            ["res.partner", False, "x"],
        ):
            with self.assertRaises(UserError):
                self.explain(self.system, *arguments)
