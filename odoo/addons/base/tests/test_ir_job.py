from datetime import date, datetime, timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.jobs import encode
from odoo.orm.rpc import call_kw
from odoo.tests import JobCapturer, TransactionCase, new_test_user


class JobCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner = cls.env["res.partner"].create({"name": "A partner"})
        cls.clerk = new_test_user(cls.env, "job_clerk", "base.group_user,base.group_partner_manager")

    def enqueue(self, **options):
        return self.partner.enqueue(**options).write({"name": "Renamed"})

    def set_state(self, job, state):
        self.env.flush_all()
        self.env.cr.execute("UPDATE ir_job SET state = %s WHERE id = %s", [state, job.id])
        job.invalidate_recordset()


class TestEnqueue(JobCase):
    def test_a_call_is_written_down_and_made_later(self):
        with JobCapturer(self.env) as jobs:
            job = self.enqueue(description="Rename it")
            self.assertEqual((job.state, job.name, self.partner.name), ("pending", "Rename it", "A partner"))
            self.assertEqual(jobs.run(), job)
        self.assertEqual((job.state, job.result, self.partner.name), ("done", True, "Renamed"))

    def test_it_runs_as_the_caller(self):
        users, found = type(self.env["res.users"]), []

        def _look(self):
            found.append((self.env.uid, self.env.su, dict(self.env.context)))

        records = self.env["res.users"].with_user(self.clerk).with_context(lang="en_US", tz="Asia/Tokyo", secret=1)
        with patch.object(users, "_look", _look, create=True), JobCapturer(self.env) as jobs:
            records.enqueue()._look()
            records.sudo().enqueue()._look()
            jobs.run()
        context = {"lang": "en_US", "tz": "Asia/Tokyo"}
        self.assertEqual(found, [(self.clerk.id, False, context), (self.clerk.id, True, context)])

    def test_jobs_of_archived_users_are_not_run(self):
        with JobCapturer(self.env) as jobs:
            self.partner.with_user(self.clerk).enqueue().write({"name": "Never"})
            self.clerk.active = False
            with self.assertRaisesRegex(UserError, "archived"):
                jobs.run()
        self.assertEqual(self.partner.name, "A partner")

    def test_arguments_come_back_as_they_were(self):
        found = []
        values = {
            "text": "ü", "none": None, "number": 1.5, "list": [1, [2]], "day": date(2024, 2, 29),
            "moment": datetime(2024, 2, 29, 12, 30, 1, 5), "records": self.partner, "empty": self.env["res.users"],
        }  # fmt: skip

        def _take(self, *args, **kwargs):
            found.append((args, kwargs))

        with patch.object(type(self.partner), "_take", _take, create=True), JobCapturer(self.env) as jobs:
            self.partner.enqueue()._take((1, 2), **values)
            jobs.run()
        self.assertEqual(found, [(([1, 2],), values)])

    def test_what_cannot_be_kept_is_refused_at_once(self):
        for value in (object(), b"bytes", {1: 2}, {"$date": "x"}, self.env["res.partner"].new(), {1, 2}, len):
            with self.subTest(value=value), self.assertRaises(TypeError):
                self.partner.enqueue().write({"name": value})
        for value in (float("nan"), float("inf"), "x" * 300_000):
            with self.subTest(value=str(value)[:9]), self.assertRaises(ValueError):
                self.partner.enqueue().write({"name": value})
        with self.assertRaises(TypeError):
            self.env["res.partner"].new().enqueue().unlink()
        nested = []
        for _i in range(100):
            nested = [nested]
        with self.assertRaises(ValueError):
            encode(nested)

    def test_only_methods_of_the_model_are_called(self):
        for name in ("nmae", "name", "env", "_fields", "__bases__"):
            with self.subTest(name=name), self.assertRaises(AttributeError):
                getattr(self.partner.enqueue(), name)
        with self.assertRaisesRegex(TypeError, "res.partner.write"):
            self.partner.enqueue().write()
        with self.assertRaisesRegex(AttributeError, "unlink"):
            self.partner.enqueue().unlnk()

    def test_options_are_checked(self):
        for options in (
            {"channel": "nowhere"}, {"priority": "high"}, {"eta": "tomorrow"}, {"eta": -1}, {"max_retries": -1},
            {"max_retries": 1000}, {"backoff": [-1]}, {"unique_key": ""}, {"unique_key": "x" * 300},
        ):  # fmt: skip
            with self.subTest(options=options), self.assertRaises(ValueError):
                self.enqueue(**options)
        with self.assertRaises(TypeError):
            self.enqueue(after=self.partner)

    def test_callers_from_outside_enqueue_nothing(self):
        with self.assertRaises(AccessError):
            call_kw(self.env["res.partner"], "enqueue", [self.partner.ids], {})
        values = {"name": "x", "model_name": "res.users", "method_name": "unlink", "channel_id": 1}
        with self.assertRaises(AccessError):
            call_kw(self.env["ir.job"].with_user(self.env.ref("base.user_admin")), "create", [values], {})
        job = self.enqueue().with_user(self.env.ref("base.user_admin"))
        for method, args in (("write", [{"method_name": "unlink"}]), ("copy", [])):
            with self.subTest(method=method), self.assertRaises(AccessError):
                call_kw(job.browse(), method, [job.ids, *args], {})

    def test_times(self):
        now = fields.Datetime.now()
        later = self.enqueue(eta=timedelta(hours=1))
        self.assertEqual(later.state, "waiting")
        self.assertLess(abs(later.eta - now - timedelta(hours=1)), timedelta(minutes=1))
        self.assertEqual(self.enqueue(eta=now + timedelta(days=1)).state, "waiting")
        self.assertEqual(self.enqueue(eta=now - timedelta(days=1)).state, "pending")

    def test_one_job_of_a_key_waits(self):
        first = self.enqueue(unique_key="rename")
        self.assertEqual(self.enqueue(unique_key="rename"), first)
        self.assertNotEqual(self.enqueue(unique_key="other"), first)
        self.set_state(first, "started")
        second = self.enqueue(unique_key="rename")
        self.assertNotEqual(second, first)

    def test_jobs_after_others(self):
        first = self.enqueue()
        second = self.enqueue(after=first)
        third = self.enqueue(after=first + second, priority=1)
        self.assertEqual((second + third).mapped("state"), ["blocked", "blocked"])
        with JobCapturer(self.env) as jobs:
            pass
        jobs._before = []
        self.assertEqual(jobs.run() & (first + second + third), first + second + third)
        self.assertEqual(self.enqueue(after=first).state, "pending")

    def test_progress(self):
        def _work(self):
            for number in range(3):
                self.env["ir.job"]._progress(number + 1, 3, f"step {number}")
            return self.env["ir.job"]._current().id

        with patch.object(type(self.partner), "_work", _work, create=True), JobCapturer(self.env) as jobs:
            self.assertFalse(self.partner._work())
            job = self.partner.enqueue()._work()
            jobs.run()
        self.assertEqual(jobs.progress[0], (1, 3, "step 0"))
        self.assertEqual(job.result, job.id)


