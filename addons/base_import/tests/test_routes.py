"""The door for files, and who may import (IMP-1, IMP-39)."""

import json

from odoo import http
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, TransactionCase, new_test_user


class TestRoutes(HttpCase):
    def test_imp1_files_are_kept_as_they_are(self):
        user = new_test_user(self.env, "clerk", groups="base.group_user")
        other = new_test_user(self.env, "other", groups="base.group_user")
        wizard = self.env["base_import.import"].with_user(user).create({"res_model": "res.partner"})
        self.authenticate("clerk", "clerk")
        token = http.Request.csrf_token(self)
        answer = self.url_open(
            "/base_import/set_file",
            data={"id": wizard.id, "csrf_token": token},
            files={"ufile": ("étoiles.csv", b"a,b\n\x80", "text/csv")},
        )
        self.assertEqual(json.loads(answer.text), {"result": True})
        wizard.invalidate_recordset()
        self.assertEqual((wizard.file, wizard.file_name, wizard.file_type), (b"a,b\n\x80", "étoiles.csv", "text/csv"))
        answer = self.url_open("/base_import/set_file", data={"id": wizard.id, "csrf_token": token})
        self.assertEqual(answer.status_code, 422)
        foreign = self.env["base_import.import"].with_user(other).create({"res_model": "res.partner"})
        answer = self.url_open(
            "/base_import/set_file",
            data={"id": foreign.id, "csrf_token": token},
            files={"ufile": ("a.csv", b"a", "text/csv")},
        )
        self.assertEqual(answer.status_code, 403)


class TestAccess(TransactionCase):
    def test_imp39_internal_users(self):
        clerk = new_test_user(self.env, "clerk", groups="base.group_user")
        visitor = new_test_user(self.env, "visitor", groups="base.group_portal")
        wizard = self.env["base_import.import"].with_user(clerk).create({"res_model": "res.currency"})
        with self.assertRaises(AccessError):
            wizard.unlink()
        with self.assertRaises(AccessError):
            self.env["base_import.import"].with_user(visitor).create({"res_model": "res.partner"})
        wizard.write({"file": b"name,symbol\nTaler,T", "file_type": "text/csv"})
        result = wizard.execute_import(["name", "symbol"], ["name", "symbol"], {"has_headers": True})
        self.assertFalse(result["ids"])
        self.assertEqual([message["type"] for message in result["messages"]], ["error"])
        self.assertEqual(self.env["res.partner"].get_import_templates(), [])
