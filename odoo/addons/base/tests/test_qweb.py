"""Templates: namespaces, white space, comments, names and widgets."""

import base64
import io

from lxml import etree
from PIL import Image

from odoo.addons.base.models.ir_qweb import QWebException, render
from odoo.exceptions import MissingError
from odoo.tests import TransactionCase


class TestQWeb(TransactionCase):
    """Templates given as XML, and as views."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.qweb = cls.env["ir.qweb"]
        cls.views = cls.env["ir.ui.view"]

    def run_xml(self, xml, values=None, **options):
        return str(self.qweb._render(etree.fromstring(xml), values, **options))

    def view(self, arch, key=None):
        return self.views.create({"name": key or "template", "key": key, "type": "qweb", "arch": arch})

    def test_2_3_1_template_tag_under_a_default_namespace(self):
        written = self.run_xml('<Invoice xmlns="urn:a"><X><t t-esc="1"/></X></Invoice>')
        self.assertEqual(written, '<Invoice xmlns="urn:a"><X>1</X></Invoice>')
        written = self.run_xml('<a xmlns="urn:a"><t t-if="1"><t t-set="b" t-value="2"/></t><t t-out="b"/></a>')
        self.assertEqual(written, '<a xmlns="urn:a">2</a>')
        # an element of another vocabulary that has a prefix is no directive
        written = self.run_xml('<w:p xmlns:w="urn:w"><w:t>x</w:t></w:p>')
        self.assertEqual(written, '<w:p xmlns:w="urn:w"><w:t>x</w:t></w:p>')

    def test_2_3_2_called_templates_declare_no_namespace_again(self):
        self.view('<t><c:b xmlns:c="urn:c" xmlns:d="urn:d"><d:e/></c:b></t>', "base.test_called")
        called = '<c:b xmlns:d="urn:d"><d:e></d:e></c:b>'
        for _twice in range(2):
            caller = '<c:a xmlns:c="urn:c"><t t-call="base.test_called"/></c:a>'
            self.assertEqual(self.run_xml(caller), f'<c:a xmlns:c="urn:c">{called}</c:a>')
            # elsewhere it does
            self.assertIn('<c:b xmlns:c="urn:c"', self.run_xml('<a><t t-call="base.test_called"/></a>'))
            self.assertIn('<c:b xmlns:c="urn:c"', self.run_xml('<c:a xmlns:c="u"><t t-call="base.test_called"/></c:a>'))

    def test_2_3_4_structure_leaves_no_blank_lines(self):
        for template, expected in [
            (
                '<div>\n  <t t-foreach="[1,2]" t-as="i">\n    <a/>\n  </t>\n</div>',
                "<div>\n    <a></a>\n    <a></a>\n</div>",
            ),
            ('<div>\n  <t t-if="0">\n    <a/>\n  </t>\n</div>', "<div>\n</div>"),
            ('<div>\n  <t t-if="1">\n    <a/>\n  </t>\n  <b/>\n</div>', "<div>\n    <a></a>\n  <b></b>\n</div>"),
            ('<div>\n  <a t-if="0"/>\n  <b/>\n</div>', "<div>\n  <b></b>\n</div>"),
            ('<div>\n  <a t-if="0"/>\n  <b t-else=""/>\n</div>', "<div>\n  <b></b>\n</div>"),
            ('<ul>\n  <li t-foreach="2" t-as="i" t-out="i"/>\n</ul>', "<ul>\n  <li>0</li>\n  <li>1</li>\n</ul>"),
            ('<div>\n  <t t-set="x" t-value="1"/>\n  <t t-out="x"/>\n</div>', "<div>\n  1\n</div>"),
            ('<div>\n  <t t-if="1">text</t>\n</div>', "<div>\n  text\n</div>"),
            ('<t>a <t t-if="1"> b </t> c</t>', "a  b  c"),
        ]:
            with self.subTest(template=template):
                self.assertEqual(self.run_xml(template), expected)

    def test_2_3_5_comments_are_kept_on_request(self):
        arch = "<t><div><!-- a --><?pi b?><b/></div></t>"
        view = self.view(arch)
        self.assertEqual(self.qweb._render(view.id), "<div><b></b></div>")
        kept = "<div><!-- a --><?pi b?><b></b></div>"
        self.assertEqual(self.qweb.with_context(preserve_comments=True)._render(view.id), kept)
        self.assertEqual(self.run_xml(arch, preserve_comments=True), kept)
        self.assertEqual(self.qweb._render(view.id), "<div><b></b></div>")

    def test_2_3_6_names_of_values(self):
        for template in (
            '<t t-set="" t-value="1"/>',
            '<t t-set="a-b" t-value="1"/>',
            '<t t-set="a.b" t-value="1"/>',
            '<t t-foreach="[1]" t-as="a-b"/>',
            '<t t-foreach="[1]" t-as="2x"/>',
        ):
            with self.subTest(template=template), self.assertRaisesRegex(QWebException, "is no name"):
                self.run_xml(template)
        self.assertEqual(
            self.run_xml("<t><t t-set=\"{'a': 1}\"/><t t-set='b_2' t-value='a + 1'/><t t-out='b_2'/></t>"), "2"
        )

    def test_2_3_7_unknown_number_renders_nothing_on_request(self):
        with self.assertLogs("odoo.addons.base.models.ir_qweb", "WARNING"):
            self.assertEqual(self.qweb._render(-9999, raise_if_not_found=False), "")
        with self.assertRaises(MissingError):
            self.qweb._render(-9999)

    def test_2_3_8_attributes_of_widgets(self):
        template = """<t><span t-out="3.5" t-options="{'widget': 'float', 'precision': 2}"/></t>"""
        expected = '<span data-oe-type="float" data-oe-expression="3.5">3.50</span>'
        self.assertEqual(self.run_xml(template), expected)
        options = {"alt": "code", "img_width": "40%", "img_class": "x", "img_onerror": "alert(1)"}
        image = etree.fromstring(
            self.env["ir.qweb.field.barcode"].value_to_html("123", options), etree.HTMLParser()
        ).find(".//img")
        self.assertEqual((image.get("alt"), image.get("width"), image.get("class")), ("code", "40%", "x"))
        self.assertNotIn("onerror", image.attrib)

    def test_2_3_8_field_under_branding_tells_its_path(self):
        view = self.view('<div><p><span t-field="o.name"/></p></div>')
        qweb = self.qweb.with_context(inherit_branding=True)
        span = etree.fromstring(qweb._render(view.id, {"o": self.env.company})).find(".//span")
        self.assertEqual(span.get("data-oe-xpath"), "/div[1]/p[1]/span[1]")
        self.assertEqual(span.get("data-oe-field"), "name")

    def test_2_3_9_jpeg_copy_of_a_webp_image(self):
        contents = {}
        for kind in ("WEBP", "JPEG"):
            stream = io.BytesIO()
            Image.new("RGB", (4, 4), "red").save(stream, kind)
            contents[kind] = stream.getvalue()
        converter = self.env["ir.qweb.field.image"]
        webp = base64.b64encode(contents["WEBP"])
        self.assertTrue(converter._get_src_data_b64(webp, {}).startswith("data:image/webp;base64,"))
        attachments = self.env["ir.attachment"]
        origin = attachments.create({"name": "a.webp", "raw": contents["WEBP"], "res_model": "res.users", "res_id": 1})
        attachments.create(
            {"name": "a.jpg", "raw": contents["JPEG"], "res_model": "ir.attachment", "res_id": origin.id}
        )
        expected = "data:image/jpeg;base64," + base64.b64encode(contents["JPEG"]).decode()
        self.assertEqual(converter._get_src_data_b64(webp, {}), expected)

    def test_2_3_10_time_is_within_a_day(self):
        time = self.env["ir.qweb.field.time"]
        self.assertIn("1:30", time.value_to_html(1.5, {}))
        for value in (24.0, 25.0, -1.0):
            with self.subTest(value=value), self.assertRaises(ValueError):
                time.value_to_html(value, {})

    def test_2_3_11_without_database(self):
        templates = {
            "a": '<t t-name="a"><root>\n  <t t-foreach="items" t-as="i">\n    <t t-call="b"/>\n  </t>\n</root></t>',
            "b": '<i t-out="i"/>',
        }
        written = render("a", {"items": [1, 2]}, lambda name: (templates[name], name))
        self.assertEqual(written, "<root><i>1</i><i>2</i>\n</root>")

    def test_2_3_12_error_names_template_node_and_expression(self):
        view = self.view('<div><p t-out="1 / 0"/></div>', "base.test_error")
        with self.assertRaises(QWebException) as caught:
            self.qweb._render(view.id)
        for part in ("ZeroDivisionError", "base.test_error", "/div/p", "1 / 0"):
            self.assertIn(part, str(caught.exception))
        self.assertIn("Markup", self.qweb._IrQWeb__prepare_globals())
