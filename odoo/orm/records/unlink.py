"""Deleting records: their rows, and what other models keep about them."""

import logging

from odoo.sql import SQL

__all__ = ["UnlinkMixin"]

_unlink = logging.getLogger("odoo.models.unlink")

#: what ``unlink`` deletes with one statement
UNLINK_BATCH = 1000


class UnlinkMixin:
    """Deleting records."""

    __slots__ = ()

    @property
    def _ondelete_methods(self) -> list:
        """The ``(method name, whether also at uninstall)`` of the model's ``@api.ondelete`` methods."""
        return self._plans.ondelete

    def unlink(self):
        """Delete the records.

        :raise AccessError: when the user may not delete one of them
        :raise UserError: when something refers to them and forbids it
        """
        if not self:
            return True
        self.check_access("unlink")
        uninstalling = self._context.get("_force_unlink")
        for name, at_uninstall in self._ondelete_methods:
            if at_uninstall or not uninstalling:
                getattr(self, name)()
        # what is pending may be about these records or refer to them
        self.env.flush_all()
        # whatever depends on these records is found as long as they are there, and computed when they are gone
        with self.env.protecting([field for field in self._fields.values() if field.store], self):
            self.modified(tuple(self._fields), before=True)
        for start in range(0, len(self), UNLINK_BATCH):
            _delete_rows(self[start : start + UNLINK_BATCH])
        self._note_deletion()
        return True

    def _note_deletion(self):
        """Leave a trace of the deletion of these records; what is deleted along with others overrides it."""
        _unlink.info("User %s deleted records of %s: %r", self._uid, self._name, self.ids)


def _delete_rows(records):
    """Delete the rows, and what other models keep about them."""
    env = records.env
    ids = list(records.ids)
    _forget_company_values(records)
    records._cr.execute(SQL("DELETE FROM %s WHERE id = ANY(%s)", SQL.identifier(records._table), ids))
    for field in records._fields.values():
        env.remove_to_compute(field, records)
    # rows of other tables may be gone or changed by foreign keys
    env.cache.invalidate()
    services = records.pool.services
    services.external_ids.forget(records)
    services.attachments.forget(records)
    services.defaults.forget(records)


def _forget_company_values(records):
    """Empty the company-dependent many2one values that refer to these records; they do not get the default."""
    for field in records.pool.many2one_company_dependents[records._name]:
        model = records.env[field.model_name]
        model.flush_model([field.name])
        records._cr.execute(
            SQL(
                "UPDATE %(table)s t SET %(column)s = ("
                "SELECT jsonb_object_agg(key, CASE WHEN value::text = ANY(%(ids)s) THEN 'null' ELSE value END) "
                "FROM jsonb_each(t.%(column)s)) WHERE EXISTS (SELECT 1 FROM jsonb_each(t.%(column)s) "
                "WHERE value::text = ANY(%(ids)s))",
                table=SQL.identifier(model._table),
                column=SQL.identifier(field.name),
                ids=[str(id_) for id_ in records.ids],
            )
        )
