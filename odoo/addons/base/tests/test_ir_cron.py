import contextlib
import secrets
import threading
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.addons.base.models.ir_cron import BadModuleState, BadVersion
from odoo.exceptions import UserError
from odoo.service.budgets import Watcher
from odoo.tests import TransactionCase, freeze_time
from odoo.tools import config


class CronMixinCase:
    """For tests that look at the runs that are asked for."""

    def capture_triggers(self, cron_id=None):
        """Return a context manager that collects the requests for runs made inside of it, in ``records``.

        :param cron_id: look at those for this job only: an id or an external id
        """
        if isinstance(cron_id, str):
            cron_id = self.env.ref(cron_id).id
        return CapturedTriggers(self.env, cron_id)


class CapturedTriggers:
    """Collects requests for runs."""

    def __init__(self, env, cron_id):
        self._env, self._cron_id = env, cron_id

    @property
    def records(self):
        """The requests made so far."""
        domain = [("id", "not in", self._before)]
        if self._cron_id:
            domain.append(("cron_id", "=", self._cron_id))
        return self._env["ir.cron.trigger"].sudo().search(domain, order="id")

    def __enter__(self):
        self._before = self._env["ir.cron.trigger"].sudo().search([]).ids
        return self

    def __exit__(self, *error):
        return False


