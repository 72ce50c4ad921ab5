"""Char, text and HTML fields, and their translations.

A translated field's column is a jsonb object ``{language code: value}``. With ``translate=True`` each language has a
value of its own; with a callable (``xml_translate``, ``html_translate``) the languages share the structure of the text
and differ in its terms. A write in one language then changes the others, too; with ``delay_translations`` in the
context they keep their values, and the new ones wait as ``{_language code: value}`` until somebody confirms them.
"""

import difflib
import hashlib

from markupsafe import Markup

from odoo.exceptions import UserError
from odoo.i18n.terms import html_translate
from odoo.sql import convert_column
from odoo.tools.html_clean import html_normalize, html_sanitize, loses_content

from ..overrides import original
from .base import SENTINEL, Field

__all__ = ["Char", "Html", "Text"]

SOURCE_LANG = "en_US"
#: how similar a changed term must be to take over the translations of the old one
SAME_TERM = 0.9


class _String(Field):
    """What the text fields share."""

    is_text = True
    translate = False
    size = None
    unaccent = True
    _related_extra = ("translate",)

    def __init__(self, string=SENTINEL, **kwargs):
        translate = kwargs.get("translate")
        if translate is not None and translate is not SENTINEL and not callable(translate):
            kwargs["translate"] = bool(translate)
        super().__init__(string=string, **kwargs)

    @property
    def column_type(self):
        return ("jsonb", "jsonb") if self.translate or self.company_dependent else self._plain_column_type

    _plain_column_type = ("varchar", "varchar")

    def _describe(self, env):
        return {"translate": bool(self.translate)}

    def convert_to_column(self, value, record, values=None, validate=True):
        return self.convert_to_cache(value, record, validate)

    def convert_to_column_insert(self, value, record, values=None, validate=True):
        if self.translate:
            value = self.convert_to_column(value, record, values, validate)
            return self.to_columns([value], record)[0]
        return super().convert_to_column_insert(value, record, values, validate)

    def convert_to_cache(self, value, record, validate=True):
        if value is None or value is False:
            return None
        if isinstance(value, bytes):
            return value.decode()
        return str(value)

    def convert_to_export(self, value, record):
        return value or ""

    def key_column(self, by_key, new=False):
        if self.company_dependent:
            return super().key_column(by_key, new)
        content = {lang.removeprefix("_"): value for (lang,), value in by_key.items()}
        if new and content:
            content.setdefault(SOURCE_LANG, next(iter(content.values())))
        return content

    # terms are marked in structured texts by language, which are in no plain column
    @original
    def convert_to_record(self, value, record):
        if value is None:
            return False
        return self._with_marked_terms(value, record) if value and self._marks_terms(record.env) else value

    def _marks_terms(self, env) -> bool:
        """Tell whether reading gives structured texts with marks around their terms."""
        return callable(self.translate) and bool(env.context.get("edit_translations"))

    def convert_to_record_multi(self, values, records):
        if self._marks_terms(records.env):
            return [self.convert_to_record(value, record) for value, record in zip(values, records, strict=True)]
        return super().convert_to_record_multi(values, records)

    # translations

    def _with_marked_terms(self, value, record) -> str:
        """Return the value with each term in a ``<span>`` that tells an editor which translation it is.

        The class ``o_delay_translation`` tells that the value waits to be confirmed.
        """
        stored = record.id and self._get_stored_translations(record)
        if not stored:
            return value
        lang, base_lang = record.env._lang.removeprefix("_"), record._get_base_lang()
        latest = self.latest_translations(stored)
        sources = self.get_trans_terms(latest.get(base_lang, latest.get(SOURCE_LANG, value)))
        terms = self.get_trans_terms(value)
        if len(sources) != len(terms):
            sources = terms
        source_of = dict(zip(terms, sources, strict=True))
        waits = value != stored.get(lang, stored.get(SOURCE_LANG))
        css_class = Markup(' class="o_delay_translation"') if waits else ""

        def mark(term):
            source = source_of.get(term, term)
            translated = lang == base_lang or source != term
            return Markup(
                '<span%s data-oe-model="%s" data-oe-id="%s" data-oe-field="%s" data-oe-translation-state="%s"'
                ' data-oe-translation-source-sha="%s">%s</span>'
            ) % (
                css_class,
                record._name,
                record.id,
                self.name,
                "translated" if translated else "to_translate",
                hashlib.sha256(source.encode()).hexdigest(),
                Markup(term),
            )

        return self.translate(mark, value)

    def get_trans_terms(self, value) -> list:
        """Return the translatable terms of a value, in order."""
        terms: list = []
        if callable(self.translate):
            self.translate(terms.append, value)
        elif value:
            terms.append(value)
        return terms

    def get_text_content(self, term) -> str:
        """Return the text of a term without its markup."""
        content = getattr(self.translate, "get_text_content", None)
        return content(term) if content else term

    def get_translation_dictionary(self, from_lang_value, to_lang_values: dict) -> dict:
        """Return ``{term: {lang: translated term}}`` for a value and its translations.

        A language whose value does not have as many terms translates nothing.
        """
        terms = self.get_trans_terms(from_lang_value)
        dictionary: dict = {term: {} for term in terms}
        for lang, value in to_lang_values.items():
            translated = self.get_trans_terms(value)
            if len(translated) != len(terms):
                translated = terms
            for term, translation in zip(terms, translated, strict=True):
                dictionary[term][lang] = translation
        return dictionary

    def get_translation_fallback_langs(self, env) -> tuple:
        """Return the keys of the column to look a value up under, best first.

        With ``check_translations`` or ``edit_translations`` in the context, values to be confirmed come before others.
        """
        lang = env._lang.removeprefix("_")
        langs = (SOURCE_LANG,) if lang == SOURCE_LANG else (lang, SOURCE_LANG)
        if callable(self.translate) and env._lang != lang:
            return tuple(key for code in langs for key in ("_" + code, code))
        return langs

    @staticmethod
    def latest_translations(stored: dict) -> dict:
        """Return ``{lang: value}`` of a column's content, with values that wait to be confirmed in their place."""
        return {code: stored.get("_" + code, value) for code, value in stored.items() if not code.startswith("_")}

    def _get_stored_translations(self, record):
        """Return the jsonb content of a record's column, ``None`` when it is empty."""
        record.flush_recordset([self.name])
        return record._stored_column(self).get(record.id)

    @original
    def write(self, records, value):
        if not self.translate or not self.store:
            return super().write(records, value)
        real = records.browse(tuple(id_ for id_ in records._ids if id_))
        value = self.convert_to_cache(value, records)
        self._settle_other_languages(real, value)
        if callable(self.translate) and value is not None and real and not records.env.context.get("_raw_translation"):
            self._write_terms(real, value)
            records = records.browse(tuple(id_ for id_ in records._ids if not id_))
        super().write(records, value)
        if self._replaces_source(records.env):
            super().write(records.with_context(lang=SOURCE_LANG), value)
        self._forget_other_languages(real)
        return None

    @staticmethod
    def _replaces_source(env) -> bool:
        """Tell whether what is written is the source, too, as nobody reads or writes that."""
        lang = env._lang.removeprefix("_")
        return lang != SOURCE_LANG and not env.registry.services.languages.is_active(env, SOURCE_LANG)

    def _settle_other_languages(self, records, value):
        """Deal with what waits to be written in other languages: no value means none in any language."""
        changes = records.env.cache.changes
        if self not in changes.fields_with_context():
            return
        if value is None:
            waiting = [id_ for id_ in records._ids if changes.values(self, id_)]
            changes.forget_values(self, waiting)
            for id_ in waiting:
                # this language may have had no text before, but the others did
                changes.mark_values(self, id_, {records.env.cache_key(self): None})
        elif any(None in changes.values(self, id_).values() for id_ in records._ids):
            records.flush_recordset([self.name])

    def _forget_other_languages(self, records):
        """Drop cached values of other languages, which may fall back on the one just written."""
        own = records.env.cache_key(self)
        cache = records.env.cache
        pending = cache.changes.values
        for key, column in cache.columns.known(self).items():
            if key != own:
                for id_ in records._ids:
                    if key not in pending(self, id_):
                        column.pop(id_, None)

    def _write_terms(self, records, value):
        """Write a structured text and carry the other languages' terms over to its new structure."""
        cache, env = records.env.cache, records.env
        lang = env._lang.removeprefix("_")
        records.flush_recordset([self.name])
        stored = records._stored_column(self)
        delay = env.context.get("delay_translations")
        for record in records:
            old = stored.get(record.id) or {}
            new = self._translated_values(old, lang, value, delay)
            if self._replaces_source(env):
                new[SOURCE_LANG] = value
                new.pop("_" + SOURCE_LANG, None)
            if any(code.startswith("_") for code in (*old, *new)):
                # what waits to be confirmed comes and goes with the whole column
                record._write_translations(self, new)
                continue
            for code, text in new.items():
                cache.columns.at(self, (code,))[record.id] = text
            cache.changes.mark_values(self, record.id, {(code,): text for code, text in new.items()})
        if env._lang != lang:
            cache.columns.at(self, (env._lang,)).clear()

    def _translated_values(self, stored: dict, lang: str, value: str, delay=False) -> dict:
        """Return the content of the column after ``value`` was written in ``lang``.

        :param delay: keep the values of the other languages, and let the new ones wait to be confirmed
        """
        if not stored:
            return {SOURCE_LANG: value, lang: value}
        old = self.latest_translations(stored)
        base = old.get(lang, old.get(SOURCE_LANG, ""))
        others = {code: text for code, text in old.items() if code != lang}
        dictionary = self.get_translation_dictionary(base, others)
        self._carry_over(dictionary, self.get_trans_terms(value))
        result = {lang: value}
        for code in others:
            result[code] = self.translate(lambda term, lang=code: dictionary.get(term, {}).get(lang), value)
            if delay and result[code] != stored[code]:
                result["_" + code], result[code] = result[code], stored[code]
        result.setdefault(SOURCE_LANG, value)
        return result

    def _carry_over(self, dictionary: dict, terms: list):
        """Give new terms the translations of the old terms that they came from, by the likeness of their texts.

        :param dictionary: ``{old term: {lang: translation}}``, to which new terms are added
        :param terms: the terms of the new value
        """
        new: dict = {}
        for term in dict.fromkeys(terms):
            if term not in dictionary:
                new.setdefault(self.get_text_content(term), []).append(term)
        present = set(terms)
        for old in [term for term in dictionary if term not in present] if new else ():
            close = difflib.get_close_matches(self.get_text_content(old), new, 1, SAME_TERM)
            if not close:
                continue
            alike = new[close[0]]
            [term] = difflib.get_close_matches(old, alike, 1, 0)
            alike.remove(term)
            if not alike:
                del new[close[0]]
            fits = self._fitting(term)
            dictionary[term] = {lang: fits(translation) for lang, translation in dictionary[old].items()}

    def _fitting(self, term):
        """Return a function that makes the translation of a term like ``term`` one of it, or ``None``."""
        is_text = getattr(self.translate, "is_text", lambda term: True)
        if is_text(term):
            # it may have become an attribute, where no markup can be
            return lambda translation: translation if is_text(translation) else None
        return getattr(self.translate, "term_adapter", lambda term: lambda translation: translation)(term)


