"""X1t: trees that are cleaned, and documents that are checked by schemas."""

import io

from lxml import etree

from odoo.exceptions import UserError
from odoo.tests import BaseCase, TransactionCase, new_test_user
from odoo.tools import cleanup_xml_node
from odoo.tools.xml_utils import _check_with_xsd, validate_xml_from_attachment

LETTER = """<letter>
<empty/><blank>   </blank>
    <head><to>Ann</to><cc></cc></head><hollow> <inner>
</inner></hollow></letter>"""


class TestCleanup(BaseCase):
    """Blank texts and elements go, the rest is indented."""

    def assertCleaned(self, expected, source=LETTER, **options):
        """Check the text of a cleaned tree, whether it was given as text, as bytes or as a tree."""
        for given in (source, source.encode(), etree.fromstring(source)):
            cleaned = cleanup_xml_node(given, **options)
            self.assertEqual(etree.tostring(cleaned, encoding="unicode"), expected)
            if isinstance(given, etree._Element):
                self.assertIs(cleaned, given)

    def test_x1t_everything_blank_goes(self):
        self.assertCleaned("<letter>\n  <head>\n    <to>Ann</to>\n  </head>\n</letter>\n")

    def test_x1t_blank_text_stays(self):
        self.assertCleaned(
            "<letter>\n  <blank>   </blank>\n  <head>\n    <to>Ann</to>\n  </head>\n"
            "  <hollow>\n    <inner>\n</inner>\n  </hollow>\n</letter>\n",
            remove_blank_text=False,
        )

    def test_x1t_blank_elements_stay(self):
        self.assertCleaned(
            "<letter>\n  <empty/>\n  <blank></blank>\n  <head>\n    <to>Ann</to>\n    <cc/>\n  </head>\n"
            "  <hollow>\n    <inner></inner>\n  </hollow>\n</letter>\n",
            remove_blank_nodes=False,
        )

    def test_x1t_everything_stays(self):
        self.assertCleaned(
            "<letter>\n  <empty/>\n  <blank>   </blank>\n  <head>\n    <to>Ann</to>\n    <cc/>\n  </head>\n"
            "  <hollow>\n    <inner>\n</inner>\n  </hollow>\n</letter>\n",
            remove_blank_nodes=False,
            remove_blank_text=False,
        )

    def test_x1t_indentation(self):
        self.assertCleaned(
            "<letter>\n\t\t<head>\n\t\t\t<to>Ann</to>\n\t\t</head>\n\t</letter>\n", indent_level=1, indent_space="\t"
        )
        self.assertCleaned("<letter>\n<head>\n<to>Ann</to>\n</head>\n</letter>\n", indent_space="")

    def test_x1t_line_breaks_as_they_are(self):
        self.assertCleaned("<a>\n<b>x</b>\n\n   <c>y</c></a>", "<a>\n<b>x</b>\n\n   <c>y</c></a>", indent_level=-1)
        self.assertCleaned(
            "<letter>\n<empty/><blank></blank>\n    <head><to>Ann</to><cc/></head>"
            "<hollow> <inner></inner></hollow></letter>",
            indent_level=-1,
            remove_blank_nodes=False,
        )

    def test_x1t_texts_between_elements_stay(self):
        self.assertCleaned(
            "<a>one<b>two</b>three<c>four</c>\n</a>\n",
            "<a>one<b>two</b>three<c>four</c>\n  </a>",
        )
        self.assertCleaned("<a>\n  <b/>text</a>\n", "<a><b/>text</a>")

    def test_x1t_other_nodes(self):
        self.assertCleaned('<a>\n  <!-- remark -->\n  <b c="1"/>\n</a>\n', '<a><!-- remark --><b c="1"/></a>')
        self.assertCleaned("<a/>\n", "<a/>")
        root = etree.fromstring("<a><b><c>1</c></b>\n</a>")
        cleanup_xml_node(root[0])
        self.assertEqual(etree.tostring(root), b"<a><b>\n  <c>1</c>\n</b>\n</a>")


NAME = '<xs:element name="name" type="xs:token"/>'
SCHEMA = f"""<?xml version="1.0" encoding="utf-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{NAME}</xs:schema>"""
OUTER = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
    <xs:include schemaLocation="names.xsd"/>
    <xs:element name="names"><xs:complexType><xs:sequence>
        <xs:element ref="name" maxOccurs="unbounded"/>
    </xs:sequence></xs:complexType></xs:element>
</xs:schema>"""


class TestSchemas(TransactionCase):
    """Schemas come from streams, and from attachments that may include others."""

    def _attach(self, **schemas):
        self.env["ir.attachment"].create(
            [{"name": f"{name.replace('__', '.')}.xsd", "raw": text.encode()} for name, text in schemas.items()]
        )

    def test_streams(self):
        for document in ("<name>Ann</name>", b"<name>Ann</name>", etree.fromstring("<name>Ann</name>")):
            _check_with_xsd(document, io.BytesIO(SCHEMA.encode()))
        _check_with_xsd('<?xml version="1.0" encoding="utf-8"?><name>Ann</name>', io.BytesIO(SCHEMA.encode()), self.env)
        with self.assertRaisesRegex(UserError, "'surname'"):
            _check_with_xsd("<surname/>", io.BytesIO(SCHEMA.encode()))

    def test_attachments(self):
        self._attach(names=SCHEMA, all=OUTER)
        _check_with_xsd("<names><name>Ann</name><name>Bob</name></names>", "all.xsd", self.env)
        with self.assertRaises(UserError) as refusal:
            _check_with_xsd("<names><name/><other/></names>", "all.xsd", self.env)
        self.assertIn("'other'", str(refusal.exception))
        with self.assertRaisesRegex(FileNotFoundError, r"nowhere\.xsd"):
            _check_with_xsd("<name/>", "nowhere.xsd", self.env)

    def test_schemas_that_the_user_may_not_read(self):
        self._attach(names=SCHEMA)
        self.env["ir.attachment"].search([("name", "=", "names.xsd")]).public = False
        user = new_test_user(self.env, "x")
        with self.assertRaises(FileNotFoundError):
            _check_with_xsd("<name/>", "names.xsd", self.env(user=user))

    def test_prefixes(self):
        self._attach(my__names=SCHEMA, my__all=OUTER)
        _check_with_xsd("<names><name>Ann</name></names>", "my.all.xsd", self.env, "my")
        validate_xml_from_attachment(self.env, "<names><name>Ann</name></names>", "all.xsd", prefix="my")
        with self.assertRaises(UserError):
            validate_xml_from_attachment(self.env, "<names/>", "all.xsd", prefix="my")
        # there is no such schema, so nothing is checked
        validate_xml_from_attachment(self.env, "<names/>", "all.xsd")