class TestJobs(JobCase):
    def test_cancel(self):
        job = self.enqueue()
        after = self.enqueue(after=job)
        job.action_cancel()
        self.assertEqual((job + after).mapped("state"), ["cancelled", "cancelled"])
        with self.assertRaises(UserError):
            job.action_cancel()

    def test_running_jobs_are_asked_to_end(self):
        job = self.enqueue()
        self.set_state(job, "started")
        job.action_cancel()
        self.assertEqual((job.state, job.cancelling), ("started", True))
        with self.assertRaises(UserError):
            job.unlink()

    def test_run_again(self):
        job = self.enqueue(unique_key="again")
        with self.assertRaises(UserError):
            job.action_requeue()
        self.set_state(job, "failed")
        job.action_requeue()
        self.assertEqual((job.state, job.tries), ("pending", 0))
        self.set_state(job, "failed")
        self.enqueue(unique_key="again")
        with self.assertRaisesRegex(ValidationError, "again"):
            job.action_requeue()

    def test_people_see_their_own_jobs(self):
        job = self.enqueue()
        mine = self.partner.with_user(self.clerk).enqueue().write({"name": "x"})
        jobs = self.env["ir.job"].with_user(self.clerk)
        self.assertEqual(jobs.search([]), mine)
        self.assertNotIn("arguments", jobs.fields_get())
        with self.assertRaises(AccessError):
            job.with_user(self.clerk).read(["name"])
        for method in ("action_cancel", "action_requeue", "unlink"):
            with self.subTest(method=method), self.assertRaises(AccessError):
                getattr(mine, method)()
        self.env.ref("base.access_ir_job_group_user").perm_write = True
        mine.action_cancel()
        self.assertEqual(mine.state, "cancelled")
        with self.assertRaises(AccessError):
            job.with_user(self.clerk).action_cancel()

    def test_old_jobs_are_swept(self):
        jobs = self.env["ir.job"]
        for state in ("done", "cancelled", "failed", "pending"):
            job = self.enqueue()
            self.set_state(job, state)
            jobs += job
        old = fields.Datetime.now() - timedelta(days=40)
        self.env.cr.execute("UPDATE ir_job SET date_done = %s WHERE id = ANY(%s)", [old, jobs.ids])
        self.env["ir.job"]._gc_jobs()
        self.assertEqual(jobs.exists().mapped("state"), ["failed", "pending"])

    def test_channels(self):
        channel = self.env["ir.job.channel"].create({"name": "narrow", "capacity": 1})
        self.assertEqual(self.enqueue(channel="narrow").channel_id, channel)
