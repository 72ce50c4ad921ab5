from odoo import Command
from odoo.addons.portal.controllers.pagers import _build_url_w_params, get_records_pager, pager
from odoo.addons.portal.controllers.portal_account import get_error
from odoo.addons.portal.utils import get_portal_partner
from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, tagged

from .common import PortalCase


@tagged("post_install", "-at_install")
class TestMixin(PortalCase, TransactionCase):
    """Tokens, addresses and pagers (PRT)."""

    def test_prt_1_tokens(self):
        document = self.document.copy()
        self.assertFalse(document.access_token)
        token = document.with_user(self.user)._portal_ensure_token()
        self.assertRegex(token, r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
        self.assertEqual(document._portal_ensure_token(), token)
        self.assertEqual(document.access_warning, "")
        self.assertEqual(self.env["portal.mixin"].new({}).access_url, "#")

    def test_prt_2_addresses_to_share(self):
        document, url = self.document, f"/my/documents/{self.document.id}"
        self.assertEqual(document._get_share_url(), f"{url}?access_token={self.token}")
        self.assertEqual(document._get_share_url(share_token=False), url)
        self.assertEqual(
            document._get_share_url(redirect=True, pid=self.customer.id),
            f"/mail/view?model=test.portal.document&res_id={document.id}&access_token={self.token}"
            f"&pid={self.customer.id}&hash={self.link['hash']}",
        )
        self.assertIn("auth_signup_token=", document._get_share_url(signup_partner=True))
        self.assertIn("auth_login=porter", self.theirs._get_share_url(signup_partner=True))

    def test_prt_3_addresses_of_pages(self):
        url = self.document.get_portal_url(
            suffix="/print", report_type="pdf", download=True, query_string="&a=b", anchor="end"
        )
        known = f"/my/documents/{self.document.id}/print?access_token={self.token}"
        self.assertEqual(url, f"{known}&report_type=pdf&download=true&a=b#end")

    def test_prt_4_what_opens_a_document(self):
        document, theirs = self.document, self.theirs
        shared = {"type": "ir.actions.act_url", "target": "self", "res_id": theirs.id, "url": theirs._get_share_url()}
        self.assertEqual(theirs._get_access_action(access_uid=self.user.id), shared)
        self.assertEqual(theirs.with_user(self.employee)._get_access_action(force_website=True), shared)
        action = document._get_access_action(access_uid=self.user.id, force_website=True)
        self.assertEqual(action["url"], document.access_url)
        for uid in (self.user.id, self.employee.id):
            action = document._get_access_action(access_uid=uid)
            self.assertEqual((action["type"], action["res_id"]), ("ir.actions.act_window", document.id))

    def test_prt_5_hashes(self):
        document = self.document
        self.assertRegex(self.link["hash"], r"^[0-9a-f]{64}$")
        self.assertNotEqual(self.link["hash"], document._sign_token(self.user.partner_id.id))
        self.assertNotEqual(self.link["hash"], self.theirs._sign_token(self.customer.id))
        with self.assertRaises(NotImplementedError):
            self.customer._sign_token(1)
        document.access_token = "another"
        self.assertNotEqual(self.link["hash"], document._sign_token(self.customer.id))
        self.assertFalse(document._portal_get_parent_hash_token(1))

    def test_prt_6_access_by_links(self):
        documents = self.env["test.portal.document"].with_user(self.user)
        find, id_ = documents._get_thread_with_access, self.document.id
        self.assertFalse(find(id_))
        self.assertEqual(find(self.theirs.id), self.theirs)
        self.assertTrue(find(id_, token=self.token).env.su)
        self.assertEqual(find(id_, mode="write", **self.link), self.document)
        for wrong in (
            {"token": self.token + "x"},
            {"token": "é"},
            {"token": 5},
            {**self.link, "pid": self.user.partner_id.id},
            {**self.link, "pid": "x"},
            {**self.link, "hash": "é"},
            {"hash": self.link["hash"]},
        ):
            self.assertFalse(find(id_, **wrong), wrong)
        self.assertFalse(find(0, token=self.token))
        self.assertFalse(find(999999, token=self.token))

    def test_prt_6_for_whom_a_visitor_speaks(self):
        document, other = self.document, self.user.partner_id
        hashed = document._sign_token(other.id)
        self.assertEqual(get_portal_partner(document, hashed, other.id, self.token), other)
        self.assertEqual(get_portal_partner(document, None, None, self.token), self.customer)
        self.assertFalse(get_portal_partner(document, "wrong", other.id, "wrong"))
        self.assertFalse(get_portal_partner(document, None, None, None))

    def test_prt_8_links_of_notifications(self):
        document = self.document
        message = document.message_post(body="Hello", subtype_xmlid="mail.mt_comment")
        groups = document._notify_get_recipients_groups(message, "Document", msg_vals={})
        name, belongs, values = groups[0]
        self.assertEqual(name, "portal_customer")
        self.assertTrue(belongs({"id": self.customer.id}))
        self.assertFalse(belongs({"id": self.user.partner_id.id}))
        for part in (f"access_token={self.token}", f"pid={self.customer.id}", f"hash={self.link['hash']}", "auth_"):
            self.assertIn(part, values["button_access"]["url"])
        portal = next(values for name, _belongs, values in groups if name == "portal")
        self.assertTrue(portal["active"] and portal["has_button_access"])
        document.partner_id = False
        names = [name for name, *_rest in document._notify_get_recipients_groups(message, "Document")]
        self.assertNotIn("portal_customer", names)
        nothing = self.env["test.portal.document"]._notify_get_recipients_groups(message, "Document")
        self.assertFalse(next(values for name, _belongs, values in nothing if name == "portal")["active"])

    def test_prt_26_pager(self):
        pages = pager("/my/things", 100, page="4", step=10, scope=5, url_args={"a": "b c"})
        self.assertEqual((pages["page_count"], pages["offset"]), (10, 30))
        self.assertEqual([page["num"] for page in pages["pages"]], [2, 3, 4, 5, 6])
        self.assertEqual(pages["page_first"], {"url": "/my/things?a=b+c", "num": 1})
        self.assertEqual(pages["page_previous"], {"url": "/my/things/page/3?a=b+c", "num": 3})
        self.assertEqual((pages["page_next"]["num"], pages["page_last"]["num"]), (5, 10))
        for given, shown in (("x", 1), (None, 1), (0, 1), (-5, 1), (99, 10)):
            self.assertEqual(pager("/", 100, page=given, step=10)["page"]["num"], shown)
        self.assertEqual([page["num"] for page in pager("/", 100, page=10, step=10)["pages"]], [6, 7, 8, 9, 10])
        empty = pager("/", 0)
        self.assertEqual((empty["page_count"], empty["offset"], empty["page"]["num"]), (0, 0, 1))

    def test_prt_27_neighbours(self):
        ids = [self.theirs.id, self.document.id]
        found = get_records_pager(ids, self.document)
        self.assertEqual(found["next_record"], False)
        self.assertIn(f"/my/documents/{self.theirs.id}?access_token=", found["prev_record"])
        self.assertEqual(get_records_pager([self.theirs.id], self.document), {})
        self.assertEqual(get_records_pager([self.customer.id], self.customer), {})
        self.assertEqual(get_records_pager([999999, self.document.id], self.document)["prev_record"], False)
        self.assertEqual(_build_url_w_params("/a?b=1&c=2", {"b": 3}), "/a?b=3&c=2")
        self.assertEqual(_build_url_w_params("/a?b=1", {"b": 3}, remove_duplicates=False), "/a?b=1&b=3")

    def test_prt_24_texts_of_errors(self):
        errors = {"password": {"old": "Wrong"}, "other": "Text"}
        self.assertEqual(get_error(errors, "password.old"), "Wrong")
        self.assertEqual(get_error(errors, "other"), "Text")
        for path in ("password", "password.new1", "none.at.all", "other.more"):
            self.assertIsNone(get_error(errors, path))

    def test_prt_30_keys(self):
        wizard = self.env["res.users.apikeys.description"].with_user(self.user)
        with self.assertRaises(AccessError):
            wizard.check_access_make_key()
        settings = self.env["res.config.settings"].create({"portal_allow_api_keys": True})
        settings.execute()
        wizard.check_access_make_key()
        self.assertTrue(self.env["res.config.settings"].create({}).portal_allow_api_keys)
        self.env["res.config.settings"].create({"portal_allow_api_keys": False}).execute()
        with self.assertRaises(AccessError):
            wizard.check_access_make_key()
        wizard.with_user(self.employee).check_access_make_key()

    def test_prt_43_nothing_to_share(self):
        with self.assertRaises(UserError):
            self.env["portal.mixin"].action_share()

    def test_prt_22_who_changes_the_tax_number(self):
        self.assertTrue(self.customer.can_edit_vat())
        self.customer.parent_id = self.env["res.partner"].create({"name": "Firm", "child_ids": [Command.clear()]})
        self.assertFalse(self.customer.can_edit_vat())
        self.assertTrue(self.customer._can_edit_name())
