"""Who may do what with activities: their responsible, and who has rights on the document."""

from collections import defaultdict

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import SQL
from odoo.tools.translate import _

_NAMED = 6


class MailActivityAccess(models.Model):
    """The rules of access of activities, which record rules cannot say."""

    _inherit = "mail.activity"

    def _check_access(self, operation):
        """Return the activities that the user may not use so, with a function that makes the error."""
        result = super()._check_access(operation)
        if self.env.su or not self._ids or (result and result[0] == self and not self.browse().has_access(operation)):
            return result
        refused = result[0] if result else self.browse()
        if operation in ("write", "unlink"):
            forbidden = refused - refused._with_right(operation)
        elif operation == "create":
            forbidden = refused | (self - refused - (self - refused)._with_right(operation))
        else:
            own = self.sudo().filtered(lambda activity: activity.user_id.id == self.env.uid).with_env(self.env)
            forbidden = refused | (self - own - (self - own)._with_right(operation))
        return (forbidden, lambda: forbidden._make_access_error(operation)) if forbidden else None

    def _make_access_error(self, operation):
        """Return the error for activities that the user may not use."""
        return AccessError(
            _(
                "User %(user)s may not %(operation)s the activities %(ids)s: it takes rights on their documents.",
                user=self.env.user.display_name,
                operation=operation,
                ids=", ".join(map(str, self.ids[:_NAMED])),
            )
        )

    def _with_right(self, operation):
        """Return those activities whose document gives the user the right."""
        rows = [(activity.id, activity.res_model, activity.res_id) for activity in self.sudo()]
        return self.browse(self._ids_with_right(rows, operation))

    def _ids_with_right(self, rows, operation):
        """Return the ids of those of ``(activity id, model name, document id)`` whose document gives the right."""
        by_model = defaultdict(lambda: defaultdict(list))
        for id_, model_name, res_id in rows:
            if model_name in self.env and res_id:
                by_model[model_name][res_id].append(id_)
        allowed: set = set()
        for model_name, by_document in by_model.items():
            documents = self.env[model_name].browse(by_document)
            right = getattr(documents, "_mail_post_access", "read" if operation == "read" else "write")
            for document in documents.exists()._filtered_access(right):
                allowed.update(by_document[document.id])
        return [id_ for id_, _model, _res in rows if id_ in allowed]

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, **kwargs):
        """Find activities of the user, and of documents on which the user has the right."""
        if self.env.su or kwargs.get("bypass_access"):
            return super()._search(domain, offset, limit, order, **kwargs)
        found = super()._search(domain, offset, limit, order, **kwargs).get_result_ids()
        if not found:
            return self.browse()._as_query()
        self.flush_model(["res_model", "res_id", "user_id"])
        rows = self.env.execute_query(
            SQL("SELECT id, res_model, res_id, user_id FROM mail_activity WHERE id = ANY(%s)", list(found))
        )
        allowed = {row[0] for row in rows if row[3] == self.env.uid}
        allowed.update(self._ids_with_right([row[:3] for row in rows if row[0] not in allowed], "read"))
        return self.browse([id_ for id_ in found if id_ in allowed])._as_query()
