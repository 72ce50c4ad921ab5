"""Translating texts of code: ``_("...")``, lazily ``_lt("...")``, and the catalogues they come from.

Translations of fields and views live in the database; those of code live in the ``i18n`` directories of the modules and
are read here.
"""

from __future__ import annotations

import logging
import os
import re
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
from types import FrameType
from typing import Any

import polib
from markupsafe import Markup

from odoo.tools.containers import ReadonlyDict
from odoo.tools.files import file_path
from odoo.tools.lru import LRU

from .formats import get_iso_codes  # noqa: F401
from .terms import (  # noqa: F401
    TRANSLATED_ATTRS,
    TRANSLATED_ELEMENTS,
    get_text_content,
    html_translate,
    is_text,
    translate_attrib,
    xml_translate,
)

__all__ = ["LazyTranslate", "_", "html_translate", "xml_translate"]

_logger = logging.getLogger(__name__)

PYTHON_TRANSLATION_COMMENT = "odoo-python"
JAVASCRIPT_TRANSLATION_COMMENT = "odoo-javascript"
_ADDON_MODULE = re.compile(r"^odoo\.addons\.(\w+)")
_MODULE_NAME = re.compile(r"\w{1,128}")
_LANG_CODE = re.compile(r"[A-Za-z][\w@.-]{1,31}")
_LATIN_AMERICAN_SPANISH = re.compile(r"^es_(?!ES$|419$)\w+$")


def quote(text: str) -> str:
    """Return a text as catalogues write it: between quotes, with escapes, each line of the text on its own line."""
    lines = map(polib.escape, text.split("\n"))
    return '"' + '\\n"\n"'.join(lines) + '"'


def unquote(quoted: str) -> str:
    """Return the text of :func:`quote`, whose lines may have been joined: ``"a" "b"`` on two lines is ``"ab"``."""
    return polib.unescape(quoted[1:-1].replace('"\n"', ""))


def get_base_langs(lang: str) -> list[str]:
    """Return the languages whose catalogues a language builds on, the most general one first, itself last."""
    langs = [lang.partition("_")[0]]
    if _LATIN_AMERICAN_SPANISH.match(lang):
        langs.append("es_419")
    if lang not in langs:
        langs.append(lang)
    return langs


def get_po_paths(module_name: str, lang: str, env: Any = None) -> Iterator[str]:
    """Iterate over the catalogues of a module for a language, in the order they are to be read (later ones win).

    :param env: environment whose temporary directories are searched too
    """
    for directory in ("i18n", "i18n_extra"):
        for base_lang in get_base_langs(lang):
            try:
                yield file_path(os.path.join(module_name, directory, f"{base_lang}.po"), env=env)
            except FileNotFoundError:
                continue


def get_translated_module(arg: Any) -> str:
    """Return the addon a Python module belongs to, ``base`` for what lies outside of addons.

    :param arg: dotted name of a Python module, name of an addon, or number of stack frames to go up
    """
    if isinstance(arg, int):
        frame = sys._getframe(arg + 1)
        arg = frame.f_globals.get("__name__", "")
    if isinstance(arg, str):
        match = _ADDON_MODULE.match(arg)
        if match:
            return match[1]
        return arg if arg and "." not in arg and not arg.startswith("_") and arg != "odoo" else "base"
    raise TypeError(f"expected the name of a module or a number of frames, got {arg!r}")


