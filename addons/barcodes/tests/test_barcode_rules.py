from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, HttpCase, TransactionCase, new_test_user, tagged


class TestRules(TransactionCase):
    def rule(self, pattern):
        return self.env["barcode.rule"].create({"name": "Rule", "pattern": pattern})

    def test_bar2_right_patterns(self):
        for pattern in (".*", "..>>>{ND}", "66{NN}....", "{N}", "{DD}.", r"\{{N}\}", r"a\{b\}", "a|b", r"\\{NND}"):
            self.assertEqual(self.rule(pattern).pattern, pattern)

    def test_bar2_wrong_patterns(self):
        for pattern in ("*", "**>>>{ND}", "{DN}", "{NN}{DD}", "{}", "{NX}", "{N", "N}", "(", ".{3}", r"\{N}"):
            with self.subTest(pattern), self.assertRaisesRegex(ValidationError, "pattern"):
                self.rule(pattern)

    def test_bar1_who_changes_rules(self):
        clerk = new_test_user(self.env, "barcode_clerk", groups="base.group_user")
        rule = self.rule(".*").with_user(clerk)
        self.assertEqual(rule.pattern, ".*")
        for refused in (lambda: rule.write({"pattern": "1"}), rule.unlink, lambda: rule.create({"name": "x"})):
            with self.assertRaises(AccessError):
                refused()

    def test_bar1_rules_are_made_in_the_form(self):
        with Form(self.env["barcode.nomenclature"], "barcodes.view_barcode_nomenclature_form") as form:
            form.name = "Shop"
        self.assertEqual(form.record.upc_ean_conv, "always")
        with Form(self.env["barcode.rule"], "barcodes.view_barcode_rule_form") as form:
            form.name = "Weights"
            form.pattern = "21.....{NNDDD}."
        self.assertEqual((form.record.encoding, form.record.type, form.record.alias), ("any", "product", "0"))

    def test_bar7_documents_that_do_not_react(self):
        document = self.env["barcodes.barcode_events_mixin"].new({"_barcode_scanned": "123"})
        with self.assertRaises(NotImplementedError):
            document._on_barcode_scanned()
        self.assertFalse(document._barcode_scanned)
        self.assertIsNone(document._on_barcode_scanned())


@tagged("post_install", "-at_install")
class TestSession(HttpCase):
    def test_bar7_how_fast_scanners_are(self):
        new_test_user(self.env, "barcode_clerk", groups="base.group_user")
        new_test_user(self.env, "barcode_customer", groups="base.group_portal")
        self.authenticate("barcode_clerk", "barcode_clerk")
        parameters = self.env["ir.config_parameter"]
        key = "max_time_between_keys_in_ms"
        for value, expected in ((None, 150), ("75", 75), ("fast", 150)):
            parameters.set_param("barcode.max_time_between_keys_in_ms", value)
            info = self.make_jsonrpc_request("/web/session/get_session_info", {})
            self.assertEqual(info[key], expected)
        self.authenticate("barcode_customer", "barcode_customer")
        self.assertNotIn(key, self.make_jsonrpc_request("/web/session/get_session_info", {}))

    def test_bar13_commands_are_scanned(self):
        nomenclatures = self.env["barcode.nomenclature"]
        nomenclatures.search([]).name = "Zero"
        nomenclatures.create([{"name": "First"}, {"name": "Second"}])
        action = self.env.ref("barcodes.action_barcode_nomenclature_form")
        action.domain = "[('name', '!=', 'Zero')]"
        self.start_tour(f"/odoo/action-{action.id}", "barcodes_scan_commands", login="admin")
        self.assertTrue(nomenclatures.search([("name", "=", "Changed")]))
