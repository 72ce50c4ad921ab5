from unittest.mock import patch

from odoo.tests import HttpCase, new_test_user


class TestCalls(HttpCase):
    def test_2_12_5_overrides_keep_the_mark_of_what_only_reads(self):
        new_test_user(self.env, "reader")
        self.authenticate("reader", "reader")
        partners = type(self.env["res.partner"])
        seen = []

        def override(method):
            def overriding(records, *args, **kwargs):
                seen.append(records.env.cr.readonly)
                return method(records, *args, **kwargs)

            return overriding

        for name, args in (("search_read", [[("id", "=", 1)], ["name"]]), ("write", [[], {"name": "x"}])):
            with patch.object(partners, name, override(getattr(partners, name))):
                self.make_jsonrpc_request(
                    f"/web/dataset/call_kw/res.partner/{name}",
                    {"model": "res.partner", "method": name, "args": args, "kwargs": {}},
                )
        self.assertEqual(seen, [True, False])

    def test_2_14_7_menus_of_the_client(self):
        menus = self.env["ir.ui.menu"].load_menus(False)
        self.assertEqual(menus["root"]["name"], "root")
        self.assertEqual(set(menus) - {"root"}, {entry["id"] for key, entry in menus.items() if key != "root"})
        for menu_id in menus["root"]["children"]:
            self.assertEqual((menus[menu_id]["app_id"], menus[menu_id]["parent_id"]), (menu_id, False))
            self.assertEqual(menus[menu_id]["xmlid"], menus[menu_id]["xmlid"].lower())
