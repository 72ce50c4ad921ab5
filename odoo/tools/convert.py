"""Face: the data file loaders, under the name addons import them from."""

import importlib

_NAMES = (
    "ParseError",
    "convert_csv_import",
    "convert_file",
    "convert_sql_import",
    "convert_xml_import",
    "nodeattr2bool",
    "str2bool",
    "xml_import",
)
__all__ = list(_NAMES)


def __getattr__(name):
    """Fetch a loader from the layer above at first use, which this layer may not import."""
    if name in _NAMES:
        return getattr(importlib.import_module("odoo.modules.data"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
