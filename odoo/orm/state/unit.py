"""The unit of work: what one transaction knows, has changed and has still to compute and to write.

It owns the registers; what must hold between them is told in ``docs/architecture/orm-state.md``.
"""

from .changes import Changes
from .columns import Columns
from .links import Links
from .mirrors import Mirrors
from .stale import Stale

__all__ = ["UnitOfWork"]


class UnitOfWork:
    """The registers of one transaction.

    ``columns``: values; ``mirrors``: how both sides of a relation keep in step there; ``changes``: values to write;
    ``stale``: values to compute, and what is protected from that; ``links``: rows of relation tables to write.
    """

    __slots__ = ("changes", "columns", "links", "mirrors", "stale")

    def __init__(self) -> None:
        self.columns = Columns()
        self.mirrors = Mirrors(self.columns)
        self.changes = Changes()
        self.stale = Stale()
        self.links = Links()

    def __bool__(self) -> bool:
        """Tell whether something is to be computed or written."""
        return bool(self.changes or self.stale or self.links)

    def is_settled(self) -> bool:
        """Tell whether all values are in the database, computed and linked; who touched a record may be to be noted."""
        return not (self.changes.has_values() or self.stale or self.links)

    def use(self, columns: Columns, mirrors: Mirrors, changes: Changes) -> None:
        """Work with other values, and what is to be written of them; what is stale, and links, stay."""
        self.columns, self.mirrors, self.changes = columns, mirrors, changes

    def clear(self) -> None:
        """Forget all values, and what is to be computed and written of them; links are forgotten where they began."""
        self.columns.clear()
        self.mirrors.clear()
        self.changes.clear()
        self.stale.clear()
