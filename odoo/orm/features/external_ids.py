"""External ids: the names by which modules, files and other databases know records."""

import uuid
from collections import defaultdict
from collections.abc import Iterator

from odoo.exceptions import UserError

__all__ = ["ExternalIdsMixin", "known_external_ids"]


class ExternalIdsMixin:
    """The external ids of records."""

    __slots__ = ()

    def get_external_id(self) -> dict:
        """Return ``{id: external id}``, an empty string for records without one."""
        return {id_: next(iter(xmlids), "") for id_, xmlids in self._get_external_ids().items()}

    def _get_external_ids(self) -> dict:
        """Return ``{id: [external ids]}``."""
        known = known_external_ids(self)
        return {record.id: [line["xmlid"] for line in known[record._origin.id]] for record in self}

    def _BaseModel__ensure_xml_id(self, skip=False) -> Iterator:
        """Return an iterator of ``(record, external id)``; records without one get one in the module ``__export__``.

        :param skip: return no external ids, and make none
        """
        if skip:
            return ((record, None) for record in self)
        if not self:
            return iter(())
        if not self._is_an_ordinary_table():
            raise UserError(
                self.env._(
                    "Model %s gets its rows from %s, which is no table: they have no external ids to export.",
                    self._name,
                    self._table,
                )
            )
        known = self._get_external_ids()
        missing = self.filtered(lambda record: not known.get(record.id))
        made = {record.id: f"__export__.{self._table}_{record.id}_{uuid.uuid4().hex[:8]}" for record in missing}
        if made:
            self.pool.services.external_ids.add(self, made)
        return ((record, made.get(record.id) or known[record.id][0]) for record in self)


def known_external_ids(records) -> dict:
    """Return ``{database id: [{"xmlid", "noupdate"}]}``, the oldest first; an empty list for other ids."""
    return defaultdict(list, records.pool.services.external_ids.of_records(records))
