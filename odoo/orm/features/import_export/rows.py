"""Rows of a table as nested records: which rows belong to one record, and which are its lines."""

from collections.abc import Callable, Iterator

__all__ = ["RowsToRecords"]


class RowsToRecords:
    """Cuts the rows of an import into records.

    A row starts a record when it has a value in a column of the record itself; rows without one are further lines of
    the record's one2many columns.

    :param model: the records' model
    :param paths: the columns, as lists of field names
    :param log: called with a message for columns that are no fields
    """

    def __init__(self, model, paths, log: Callable):
        self.model = model
        self.paths = paths
        self.log = log
        fields = model._fields
        self.own = [index for index, path in enumerate(paths) if not self._is_lines(fields, path)]
        self.lines: dict = {}
        for index, path in enumerate(paths):
            if self._is_lines(fields, path):
                self.lines.setdefault(path[0], []).append(index)

    @staticmethod
    def _is_lines(fields, path) -> bool:
        # an external or database id alone links existing lines
        field = fields.get(path[0])
        return len(path) > 1 and field is not None and field.type == "one2many"

    def extract(self, data, limit=float("inf")) -> Iterator:
        """Yield ``(record, {"rows": {"from": first, "to": last}})`` for the rows of ``data``."""
        index = 0
        rows = list(data)
        while index < len(rows) and index < limit:
            end = index + 1
            if self.lines:
                while end < len(rows) and self._continues(rows[end]):
                    end += 1
            yield self._record(rows[index:end]), {"rows": {"from": index, "to": end - 1}}
            index = end

    def _continues(self, row) -> bool:
        return not any(row[index] for index in self.own) and any(
            row[index] for indexes in self.lines.values() for index in indexes
        )

    def _record(self, rows) -> dict:
        record: dict = {}
        first = rows[0]
        for index in self.own:
            path, value = self.paths[index], first[index]
            if len(path) == 1 and path[0] not in record:
                record[path[0]] = value
            else:
                self._add_reference(record, path, value)
        for name, indexes in self.lines.items():
            comodel = self.model.env[self.model._fields[name].comodel_name]
            subrows = [[row[index] for index in indexes] for row in rows if any(row[index] for index in indexes)]
            nested = RowsToRecords(comodel, [self.paths[index][1:] for index in indexes], self.log)
            record[name] = [line for line, _info in nested.extract(subrows)]
        return record

    @staticmethod
    def _add_reference(record, path, value):
        """Put the value of a column like ``partner_id/id`` where the converter of references looks for it."""
        name, *rest = path
        entry = record.setdefault(name, [{}])
        if not isinstance(entry, list):
            # the name of the record has a column of its own
            entry = record[name] = [{None: entry}]
        entry[0]["/".join(rest) or None] = value
