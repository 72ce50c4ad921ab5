import json
import re
from html import unescape

from odoo.addons.mail.tests.common import QUIET
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

PROPS = re.compile(r'name="portal.chatter"\s+props="([^"]+)"')


@tagged("post_install", "-at_install")
class TestRatingsOnPages(HttpCase):
    """RAT-9: stars in the talk about a document, and answers of the house."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.teacher = new_test_user(cls.env, "tess", groups="base.group_system", name="Tess", context=QUIET)
        cls.clerk = new_test_user(cls.env, "carl", groups="base.group_user", context=QUIET)
        cls.student = new_test_user(cls.env, "stan", groups="base.group_portal", name="Stan", context=QUIET)
        courses = cls.env["test_portal_rating.course"].with_context(**QUIET)
        cls.course = courses.create({"name": "Baking", "partner_id": cls.student.partner_id.id})
        cls.token = cls.course._portal_ensure_token()
        cls.place = {"thread_model": cls.course._name, "thread_id": cls.course.id}

    def call(self, path, **params):
        """Return what a route answers, or the name of its error."""
        with mute_logger("odoo.http"):
            answer = self.url_open(path, json={"params": params}).json()
        return answer["result"] if "result" in answer else answer["error"]["data"]["name"]

    def rate(self, stars, body="<p>Well</p>"):
        """Have the student rate the course in a message, and return the rating."""
        self.authenticate("stan", "stan")
        data = {"body": body, "message_type": "comment", "subtype_xmlid": "mail.mt_comment", "rating_value": stars}
        told = self.call("/mail/message/post", **self.place, post_data=data)
        return self.env["rating.rating"].browse(told["rating.rating"][0]["id"])

    def fetch(self, **how):
        return self.call("/mail/chatter_fetch", **self.place, token=self.token, **how)

    def test_stars_in_messages(self):
        first, second = self.rate(5), self.rate(2)
        second.message_id.is_internal = True
        third = self.rate(4, "<p>Better</p>")
        self.assertNotIn("rating", self.fetch()["data"]["mail.message"][0])
        found = self.fetch(rating_include=True)
        self.assertEqual(found["messages"], [third.message_id.id, first.message_id.id])
        newest = found["data"]["mail.message"][0]
        self.assertEqual((newest["rating_value"], newest["rating"]["id"]), (4, third.id))
        # what is only for the house counts for the house
        self.assertEqual((found["rating_stats"]["total"], found["rating_stats"]["avg"]), (2, 4.5))
        only = self.fetch(rating_include=True, rating_value=5)
        self.assertEqual(only["messages"], first.message_id.ids)
        self.assertEqual(only["rating_stats"]["total"], 2)
        self.authenticate("tess", "tess")
        self.assertEqual(self.fetch(rating_include=True)["rating_stats"]["total"], 3)

    def test_answers(self):
        rating = self.rate(3)
        self.authenticate("tess", "tess")
        told = self.call("/website/rating/comment", rating_id=rating.id, publisher_comment="Thank you")
        self.assertEqual((told["publisher_comment"], told["publisher_name"]), ("Thank you", "Tess"))
        self.assertEqual(rating.publisher_id, self.teacher.partner_id)
        self.assertTrue(rating.publisher_datetime)
        shown = self.fetch(rating_include=True)["data"]["mail.message"][0]["rating"]
        self.assertEqual(shown["publisher_comment"], "Thank you")
        self.call("/website/rating/comment", rating_id=rating.id, publisher_comment=" ")
        self.assertFalse(rating.publisher_comment or rating.publisher_id or rating.publisher_datetime)
        self.assertIn("error", self.call("/website/rating/comment", rating_id=0, publisher_comment="x"))
        self.authenticate("stan", "stan")
        refused = self.call("/website/rating/comment", rating_id=rating.id, publisher_comment="x")
        self.assertEqual(refused, "odoo.exceptions.AccessError")

    def test_who_answers(self):
        rating = self.rate(3)
        of_clerk = rating.with_user(self.clerk)
        for values in ({"publisher_comment": "x"}, {"publisher_id": self.clerk.partner_id.id}):
            with self.assertRaises(AccessError):
                of_clerk.write(values)
        model_id = self.env["ir.model"]._get_id(self.course._name)
        new = {"res_id": self.course.id, "res_model_id": model_id, "publisher_comment": "x"}
        with self.assertRaises(AccessError):
            of_clerk.create(new)
        self.assertEqual(rating.with_user(self.teacher).create(new).publisher_id, self.teacher.partner_id)
        with self.assertRaises(ValidationError):
            rating.publisher_comment = "x" * 10_001

    def test_page(self):
        self.rate(5)
        self.authenticate(None, None)
        page = self.url_open(f"/test_portal_rating/{self.course.id}?access_token={self.token}").text
        self.assertTrue(json.loads(unescape(PROPS.search(page)[1]))["ratingInclude"])
        self.assertIn('aria-label="5.0 of 5 stars"', page)
