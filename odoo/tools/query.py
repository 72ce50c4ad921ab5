"""The name under which addons import the query builder, which lives with the models."""

import importlib

_NAMES = ("Query",)
__all__ = list(_NAMES)


def __getattr__(name):
    """Fetch the class from the layer above at first use, which this layer may not import."""
    if name in _NAMES:
        return getattr(importlib.import_module("odoo.orm.query"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
