"""The commands that change one2many and many2many fields (spec: "Create/update" of the ORM reference)."""

import enum
from collections.abc import Iterable


class Command(enum.IntEnum):
    """Operation codes of x2many values; each class method builds one ``(code, id, argument)`` triple."""

    CREATE = 0
    UPDATE = 1
    DELETE = 2
    UNLINK = 3
    LINK = 4
    CLEAR = 5
    SET = 6

    @classmethod
    def create(cls, values: dict) -> tuple:
        """Create a record of the comodel from ``values`` and link it."""
        return cls.CREATE, 0, values

    @classmethod
    def update(cls, id: int, values: dict) -> tuple:
        """Write ``values`` on the linked record ``id``."""
        return cls.UPDATE, id, values

    @classmethod
    def delete(cls, id: int) -> tuple:
        """Unlink the record ``id`` from the relation and delete it from the database."""
        return cls.DELETE, id, 0

    @classmethod
    def unlink(cls, id: int) -> tuple:
        """Take the record ``id`` out of the relation (deleted where the inverse field cascades)."""
        return cls.UNLINK, id, 0

    @classmethod
    def link(cls, id: int) -> tuple:
        """Add the existing record ``id`` to the relation."""
        return cls.LINK, id, 0

    @classmethod
    def clear(cls) -> tuple:
        """Take every record out of the relation."""
        return cls.CLEAR, 0, 0

    @classmethod
    def set(cls, ids: Iterable[int]) -> tuple:
        """Replace the related records by ``ids``."""
        return cls.SET, 0, ids
