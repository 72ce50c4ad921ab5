"""Face of :mod:`odoo.i18n.translate` and :mod:`odoo.modules.translations`, by which addons import and patch them."""

import sys

from odoo.i18n import translate


def _of_records(name):
    """Find what reads and writes the translations of records; that layer is imported when somebody asks for it."""
    # an import asks for names like __path__
    if not name.startswith("__"):
        from odoo.modules import translations

        if name in translations.__all__:
            return getattr(translations, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


translate.__getattr__ = _of_records
sys.modules[__name__] = translate
