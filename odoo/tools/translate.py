"""Face: translations, under the name from which addons import them.

Translations of code live in :mod:`odoo.i18n.translate`, those of records in :mod:`odoo.modules.translations`.
"""

from odoo.i18n import translate as _code
from odoo.i18n.translate import LazyGettext, LazyTranslate, _, _lt, code_translations, html_translate, xml_translate

__all__ = ["LazyGettext", "LazyTranslate", "_", "_lt", "code_translations", "html_translate", "xml_translate"]


def __getattr__(name):
    """Find what is not asked for by everybody; the upper layer is imported when it is needed."""
    if hasattr(_code, name):
        return getattr(_code, name)
    from odoo.modules import translations

    if name in translations.__all__:
        return getattr(translations, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
