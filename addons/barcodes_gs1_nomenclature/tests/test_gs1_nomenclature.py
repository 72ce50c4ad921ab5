import datetime

from odoo.exceptions import ValidationError
from odoo.tests import Form, HttpCase, TransactionCase, freeze_time, new_test_user, tagged

GTIN = "0104012345123456"


class TestGs1(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.nomenclature = cls.env.ref("barcodes_gs1_nomenclature.default_gs1_nomenclature")

    def parsed(self, code):
        parts = self.nomenclature.parse_barcode(code)
        return parts if parts is None else [(part["type"], part["ai"], part["value"]) for part in parts]

    def rule(self, pattern, **values):
        return self.env["barcode.rule"].create({"name": "R", "encoding": "gs1-128", "pattern": pattern, **values})

    def test_bar8_rules_and_separators(self):
        self.assertEqual(len(self.nomenclature.rule_ids), 29)
        self.assertEqual(
            self.env.ref("barcodes_gs1_nomenclature.barcode_rule_gs1_310y").associated_uom_id,
            self.env.ref("uom.product_uom_kgm"),
        )
        for pattern in ("(300)", "(1)(2)(3)", "300", "(1)(2"):
            with self.subTest(pattern), self.assertRaisesRegex(ValidationError, "pattern"):
                self.rule(pattern)
        with self.assertRaises(ValidationError):
            self.env["barcode.rule"].create({"name": "R", "pattern": "{NN}{DD}"})
        with self.assertRaisesRegex(ValidationError, "separator"):
            self.nomenclature.gs1_separator_fnc1 = "(a"
        self.nomenclature.gs1_separator_fnc1 = " ~ "
        self.assertEqual(self.nomenclature.gs1_separator_fnc1, " ~ ")

    def test_bar8_new_rules_are_of_gs1(self):
        rules = self.env["barcode.rule"]
        self.assertEqual(rules.with_context(is_gs1=True).new().encoding, "gs1-128")
        self.assertEqual(rules.new().encoding, "any")
        form = Form(self.nomenclature, "barcodes.view_barcode_nomenclature_form")
        self.assertTrue(form.is_gs1_nomenclature)

    def test_bar9_parts(self):
        product = ("product", "01", "04012345123456")
        day = datetime.date(2027, 3, 31)
        for code, expected in [
            (GTIN, [product]),
            (f"{GTIN}17270300", [product, ("expiration_date", "17", day)]),
            (f"]C1{GTIN}10A-1#3005", [product, ("lot", "10", "A-1"), ("quantity", "30", 5)]),
            (f"\x1d{GTIN}21x\x1d3712\x1d", [product, ("lot", "21", "x"), ("quantity", "37", 12)]),
            (f"30005#{GTIN}", [("quantity", "30", 5), product]),
            ("", []),
        ]:
            with self.subTest(code):
                self.assertEqual(self.parsed(code), expected)
        part = self.nomenclature.gs1_decompose_extanded(GTIN)[0]
        self.assertEqual(part["rule"], self.env.ref("barcodes_gs1_nomenclature.barcode_rule_gs1_01"))
        self.assertEqual(part["string_value"], "04012345123456")

    def test_bar9_parts_that_nobody_knows(self):
        for code in (f"{GTIN}99", "]C1]C1", "0104012345123457", "x", "171313", "17271301", f"{GTIN}#{GTIN}##"):
            with self.subTest(code):
                self.assertIsNone(self.parsed(code))

    def test_bar9_rules_that_match_nothing_do_not_go_round(self):
        nomenclature = self.env["barcode.nomenclature"].create({"name": "N", "is_gs1_nomenclature": True})
        self.rule("()()", barcode_nomenclature_id=nomenclature.id, gs1_content_type="alpha")
        self.assertIsNone(nomenclature.parse_barcode("12"))

    def test_bar9_the_first_rule_counts(self):
        self.rule("(01)(.*)", barcode_nomenclature_id=self.nomenclature.id, type="lot", sequence=1)
        self.assertEqual(self.parsed(GTIN), [("lot", "01", "04012345123456")])

    def test_bar10_measures(self):
        self.assertEqual(self.parsed("3102002004"), [("quantity", "3102", 20.04)])
        self.assertEqual(self.parsed("3100002004"), [("quantity", "3100", 2004)])
        values = {"barcode_nomenclature_id": self.nomenclature.id, "gs1_content_type": "measure", "type": "quantity"}
        rule = self.rule(r"(30[0-9])(\w{4,})", gs1_decimal_usage=True, sequence=1, **values)
        self.assertEqual(self.parsed("30418789"), [("quantity", "304", 1.8789)])
        with self.assertRaisesRegex(ValidationError, "R"):
            self.parsed("30418a89")
        rule.pattern = r"(3.)(\w+)"
        with self.assertRaisesRegex(ValidationError, "3x"):
            self.parsed("3x12")

    def test_bar10_dates(self):
        read = self.nomenclature.gs1_date_to_date
        with freeze_time("2020-06-01"):
            self.assertEqual(read("200200"), datetime.date(2020, 2, 29))
            self.assertEqual(read("520300"), datetime.date(2052, 3, 31))
            self.assertEqual((read("700101").year, read("710101").year), (2070, 1971))
        with freeze_time("2095-06-01"):
            self.assertEqual((read("450101").year, read("460101").year, read("000101").year), (2145, 2046, 2100))
        for wrong in ("201301", "200230", "2002", "20020x", "200000"):
            with self.assertRaises(ValidationError):
                read(wrong)

    def test_bar11_searches(self):
        search = self.env["barcode.nomenclature"]._preprocess_gs1_search_args
        scanned = [("barcode", "=", GTIN)]
        self.assertEqual(search(scanned, ["product"]), scanned)
        self.env.company.nomenclature_id = self.nomenclature
        lot = f"{GTIN}1000A"
        for args, types, expected in [
            (scanned, ["product"], [("barcode", "ilike", "4012345123456")]),
            ([("barcode", "!=", GTIN)], ["product"], [("barcode", "not ilike", "4012345123456")]),
            ([("barcode", "=", lot)], ["lot"], [("barcode", "=", "00A")]),
            (["|", ("name", "=", GTIN), ("barcode", "in", [GTIN])], ["product"], None),
            (scanned, ["lot"], None),
            ([("barcode", "ilike", "000123")], ["product"], [("barcode", "ilike", "123")]),
            ([("barcode", "=", "shelf")], ["product"], None),
            ([("barcode", "=", False)], ["product"], None),
        ]:
            with self.subTest(args):
                self.assertEqual(search(args, types), args if expected is None else expected)
        self.assertEqual(search([("name", "=", GTIN)], ["product"], "name"), [("name", "ilike", "4012345123456")])


@tagged("post_install", "-at_install")
class TestSession(HttpCase):
    def test_bar11_what_separates_values(self):
        new_test_user(self.env, "gs1_clerk", groups="base.group_user")
        self.authenticate("gs1_clerk", "gs1_clerk")
        key = "gs1_group_separator_encodings"
        self.assertNotIn(key, self.make_jsonrpc_request("/web/session/get_session_info", {}))
        nomenclature = self.env.ref("barcodes_gs1_nomenclature.default_gs1_nomenclature")
        self.env.ref("base.main_company").nomenclature_id = nomenclature
        info = self.make_jsonrpc_request("/web/session/get_session_info", {})
        self.assertEqual(info[key], r"(Alt029|#|\x1D)")
