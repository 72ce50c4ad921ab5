from odoo.tests import TransactionCase

#: what the editor makes
KEPT = (
    '<ul class="o_checklist"><li class="o_checked">done</li><li>open</li></ul>',
    '<p style="text-align: center">middle</p>',
    '<p><span style="color: rgb(211, 47, 47)">red</span></p>',
    '<table class="table table-bordered o_table"><tbody><tr><td colspan="2">a</td></tr></tbody></table>',
    '<p><a href="https://example.com" target="_blank" rel="noreferrer noopener">link</a></p>',
    '<p><img src="/web/image/1" alt="A" class="img-fluid rounded" data-attachment-id="1"></p>',
    '<div class="o_editor_banner alert alert-info" role="status"><p>note</p></div>',
    '<p><i class="fa fa-star o_stars"></i></p>',
)


class TestSanitised(TransactionCase):
    def test_what_the_editor_makes_stays(self):
        partner = self.env["res.partner"].create({"name": "Ann"})
        for content in KEPT:
            with self.subTest(content):
                partner.comment = content
                partner.invalidate_recordset()
                self.assertEqual(str(partner.comment).replace(";", ""), content.replace(";", ""))

    def test_what_could_do_harm_goes(self):
        partner = self.env["res.partner"].create({"name": "Ann"})
        partner.comment = (
            '<p onclick="go()">a<script>go()</script><a href="javascript:go()">b</a><img src="x" onerror="go()"></p>'
        )
        self.assertNotRegex(str(partner.comment), r"go\(\)|script")

    def test_clients_are_told_what_is_cleaned(self):
        views = self.env["res.partner"].get_views([(False, "form")])
        self.assertLessEqual({"sanitize", "sanitize_tags"}, set(self.env["res.partner"]._get_view_field_attributes()))
        partner = views["models"]["res.partner"]["fields"]
        self.assertTrue(all("sanitize" in field for field in partner.values() if field["type"] == "html"))
