"""Indexes over several columns, declared at the model that is looked up by them."""

from collections.abc import Callable, Iterable

from odoo.tools import sql


def indexed(name: str, columns: Iterable[str], unique: bool = False) -> Callable[[type], type]:
    """Return a decorator of model definitions that adds an index to the table of the model.

    :param name: name of the index in the database
    :param columns: names of the columns
    :param unique: whether no two rows may have the same values in ``columns``
    """
    make = sql.create_unique_index if unique else sql.create_index

    def decorate(definition: type) -> type:
        def _auto_init(self):
            """Create or update the table of the model and its indexes."""
            prepared = inherited(self)
            make(self.env.cr, name, self._table, list(columns))
            return prepared

        own = definition.__dict__.get("_auto_init")
        inherited = own or (lambda self: super(definition, self)._auto_init())
        definition._auto_init = _auto_init
        return definition

    return decorate
