"""Search domains: conditions on the records of a model (spec: "Search domains" of the ORM reference).

==============  ===================================================================================
``tree``        :class:`Domain`, an immutable tree, parsed once from the list syntax
``operators``   the operators of conditions, and what they have in common
``values``      what the values of conditions are converted to, and what an empty one is
``normal``      the normal form of a tree for a model
``properties``  conditions on single properties
``hierarchy``   ``child_of`` and ``parent_of``, resolved to ids
``sql``         the SQL of a tree in normal form
``python``      the records in memory that satisfy a tree in normal form
``lists``       functions on the list syntax
``expression``  the compiler object that addons of the list era use
==============  ===================================================================================
"""

from .normal import optimize
from .python import select
from .sql import to_sql
from .tree import Domain, Passes

__all__ = ["Domain"]

Passes.optimize, Passes.to_sql, Passes.select = optimize, to_sql, select