class Char(_String):
    """One line of text.

    :param size: the greatest number of characters; longer values are cut
    :param trim: whether clients strip the value
    """

    type = "char"
    trim = True
    _related_extra = ("translate", "size", "trim")

    @property
    def _plain_column_type(self):
        return "varchar", f"varchar({int(self.size)})" if self.size else "varchar"

    def update_db_column(self, model, column):
        """Make a column of limited length longer when the field allows more."""
        if column and column["udt_name"] == "varchar" and self.column_type[0] == "varchar":
            length = column.get("character_maximum_length")
            if length and (not self.size or length < self.size):
                convert_column(model._cr, model._table, self.name, self.column_type[1])
            return
        super().update_db_column(model, column)

    def _describe(self, env):
        return {"translate": bool(self.translate), "size": self.size, "trim": self.trim}

    def convert_to_cache(self, value, record, validate=True):
        """Return the text, cut where the field ends."""
        # fast path of _String.convert_to_cache(): a text is a text
        if type(value) is str:
            return value[: self.size] if self.size else value
        value = super().convert_to_cache(value, record, validate)
        return value[: self.size] if value and self.size else value


class Text(_String):
    """Text of any length."""

    type = "text"
    _plain_column_type = ("text", "text")


#: parameters of HTML fields that the sanitizer takes as they are
_SANITIZE_OPTIONS = (
    "sanitize_tags",
    "sanitize_attributes",
    "sanitize_style",
    "sanitize_form",
    "sanitize_conditional_comments",
    "strip_style",
    "strip_classes",
)


