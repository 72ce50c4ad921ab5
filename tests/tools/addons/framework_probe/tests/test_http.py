from odoo.tests import HttpCase, JsonRpcException, new_test_user


class TestHttp(HttpCase):
    def test_public(self):
        response = self.url_open("/probe/hello")
        self.assertEqual((response.status_code, response.text), (200, "hello"))
        self.assertEqual(self.env["probe.tag"].search([]).mapped("name"), ["from http"])

    def test_user(self):
        self.env["probe.order"].create({"name": "seen"})
        new_test_user(self.env, "joe")
        self.authenticate("joe", "joe")
        self.assertEqual(self.make_jsonrpc_request("/probe/orders"), ["seen"])

    def test_not_logged_in(self):
        with self.assertRaises(JsonRpcException):
            self.make_jsonrpc_request("/probe/orders")

    def test_rpc(self):
        new_test_user(self.env, "joe2")
        uid = self.xmlrpc_common.authenticate(self.env.cr.dbname, "joe2", "joe2xxxx", {})
        self.assertTrue(uid)
        self.assertEqual(
            self.xmlrpc_object.execute_kw(self.env.cr.dbname, uid, "joe2xxxx", "probe.tag", "search_count", [[]]), 0
        )

    def test_a_page_that_is_not_there(self):
        new_test_user(self.env, "joe5")
        self.authenticate("joe5", "joe5")
        self.env.registry.clear_cache("templates")
        response = self.url_open("/probe/nothing", headers={"Accept": "text/html"})
        self.assertEqual(response.status_code, 404)
        self.assertIn("<html", response.text.lower())

    def test_what_a_script_writes_is_there_for_the_test(self):
        user = self.env.ref("base.user_admin")
        user.password = "of the test"
        tag = self.xmlrpc_object.execute_kw(
            self.env.cr.dbname, user.id, "of the test", "probe.tag", "create", [{"name": "By script"}]
        )
        self.assertEqual(self.env["probe.tag"].search([]).ids, [tag])

    def test_browser(self):
        new_test_user(self.env, "joe3")
        script = "console.log(document.getElementById('login').textContent === 'joe3' ? 'test successful' : 'who?')"
        self.browser_js("/probe/page", script, login="joe3")
        self.start_tour("/probe/page", "probe", login="joe3")
        with self.assertRaises(AssertionError):
            self.browser_js("/probe/page", "console.error('broken')", login="joe3")

    def test_tours(self):
        action = self.env["ir.actions.act_window"].create({"name": "Orders", "res_model": "probe.order"})
        self.env["ir.ui.view"].create({"model": "probe.order", "arch": "<list><field name='name'/></list>"})
        new_test_user(self.env, "joe4")
        self.start_tour(f"/odoo/action-{action.id}", "probe_story", login="joe4")
        order = self.env["probe.order"].search([])
        self.assertEqual((order.name, order.state, order.line_ids.mapped("qty")), ("From a tour", "done", [3]))
        self.assertEqual(order.create_uid.login, "joe4")
        with self.assertRaisesRegex(AssertionError, r"(?s)\[2/2\] Tour probe_lost .* is not there after 300 ms"):
            self.start_tour(f"/odoo/action-{action.id}", "probe_lost", login="joe4")
