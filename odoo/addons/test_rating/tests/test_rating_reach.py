from odoo.exceptions import AccessError, UserError

from .test_ratings import RatingCase


class TestReach(RatingCase):
    """What callers reach of others by way of ratings."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job_model = cls.env["ir.model"]._get_id("test_rating.job")
        hidden = {"name": "Not theirs", "domain_force": [("name", "not like", "Secret")], "model_id": cls.job_model}
        cls.env["ir.rule"].create(hidden)
        cls.secret = cls.env["test_rating.job"].create({"name": "Secret cake", "shop_id": cls.shop.id})
        cls.ratings = cls.env["rating.rating"].with_user(cls.user_employee)

    def test_names_of_records_that_the_caller_may_not_read(self):
        target = {"res_id": self.secret.id, "res_model_id": self.job_model}
        own = {"res_id": self.job.id, "res_model_id": self.job_model}
        with self.assertRaises(AccessError):
            self.ratings.create(target)
        with self.assertRaises(AccessError):
            self.ratings.with_context(default_res_id=self.secret.id).create({"res_model_id": self.job_model})
        unsaved = self.ratings.new(target)
        self.assertFalse(unsaved.res_name)
        for values in (target, {"res_id": self.secret.id}):
            with self.assertRaises(AccessError):
                self.ratings.create(own).write(values)
        parent = {"parent_res_id": self.secret.id, "parent_res_model_id": self.job_model}
        with self.assertRaises(AccessError):
            self.ratings.create({**own, **parent})
        with self.assertRaises(AccessError):
            self.ratings.create(own).write({"parent_res_id": self.secret.id, "parent_res_model": "test_rating.job"})
        self.assertEqual(self.ratings.create(own).res_name, "Cake")

    def test_messages_of_others(self):
        message = self.secret.message_post(body="As it was", message_type="comment")
        rating = self.ratings.create({"res_id": self.job.id, "res_model_id": self.job_model})
        rating.sudo().message_id = message
        with self.assertRaises(ValueError):
            self.job.with_user(self.user_employee).rating_apply(5, rating=rating, feedback="Forged")
        for call in (
            lambda: rating.write({"message_id": message.id}),
            lambda: self.ratings.create({**rating.copy_data()[0], "message_id": message.id}),
        ):
            with self.assertRaises(AccessError):
                call()
        self.assertIn("As it was", message.body)

    def test_a_rating_of_something_else(self):
        token = self.job._rating_get_access_token()
        with self.assertRaises(ValueError):
            self.secret.rating_apply(5, token=token)

    def test_domains_of_statistics(self):
        self.rate(self.job, 5)
        portal = self._create_portal_user()
        job = self.job.with_user(portal)
        self.assertEqual(job.rating_get_stats()["total"], 1)
        self.assertEqual(job.rating_get_stats([("rating", ">=", 4), ("is_internal", "=", False)])["total"], 1)
        for domain in (
            [("rated_partner_id.email", "=like", "%")],
            ["|", ("rating", ">", 3), ("access_token", "=like", "a%")],
            [("res_id", "any", [("name", "=", "x")])],
            [("feedback", "like", "x")],
        ):
            for method in (job.rating_get_stats, job.rating_get_grades):
                with self.assertRaises((AccessError, UserError), msg=domain):
                    method(domain)
        with self.assertRaises(AccessError):
            self.secret.with_user(portal).rating_get_stats()

    def test_stars_of_a_link_are_those_of_its_partner(self):
        message = self.job.message_post(
            author_id=self.customer.id,
            body="Fine",
            rating_value=4,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        self.assertEqual((message.rating_id.partner_id, message.rating_value), (self.customer, 4))
