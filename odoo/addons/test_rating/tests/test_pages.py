import re

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .test_ratings import RatingCase

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@tagged("post_install", "-at_install")
class TestPages(RatingCase, HttpCase):
    def test_rat_8_a_customer_rates(self):
        token = self.job._rating_get_access_token()
        rating = self.job.rating_ids
        page = self.url_open(f"/rate/{token}/5")
        self.assertIn("Cake", page.text)
        self.assertEqual((rating.rating, rating.consumed), (5, True))
        self.assertFalse(rating.message_id.notification_ids)
        data = {"csrf_token": TOKEN.search(page.text)[1], "rate": "3", "feedback": "<b>Dry</b>"}
        page = self.url_open(f"/rate/{token}/submit_feedback", data=data)
        self.assertIn("rating_3.png", page.text)
        self.assertEqual((rating.rating, rating.feedback), (3, "<b>Dry</b>"))
        page = self.url_open(f"/rate/{token}/submit_feedback")
        self.assertIn("&lt;b&gt;Dry", page.text)

    @mute_logger("odoo.http")
    def test_rat_8_what_is_refused(self):
        token = self.job._rating_get_access_token()
        for path, status in (
            (f"/rate/{token}/2", 500),
            ("/rate/nonsense/5", 404),
            ("/rate/nonsense/submit_feedback", 404),
        ):
            self.assertEqual(self.url_open(path).status_code, status, path)
        self.authenticate("admin", "admin")
        page = self.url_open(f"/rate/{token}/5")
        self.assertEqual(page.status_code, 200)
        self.assertIn("somebody else", page.text)
        self.assertFalse(self.job.rating_ids.consumed)
