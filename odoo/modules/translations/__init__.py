"""Translations of modules and records: read from files into the database, and written to files."""

from .exporting import TranslationModuleReader, TranslationRecordReader, trans_export, trans_export_records
from .importing import (
    TranslationImporter,
    get_datafile_translation_path,
    load_language,
    load_module_translations,
    read_translations,
    trans_load,
    trans_load_data,
)

__all__ = [
    "TranslationImporter",
    "TranslationModuleReader",
    "TranslationRecordReader",
    "get_datafile_translation_path",
    "load_language",
    "load_module_translations",
    "read_translations",
    "trans_export",
    "trans_export_records",
    "trans_load",
    "trans_load_data",
]
