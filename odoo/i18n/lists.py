"""What depends on the language: lists of items in a sentence, codes of locales."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Literal

from babel import lists

from .formats import babel_locale_parse, get_lang

__all__ = ["format_list", "py_to_js_locale"]

_POSIX_LOCALE = re.compile(
    r"^(?P<language>[a-z]{2,3})(?:_(?P<territory>[A-Za-z]{2}|\d{3}))?(?:\.[\w-]+)?(?:@(?P<modifier>\w+))?$"
)
_SCRIPTS = {"latin": "Latn", "Cyrl": "Cyrl", "cyrillic": "Cyrl", "latn": "Latn"}


def format_list(
    env: Any,
    lst: Sequence[str],
    style: Literal["standard", "standard-short", "or", "or-short", "unit", "unit-short", "unit-narrow"] = "standard",
    lang_code: str | None = None,
) -> str:
    """Return items as a list in a sentence (``a, b, and c``).

    :param lst: the items
    :param style: style of :func:`babel.lists.format_list`; ``standard`` when the language has no such style
    :param lang_code: language; by default the context's
    """
    locale = babel_locale_parse(lang_code or get_lang(env).code)
    items = list(map(str, lst))
    try:
        return lists.format_list(items, style, locale)
    except ValueError:
        return lists.format_list(items, locale=locale)


def py_to_js_locale(locale: str) -> str:
    """Return a locale as browsers name it: ``sr@latin`` is ``sr-Latn``, ``fr_FR.UTF-8`` is ``fr-FR``.

    Texts that are no POSIX locale are returned as they are.
    """
    match = _POSIX_LOCALE.match(locale)
    if not match:
        return locale
    parts = [match["language"]]
    if match["modifier"]:
        parts.append(_SCRIPTS.get(match["modifier"], match["modifier"]))
    if match["territory"]:
        parts.append(match["territory"])
    return "-".join(parts)