class Html(_String):
    """HTML text, cleaned when it is written.

    :param sanitize: clean values; the ``sanitize_*`` and ``strip_*`` parameters say how
    """

    type = "html"
    _plain_column_type = ("text", "text")
    sanitize = True
    sanitize_overridable = False
    sanitize_tags = True
    sanitize_attributes = True
    sanitize_style = False
    sanitize_form = True
    sanitize_conditional_comments = True
    sanitize_output_method = "html"
    strip_style = False
    strip_classes = False
    #: what cleans a text; :mod:`odoo.fields` puts the name in its place that tests of addons patch there
    html_sanitize = staticmethod(html_sanitize)
    _related_extra = (
        "translate",
        "sanitize",
        "sanitize_tags",
        "sanitize_attributes",
        "sanitize_style",
        "strip_style",
        "strip_classes",
    )

    def _apply_args(self, model_class):
        super()._apply_args(model_class)
        if self.sanitize == "email_outgoing":
            # what is sent is written by those who send it: templates keep their directives
            self.sanitize_tags = self.sanitize_attributes = self.sanitize_conditional_comments = False
            self.sanitize_output_method = "xml"
            self.sanitize = True
        if self.translate is True and self.sanitize:
            self.translate = html_translate

    def _describe(self, env):
        return {"translate": bool(self.translate), "sanitize": self.sanitize, "sanitize_tags": self.sanitize_tags}

    def convert_to_cache(self, value, record, validate=True):
        """Return the text without what could do harm; what is not validated stays as it is."""
        value = super().convert_to_cache(value, record, validate)
        return self._clean(value, record) if validate and value and self.sanitize else value

    def _clean(self, value, record):
        """Return the sanitised value; users with the right to write any HTML keep what they wrote.

        :raise UserError: when a user without that right changes a value that sanitising would damage
        """
        options = self._sanitize_options()
        if not self.sanitize_overridable:
            return self.html_sanitize(value, **options)
        if record.pool.services.access.may_write_any_html(record.env):
            return value
        real = record.browse(tuple(id_ for id_ in record._ids if id_)).sudo().with_context(edit_translations=False)
        present = [str(item[self.name] or "").strip() for item in real]
        if any(loses_content(text, **options) for text in present):
            written = html_normalize(value.strip())
            if any(html_normalize(text) != written for text in present):
                raise UserError(
                    record.env._(
                        "%(field)s of %(model)s holds content that only administrators may save, so your "
                        "change would damage it. "
                        "Ask one of them to make it.",
                        model=record._description,
                        field=self.string,
                    )
                )
            return present[0]
        return self.html_sanitize(value, **options)

    def _sanitize_options(self) -> dict:
        options = {name: getattr(self, name) for name in _SANITIZE_OPTIONS}
        method = self.sanitize_output_method
        return {**options, "silent": True, "output_method": "xml" if method == "xhtml" else method}

    def convert_to_record(self, value, record):
        """Return the text as markup, which templates show as it is."""
        return False if value is None else Markup(super().convert_to_record(value, record))

    def convert_to_record_multi(self, values, records):
        """Return the texts as markup, which templates show as it is."""
        if self._marks_terms(records.env):
            return super().convert_to_record_multi(values, records)
        return [False if value is None else Markup(value) for value in values]

    def convert_to_read(self, value, record, use_display_name=True):
        """Return the text, ``False`` for none."""
        return value if value is not None else False

    def convert_to_read_multi(self, values, records, use_display_name=True):
        """Return the texts, ``False`` for none."""
        return self.convert_to_record_multi(values, records)

    def get_trans_terms(self, value):
        """Return the terms of the text as plain strings."""
        # a plain string, whatever Markup would make of it
        return super().get_trans_terms(str(value) if value else value)
