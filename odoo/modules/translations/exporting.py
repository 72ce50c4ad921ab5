"""Collecting the texts of modules and writing them into catalogues."""

from __future__ import annotations

import csv
import datetime
import io
import logging
import os
import re
import tarfile
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import IO, Any

import polib

from odoo.db.cursor import BaseCursor
from odoo.i18n.formats import get_iso_codes
from odoo.i18n.translate import JAVASCRIPT_TRANSLATION_COMMENT, PYTHON_TRANSLATION_COMMENT, code_translations
from odoo.orm.environment import Environment
from odoo.orm.names import SUPERUSER_ID

from .code_terms import code_terms

__all__ = ["TranslationModuleReader", "TranslationRecordReader", "trans_export", "trans_export_records"]

_logger = logging.getLogger(__name__)
#: what stands as text at the beginning of templates of pages, and is none
_DOCTYPE = re.compile(r"(?:&lt;|<)!DOCTYPE", re.IGNORECASE)
_NO_IMPORT_MODELS = frozenset(("ir.model.data",))


class _Term:
    """One text with the places it comes from and its translation."""

    __slots__ = ("comments", "modules", "places", "translation")

    def __init__(self) -> None:
        self.modules: set[str] = set()
        self.places: set[tuple[str, str, str]] = set()
        self.comments: set[str] = set()
        self.translation = ""


class _TermReader:
    """Base of readers: collects terms as rows (module, type, name, res_id, source, comments, translation)."""

    def __init__(self, cr: BaseCursor, lang: str | None = None) -> None:
        self.env = Environment(cr, SUPERUSER_ID, {})
        self.lang = lang
        self.rows: list[tuple] = []

    def __iter__(self) -> Iterator[tuple]:
        return iter(self.rows)

    def push(
        self,
        module: str,
        kind: str,
        name: str,
        res_id: str,
        source: str | None,
        comments: Iterable[str] = (),
        value: str = "",
    ) -> None:
        """Add a row, unless its source has nothing to translate."""
        if source and any(char.isalpha() for char in source) and not _DOCTYPE.match(source):
            self.rows.append((module, kind, name, res_id, source, tuple(comments), value or ""))

    def push_records(self, records: Any, xmlids: Mapping[int, str]) -> None:
        """Add the translated fields of records of one model.

        :param xmlids: mapping id -> external id
        """
        for field_name, field in records._fields.items():
            if not (field.translate and field.store) or getattr(field, "related", None):
                continue
            for record in records.with_context(lang="en_US", prefetch_langs=True):
                self._push_field(record, field, field_name, xmlids[record.id])

    def _push_field(self, record, field, field_name, xmlid):
        source = record[field_name]
        if not source:
            return
        module = xmlid.partition(".")[0]
        name = f"{record._name},{field_name}"
        translated = record.with_context(lang=self.lang)[field_name] if self.lang else ""
        if not callable(field.translate):
            self.push(module, "model", name, xmlid, source, value=translated if translated != source else "")
            return
        known = field.get_translation_dictionary(source, {self.lang: translated}) if self.lang and translated else {}
        terms: list[str] = []
        field.translate(terms.append, source)
        for term in dict.fromkeys(terms):
            value = known.get(term, {}).get(self.lang, "")
            self.push(module, "model_terms", name, xmlid, term, value=value if value != term else "")


class TranslationRecordReader(_TermReader):
    """The translatable texts of given records.

    :param cr: cursor
    :param records: recordset; those without an external id get one
    :param field_names: restrict to these fields
    :param lang: language whose translations to give
    """

    def __init__(
        self, cr: BaseCursor, records: Any, field_names: Collection[str] | None = None, lang: str | None = None
    ) -> None:
        super().__init__(cr, lang)
        records = self.env[records._name].browse(records.ids)
        self.push_records(records, {record.id: xmlid for record, xmlid in records._BaseModel__ensure_xml_id()})
        if field_names is not None:
            self.rows = [row for row in self.rows if row[2].partition(",")[2] in field_names]


