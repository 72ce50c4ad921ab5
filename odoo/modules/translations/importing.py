"""Reading catalogues and putting their translations of records into the database."""

from __future__ import annotations

import csv
import io
import itertools
import json
import logging
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import IO, Any

import polib

from odoo.db.cursor import BaseCursor
from odoo.i18n.translate import get_po_paths
from odoo.modules.manifest import get_manifest
from odoo.orm.environment import Environment
from odoo.orm.names import SUPERUSER_ID
from odoo.sql import SQL
from odoo.tools.containers import LastOrderedSet
from odoo.tools.files import file_open, file_path

__all__ = [
    "TranslationFileReader",
    "TranslationImporter",
    "get_datafile_translation_path",
    "load_language",
    "load_module_translations",
    "read_translations",
    "trans_load",
    "trans_load_data",
]

_logger = logging.getLogger(__name__)
#: how many records are written with a statement
_WRITTEN_AT_ONCE = 1000
#: what a CSV of translations has at least
_CSV_COLUMNS = frozenset(("module", "name", "res_id", "src", "type", "value"))
_REFERENCE = re.compile(
    r"^(?P<kind>model|model_terms|code):(?P<name>[\w.]+(?:/[^:]*)?),?(?P<field>\w*):(?P<xmlid>[^ ]*)$"
)


def _read_po(source):
    """Iterate over the entries of a catalogue.

    :param source: text of the catalogue, or its path
    """
    for entry in polib.pofile(source):
        if entry.obsolete:
            continue
        comment = entry.comment or ""
        match = re.search(r"modules?: (.+)", comment)
        module = match[1].split(", ")[0] if match else None
        for occurrence, line in entry.occurrences:
            match = _REFERENCE.match(f"{occurrence}:{line}" if line else occurrence)
            if not match:
                continue
            kind = match["kind"]
            if kind == "code":
                yield {
                    "type": "code",
                    "name": match["name"],
                    "imd_name": "",
                    "res_id": match["xmlid"],
                    "src": entry.msgid,
                    "value": "" if entry.fuzzy else entry.msgstr,
                    "module": module,
                    "comments": comment.split("\n"),
                }
                continue
            xmlid = match["xmlid"]
            yield {
                "type": kind,
                "name": f"{match['name']},{match['field']}",
                "imd_model": match["name"],
                "field": match["field"],
                "imd_name": xmlid.partition(".")[2] if "." in xmlid else xmlid,
                "module": xmlid.partition(".")[0] if "." in xmlid else module,
                "res_id": None,
                "src": entry.msgid,
                "value": "" if entry.fuzzy else entry.msgstr,
                "comments": comment.split("\n"),
            }


def _read_csv(fileobj):
    """Iterate over the rows of a CSV of translations.

    :raise ValueError: when it lacks a column
    """
    reader = csv.DictReader(io.TextIOWrapper(fileobj, encoding="utf-8"), quotechar='"', delimiter=",")
    missing = _CSV_COLUMNS.difference(reader.fieldnames or ())
    if missing:
        raise ValueError(f"the file lacks the columns {', '.join(sorted(missing))}")
    for row in reader:
        entry = dict(row)
        entry["imd_model"], _comma, entry["field"] = (entry.get("name") or "").partition(",")
        module, dot, name = (entry.get("res_id") or "").partition(".")
        entry["imd_name"] = name
        if dot:
            entry["module"] = module
        yield entry


def _read_data_csv(fileobj, lang, module, model_name):
    """Iterate over the translations in a data file: column ``name@fr`` holds the French form of column ``name``."""
    wanted = (lang, lang.partition("_")[0])
    for row in csv.DictReader(io.TextIOWrapper(fileobj, encoding="utf-8")):
        xmlid = row.get("id") or ""
        owner, dot, name = xmlid.rpartition(".")
        for column, value in row.items():
            field, at, column_lang = (column or "").partition("@")
            if at and value and column_lang in wanted and row.get(field):
                yield {
                    "type": "model",
                    "imd_model": model_name,
                    "field": field,
                    "imd_name": name,
                    "module": owner if dot else module,
                    "src": row[field],
                    "value": value,
                    "comments": [],
                }


