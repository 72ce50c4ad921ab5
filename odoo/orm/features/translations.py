"""Translations of texts: what the translation dialog reads and writes."""

from psycopg2.extras import Json

from odoo.exceptions import UserError
from odoo.sql import SQL

__all__ = ["TranslationsMixin"]


class TranslationsMixin:
    """The texts of records in other languages than the user's."""

    __slots__ = ()

    def _get_base_lang(self) -> str:
        """Return the language that records of this model are written in."""
        return "en_US"

    def get_field_translations(self, field_name, langs=None):
        """Return ``(translations, context)`` for the translation dialog of a field.

        ``translations``: list of ``{"lang", "source", "value"}``; ``context``: what kind of translation it is.
        """
        self.ensure_one()
        field = self._fields[field_name]
        langs = set(langs or self.pool.services.languages.codes(self.env))
        self.check_field_access_rights("read", [field_name])
        self.check_access("read")
        stored = field.latest_translations(field._get_stored_translations(self) or {})
        source = stored.get("en_US", "")
        if not callable(field.translate):
            translations = [{"lang": lang, "source": source, "value": stored.get(lang, "")} for lang in sorted(langs)]
        else:
            dictionary = field.get_translation_dictionary(source, {lang: stored.get(lang, source) for lang in langs})
            translations = [
                {"lang": lang, "source": term, "value": values[lang] if values[lang] != term else ""}
                for term, values in dictionary.items()
                for lang in sorted(langs)
            ]
        return translations, {
            "translation_type": "text" if field.type in ("text", "html") else "char",
            "translation_show_source": callable(field.translate),
        }

    def update_field_translations(self, field_name, translations, source_lang=None):
        """Write translations.

        :param translations: ``{lang: value}``, where nothing means that of the source; for structured texts ``{lang:
            {source term: translation}}``, where no terms confirm what waits to be confirmed
        :param source_lang: language of the source terms, by default that of the code
        :raise UserError: when a language is not active, or a value is no text
        """
        return self._update_field_translations(field_name, translations, source_lang=source_lang)

    def _update_field_translations(self, field_name, translations, digest=None, source_lang=None):
        self.ensure_one()
        self.check_access("write")
        self.check_field_access_rights("write", [field_name])
        self._check_languages({*translations, source_lang or "en_US"})
        field = self._fields[field_name]
        if not field.translate:
            return False
        if field.related and not field.store:
            record, target = field.traverse_related(self)
            return record._update_field_translations(target.name, translations, digest, source_lang)
        self.flush_recordset([field_name])
        stored = field._get_stored_translations(self) or {}
        if not callable(field.translate):
            new = _translated_values(self, field, stored, translations)
        else:
            new = stored and _translated_terms(self, field, stored, translations, digest, source_lang or "en_US")
        if not new:
            return False
        self._write_translations(field, new)
        return True

    def _check_languages(self, codes):
        """Check that people may use languages.

        :raise UserError: naming those that they may not
        """
        unknown = set(codes) - {"en_US", *self.pool.services.languages.codes(self.env)}
        if unknown:
            raise UserError(
                self.env._("These languages do not exist or are not active: %s", ", ".join(sorted(map(str, unknown))))
            )

    def _write_translations(self, field, values):
        """Replace the content of a translated column."""
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET %s = %s WHERE id = %s",
                SQL.identifier(self._table),
                SQL.identifier(field.name),
                Json(values),
                self.id,
            )
        )
        self.env.cache.invalidate([(field, self._ids)])
        self.modified([field.name])


def _translated_values(record, field, stored, translations) -> dict:
    """Return the column of a text after it was translated as a whole; without a source, the first translation is one.

    :raise UserError: when a value is no text
    """
    if any(value and not isinstance(value, str) for value in translations.values()):
        raise UserError(record.env._("The translations of %s are texts, or nothing.", field))
    texts = {
        lang: field.convert_to_cache(value, record) for lang, value in translations.items() if isinstance(value, str)
    }
    kept = {lang: text for lang, text in stored.items() if lang == "en_US" or lang not in translations}
    new = {**kept, **texts}
    if new and "en_US" not in new:
        new["en_US"] = texts.get(record.env.lang) or next(iter(texts.values()), "")
    return new


def _translated_terms(record, field, stored, translations, digest, source_lang) -> dict:
    """Return the column of a structured text after some of its terms were translated, checked as if written.

    That confirms the texts that wait in these languages, with the terms that they have already.
    """
    latest = field.latest_translations(stored)
    source = latest.get(source_lang, latest.get("en_US", ""))
    source_terms = field.get_trans_terms(source)
    new = dict(stored)
    for lang, given in translations.items():
        if (waiting := new.pop("_" + lang, None)) is not None:
            new[lang] = waiting
        if not given:
            continue
        present = field.get_trans_terms(latest.get(lang, source))
        # equal terms at different places may be translated differently
        places = iter(present if len(present) == len(source_terms) else source_terms)

        def translation(term, given=given, places=places):
            translated = next(places)
            key = digest(term) if digest else term
            return given[key] or term if key in given else translated

        new[lang] = field.convert_to_cache(field.translate(translation, source), record)
    return new
