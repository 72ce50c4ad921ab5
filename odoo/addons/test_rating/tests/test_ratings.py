import psycopg2

from odoo import fields
from odoo.addons.mail.tests.common import MailCommon
from odoo.addons.mail.tools.discuss import Store
from odoo.exceptions import AccessError
from odoo.tools import mute_logger


class RatingCase(MailCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.env["res.partner"].create({"name": "Cara", "email": "cara@example.com"})
        cls.shop = cls.env["test_rating.shop"].create({"name": "Bakery"})
        cls.job = cls.env["test_rating.job"].create(
            {
                "name": "Cake",
                "partner_id": cls.customer.id,
                "shop_id": cls.shop.id,
                "user_id": cls.user_employee.id,
            }
        )

    def rate(self, job, *stars, partner=None):
        for number in stars:
            token = job._rating_get_access_token(partner=partner)
            job.rating_apply(number, token=token)
        return job.rating_ids


class TestRatings(RatingCase):
    def test_rat_1_ratings(self):
        token = self.job._rating_get_access_token()
        rating = self.job.rating_ids
        self.assertRegex(token, "^[0-9a-f]{32}$")
        self.assertEqual((rating.res_name, rating.parent_res_name, rating.consumed), ("Cake", "Bakery", False))
        self.assertEqual((rating.partner_id, rating.rated_partner_id), (self.customer, self.partner_employee))
        self.assertEqual((rating.resource_ref, rating.parent_ref), (self.job, self.shop))
        for stars, text, face in ((5, "top", 5), (4, "top", 5), (3, "ok", 3), (1, "ko", 1), (0.5, "none", 0)):
            rating.rating = stars
            self.assertEqual(rating.rating_text, text)
            self.assertEqual(rating.rating_image_url, f"/rating/static/src/img/rating_{face}.png")
            self.assertTrue(rating.rating_image)
        rating.write({"consumed": True, "feedback": "Fine"})
        rating.reset()
        self.assertEqual((rating.rating, rating.feedback, rating.consumed), (0, False, False))
        self.assertNotEqual(rating.access_token, token)
        with self.assertRaises(psycopg2.IntegrityError), mute_logger("odoo.sql_db"):
            rating.rating = 6
            rating.flush_recordset()

    def test_rat_1_what_goes_together(self):
        rating = self.rate(self.job, 5)
        message = rating.message_id
        self.assertTrue(message)
        rating.unlink()
        self.assertFalse(message.exists())
        rating = self.rate(self.job, 5)
        self.job.unlink()
        self.assertFalse(rating.exists())

    def test_rat_1_rights(self):
        portal = self._create_portal_user()
        rating = self.rate(self.job, 5)
        self.assertEqual(rating.with_user(self.user_employee).rating, 5)
        for call in (lambda: rating.with_user(portal).write({"rating": 1}), lambda: rating.with_user(portal).copy()):
            with self.assertRaises(AccessError):
                call()

    def test_rat_2_tokens(self):
        token = self.job._rating_get_access_token()
        self.assertEqual(self.job._rating_get_access_token(), token)
        other = self.job._rating_get_access_token(partner=self.partner_employee)
        self.assertNotEqual(other, token)
        self.job.rating_apply(3, token=token)
        self.assertNotEqual(self.job._rating_get_access_token(), token)

    def test_rat_3_rating_apply(self):
        token = self.job._rating_get_access_token()
        for wrong in (-1, 6):
            with self.assertRaises(ValueError):
                self.job.rating_apply(wrong, token=token)
        for wrong in ({"token": "nonsense"}, {}):
            with self.assertRaises(ValueError):
                self.job.rating_apply(5, **wrong)
        rating = self.job.rating_apply(5, token=token, feedback="<Great>")
        message = rating.message_id
        self.assertEqual((rating.rating, rating.feedback, rating.consumed), (5, "<Great>", True))
        self.assertEqual((message.author_id, message.subtype_id), (self.customer, self.env.ref("mail.mt_comment")))
        self.assertIn("rating_5.png", message.body)
        self.assertIn("&lt;Great&gt;", message.body)
        noted = self.job.rating_apply(1, token=self.job._rating_get_access_token(), subtype_xmlid="mail.mt_note")
        self.assertEqual(noted.message_id.subtype_id, self.env.ref("mail.mt_note"))

    def test_rat_3_asking(self):
        template = self.env["mail.template"].create(
            {
                "name": "Ask",
                "model_id": self.env["ir.model"]._get_id("test_rating.job"),
                "subject": "How was it?",
                "partner_to": "{{ object.partner_id.id }}",
                "body_html": "<a t-attf-href='/rate/{{ object._rating_get_access_token() }}/5'>Good</a>",
            }
        )
        with self.mock_mail_gateway():
            self.job.rating_send_request(template)
        self.assertIn(f"/rate/{self.job.rating_ids.access_token}/5", self.job.message_ids[0].body)
        self.assertEqual(self.job.message_ids[0].subtype_id, self.env.ref("mail.mt_note"))

    def test_rat_10_thinking_again(self):
        self.job.message_subscribe(self.partner_employee.ids)
        self.user_employee.notification_type = "inbox"
        token = self.job._rating_get_access_token()
        rating = self.job.rating_apply(5, token=token, notify_delay_send=True)
        message = rating.message_id
        self.assertFalse(message.notification_ids)
        self.job.rating_apply(1, rating=rating, feedback="Stale")
        self.assertEqual(rating.message_id, message)
        self.assertIn("rating_1.png", message.body)
        self.assertIn("Stale", message.body)
        self.assertEqual(message.notification_ids.res_partner_id, self.partner_employee)

    def test_rat_4_rat_10_stars_in_messages(self):
        message = self.job.message_post(body="Fine", rating_value=4, message_type="comment")
        self.assertEqual((message.rating_value, message.rating_id.feedback), (4, "Fine"))
        self.assertEqual(message.rating_id.partner_id, self.env.user.partner_id)
        stolen = self.job.with_user(self.user_employee).message_post(body="Mine", rating_id=message.rating_id.id)
        self.assertFalse(stolen.rating_id)
        elsewhere = self.shop.message_post(body="There", rating_id=message.rating_id.id)
        self.assertFalse(elsewhere.rating_id)
        found = self.env["mail.message"].search([("rating_value", ">", 3), ("model", "=", self.job._name)])
        self.assertEqual(found, message)
        told = Store(message).get_result()
        self.assertEqual([one["rating"] for one in told["rating.rating"]], [4])
        thread = next(one for one in told["mail.thread"] if one["model"] == self.job._name)
        self.assertEqual((thread["rating_avg"], thread["rating_count"]), (4, 1))
        portal = self._create_portal_user()
        comment = {"message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
        posted = self.job.with_user(portal).message_post(body="Me too", rating_value=5, **comment)
        self.assertEqual(posted.sudo().rating_value, 5)

    def test_rat_5_rat_6_statistics(self):
        job = self.job
        self.assertEqual((job.rating_percentage_satisfaction, job.rating_avg, job.rating_avg_text), (-1, 0, "none"))
        self.rate(job, 5, 5, 3, 1)
        job._rating_get_access_token()
        self.assertEqual((job.rating_count, job.rating_avg, job.rating_avg_text), (4, 3.5, "ok"))
        self.assertEqual((job.rating_percentage_satisfaction, job.rating_last_value), (50, 1))
        self.assertEqual(job._rating_get_repartition(), {1: 1, 2: 0, 3: 1, 4: 0, 5: 2})
        told = job._rating_get_repartition(add_stats=True)
        self.assertEqual((told["avg"], told["total"]), (3.5, 4))
        self.assertEqual(job.rating_get_grades(), {"bad": 1, "great": 2, "okay": 1})
        self.assertEqual(job.rating_get_grades([("rating", ">", 3)]), {"bad": 0, "great": 2, "okay": 0})
        self.assertEqual(job.rating_get_stats()["percent"], {1: 25, 2: 0, 3: 25, 4: 0, 5: 50})
        other = job.copy({"name": "Bread"})
        jobs, both = self.env["test_rating.job"], job + other
        for operator, value, expected in (
            ("=", 3.5, job),
            (">", 3.5, other.browse()),
            (">=", 3.5, job),
            ("<", 4, both),
            ("!=", 0, job),
            ("=", 0, other),
        ):
            found = jobs.search([("rating_avg", operator, value), ("id", "in", both.ids)])
            self.assertEqual(found, expected, (operator, value))
        with self.assertRaises(NotImplementedError):
            jobs.search([("rating_avg", "like", "3")])
        job.name = "Tart"
        self.assertEqual(set(job.rating_ids.mapped("res_name")), {"Tart"})

    def test_rat_7_what_it_belongs_to(self):
        other = self.env["test_rating.shop"].create({"name": "Mill"})
        self.assertEqual(other.rating_percentage_satisfaction, -1)
        self.rate(self.job, 5, 3)
        self.assertEqual((self.shop.rating_count, self.shop.rating_avg, self.shop.rating_avg_percentage), (2, 4, 0.8))
        self.assertEqual(self.shop.rating_percentage_satisfaction, 50)
        self.assertEqual(self.env["test_rating.shop"].search([("rating_avg", ">=", 4)]), self.shop)
        self.job.shop_id = other
        self.env.invalidate_all()
        self.assertEqual((self.shop.rating_count, other.rating_count), (0, 2))
        self.patch(type(other), "_rating_satisfaction_days", 30)
        self.cr.execute(
            "UPDATE rating_rating SET write_date = %s", [fields.Datetime.subtract(fields.Datetime.now(), days=31)]
        )
        self.env.invalidate_all()
        self.assertEqual(other.rating_count, 0)
