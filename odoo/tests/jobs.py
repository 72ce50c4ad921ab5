"""Jobs in tests: they are written down as always, and run when the test says so."""

from types import SimpleNamespace

from odoo.jobs import Running, current
from odoo.jobs.runner import call, kept_result

__all__ = ["JobCapturer"]


class JobCapturer:
    """Collects the jobs that are enqueued inside of a ``with`` block, in :attr:`records`, and runs them.

    No worker sees them, as the transaction of a test is never committed.

    :param env: environment of the test
    """

    def __init__(self, env):
        self._env = env
        #: what the jobs told of their progress: ``(done, total, text)``
        self.progress = []

    @property
    def records(self):
        """The jobs made in the block, the oldest first."""
        return self._env["ir.job"].sudo().search([("id", "not in", self._before)], order="id")

    def __enter__(self):
        self._before = self._env["ir.job"].sudo().search([]).ids
        return self

    def __exit__(self, *error):
        return False

    def run(self):
        """Run the jobs that wait, whatever their time, and those that they make; each as the user who asked for it.

        What a job raises is raised here, and the job is as it was before.

        :return: the jobs that were run
        """
        done = self._env["ir.job"]
        while job := self._next():
            self._run(job)
            done += job
        return done

    def _next(self):
        waiting = self.records.filtered(lambda job: job.state in ("pending", "waiting", "blocked"))
        ready = waiting.filtered(lambda job: all(other.state == "done" for other in job.after_ids))
        return ready.sorted(lambda job: (job.priority, job.id))[:1]

    def _run(self, job):
        env = self._env(user=job.user_id.id, context=job.context, su=job.su)
        facts = SimpleNamespace(
            model_name=job.model_name,
            method_name=job.method_name,
            record_ids=job.record_ids,
            arguments=job.arguments,
            user_id=job.user_id.id,
            user_active=job.user_id.active,
            su=job.su,
        )
        token = current.set(Running(job.id, self._note))
        try:
            with self._env.cr.savepoint():
                job.write({"state": "done", "result": kept_result(call(env, facts))})
        finally:
            current.reset(token)
        self._env.invalidate_all()

    def _note(self, done, total, text):
        self.progress.append((done, total, text))
        return False