class TranslationModuleReader(_TermReader):
    """The translatable texts of modules: their records, Python code, browser code and templates.

    :param cr: cursor
    :param modules: names of modules, or ``["all"]`` for the installed ones
    :param lang: language whose translations to give
    """

    def __init__(self, cr: BaseCursor, modules: Collection[str] | None = None, lang: str | None = None) -> None:
        super().__init__(cr, lang)
        installed = [
            module["name"]
            for module in self.env["ir.module.module"].search_read([("state", "=", "installed")], ["name"])
        ]
        wanted = installed if not modules or "all" in modules else [name for name in modules if name in installed]
        self.modules = sorted(wanted)
        self._read_database()
        for module in self.modules:
            self._read_code(module)

    def _read_database(self):
        # a record that several modules describe, such as the model of a class they extend, is a row of each
        by_model: dict[str, dict[str, dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
        domain = [("module", "in", self.modules), ("model", "not in", list(_NO_IMPORT_MODELS))]
        for data in (
            self.env["ir.model.data"]
            .sudo()
            .search_read(domain, ["module", "name", "model", "res_id"], order="module, model, name")
        ):
            xmlid = f"{data['module']}.{data['name']}"
            by_model[data["model"]][data["module"]].setdefault(data["res_id"], xmlid)
        for model_name, by_module in sorted(by_model.items()):
            model = self.env.get(model_name)
            if model is None or model._abstract or not getattr(model, "_translate", True):
                continue
            if any(field.translate and field.store for field in model._fields.values()):
                for xmlids in by_module.values():
                    self.push_records(model.with_context(active_test=False).browse(xmlids).exists(), xmlids)

    def _read_code(self, module):
        known = self._code_translations(module, self.lang) if self.lang else {}
        for path, comment, text in code_terms(module):
            self.push(module, "code", path, "0", text, (comment,), known.get((comment, text), ""))

    @staticmethod
    def _code_translations(module: str, lang: str) -> dict[tuple[str, str], str]:
        """Return ``{(kind of code, text): translation}`` of the catalogues of a module."""
        python = code_translations.get_python_translations(module, lang)
        messages = code_translations.get_web_translations(module, lang)["messages"]
        return {
            **{(PYTHON_TRANSLATION_COMMENT, source): text for source, text in python.items()},
            **{(JAVASCRIPT_TRANSLATION_COMMENT, message["id"]): message["string"] for message in messages},
        }


def _grouped(rows: Iterable[tuple]) -> dict[str, _Term]:
    terms: dict[str, _Term] = defaultdict(_Term)
    for module, kind, name, res_id, source, comments, value in rows:
        term = terms[source]
        term.modules.add(module)
        term.places.add((kind, name, res_id))
        term.comments.update(comments)
        term.translation = term.translation or value
    return terms


def _write_po(stream, rows, lang):
    catalogue = polib.POFile(wrapwidth=78)
    now = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d %H:%M+0000")
    modules = sorted({row[0] for row in rows})
    catalogue.header = "Translations.\nThis file contains the translations of the following modules:\n" + "".join(
        f"\t* {name}\n" for name in modules
    )
    catalogue.metadata = {
        "Project-Id-Version": "18.0",
        "Report-Msgid-Bugs-To": "",
        "POT-Creation-Date": now,
        "PO-Revision-Date": now,
        "Last-Translator": "",
        "Language-Team": "",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "",
        "Plural-Forms": "",
    }
    if lang:
        catalogue.metadata["Language"] = lang
    for source, term in sorted(_grouped(rows).items()):
        names = sorted(term.modules)
        label = "module" if len(names) == 1 else "modules"
        occurrences = [(f"{kind}:{name}:{res_id}", "") for kind, name, res_id in sorted(term.places)]
        catalogue.append(
            polib.POEntry(
                msgid=source,
                msgstr=term.translation if lang else "",
                occurrences=occurrences,
                comment="\n".join([f"{label}: {', '.join(names)}", *sorted(term.comments)]),
            )
        )
    stream.write(str(catalogue).encode() + b"\n")


def _write_csv(stream, rows):
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
    writer = csv.writer(text)
    writer.writerow(("module", "type", "name", "res_id", "src", "value", "comments"))
    for module, kind, name, res_id, source, comments, value in rows:
        writer.writerow((module, kind, name, res_id, source, value, "\n".join(comments)))
    text.detach()


def _write_tgz(stream, rows, lang):
    by_module = defaultdict(list)
    for row in rows:
        by_module[row[0]].append(row)
    with tarfile.open(fileobj=stream, mode="w|gz") as archive:
        for module, module_rows in sorted(by_module.items()):
            content = io.BytesIO()
            _write_po(content, module_rows, lang)
            name = f"{get_iso_codes(lang)}.po" if lang else f"{module}.pot"
            info = tarfile.TarInfo(os.path.join(module, "i18n", name))
            info.size = content.tell()
            content.seek(0)
            archive.addfile(info, content)


def _write(buffer, rows, lang, fileformat):
    if fileformat in ("po", "pot"):
        _write_po(buffer, rows, lang)
    elif fileformat == "csv":
        _write_csv(buffer, rows)
    elif fileformat == "tgz":
        _write_tgz(buffer, rows, lang)
    else:
        raise ValueError(f"unknown format of translations {fileformat!r}; known: po, csv, tgz")


def trans_export(lang: str | None, modules: Collection[str], buffer: IO[bytes], format: str, cr: BaseCursor) -> bool:
    """Write the texts of modules with their translations.

    :param lang: code of the language; nothing for a template without translations
    :param modules: names of modules, or ``["all"]``
    :param buffer: binary stream
    :param format: ``po``, ``csv`` or ``tgz``
    :param cr: cursor
    :return: whether there was anything to write
    :raise ValueError: on another format
    """
    rows = list(TranslationModuleReader(cr, modules=modules, lang=lang))
    _write(buffer, rows, lang, format)
    return bool(rows)


def trans_export_records(
    lang: str | None,
    model_name: str,
    ids: Sequence[int],
    buffer: IO[bytes],
    format: str,
    cr: BaseCursor,
    field_names: Collection[str] | None = None,
) -> bool:
    """Write the texts of records with their translations (see :func:`trans_export`).

    :param field_names: restrict to these fields
    """
    env = Environment(cr, SUPERUSER_ID, {})
    rows = list(TranslationRecordReader(cr, env[model_name].browse(ids), field_names, lang))
    _write(buffer, rows, lang, format)
    return bool(rows)