def get_datafile_translation_path(module_name: str, env: Environment | None = None) -> Iterator[str]:
    """Iterate over the data files of a module that may hold translations beside their values.

    These are CSV files with ``field@lang`` columns.

    :param env: environment whose temporary directories are searched too
    """
    manifest = get_manifest(module_name)
    for name in LastOrderedSet([*manifest.get("data", ()), *manifest.get("demo", ())]):
        if name.lower().endswith(".csv"):
            path = file_path(os.path.join(module_name, name), env=env)
            with open(path, encoding="utf-8") as stream:
                if "@" in stream.readline():
                    yield path


def read_translations(source: IO[bytes], fileformat: str = "po") -> Iterator[dict[str, Any]]:
    """Iterate over the entries of a file of translations as dicts.

    Their keys: type, imd_model, field, module, imd_name, src, value, comments.

    :param source: binary file object
    :param fileformat: ``po`` or ``csv``
    :raise ValueError: on another format
    """
    if fileformat == "csv":
        return _read_csv(source)
    if fileformat in ("po", "pot"):
        # the end of a line tells a text from the name of a file
        return _read_po(source.read().decode() + "\n")
    raise ValueError(f"unknown format of translations {fileformat!r}; known: po, csv")


TranslationFileReader = read_translations


class TranslationImporter:
    """Collects translations of fields from catalogues and saves them to the database at once.

    :param cr: cursor
    :param verbose: log what is read
    """

    def __init__(self, cr: BaseCursor, verbose: bool = True) -> None:
        self.cr = cr
        self.verbose = verbose
        self.env = Environment(cr, SUPERUSER_ID, {})
        # model -> field -> xmlid -> lang -> value
        self.model_translations: dict[str, Any] = defaultdict(lambda: defaultdict(lambda: defaultdict(dict)))
        # model -> field -> xmlid -> source term -> lang -> translated term
        self.model_terms_translations: dict[str, Any] = defaultdict(
            lambda: defaultdict(lambda: defaultdict(lambda: defaultdict(dict)))
        )
        self.imported_langs: set[str] = set()

    def load_file(
        self, filepath: str, lang: str, xmlids: Iterable[str] | None = None, module: str | None = None
    ) -> None:
        """Collect the translations of a file.

        :param filepath: path, see :func:`odoo.tools.file_path`
        :param lang: code of the language
        :param xmlids: restrict to these external ids
        :param module: the file is a data file of this module, see :func:`get_datafile_translation_path`
        """
        with file_open(filepath, mode="rb", env=self.env) as fileobj:
            if self.verbose:
                _logger.info("loading translations from %s for %s", filepath, lang)
            stem, extension = os.path.splitext(os.path.basename(filepath))
            if module:
                self._load_entries(
                    _read_data_csv(fileobj, lang, module, stem.partition("-")[0]), lang, xmlids, terms_too=True
                )
            else:
                self.load(fileobj, extension[1:].lower(), lang, xmlids=xmlids)

    def load(self, fileobj: IO[bytes], fileformat: str, lang: str, xmlids: Iterable[str] | None = None) -> None:
        """Collect the translations of an open file.

        :param fileobj: binary file object
        :param fileformat: ``po`` or ``csv``
        :param lang: code of the language
        :param xmlids: restrict to these external ids
        """
        if self.verbose:
            _logger.info("loading translations for language %s", lang)
        if not lang or not self.env.registry.services.languages.is_active(self.env, lang):
            _logger.error("translations cannot be loaded: language %s is not activated", lang)
            return
        self._load_entries(read_translations(fileobj, fileformat), lang, xmlids)

    def _load_entries(self, entries, lang, xmlids, terms_too=False):
        wanted = set(xmlids) if xmlids else None
        for entry in entries:
            if entry["type"] == "code" or not entry.get("value"):
                continue
            xmlid = f"{entry['module']}.{entry['imd_name']}"
            if wanted is not None and xmlid not in wanted:
                continue
            self._collect(entry, xmlid, lang, terms_too)
        self.imported_langs.add(lang)

    def _collect(self, entry, xmlid, lang, terms_too):
        model_name, field_name = entry["imd_model"], entry["field"]
        model = self.env.get(model_name)
        field = model._fields.get(field_name) if model is not None else None
        if field is None or not field.translate or not field.store:
            return
        if entry["type"] == "model" and not callable(field.translate):
            self.model_translations[model_name][field_name][xmlid][lang] = entry["value"]
        elif (terms_too or entry["type"] == "model_terms") and callable(field.translate):
            self.model_terms_translations[model_name][field_name][xmlid][entry["src"]][lang] = entry["value"]

    def save(self, overwrite: bool = False, force_overwrite: bool = False) -> None:
        """Write what was collected to the database and forget it.

        :param overwrite: replace translations that exist, except those of records that updates leave alone
        :param force_overwrite: replace those too
        """
        if not self.model_translations and not self.model_terms_translations:
            return
        self.env.flush_all()
        for model_name, fields in self.model_translations.items():
            for field_name, by_xmlid in fields.items():
                self._save_values(model_name, field_name, by_xmlid, overwrite or force_overwrite, force_overwrite)
        for model_name, fields in self.model_terms_translations.items():
            for field_name, by_xmlid in fields.items():
                self._save_terms(model_name, field_name, by_xmlid, overwrite or force_overwrite, force_overwrite)
        self.model_translations.clear()
        self.model_terms_translations.clear()
        self.env.invalidate_all()
        # labels of fields are cached as well
        self.env.registry.clear_all_caches()

    def _records(self, model, field_name, xmlids):
        """Iterate over (id, xmlid, noupdate, jsonb value) of the records with these external ids."""
        table, column = SQL.identifier(model._table), SQL.identifier(field_name)
        for chunk in self.cr.split_for_in_conditions(list(xmlids)):
            self.cr.execute(
                SQL(
                    """SELECT record.id, data.module || '.' || data.name, data.noupdate, record.%(column)s
                     FROM ir_model_data AS data
                     JOIN %(table)s AS record ON record.id = data.res_id
                    WHERE data.model = %(model)s
                      AND (data.module || '.' || data.name) IN %(xmlids)s
                      AND record.%(column)s IS NOT NULL""",
                    column=column,
                    table=table,
                    model=model._name,
                    xmlids=tuple(chunk),
                )
            )
            yield from self.cr.fetchall()

    def _write(self, model, field_name, changes):
        """Merge translations into the column.

        :param changes: {id: {lang: value}}
        """
        # each record once: an UPDATE takes but one of several rows for it
        rows = list(changes.items())
        for start in range(0, len(rows), _WRITTEN_AT_ONCE):
            ids, contents = zip(*rows[start : start + _WRITTEN_AT_ONCE], strict=True)
            self.cr.execute(
                SQL(
                    """UPDATE %(table)s AS record SET %(column)s = record.%(column)s || new.content::jsonb
                     FROM unnest(%(ids)s, %(contents)s) AS new(id, content)
                    WHERE record.id = new.id""",
                    table=SQL.identifier(model._table),
                    column=SQL.identifier(field_name),
                    ids=list(ids),
                    contents=[json.dumps(content) for content in contents],
                )
            )

    def _save_values(self, model_name, field_name, by_xmlid, overwrite, force):
        model = self.env[model_name]
        changes: dict[int, dict[str, str]] = {}
        for record_id, xmlid, noupdate, stored in self._records(model, field_name, by_xmlid):
            replace = force or (overwrite and not noupdate)
            # a record with several external ids comes several times
            current = stored | changes.get(record_id, {})
            values = {
                lang: value
                for lang, value in by_xmlid[xmlid].items()
                if lang != "en_US" and current.get(lang) != value and (replace or lang not in current)
            }
            if values:
                changes.setdefault(record_id, {}).update(values)
        self._write(model, field_name, changes)

    def _save_terms(self, model_name, field_name, by_xmlid, overwrite, force):
        model = self.env[model_name]
        field = model._fields[field_name]
        changes: dict[int, dict[str, str]] = {}
        for record_id, xmlid, noupdate, stored in self._records(model, field_name, by_xmlid):
            replace = force or (overwrite and not noupdate)
            source = stored.get("en_US")
            if not source:
                continue
            # what another external id of the record brought is in the value already
            current = stored | changes.get(record_id, {})
            values = self._translated_terms(model, field, source, current, by_xmlid[xmlid], replace)
            if values:
                changes.setdefault(record_id, {}).update(values)
        self._write(model, field_name, changes)

    @staticmethod
    def _translated_terms(
        model: Any, field: Any, source: str, current: dict[str, str], terms: dict[str, dict[str, str]], replace: bool
    ) -> dict:
        """Return the values of a field made of terms in the languages where they change, checked as if written.

        :param source: the value in English
        :param current: values by language
        :param terms: source term -> lang -> translation
        :param replace: whether new translations win over those that exist
        """
        langs = {lang for by_lang in terms.values() for lang in by_lang if lang != "en_US"}
        known = field.get_translation_dictionary(source, {lang: current[lang] for lang in langs if lang in current})

        def translation(term, lang):
            new = terms.get(term, {}).get(lang)
            old = known.get(term, {}).get(lang)
            return old if old is not None and old != term and not (replace and new) else new

        values = {
            lang: field.convert_to_cache(field.translate(partial(translation, lang=lang), source), model)
            for lang in langs
        }
        return {lang: value for lang, value in values.items() if value != current.get(lang)}