class CodeTranslations:
    """Translations of code, read from the catalogues when first asked for and kept, those used last.

    Names may come from a caller: nothing is kept for modules that do not exist.
    """

    #: pairs of a module and a language that are kept
    SIZE = 8192

    def __init__(self) -> None:
        # (module, lang) -> ReadonlyDict
        self.python_translations = LRU(self.SIZE)
        self.web_translations = LRU(self.SIZE)
        self._lock = threading.Lock()

    @staticmethod
    def _read_code_translations_file(catalogue: Iterable[polib.POEntry], wanted_comment: str) -> dict[str, str]:
        """Return the translated entries of a catalogue that come from code of the wanted kind."""
        found = {}
        for entry in catalogue:
            if not entry.msgstr or entry.obsolete or entry.fuzzy:
                continue
            comments = entry.comment.split("\n") if entry.comment else ()
            if wanted_comment in comments:
                found[entry.msgid] = entry.msgstr
        return found

    @classmethod
    def _get_code_translations(cls, module_name: str, lang: str, wanted_comment: str) -> dict[str, str]:
        translations: dict[str, str] = {}
        for path in get_po_paths(module_name, lang):
            try:
                translations.update(cls._read_code_translations_file(polib.pofile(path), wanted_comment))
            except (OSError, UnicodeDecodeError) as error:
                _logger.error("catalogue %s cannot be read: %s", path, error)
        return translations

    @staticmethod
    def _exists(module_name: str) -> bool:
        """Tell whether there is a module with that name."""
        try:
            return bool(file_path(module_name))
        except FileNotFoundError:
            return False

    def _get(self, kept, module_name, lang, wanted_comment, convert):
        """Return from ``kept``, or else read, what ``convert`` makes of the texts of one kind."""
        try:
            return kept[module_name, lang]
        except KeyError:
            pass
        if not (_MODULE_NAME.fullmatch(module_name) and _LANG_CODE.fullmatch(lang)):
            return convert({})
        with self._lock:
            found = self._get_code_translations(module_name, lang, wanted_comment)
            result = convert(found)
            if found or self._exists(module_name):
                kept[module_name, lang] = result
        return result

    def get_python_translations(self, module_name: str, lang: str) -> Mapping[str, str]:
        """Return the mapping source -> translation of the Python code of a module."""
        return self._get(self.python_translations, module_name, lang, PYTHON_TRANSLATION_COMMENT, convert=ReadonlyDict)

    def get_web_translations(self, module_name: str, lang: str) -> Mapping[str, Any]:
        """Return the translations of the browser code of a module.

        :return: ``{"messages": ({"id": source, "string": translation}, ...)}``
        """

        def as_messages(texts):
            messages = tuple(ReadonlyDict({"id": source, "string": text}) for source, text in texts.items())
            return ReadonlyDict({"messages": messages})

        return self._get(self.web_translations, module_name, lang, JAVASCRIPT_TRANSLATION_COMMENT, as_messages)


code_translations = CodeTranslations()


def get_translation(module: str, lang: str, source: str, args: tuple | dict) -> str:
    """Return a text of code in a language, with its arguments put in.

    :param module: addon the text belongs to
    :param lang: code of the language; nothing and ``en_US`` mean the source itself
    :param source: the text
    :param args: positional or named values for its ``%`` placeholders; with markup among them the result is markup, the
        rest escaped
    """
    text = source
    if lang and lang != "en_US":
        text = code_translations.get_python_translations(module, lang).get(source, source)
    if not args:
        return text
    values = list(args.values()) if isinstance(args, dict) else args
    if any(isinstance(value, LazyGettext) for value in values):

        def resolve(value):
            return value._translate(lang) if isinstance(value, LazyGettext) else value

        args = (
            {key: resolve(value) for key, value in args.items()}
            if isinstance(args, dict)
            else tuple(resolve(value) for value in args)
        )
    wrap = Markup if any(isinstance(value, Markup) for value in values) else str
    try:
        return wrap(text) % args
    except (TypeError, ValueError, KeyError):
        if text == source:
            raise
        _logger.exception("translation %r of %r in module %s does not fit its arguments", text, source, module)
        return wrap(source) % args


def _environment_lang(env: Any) -> str | None:
    """Return the language of an environment or of something that carries one, ``None`` when it is neither."""
    lang = getattr(env, "lang", None)
    if isinstance(lang, str):
        return lang
    context: Any = getattr(env, "context", None)
    return context.get("lang") if hasattr(context, "get") else None


