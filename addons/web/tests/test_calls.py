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
