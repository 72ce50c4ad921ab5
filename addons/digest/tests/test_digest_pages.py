from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestPages(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reader = new_test_user(cls.env, "page_reader", groups="base.group_user", email="reader@example.com")
        cls.digest = cls.env["digest.digest"].create({"name": "Numbers & co", "user_ids": cls.reader.ids})

    def address(self, path="unsubscribe", **values):
        values = {"token": self.digest._get_unsubscribe_token(self.reader.id), "user_id": self.reader.id, **values}
        query = "&".join(f"{name}={value}" for name, value in values.items() if value)
        return f"/digest/{self.digest.id}/{path}?{query}"

    def test_dig_6_leaving_by_a_link(self):
        odd = [self.address(token="%C3%BC"), self.address(user_id="%C2%B2"), self.address(user_id="9" * 30)]
        for wrong in (
            *odd,
            self.address(token="x"),
            self.address(user_id=self.reader.id + 1),
            self.address(token=None),
        ):
            self.assertEqual(self.url_open(wrong).status_code, 404)
        self.assertIn(self.reader, self.digest.user_ids)
        for _again in range(2):
            page = self.url_open(self.address())
            self.assertEqual(page.status_code, 200)
            self.assertIn("Numbers &amp; co", page.text)
            self.assertNotIn(self.reader, self.digest.user_ids)

    def test_dig_6_leaving_by_a_mail_program(self):
        self.assertEqual(self.url_open(self.address("unsubscribe_oneclik")).status_code, 405)
        self.assertIn(self.reader, self.digest.user_ids)
        self.assertEqual(self.url_open(self.address("unsubscribe_oneclik"), data={"a": "b"}).status_code, 200)
        self.assertNotIn(self.reader, self.digest.user_ids)

    @mute_logger("odoo.http")
    def test_dig_6_logged_in(self):
        self.authenticate("page_reader", "page_reader")
        self.assertEqual(self.url_open(f"/digest/{self.digest.id}/set_periodicity").status_code, 403)
        self.assertEqual(self.url_open(f"/digest/{self.digest.id}/unsubscribe").status_code, 200)
        self.assertNotIn(self.reader, self.digest.user_ids)
        self.authenticate("admin", "admin")
        self.url_open(f"/digest/{self.digest.id}/set_periodicity?periodicity=monthly")
        self.assertEqual(self.digest.periodicity, "monthly")
        wrong = self.url_open(f"/digest/{self.digest.id}/set_periodicity?periodicity=hourly")
        self.assertGreaterEqual(wrong.status_code, 400)
