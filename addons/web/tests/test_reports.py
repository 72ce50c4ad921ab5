"""Reports: what they say, and their files."""

import base64
import io
from unittest import SkipTest
from unittest.mock import patch

from lxml import html
from pypdf import PdfReader

from odoo.addons.base.models import ir_actions_report
from odoo.addons.base.models.ir_actions_report_pdf import PrintedPart, engine_state, merge_streams, paper_of, split_pdf
from odoo.exceptions import UserError
from odoo.media.printing import PrintError
from odoo.tests import TransactionCase, new_test_user

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


class TestReports(TransactionCase):
    """Reports as markup."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reports = cls.env["ir.actions.report"]

    def test_2_4_1_own_reports_compile(self):
        model = self.env["ir.model"]._get("res.bank")
        page = self.reports._render_qweb_html("base.report_irmodeloverview", model.ids)[0].decode()
        self.assertIn("res.bank", page)
        self.assertIn("bic", page)
        module = self.env["ir.module.module"].search([("name", "=", "base")])
        page = self.reports._render_qweb_html("base.report_irmodulereference", module.ids)[0].decode()
        self.assertIn("ir.actions.report", page)

    def test_2_3_9_images_in_the_page(self):
        company = self.env.company
        company.logo = base64.b64encode(
            b'<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><rect width="4" height="4"/></svg>'
        )
        converter = self.env["ir.qweb.field.image"]
        inside = converter.record_to_html(company, "logo", {"qweb_img_raw_data": True, "alt": "Logo"})
        self.assertIn('src="data:image/svg+xml;base64,', inside)
        self.assertIn('alt="Logo"', inside)
        self.assertIn('src="/web/image/res.company/', converter.record_to_html(company, "logo", {}))
        company.logo = False
        self.assertFalse(converter.record_to_html(company, "logo", {"qweb_img_raw_data": True}))


class TestPrint(TransactionCase):
    """Reports as PDF files, with the engine of this machine."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not engine_state():
            raise SkipTest("no engine makes PDF files here")
        cls.reports = cls.env["ir.actions.report"].with_context(force_report_rendering=True)
        cls.partners = cls.env["res.partner"].create([{"name": f"Partner {number}"} for number in range(3)])
        cls.report = cls.make_report(
            "web.test_partner_sheet",
            """
            <t t-call="web.html_container">
                <t t-foreach="docs" t-as="o">
                    <t t-call="web.external_layout">
                        <div class="page"><p>About <t t-out="o.name"/></p>
                            <p style="page-break-before: always" t-if="o.name.endswith('1')">More</p></div>
                    </t>
                </t>
            </t>""",
        )

    @classmethod
    def make_report(cls, key, arch, **values):
        cls.env["ir.ui.view"].create({"name": key, "key": key, "type": "qweb", "arch": f"<t t-name='{key}'>{arch}</t>"})
        return cls.env["ir.actions.report"].create(
            {"name": "Sheet", "model": "res.partner", "report_name": key, "report_type": "qweb-pdf", **values}
        )

    def printed(self, report, records, reports=None, **kw):
        """Return the text of each page of a printed report, in one line."""
        content, kind = (self.reports if reports is None else reports)._render_qweb_pdf(report, records.ids, **kw)
        self.assertEqual(kind, "pdf")
        return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]

    def test_documents_are_numbered_each_by_itself(self):
        pages = self.printed(self.report, self.partners)
        self.assertEqual(len(pages), 4)
        for page, name, number in zip(
            pages, ("Partner 0", "Partner 1", "More", "Partner 2"), ("1 / 1", "1 / 2", "2 / 2", "1 / 1"), strict=True
        ):
            self.assertIn(name, page)
            self.assertIn(f"Page {number}", page)
            self.assertIn(self.env.company.name, page)

    def test_streams_are_those_of_the_records(self):
        streams = self.reports._render_qweb_pdf_prepare_streams(self.report, {}, self.partners.ids)
        self.assertEqual(list(streams), self.partners.ids)
        parts = [found["stream"] for found in streams.values()]
        self.assertEqual([len(PdfReader(part).pages) for part in parts], [1, 2, 1])
        # together again they are what was printed, unless one of them is changed, missing or elsewhere
        self.assertEqual(PdfReader(io.BytesIO(merge_streams(parts))).page_labels, ["1", "1", "2", "1"])
        for others in (parts[:2], parts[::-1], [*parts[:2], io.BytesIO(parts[2].getvalue())]):
            self.assertIsNone(PrintedPart.whole_of(others))
            self.assertEqual(len(PdfReader(io.BytesIO(merge_streams(others))).pages), 3 if len(others) == 2 else 4)
        parts[1].truncate(100)
        self.assertIsNone(PrintedPart.whole_of(parts))

    def test_records_that_are_not_told_apart_are_printed_together(self):
        report = self.make_report(
            "web.test_partner_list",
            """<t t-call="web.basic_layout"><p t-foreach="docs" t-as="d" t-out="d.name"/></t>""",
        )
        streams = self.reports._render_qweb_pdf_prepare_streams(report, {}, self.partners.ids)
        self.assertIn(False, streams)
        [page] = self.printed(report, self.partners)
        self.assertEqual(page, "Partner 0 Partner 1 Partner 2")

    def test_attachments_are_kept_and_used_again(self):
        self.report.write({"attachment": "'%s.pdf' % object.name", "attachment_use": True})
        first, second = self.partners[:2]
        self.printed(self.report, first)
        attachment = self.report.retrieve_attachment(first)
        self.assertEqual((attachment.name, attachment.mimetype), ("Partner 0.pdf", "application/pdf"))
        first.name = "Renamed"
        attachment.name = "Renamed.pdf"
        self.assertIn("Partner 0", self.printed(self.report, first)[0])
        pages = self.printed(self.report, second | first)
        self.assertEqual([len(pages), "Partner 0" in pages[-1]], [3, True])
        self.assertTrue(self.report.retrieve_attachment(second))
        without = self.reports.with_context(report_pdf_no_attachment=True)
        self.assertIn("Renamed", self.printed(self.report, first, without)[0])
        self.report.attachment_use = False
        self.assertIn("Renamed", self.printed(self.report, first)[0])

    def test_one_file_of_other_programs_is_taken_as_it_is(self):
        def run(report, bodies, **options):
            return b"%PDF-other"

        with patch.object(type(self.reports), "_run_wkhtmltopdf", run):
            content, _kind = self.reports._render_qweb_pdf(self.report, self.partners[:1].ids)
        self.assertEqual(content, b"%PDF-other")
        self.assertIsNone(split_pdf(b"%PDF-other", 2))

    def test_paper(self):
        paper = self.env["report.paperformat"].create(
            {"name": "Label", "format": "custom", "page_width": 100, "page_height": 60, "orientation": "Portrait"}
            | {"margin_top": 15, "margin_bottom": 5, "header_spacing": 10, "dpi": 110}
        )
        self.assertEqual([paper_of(paper, landscape, {}).width for landscape in (False, True)], [100, 100])
        upright = self.env.ref("base.paperformat_euro")
        self.assertEqual((paper_of(upright, True, {}).width, paper_of(upright, False, {}).width), (297, 210))
        given = paper_of(upright, False, {"data-report-margin-top": "70", "data-report-dpi": "x"})
        self.assertEqual((given.margin_top, given.dpi, given.header_offset), (70, upright.dpi, 18))
        bare = paper_of(upright, False, {}, header=False, footer=False)
        self.assertLess(bare.margin_top, upright.margin_top)
        self.assertLess(bare.margin_bottom, upright.margin_bottom)
        self.report.paperformat_id = paper
        content = self.reports._render_qweb_pdf(self.report, self.partners[:1].ids)[0]
        box = PdfReader(io.BytesIO(content)).pages[0].mediabox
        self.assertAlmostEqual(float(box.width) / 72 * 25.4, 100, delta=0.5)
        self.assertAlmostEqual(float(box.height) / 72 * 25.4, 60, delta=0.5)

    def test_what_documents_refer_to_is_read_with_the_rights_of_the_user(self):
        user = new_test_user(self.env, "printer", groups="base.group_user")
        attachments = self.env["ir.attachment"].create(
            [
                {"name": "own.png", "raw": base64.b64decode(PIXEL), "public": True},
                {"name": "hidden.png", "raw": base64.b64decode(PIXEL), "res_model": "ir.cron", "res_id": 1},
            ]
        )
        resources = self.reports.with_user(user)._get_report_resources()
        own, hidden = (f"/web/image/{attachment.id}" for attachment in attachments)
        self.assertEqual(resources._data_uri(own), f"data:image/png;base64,{PIXEL}")
        self.assertEqual(resources._data_uri(f"{self.report.get_base_url()}{own}?unique=1"), resources._data_uri(own))
        for url in (
            hidden,
            "file:///etc/passwd",
            "http://other.example/x.png",
            f"//other.example{own}",
            "/web/static/../../../../etc/passwd",
            "/web/static/%2e%2e/__manifest__.py",
            "gopher://x",
            "http://[broken",
        ):
            with self.subTest(url=url):
                self.assertEqual(resources._data_uri(url), "data:,")
        for number in ("²", "1" * 5000, "9999999999"):
            for url in (f"/web/image?id={number}", f"/web/image/res.partner/{number}/image_128"):
                with self.subTest(url=url):
                    self.assertEqual(resources._data_uri(url), "data:,")
            sizes = f"{own}?width={number}&height={number}"
            self.assertEqual(resources._data_uri(sizes), resources._data_uri(own))
            self.assertEqual(resources._data_uri(f"/logo?company={number}"), resources._data_uri("/logo"))
        # whoever prints in the name of the system still has no more rights
        resources = self.reports.with_user(user).sudo()._get_report_resources()
        self.assertEqual(resources._data_uri(hidden), "data:,")
        self.assertTrue(resources._data_uri("/web/static/img/logo.png").startswith("data:image/png;base64,"))
        self.assertTrue(resources._data_uri("/logo.png").startswith("data:image/"))
        self.assertTrue(
            resources._data_uri("/report/barcode/QR/a%20b?width=99").startswith("data:image/svg+xml;base64,")
        )
        self.assertEqual(resources._data_uri("/report/barcode/Nonsense/a"), "data:,")

    def test_pictures_barcodes_and_scripts_in_a_document(self):
        report = self.make_report(
            "web.test_partner_label",
            """<t t-call="web.basic_layout"><img src="/web/static/img/logo.png"/><script>evil()</script>
               <img src="/report/barcode/?type=Code128&amp;value=12345"/>
               <span t-out="'4006381333931'" t-options="{'widget': 'barcode', 'symbology': 'EAN13'}"/>text</t>""",
        )
        handed_over = []
        print_documents = ir_actions_report.print_report
        with patch.object(
            ir_actions_report,
            "print_report",
            lambda documents, paper: handed_over.append(documents) or print_documents(documents, paper),
        ):
            [page] = self.printed(report, self.partners[:1])
        self.assertEqual(page, "text")
        markup = handed_over[0][0].sections[0].body
        self.assertNotIn("evil", markup)
        self.assertEqual(markup.count("data:image/svg+xml;base64,"), 2)
        self.assertEqual(markup.count("data:image/png;base64,"), 1)
        self.assertIn("<style", handed_over[0][0].styles)
        self.assertIn("data:image/png", self.reports._render_qweb_html(report, self.partners[:1].ids)[0].decode())

    def test_fonts_of_style_sheets(self):
        resources = self.reports._get_report_resources()
        fonts = {"/a/static/x.woff2": (b"font", "font/woff2"), "/a/static/y.png": (b"y", "image/png")}
        with patch.object(type(resources), "_look_up", lambda self, url: fonts.get(url)):
            text = resources._with_things(
                """@font-face { font-family: X; src: url(/a/static/x.eot); src: url('/a/static/x.eot#i') format("e"),
                url("/a/static/x.woff2") format("woff2"); font-weight: 700 } p { background: url(/a/static/y.png) }
                @font-face { font-family: 'FontAwesome'; src: url(/a/static/x.woff2) } @font-face{font-family: Z}"""
            )
        self.assertEqual(text.count("@font-face"), 1)
        self.assertIn('src: url("data:font/woff2;base64,Zm9udA==")', text)
        self.assertIn("font-weight: 700", text)
        own = "@font-face { font-family: X; src: url(data:font/woff2;base64,Zm9udA==) }"
        self.assertEqual(resources._with_things(own).replace('"', ""), own)
        self.assertIn('p { background: url("data:image/png;base64,eQ==") }', text)

    def test_long_styles_without_end_are_read_once(self):
        resources = self.reports._get_report_resources()
        for part in ("url(/", "url( ", "url('", 'url("', "url('\"", "url(    ", "@font-face{", "@font-face {src:"):
            with self.subTest(part=part):
                text = part * 200_000
                self.assertEqual(resources._with_things(text), text)
        spaces = " " * 1_000_000
        self.assertEqual(resources._with_things(f"url({spaces}'"), f"url({spaces}'")
        self.assertEqual(resources._with_things(f"url({spaces}x:y{spaces})"), 'url("data:,")')
        self.assertEqual(resources._with_things("url(/url('gopher://x(1)')"), 'url(/url("data:,")')

    def test_what_a_document_shows_is_bounded_however_often_it_shows_it(self):
        resources, looked_up = self.reports._get_report_resources(), []
        files = {
            "/x.png": (b"x" * 3_000, "image/png"),
            "/large.png": (b"x" * 30_000, "image/png"),
            "/x.css": (b"p { background: url(/x.png) }", "text/css"),
        }
        picture = f"data:image/png;base64,{base64.b64encode(files['/x.png'][0]).decode()}"

        def put(markup):
            root = html.document_fromstring(f"<html><body>{markup}</body></html>")
            resources.put_into(root)
            return html.tostring(root, encoding="unicode")

        where = "odoo.addons.base.models.ir_actions_report_resources.MAX_SIZE"
        look_up = patch.object(type(resources), "_look_up", lambda _self, url: looked_up.append(url) or files.get(url))
        with patch(where, 20_000), look_up:
            for reference in (
                '<img src="/x.png"/>',
                "<p style='background: url(/x.png)'>x</p>",
                "<style>p { background: url(/x.png) }</style>",
                "<link rel='stylesheet' href='/x.css'/>",
            ):
                with self.subTest(reference=reference), self.assertLogs(level="WARNING") as logs:
                    self.assertEqual(put(reference * 50).count(picture), 4)
                    self.assertEqual(len(logs.output), 1)
            # the next document has all the room again
            self.assertEqual(put('<img src="/x.png"/>' * 4).count(picture), 4)
            self.assertEqual(looked_up, ["/x.png", "/x.css"])
            # what is kept has a bound as well
            self.assertNotIn("base64", put('<img src="/large.png"/><img src="/other.png"/>'))
            self.assertEqual(looked_up, ["/x.png", "/x.css", "/large.png"])

    def test_right_to_left(self):
        self.env["res.lang"]._activate_lang("ar_001")
        reports, data = self.reports.with_context(lang="ar_001"), {"report_type": "pdf"}
        page = reports._render_qweb_html(self.report, self.partners[:1].ids, data=data)[0].decode()
        self.assertIn('dir="rtl"', page)
        bodies, ids, header, footer, _arguments = self.report.with_context(lang="en_US")._prepare_html(
            page, "res.partner"
        )
        self.assertEqual(ids, self.partners[:1].ids)
        self.assertIn('dir="rtl"', bodies[0])
        self.assertIn('class="topage"', footer)
        self.assertIn("o_company_logo", header)

    def test_headers_and_footers_are_those_of_their_documents(self):
        parts = "".join(
            f'<div class="header">H{number}</div>'
            f'<div class="article" data-oe-model="res.partner" data-oe-id="{number}">A{number}</div>{footer}'
            for number, footer in ((1, '<div class="footer">F1</div>'), (2, ""), (3, '<div class="footer">F3</div>'))
        )
        bodies, ids, header, footer, arguments = self.report._prepare_html(
            f'<html data-report-dpi="200"><body><main>{parts}</main></body></html>', "res.partner"
        )
        self.assertEqual((ids, arguments), ([1, 2, 3], {"data-report-dpi": "200"}))
        self.assertEqual([f"A{number}" in body for number, body in enumerate(bodies, 1)], [True] * 3)
        content = self.reports._run_wkhtmltopdf(bodies, self.report, header, footer)
        pages = [sorted(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]
        self.assertEqual(pages, [["A1", "F1", "H1"], ["A2", "H2"], ["A3", "F3", "H3"]])
        self.assertEqual(PdfReader(io.BytesIO(content)).page_labels, ["1", "1", "1"])
        self.assertEqual(len(split_pdf(content, 3)), 3)

    def test_without_engine(self):
        where = "odoo.addons.base.models.ir_actions_report_pdf.print_documents"
        with patch(where, side_effect=PrintError("no engine")), self.assertRaisesRegex(UserError, "no engine"):
            self.reports._render_qweb_pdf(self.report, self.partners.ids)

    def test_picture_of_a_document(self):
        [content] = self.reports._run_wkhtmltoimage(["<html><body>x</body></html>"], 80, 60, "jpg")
        if content is not None:
            self.assertTrue(content.startswith(b"\xff\xd8"))

    def test_2_4_4_tables_cut_for_other_programs(self):
        rows = "".join(f"<tr><td>{number}</td></tr>" for number in range(5))
        tree = html.fromstring(f'<div>a<table class="c">{rows}<tr><td><table>{rows}</table>x</td></tr></table>b</div>')
        ir_actions_report._split_table(tree, 2)
        self.assertEqual([len(table) for table in tree.findall("table")], [2, 2, 2])
        self.assertEqual({table.get("class") for table in tree.findall("table")}, {"c"})
        self.assertEqual([len(table) for table in tree.findall(".//td/table")], [2, 2, 1])
        self.assertEqual((tree.text, tree[-1].tail, tree.findall(".//td/table")[-1].tail), ("a", "b", "x"))
        self.assertEqual("".join(tree.itertext()), "a0123401234xb")

    def test_2_4_5_long_report(self):
        report = self.make_report(
            "web.test_partner_rows",
            """<t t-call="web.html_container"><t t-call="web.internal_layout"><t t-set="o" t-value="docs"/>
            <table class="table"><thead><tr><th>Number</th></tr></thead>
            <tr t-foreach="600" t-as="n"><td>row <t t-out="n"/></td></tr></table></t></t>""",
        )
        pages = self.printed(report, self.partners[:1])
        self.assertGreater(len(pages), 10)
        for number, page in enumerate(pages, 1):
            self.assertIn("Number", page)
            self.assertIn(f"{number} / {len(pages)}", page)
        self.assertIn("row 599", pages[-1])
