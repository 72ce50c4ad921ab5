from odoo.tests import TransactionCase


class TestNomenclature(TransactionCase):
    def setUp(self):
        """Begin with a nomenclature that has no rules."""
        super().setUp()
        self.nomenclature = self.env["barcode.nomenclature"].create({"name": "Shop", "upc_ean_conv": "always"})

    def rule(self, pattern, encoding="any", **values):
        return self.env["barcode.rule"].create(
            {
                "name": pattern,
                "barcode_nomenclature_id": self.nomenclature.id,
                "encoding": encoding,
                "pattern": pattern,
                **values,
            }
        )

    def parsed(self, code, pattern=None, encoding="any"):
        if pattern:
            self.nomenclature.rule_ids.unlink()
            self.rule(pattern, encoding)
        result = self.nomenclature.parse_barcode(code)
        return result["type"], result["base_code"], result["value"]

    def test_bar1_what_is_there(self):
        default = self.env.ref("barcodes.default_barcode_nomenclature")
        self.assertEqual(default.upc_ean_conv, "always")
        self.assertEqual(default.rule_ids.mapped("pattern"), [".*"])
        self.assertEqual(self.env["res.company"].create({"name": "New"}).nomenclature_id, default)

    def test_bar3_nothing_fits(self):
        self.assertEqual(
            self.nomenclature.parse_barcode("2012345610255"),
            {"encoding": "", "type": "error", "code": "2012345610255", "base_code": "2012345610255", "value": 0},
        )
        self.assertEqual(self.parsed("0002343321213", ".*", "ean13")[0], "error")

    def test_bar3_the_first_rule_counts(self):
        self.rule("31.*", sequence=2)
        self.rule("3[12].*", sequence=1, encoding="ean8")
        self.assertEqual(self.nomenclature.parse_barcode("31012348")["encoding"], "ean8")
        self.assertEqual(self.nomenclature.parse_barcode("310")["encoding"], "any")
        self.assertEqual(self.nomenclature.parse_barcode("320")["type"], "error")

    def test_bar3_aliases(self):
        self.rule("99.*", type="alias", alias="12345670", sequence=1)
        result = self.nomenclature.parse_barcode("9900")
        self.assertEqual((result["type"], result["code"]), ("error", "12345670"))
        self.rule(".*", "ean8", sequence=2)
        result = self.nomenclature.parse_barcode("9900")
        self.assertEqual((result["type"], result["code"], result["encoding"]), ("product", "12345670", "ean8"))

    def test_bar4_numbers(self):
        for code, encoding, pattern, base_code, value in [
            ("12345670", "ean8", "{NNNNNNNN}", "00000000", 12345670),
            ("11012344", "ean8", "11.....{N}", "11012340", 4),
            ("66012344", "ean8", "66{NN}....", "66002344", 1),
            ("1020034051259", "ean13", "1........{NND}.", "1020034050009", 12.5),
            ("2012345610255", "ean13", ".....{NNNDDDD}.", "2012300000008", 456.1025),
            (r"A{0425", "any", r"A\{0{NN}.", r"A{0005", 42),
            ("A12", "any", "A{D}.", "A02", 0.1),
            ("1234567890128", "any", "x?1.*", "1234567890128", 0),
        ]:
            with self.subTest(pattern):
                kind, base, number = self.parsed(code, pattern, encoding)
                self.assertEqual((kind, base), ("product", base_code))
                self.assertAlmostEqual(number, value)

    def test_bar4_wrong_check_digits(self):
        self.assertEqual(self.parsed("12345678", ".*", "ean8")[0], "error")
        self.assertEqual(self.parsed("2012345610254", ".*", "ean13")[0], "error")

    def test_bar5_patterns_and_check_digits(self):
        match = self.nomenclature.match_pattern
        self.assertEqual(match("66012344", "66{NN}"), {"value": 1, "base_code": "66002344", "match": True})
        self.assertEqual(match("abc", "66{NN}"), {"value": 0, "base_code": "abc", "match": False})
        self.assertEqual(self.nomenclature.sanitize_ean("201234561025"), "0201234561026")
        self.assertEqual(self.nomenclature.sanitize_ean("2012345610250"), "2012345610255")
        self.assertEqual(self.nomenclature.sanitize_upc("725272730700"), "725272730706")

    def test_bar6_identifiers_of_products(self):
        for uri, product, lot in [
            ("urn:epc:class:lgtin : 4012345.012345.998877", "04012345123456", "998877"),
            ("urn:epc:id:sgtin:9521141.012345.4711", "09521141123454", "4711"),
            ("urn:epc:tag:sgtin-96 : 1.358378.0728089.620776", "03583787280898", "620776"),
        ]:
            parsed = self.nomenclature.parse_barcode(uri)
            self.assertEqual([(part["type"], part["code"]) for part in parsed], [("product", product), ("lot", lot)])
            self.assertEqual(parsed[1], {"base_code": uri, "code": lot, "encoding": "", "type": "lot", "value": lot})

    def test_bar6_identifiers_of_packages(self):
        for uri, code in [
            ("urn:epc:id:sscc:952656789012.03456", "095265678901234568"),
            ("urn:epc:tag:sscc-96:2.952656789012.03456", "095265678901234568"),
        ]:
            parsed = self.nomenclature.parse_barcode(uri)
            self.assertEqual((parsed["type"], parsed["code"], parsed["base_code"]), ("package", code, uri))

    def test_bar6_other_texts(self):
        for text in ("urn:epc:id:gdti:1.2.3", "urn:epc:id:sgtin:95x.1.2", "urn:", "urn:epc:id:sscc:1.", "12"):
            self.assertEqual(self.nomenclature.parse_uri(text), text)

    def test_bar12b_the_encoding_is_that_of_what_was_scanned(self):
        self.rule("0.*", "ean13")
        self.assertEqual(self.nomenclature.parse_barcode("072527273070")["type"], "error")
