"""What links say: UTM-4, UTM-5, UTM-9."""

from odoo.tests import HttpCase, new_test_user, tagged

SAID = "utm_campaign=Spring&utm_source=%20paper%20&utm_medium=E-Mail"


@tagged("-at_install", "post_install")
class TestCookies(HttpCase):
    def defaults(self):
        call = {"model": "test_utm_mixin.visit", "method": "default_get", "kwargs": {}}
        names = ["campaign_id", "source_id", "medium_id"]
        answer = self.url_open("/web/dataset/call_kw", json={"params": {**call, "args": [names]}}).json()
        return {
            name: self.env[f"utm.{name.removesuffix('_id')}"].browse(id_)
            for name, id_ in answer["result"].items()
            if id_
        }

    def test_utm_4_utm_5_records_of_what_a_link_said(self):
        medium = self.env["utm.medium"].create({"name": "e-mail", "active": False})
        answer = self.url_open(f"/web/login?{SAID}")
        cookies = {cookie.name: cookie for cookie in answer.cookies}
        self.assertTrue(cookies["odoo_utm_campaign"].expires)
        new_test_user(self.env, "clerk", "base.group_user")
        self.authenticate("clerk", "clerk")
        self.url_open(f"/web/login?{SAID}")
        found = self.defaults()
        self.assertEqual((found["campaign_id"].name, found["source_id"].name), ("Spring", "paper"))
        self.assertTrue(found["campaign_id"].is_auto_campaign)
        self.assertEqual(found["medium_id"], medium)
        self.assertEqual(self.defaults(), found, "they are found again")

    def test_utm_5_only_what_changed_is_sent(self):
        self.assertIn("odoo_utm_source", self.url_open("/web/login?utm_source=a").cookies)
        self.assertNotIn("odoo_utm_source", self.url_open("/web/login?utm_source=a").cookies)
        self.assertIn("odoo_utm_source", self.url_open("/web/login?utm_source=b").cookies)
        self.assertNotIn("odoo_utm_source", self.url_open("/web/login").cookies)

    def test_utm_4_who_may_make_none_gets_none(self):
        new_test_user(self.env, "clerk", "base.group_user")
        self.env.ref("utm.access_utm_source_user").perm_create = False
        self.authenticate("clerk", "clerk")
        self.url_open("/web/login?utm_source=unknown")
        self.assertNotIn("source_id", self.defaults())

    def test_utm_4_what_sellers_clicked_on_says_nothing_of_customers(self):
        sellers = self.env.ref("sales_team.group_sale_salesman", raise_if_not_found=False)
        if not sellers:
            sellers = self.env["res.groups"].create({"name": "Sellers"})
            name = {"module": "sales_team", "name": "group_sale_salesman"}
            self.env["ir.model.data"].create({**name, "model": "res.groups", "res_id": sellers.id})
        seller = new_test_user(self.env, "clerk", "base.group_user")
        self.authenticate("clerk", "clerk")
        self.url_open(f"/web/login?{SAID}")
        self.assertEqual(set(self.defaults()), {"campaign_id", "source_id", "medium_id"})
        seller.groups_id |= sellers
        self.assertEqual(self.defaults(), {})

    def test_utm_5_utm_9_sessions_that_end(self):
        new_test_user(self.env, "clerk", "base.group_user")
        self.authenticate("clerk", "clerk")
        answer = self.url_open("/web/session/destroy", json={"params": {"utm_source": "x"}})
        self.assertEqual(answer.status_code, 200)
        self.assertNotIn("error", answer.json())
