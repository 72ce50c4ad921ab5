"""Templates: namespaces, white space, comments, names and widgets."""

import base64
import io
from types import SimpleNamespace
from unittest.mock import patch

from lxml import etree
from PIL import Image

from odoo.addons.base.models import ir_qweb, res_users
from odoo.addons.base.models.ir_qweb import QWebException, render
from odoo.exceptions import MissingError
from odoo.tests import TransactionCase, new_test_user


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

    def cached(self, xml, **values):
        """Render a template with a counter: how often the parts with ``{{count('x')}}`` were written."""
        calls = []

        def count(name="x"):
            calls.append(name)
            return len(calls)

        written = self.run_xml(xml, {"count": count, **values})
        return written, calls

    def test_2_3_3_text_is_kept_under_its_key(self):
        template = '<div><p t-cache="key"><t t-out="count()"/>:<t t-out="text"/></p></div>'
        self.assertEqual(self.cached(template, key="test a", text="one"), ("<div><p>1:one</p></div>", ["x"]))
        self.assertEqual(self.cached(template, key="test a", text="two"), ("<div><p>1:one</p></div>", []))
        self.assertEqual(self.cached(template, key="test b", text="two"), ("<div><p>1:two</p></div>", ["x"]))
        self.assertEqual(self.cached(template, key=("test a", 1), text="<"), ("<div><p>1:&lt;</p></div>", ["x"]))
        for nothing in (None, False, "", 0, self.env["res.partner"]):
            for _twice in range(2):
                self.assertEqual(self.cached(template, key=nothing, text=""), ("<div><p>1:</p></div>", ["x"]))
        # elsewhere in the template is another place, in another language another text
        other = template.replace("<div>", "<div><i/>").replace("</p>", '</p><p t-cache="key">z</p>')
        self.assertEqual(self.cached(other, key="test a", text="t")[0], "<div><i></i><p>1:t</p><p>z</p></div>")
        self.env["res.lang"]._activate_lang("fr_FR")
        french = self.run_xml(template, {"count": lambda: 7, "key": "test a", "text": "fr"}, lang="fr_FR")
        self.assertEqual(french, "<div><p>7:fr</p></div>")
        # templates that change take the texts with them
        self.env.registry.clear_cache("templates")
        self.assertEqual(self.cached(template, key="test a", text="three")[0], "<div><p>1:three</p></div>")

    def test_2_3_3_records_are_keys_until_they_change(self):
        template = '<p t-cache="records"><t t-out="count()"/></p>'
        records = self.env["res.partner"].create([{"name": "A"}, {"name": "B"}])
        records.flush_recordset()
        self.assertEqual(len(self.cached(template, records=records)[1]), 1)
        self.assertEqual(len(self.cached(template, records=records)[1]), 0)
        self.assertEqual(len(self.cached(template, records=records[0])[1]), 1)
        self.env.cr.execute(
            "UPDATE res_partner SET write_date = write_date + interval '1 second' WHERE id = %s", [records[1].id]
        )
        records.invalidate_recordset()
        self.assertEqual(len(self.cached(template, records=records)[1]), 1)
        self.assertEqual(len(self.cached(template, records=(records, 5))[1]), 1)
        self.assertEqual(len(self.cached(template, records=(records, 5))[1]), 0)

    def test_2_3_3_parts_that_are_written_each_time(self):
        template = """<div t-cache="'test nocache'"><t t-set="inside" t-value="1"/><t t-out="count('cached')"/>
            <b t-nocache="" t-nocache-kept="count('kept')"><t t-out="count('each')"/><t t-out="kept"/><t t-out="text"/>
            <t t-set="own" t-value="5"/><t t-out="inside or 'unset'"/><t t-out="own"/></b></div>"""
        written, calls = self.cached(template, text="one")
        self.assertEqual(calls, ["cached", "kept", "each"])
        self.assertEqual("".join(written.split()), "<div>1<b>32oneunset5</b></div>")
        written, calls = self.cached(template, text="two")
        self.assertEqual(calls, ["each"])
        self.assertEqual("".join(written.split()), "<div>1<b>12twounset5</b></div>")

    def test_2_3_3_values_from_outside_of_the_cached_part(self):
        template = """<t><t t-set="outer" t-value="'set'"/><p t-cache="key"><t t-out="outer"/>
            <t t-foreach="[1, 2]" t-as="n"><i t-nocache-n="n"><t t-out="n"/><t t-out="outer or '-'"/></i></t>
            <t t-set="outer" t-value="'changed'"/></p><t t-out="outer"/></t>"""
        for _twice in range(2):
            written = "".join(self.run_xml(template, {"key": "test outer"}).split())
            self.assertEqual(written, "<p>set<i>1-</i><i>2-</i></p>set")
        # without a key, nothing is kept and everything is seen
        written = "".join(self.run_xml(template, {"key": False}).split())
        self.assertIn("<p>set<i>1set</i><i>2set</i></p>", written)

    def test_2_3_3_only_plain_values_are_kept(self):
        for value in ("self", "[1]", "env.user", "{'a': 1}"):
            template = f'<p t-cache="\'test plain\'"><i t-nocache-a="{value}" t-out="a"/></p>'
            with self.subTest(value=value), self.assertRaisesRegex(QWebException, "t-nocache-a"):
                self.run_xml(template, {"self": object()})
        template = """<p t-cache="'test plain 2'"><i t-nocache-a="datetime.date(2024, 2, 29)" t-out="a"/></p>"""
        self.assertEqual(self.run_xml(template), "<p><i>2024-02-29</i></p>")

    def test_calls_of_templates_by_number(self):
        view = self.view('<t t-name="x"><b/></t>')
        self.assertEqual(self.run_xml(f'<t t-call="{view.id}"/>'), "<b></b>")
        for number in ("²", "1" * 4400):
            with self.subTest(digits=len(number)), self.assertRaisesRegex(QWebException, "Invalid template name"):
                self.run_xml(f'<t t-call="{number}"/>')

    def test_2_3_3_cached_parts_inside_of_others_and_of_calls(self):
        self.view(
            '<u t-cache="\'test inner\'"><t t-out="count(\'inner\')"/><s t-nocache="" t-out="count(\'each\')"/></u>',
            "base.test_inner",
        )
        template = """<p t-cache="'test outer part'"><t t-out="count('outer')"/>
            <t t-set="body"><t t-call="base.test_inner"/></t><t t-out="body"/></p>"""
        written, calls = self.cached(template)
        self.assertEqual(calls, ["outer", "inner", "each"])
        self.assertEqual("".join(written.split()), "<p>1<u>2<s>3</s></u></p>")
        written, calls = self.cached(template)
        self.assertEqual(calls, ["each"])
        self.assertEqual("".join(written.split()), "<p>1<u>2<s>1</s></u></p>")
        written, calls = self.cached('<t t-call="base.test_inner"/>')
        self.assertEqual((written, calls), ("<u>2<s>1</s></u>", ["each"]))

    def test_2_3_3_errors_and_groups(self):
        template = """<p t-cache="'test error'"><i t-nocache=""><b t-out="1 / zero"/></i></p>"""
        self.assertEqual(self.run_xml(template, {"zero": 1}), "<p><i><b>1.0</b></i></p>")
        with self.assertRaises(QWebException) as caught:
            self.run_xml(template, {"zero": 0})
        self.assertIn("1 / zero", str(caught.exception))
        self.assertIn("/p/i/b", str(caught.exception))
        with self.assertRaises(QWebException):
            self.run_xml('<p t-cache="key"/>', {"key": [object, {1, 2}]})
        # what is for members only does not reach others by way of the cache
        template = """<p t-cache="'test groups'"><b groups="base.group_system">secret</b></p>"""
        user = new_test_user(self.env, "cached", groups="base.group_user")
        self.assertIn("secret", self.run_xml(template))
        written = self.qweb.with_user(user)._render(etree.fromstring(template), {})
        self.assertNotIn("secret", written)

    def test_2_3_3_groups_in_called_templates(self):
        self.view('<b groups="base.group_system">secret</b>', "base.test_members")
        user = new_test_user(self.env, "cached", groups="base.group_user")
        call = '<t t-call="base.test_members"/>'
        self.view('<p t-cache="\'test body\'"><t t-out="0"/></p>', "base.test_around")
        for template in (
            f"<p t-cache=\"'test call'\">{call}</p>",
            f'<t t-call="base.test_around">{call}</t>',
            f'<t><t t-set="body">{call}</t><p t-cache="\'test out\'"><t t-out="body"/></p></t>',
        ):
            with self.subTest(template=template):
                self.assertIn("secret", self.run_xml(template))
                written = self.qweb.with_user(user)._render(etree.fromstring(template), {})
                self.assertEqual(written, "<p></p>")

    def test_2_3_3_developer_mode(self):
        template = """<p t-cache="'test debug'"><b groups="base.group_no_one">x</b></p>"""
        for debug, written in (("1", "<p><b>x</b></p>"), ("", "<p></p>")):
            request = SimpleNamespace(session=SimpleNamespace(debug=debug))
            with patch.object(ir_qweb, "request", request), patch.object(res_users, "request", request):
                self.assertEqual(self.run_xml(template), written)

    def test_2_3_3_templates_of_one_name(self):
        self.view('<p t-cache="key">view</p>', "base.test_named")
        self.assertEqual(self.qweb._render("base.test_named", {"key": "test name"}), "<p>view</p>")
        for text in ("one", "two"):
            template = f'<p t-name="base.test_named" t-cache="key">{text}</p>'
            self.assertEqual(self.run_xml(template, {"key": "test name"}), f"<p>{text}</p>")

    def test_2_3_3_cached_parts_and_what_templates_are_compiled_for(self):
        self.view('<c:b xmlns:c="urn:c" t-cache="key"><!--c--></c:b>', "base.test_declared")
        values = {"key": "test declared"}
        caller = '<c:a xmlns:c="urn:c"><t t-call="base.test_declared"/></c:a>'
        self.assertEqual(self.run_xml(caller, values), '<c:a xmlns:c="urn:c"><c:b></c:b></c:a>')
        declared = '<c:b xmlns:c="urn:c">%s</c:b>'
        self.assertEqual(self.qweb._render("base.test_declared", values), declared % "")
        written = self.qweb._render("base.test_declared", values, preserve_comments=True)
        self.assertEqual(written, declared % "<!--c-->")

    def test_2_3_3_marks_cannot_be_forged(self):
        text = "\ue000:0\ue001\ue0000\ue001"
        template = '<p t-cache="\'test forged\'"><t t-out="text"/><i t-nocache="">n</i></p>'
        self.assertEqual(self.run_xml(template, {"text": text}), f"<p>{text}<i>n</i></p>")

    def test_2_3_3_values_inside_of_values(self):
        template = '<t><t t-set="a"><t t-set="b" t-value="1"/></t>[<t t-out="a"/>]</t>'
        self.assertEqual(self.run_xml(template), "[]")

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