def _get_lang(frame: FrameType, default_lang: str = "") -> str:
    """Return the language the code of a frame works in.

    Looked for in this order: a local ``context``, the environment of ``self`` (or ``cls``, ``records``), a local
    ``env``, the current request.
    """
    names = frame.f_locals
    context: Any = names.get("context")
    if hasattr(context, "get") and context.get("lang"):
        return context["lang"]
    for name in ("self", "cls", "records"):
        env = getattr(names.get(name), "env", None)
        if env is not None and (lang := _environment_lang(env)):
            return lang
    if (env := names.get("env")) is not None and (lang := _environment_lang(env)):
        return lang
    http = sys.modules.get("odoo.http")
    request: Any = getattr(http, "request", None)
    if request and getattr(request, "env", None) is not None and (lang := _environment_lang(request.env)):
        return lang
    if not default_lang:
        _logger.debug("no language found for the text translated at %s:%s", frame.f_code.co_filename, frame.f_lineno)
    return default_lang


def get_text_alias(source: str, /, *args: Any, **kwargs: Any) -> str:
    """Return a text in the language of the code that calls this.

    The language is found by looking at the caller: prefer ``env._`` where an environment is at hand.

    :param source: the text, a literal
    :param args: values for its ``%`` placeholders
    :param kwargs: or named values
    """
    if args and kwargs:
        raise TypeError("a translated text takes positional or named values, not both")
    if not isinstance(source, str):
        raise TypeError(f"only text can be translated, got {source!r}")
    frame = sys._getframe(1)
    module = get_translated_module(frame.f_globals.get("__name__", ""))
    return get_translation(module, _get_lang(frame), source, args or kwargs)


class LazyGettext:
    """A text that is translated when it is used, in the language of whoever uses it.

    :param source: the text, a literal
    :param args: values for its placeholders
    :param _module: the addon it belongs to; by default the caller's
    :param _default_lang: language used when none can be found
    :param kwargs: or named values
    """

    __slots__ = ("_args", "_default_lang", "_module", "_source")

    def __init__(self, source: str, /, *args: Any, _module: str = "", _default_lang: str = "", **kwargs: Any) -> None:
        if not isinstance(source, str):
            raise TypeError(f"only text can be translated, got {source!r}")
        if args and kwargs:
            raise TypeError("a translated text takes positional or named values, not both")
        self._source = source
        self._args = args or kwargs
        self._module = get_translated_module(_module or 1)
        self._default_lang = _default_lang

    def _translate(self, lang: str = "") -> str:
        """Return the text in a language; without one, in that of the code that uses the text."""
        if not lang:
            frame = sys._getframe(1).f_back
            lang = _get_lang(frame, self._default_lang) if frame else self._default_lang
        return get_translation(self._module, lang, self._source, self._args)

    def __repr__(self) -> str:
        return f"_lt({self._source!r}, {self._args!r})"

    def __str__(self) -> str:
        return self._translate()

    def __eq__(self, other: object) -> bool:
        """Lazy texts are not compared: their value depends on who asks. Translate first."""
        if isinstance(other, LazyGettext):
            return (self._source, self._args, self._module) == (other._source, other._args, other._module)
        return NotImplemented

    def __hash__(self) -> int:
        return hash((self._source, self._module))

    def __add__(self, other: object) -> str:
        if isinstance(other, (str, LazyGettext)):
            return self._translate() + (other if isinstance(other, str) else other._translate())
        return NotImplemented

    def __radd__(self, other: object) -> str:
        return other + self._translate() if isinstance(other, str) else NotImplemented


class LazyTranslate:
    """Maker of lazy texts for a Python module: ``_lt = LazyTranslate(__name__)``.

    :param module: ``__name__`` of the Python module
    :param default_lang: language used when none can be found
    """

    module: str
    default_lang: str

    def __init__(self, module: str, *, default_lang: str = "") -> None:
        self.module = get_translated_module(module or 1)
        self.default_lang = default_lang

    def __call__(self, source: str, /, *args: Any, **kwargs: Any) -> LazyGettext:
        """Return a text that is translated when it is shown, with the terms of the module it is marked in."""
        return LazyGettext(source, *args, **kwargs, _module=self.module, _default_lang=self.default_lang)


_ = get_text_alias
_lt = LazyGettext
