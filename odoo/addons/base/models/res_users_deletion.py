"""``res.users.deletion``: accounts that their users closed, to be deleted bit by bit."""

import logging
import threading

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

_logger = logging.getLogger("odoo.addons.base.models.res_users")

#: how many users a run of the job deletes
BATCH = 10


class ResUsersDeletion(models.Model):
    """A user to delete. It stays when the user is gone, to tell that it happened."""

    _name = "res.users.deletion"
    _description = "Users Deletion Request"
    _rec_name = "user_id"

    user_id = fields.Many2one("res.users", string="User", ondelete="set null")
    user_id_int = fields.Integer("User Id", compute="_compute_user_id_int", store=True)
    state = fields.Selection(
        [("todo", "To Do"), ("done", "Done"), ("fail", "Failed")],
        required=True,
        default="todo",
        copy=False,
    )

    @api.depends("user_id")
    def _compute_user_id_int(self):
        """Keep the id when the user is gone."""
        for request in self:
            if request.user_id:
                request.user_id_int = request.user_id.id

    @api.model
    def _gc_portal_users(self, batch_size=BATCH):
        """Delete some of the users who wait for it, with their partners where nothing needs these."""
        requests = self.search([("state", "=", "todo")])
        gone = requests.filtered(lambda request: not request.user_id)
        gone.state = "done"
        waiting = requests - gone
        batch = waiting[:batch_size]
        for request in batch:
            user, partner = request.user_id, request.user_id.partner_id
            name, owner = user.name, request.create_uid
            if not self._delete(user):
                request.state = "fail"
                continue
            request.state = "done"
            _logger.info("User #%s %r deleted, as %r asked for", request.user_id_int, name, owner.login)
            self._delete(partner)
            # tests keep their transaction
            if not getattr(threading.current_thread(), "testing", False):
                self.env.cr.commit()
        self.env["ir.cron"]._notify_progress(done=len(batch), remaining=len(waiting) - len(batch))

    def _delete(self, record) -> bool:
        """Delete a record unless something needs it; tell whether it is gone."""
        try:
            with self.env.cr.savepoint():
                record.unlink()
        except (UserError, ValidationError) as error:
            _logger.warning("%s cannot be deleted: %s", record, error)
            return False
        except Exception:
            # modules may refuse in their own ways, the remaining users still wait
            _logger.exception("%s cannot be deleted", record)
            return False
        return True