class TestCron(TransactionCase, CronMixinCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cron = cls.create_cron()
        cls.env["ir.cron"].search([("id", "!=", cls.cron.id)]).active = False

    @classmethod
    def create_cron(cls, **values):
        return cls.env["ir.cron"].create(
            {
                "name": f"A job {secrets.token_hex(4)}",
                "model_id": cls.env.ref("base.model_res_partner").id,
                "state": "code",
                "code": "model.search([], limit=1).write({'ref': 'cron was here'})",
                "interval_number": 1,
                "interval_type": "days",
                "user_id": cls.env.ref("base.user_root").id,
                "nextcall": fields.Datetime.now() + timedelta(hours=1),
                **values,
            }
        )

    def ready(self):
        self.env.flush_all()
        return [job["id"] for job in self.env["ir.cron"]._get_all_ready_jobs(self.env.cr)]

    def process(self):
        """Run the job with a cursor of its own, whose commits and rollbacks stay within this test."""
        self.env.flush_all()
        self.registry.enter_test_mode(self.env.cr)
        try:
            with contextlib.closing(self.registry.cursor()) as cr:
                job = self.env["ir.cron"]._acquire_one_job(cr, self.cron.id)
                self.registry["ir.cron"]._process_job(cr.dbname, cr, job)
                cr.commit()
        finally:
            self.registry.leave_test_mode()
        self.env.invalidate_all()

    def test_ready(self):
        self.assertEqual(self.ready(), [])
        self.cron.nextcall = fields.Datetime.now() - timedelta(minutes=1)
        self.assertEqual(self.ready(), self.cron.ids)
        self.cron.active = False
        self.assertEqual(self.ready(), [])

    def test_trigger(self):
        with self.capture_triggers() as captured:
            self.cron._trigger()
        self.assertEqual(captured.records.cron_id, self.cron)
        self.assertEqual(self.ready(), self.cron.ids)

    def test_trigger_later(self):
        at = fields.Datetime.now() + timedelta(minutes=10)
        self.cron._trigger(at)
        self.cron._trigger([at, at + timedelta(minutes=1)])
        self.assertEqual(self.ready(), [])
        self.assertEqual(len(self.env["ir.cron.trigger"].search([("cron_id", "=", self.cron.id)])), 3)

    def test_trigger_of_a_job_that_is_switched_off(self):
        self.cron.active = False
        now = fields.Datetime.now()
        later = now + timedelta(minutes=10)
        self.assertFalse(self.cron._trigger())
        self.assertEqual(self.cron._trigger([now - timedelta(hours=1), later]).mapped("call_at"), [later])

    def test_trigger_takes_datetimes(self):
        with self.assertRaises(TypeError):
            self.cron._trigger([fields.Datetime.now(), "2024-01-01"])

    def test_due_triggers_wake_the_workers(self):
        with patch.object(self.registry["ir.cron"], "_notifydb") as notify:
            self.env.cr.postcommit.clear()
            self.cron._trigger(fields.Datetime.now() + timedelta(minutes=10))
            self.env.cr.postcommit.run()
            notify.assert_not_called()
            self.cron._trigger()
            self.env.cr.postcommit.run()
            notify.assert_called_once_with()

    def test_jobs_run_code_unless_told_otherwise(self):
        crons = self.env["ir.cron"]
        self.assertEqual(crons.default_get(["state"]), {"state": "code"})
        self.assertEqual(crons.with_context(default_state="webhook").default_get(["state"]), {"state": "webhook"})
        self.assertEqual(self.cron.usage, "ir_cron")

    def test_other_databases_are_left_alone(self):
        base = self.env.ref("base.module_base")
        for version, error in ((None, BadModuleState), ("8.0.1.3", BadVersion)):
            base.latest_version = version
            self.env.flush_all()
            with self.assertRaises(error):
                self.env["ir.cron"]._run_ready_jobs(self.env.cr)

    def test_next_call_of_every_unit(self):
        expected = {"minutes": "06-10 00:03", "hours": "06-10 03:00", "days": "06-13 00:00"}
        expected |= {"weeks": "07-01 00:00", "months": "09-10 00:00"}
        for unit, nextcall in expected.items():
            self.cron.write({"interval_type": unit, "interval_number": 3, "nextcall": "2024-06-10 00:00:00"})
            self.env.flush_all()
            with freeze_time("2024-06-10 00:00:30"):
                [job] = self.env["ir.cron"].search_read([("id", "=", self.cron.id)], load=None)
                self.env["ir.cron"]._reschedule_later(job)
            self.cron.invalidate_recordset()
            self.assertEqual(str(self.cron.nextcall), f"2024-{nextcall}:00")

    def test_process(self):
        self.cron.nextcall = fields.Datetime.now() - timedelta(minutes=1)
        self.process()
        self.assertEqual(self.env["res.partner"].search([], limit=1).ref, "cron was here")
        self.assertGreater(self.cron.nextcall, fields.Datetime.now())
        self.assertTrue(self.cron.lastcall)
        self.assertEqual(self.ready(), [])

    def run_code(self, code, **values):
        """Run the job with other code; return how often it was called."""
        self.cron.write({"code": code, **values})
        progress = self.env["ir.cron.progress"]
        before = progress.search_count([("cron_id", "=", self.cron.id)])
        self.cron._trigger(fields.Datetime.now() - timedelta(hours=1))
        self.process()
        return progress.search_count([("cron_id", "=", self.cron.id)]) - before

    def test_2_7_3_a_job_is_called_ten_times_in_one_go(self):
        failing = {"failure_count": 3, "first_failure_date": fields.Datetime.now()}
        with self.capture_triggers() as captured, self.assertLogs("odoo.addons.base.models.ir_cron", "INFO") as logs:
            runs = self.run_code("env['ir.cron']._notify_progress(done=7, remaining=13)", **failing)
        self.assertEqual(runs, 10)
        self.assertEqual(sum("7 done, 13 remaining" in line for line in logs.output), 10)
        self.assertEqual((self.cron.failure_count, self.cron.first_failure_date), (0, False))
        self.assertEqual(self.ready(), self.cron.ids, "it is called again at once")
        self.assertEqual(len(captured.records), 2, "the one of this test, and one for what remains")

    def test_2_7_3_a_job_that_is_done_waits_for_its_next_call(self):
        for progress in ("done=5, remaining=0", "done=0, remaining=5", "done=0, remaining=0"):
            with self.subTest(progress=progress):
                self.assertEqual(self.run_code(f"env['ir.cron']._notify_progress({progress})"), 1)
                self.assertEqual(self.ready(), [])
        self.assertEqual(self.run_code("model.search([], limit=1)"), 1)
        self.assertEqual(self.ready(), [])

    def test_2_7_2_an_error_after_progress_is_no_failure(self):
        failing = {"failure_count": 4, "first_failure_date": fields.Datetime.now() - timedelta(days=8)}
        code = "env['ir.cron']._notify_progress(done=1, remaining=2)\nenv.cr.commit()\nraise UserError('broken')"
        with self.assertLogs("odoo.addons.base.models.ir_cron", "ERROR") as logs:
            self.assertEqual(self.run_code(code, **failing), 10)
        self.assertEqual(len(logs.output), 10)
        self.assertEqual((self.cron.failure_count, self.cron.first_failure_date), (0, False))
        self.assertTrue(self.cron.active)
        self.assertEqual(self.ready(), self.cron.ids)

    def test_2_7_2_an_error_without_progress_is_a_failure(self):
        for count, progress in enumerate(("done=0, remaining=2", "done=2, remaining=0"), start=1):
            code = f"env['ir.cron']._notify_progress({progress})\nenv.cr.commit()\nraise UserError('broken')"
            with self.subTest(progress=progress), self.assertLogs("odoo.addons.base.models.ir_cron", "ERROR"):
                self.assertEqual(self.run_code(code), 1)
            self.assertEqual(self.cron.failure_count, count)
            self.assertEqual(self.ready(), [])

    def test_2_7_2_progress_that_the_error_undoes_does_not_count(self):
        code = "env['ir.cron']._notify_progress(done=1, remaining=2)\nraise UserError('broken')"
        with self.assertLogs("odoo.addons.base.models.ir_cron", "ERROR"):
            self.assertEqual(self.run_code(code), 1)
        self.assertEqual(self.cron.failure_count, 1)

    def test_failure(self):
        self.cron.code = "raise UserError('broken')"
        self.cron._trigger()
        with self.assertLogs("odoo.addons.base.models.ir_cron", "ERROR"):
            self.process()
        self.assertEqual(self.cron.failure_count, 1)
        self.assertTrue(self.cron.first_failure_date)
        self.cron.write({"failure_count": 4, "first_failure_date": fields.Datetime.now() - timedelta(days=8)})
        self.cron._trigger()
        with self.assertLogs("odoo.addons.base.models.ir_cron", "WARNING"):
            self.process()
        self.assertFalse(self.cron.active, "switched off after failing for long")

    @contextlib.contextmanager
    def limit(self, **limits):
        """Give jobs so many seconds, and watch them."""
        stopped, watcher = threading.Event(), Watcher(self.fail)

        def watch():
            while not stopped.wait(0.05):
                watcher.look()

        thread = threading.Thread(target=watch)
        with patch.dict(config.options, limits):
            thread.start()
            try:
                yield
            finally:
                stopped.set()
                thread.join()

    def test_f5_a_job_that_hangs_is_ended(self):
        codes = ["while True:\n    1", "env.cr.execute('SELECT pg_sleep(60)')"]
        own, requests = {"limit_time_real_cron": 1}, {"limit_time_real_cron": -1, "limit_time_real": 1}
        for number, (code, limits) in enumerate(zip(codes, (own, requests), strict=True), 1):
            code = "model.search([], limit=1).write({'ref': 'half done'})\nenv.flush_all()\n" + code
            self.cron.code = code
            self.cron._trigger()
            with (
                self.subTest(code=code),
                self.limit(**limits),
                self.assertLogs("odoo.addons.base.models.ir_cron", "ERROR") as logs,
                self.assertLogs("odoo.service.budgets", "WARNING"),
            ):
                self.process()
            option = next(iter(limits)) if limits is own else "limit_time_real"
            self.assertIn(f"(--{option.replace('_', '-')})", logs.output[0])
            self.assertEqual(self.cron.failure_count, number)
            self.assertFalse(self.env["res.partner"].search([("ref", "=", "half done")]))

    def test_jobs_may_be_given_any_time(self):
        self.cron.code = "env.cr.execute('SELECT pg_sleep(1.5)')"
        self.cron._trigger()
        with self.limit(limit_time_real_cron=0, limit_time_real=1):
            self.process()
        self.assertEqual(self.cron.failure_count, 0)

    def test_run_by_hand(self):
        self.cron.method_direct_trigger()
        self.assertEqual(self.env["res.partner"].search([], limit=1).ref, "cron was here")
        self.assertTrue(self.cron.lastcall)

    def test_toggle(self):
        self.cron.toggle("res.partner", [("id", "=", 0)])
        self.assertFalse(self.cron.active)
        self.cron.toggle("res.partner", [])
        self.assertTrue(self.cron.active)

    def test_next_call_keeps_the_local_time(self):
        root = self.env.ref("base.user_root")
        root.tz = "Europe/Brussels"
        self.env.registry.clear_cache()
        with freeze_time("2024-03-31 12:00:00"):
            self.cron.nextcall = "2024-03-30 07:00:00"
            self.env.flush_all()
            job = self.env["ir.cron"]._get_all_ready_jobs(self.env.cr)[0]
            self.env(user=root)["ir.cron"]._reschedule_later(job)
        self.cron.invalidate_recordset()
        self.assertEqual(str(self.cron.nextcall), "2024-04-01 06:00:00")

    def test_progress_is_counted(self):
        cron = self.cron.with_context(ir_cron_progress_id=1)
        with self.assertRaises(ValueError):
            cron._notify_progress(done=-1, remaining=0)
        cron, progress = self.cron._with_progress()
        cron._notify_progress(done=2, remaining=3, deactivate=True)
        self.assertEqual((progress.done, progress.remaining, progress.deactivate), (2, 3, True))
        self.cron._notify_progress(done=1, remaining=1)
        self.assertEqual(progress.done, 2, "outside of a run nothing is told")

    def test_old_progress_is_forgotten(self):
        progress = self.cron._with_progress()[1] + self.cron._with_progress()[1]
        self.env.cr.execute(
            "UPDATE ir_cron_progress SET create_date = %s WHERE id = %s",
            [fields.Datetime.now() - timedelta(weeks=2), progress[0].id],
        )
        self.env["ir.cron.progress"]._gc_cron_progress()
        self.assertEqual(progress.exists(), progress[1])

    def test_old_triggers_are_forgotten(self):
        self.env["ir.cron.trigger"].create(
            {"cron_id": self.cron.id, "call_at": fields.Datetime.now() - timedelta(weeks=2)}
        )
        self.env["ir.cron.trigger"]._gc_cron_triggers()
        self.assertFalse(self.env["ir.cron.trigger"].search([("cron_id", "=", self.cron.id)]))

    def test_delete(self):
        action = self.cron.ir_actions_server_id
        self.cron.unlink()
        self.assertFalse(action.exists())

    def test_vacuum_calls_every_marked_method(self):
        called = []
        with patch.object(self.registry["ir.autovacuum"], "_clean", lambda vacuum, cleaning: called.append(cleaning)):
            self.env["ir.autovacuum"]._run_vacuum_cleaner()
        names = [(cleaning.__self__._name, cleaning.__name__) for cleaning in called]
        self.assertEqual(len(names), len(set(names)))
        self.assertIn(("ir.cron.trigger", "_gc_cron_triggers"), names)
        self.assertIn(("ir.cron.progress", "_gc_cron_progress"), names)

    def test_vacuum_undoes_a_failed_cleaning(self):
        def fail(model):
            raise UserError("broken")

        vacuum = self.env["ir.autovacuum"]
        with patch.object(self.env.cr, "commit") as commit, patch.object(self.env.cr, "rollback") as rollback:
            vacuum._clean(self.env["ir.cron.progress"]._gc_cron_progress)
            commit.assert_called_once_with()
            rollback.assert_not_called()
            with self.assertLogs("odoo.addons.base.models.ir_autovacuum", "ERROR") as logs:
                vacuum._clean(fail.__get__(self.env["ir.cron"]))
            rollback.assert_called_once_with()
        self.assertIn("ir.cron().fail()", logs.output[0])

    def test_vacuum_needs_an_administrator(self):
        from odoo.exceptions import AccessDenied
        from odoo.tests import new_test_user

        user = new_test_user(self.env, "plain", groups="base.group_user")
        with self.assertRaises((AccessDenied, UserError)):
            self.env["ir.autovacuum"].with_user(user)._run_vacuum_cleaner()
