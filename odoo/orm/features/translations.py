"""Translations of texts: what the translation dialog reads and writes."""

from psycopg2.extras import Json

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
        """Write translations: ``{lang: value}``, or for structured texts ``{lang: {source term: translation}}``."""
        return self._update_field_translations(field_name, translations, source_lang=source_lang)

    def _update_field_translations(self, field_name, translations, digest=None, source_lang=None):
        self.ensure_one()
        self.check_access("write")
        self.check_field_access_rights("write", [field_name])
        field = self._fields[field_name]
        if not field.translate:
            return False
        if field.related and not field.store:
            record, target = field.traverse_related(self)
            return record._update_field_translations(target.name, translations, digest, source_lang)
        self.flush_recordset([field_name])
        stored = field._get_stored_translations(self) or {}
        if not callable(field.translate):
            if not stored:
                return False
            new = {**stored}
            for lang, value in translations.items():
                if value is False and lang != "en_US":
                    new.pop(lang, None)
                elif isinstance(value, str):
                    new[lang] = field.convert_to_cache(value, self)
        else:
            new = _translated_terms(self, field, stored, translations, digest, source_lang or "en_US")
        self._write_translations(field, new)
        return True

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


def _translated_terms(record, field, stored, translations, digest, source_lang) -> dict:
    """Return the column of a structured text after some of its terms were translated, checked as if written.

    That confirms the texts that wait in these languages, with the terms that they have already.
    """
    latest = field.latest_translations(stored)
    source = latest.get(source_lang, latest.get("en_US", ""))
    dictionary = field.get_translation_dictionary(
        source, {lang: latest.get(lang, source) for lang in {*latest, *translations}}
    )
    new = dict(stored)
    for lang, terms in translations.items():
        by_term = {(digest(term) if digest else term): term for term in dictionary}
        chosen = {term: values.get(lang, term) for term, values in dictionary.items()}
        for key, value in terms.items():
            if key in by_term:
                chosen[by_term[key]] = value or by_term[key]
        text = field.translate(lambda term, chosen=chosen: chosen.get(term), source)
        new[lang] = field.convert_to_cache(text, record)
        new.pop("_" + lang, None)
    return new
