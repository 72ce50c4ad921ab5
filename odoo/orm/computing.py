"""The time in which a compute method runs."""

__all__ = ["Computing"]


class Computing:
    """Context in which ``fields`` of ``records`` are computed: assigning them is no change by somebody else.

    Inside, the fields are protected on the records, and the stored ones are not marked to be computed any more; they
    are marked again when the block raises. It is a class, as it is entered for every computation.
    """

    __slots__ = ("_fields", "_records")

    def __init__(self, fields, records):
        self._fields = fields
        self._records = records

    def __enter__(self) -> None:
        records = self._records
        env = records.env
        for field in self._fields:
            if field.store:
                env.remove_to_compute(field, records)
        env.transaction.stale.protect(self._fields, records._ids)

    def __exit__(self, kind, error, traceback) -> None:
        env = self._records.env
        env.transaction.stale.release(self._fields)
        if kind is not None and issubclass(kind, Exception):
            for field in self._fields:
                if field.store:
                    env.add_to_compute(field, self._records)
