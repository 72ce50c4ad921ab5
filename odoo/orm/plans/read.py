"""What reading records of a model involves, whoever reads them."""

from typing import Any

from ..names import LOG_ACCESS_COLUMNS
from ..overrides import is_overridden

__all__ = ["ReadPlan"]


class ReadPlan:
    """What is read along with other columns, and which column is the display name.

    :param model_class: registry class of the model
    """

    __slots__ = ("log", "name_column", "prefetched", "restricted")

    def __init__(self, model_class: Any) -> None:
        fields = model_class._fields
        prefetched = [
            field for field in fields.values() if field.prefetch is True and field.store and field.column_type
        ]
        #: the names of the columns that are read together, and of those among them that not everybody may read
        self.prefetched: list[str] = [field.name for field in prefetched]
        self.restricted: frozenset[str] = frozenset(field.name for field in prefetched if field.groups)
        log = [fields[name] for name in LOG_ACCESS_COLUMNS if model_class._log_access]
        #: the names of the log columns that are read along with them
        self.log: list[str] = [field.name for field in log if field.prefetch == "log" and field.store]
        #: the name of the column that is the display name as it is, ``None`` where it takes computing
        self.name_column: str | None = _name_column(model_class)


def _name_column(model_class: Any) -> str | None:
    field = model_class._fields.get("display_name")
    if field is None or field.compute != "_compute_display_name" or field.store or field.related:
        return None
    if is_overridden(model_class, "_compute_display_name") or is_overridden(model_class, "name_get"):
        return None
    column = model_class._fields.get(model_class._rec_name or "")
    return column.name if column and column.type == "char" and column.store and not column.groups else None