@contextmanager
def _importer(cr, verbose, overwrite):
    """Give a block an importer, and save at its end what the block loaded."""
    importer = TranslationImporter(cr, verbose=verbose)
    yield importer
    importer.save(overwrite=overwrite)


def trans_load(cr: BaseCursor, filename: str, lang: str, verbose: bool = True, overwrite: bool = False) -> None:
    """Load one file of translations into the database.

    :param filename: path, see :func:`odoo.tools.file_path`
    :param lang: code of the language
    """
    with _importer(cr, verbose, overwrite) as importer:
        importer.load_file(file_path(filename), lang)


def trans_load_data(
    cr: BaseCursor, fileobj: IO[bytes], fileformat: str, lang: str, verbose: bool = True, overwrite: bool = False
) -> None:
    """Load an open file of translations into the database (see :func:`trans_load`)."""
    with _importer(cr, verbose, overwrite) as importer:
        importer.load(fileobj, fileformat, lang)


def load_language(cr: BaseCursor, lang: str) -> None:
    """Activate a language and load the translations of the installed modules."""
    env = Environment(cr, SUPERUSER_ID, {})
    env["res.lang"]._activate_lang(lang) or env["res.lang"]._create_lang(lang)
    langs = env["res.lang"].with_context(active_test=False).search([("code", "=", lang)])
    env["base.language.install"].create({"lang_ids": [(6, 0, langs.ids)]}).lang_install()


def load_module_translations(
    cr: BaseCursor, modules: Iterable[str], langs: Iterable[str], overwrite: bool = False
) -> None:
    """Load the catalogues of modules for languages into the database.

    :param modules: names of modules
    :param langs: codes of languages
    """
    with _importer(cr, False, overwrite) as importer:
        for module, lang in itertools.product(modules, langs):
            for path in LastOrderedSet(get_po_paths(module, lang, env=importer.env)):
                importer.load_file(path, lang)
