"""Export and import of translations, as options of the server command."""

import io
import logging
import os
import sys
from contextlib import closing

from odoo.modules.translations import TranslationImporter, trans_export
from odoo.tools import config

_logger = logging.getLogger(__name__)


def transfer(registry):
    """Do what ``--i18n-export`` or ``--i18n-import`` asks for.

    :param registry: registry of the database, None when not exactly one is given
    :raise SystemExit: the options do not fit together
    """
    if registry is None:
        sys.exit("odoo-bin: translations are exported from and imported into one database, give it with -d")
    if config["translate_out"]:
        export(registry, config["translate_out"])
    else:
        if not config["language"]:
            sys.exit("odoo-bin: --i18n-import needs the language, give it with --language")
        load(registry, config["translate_in"], config["language"])


def export(registry, path):
    """Write the terms of modules to a file, in the format of its extension.

    :param registry: registry of the database
    :param str path: file to write: po, pot, csv or tgz
    """
    extension = os.path.splitext(path)[1].removeprefix(".").replace("pot", "po")
    modules = config["translate_modules"] or ["all"]
    content = io.BytesIO()
    with closing(registry.cursor()) as cr:
        trans_export(config["language"] or None, modules, content, extension, cr)
    with open(path, "wb") as file:
        file.write(content.getvalue())
    _logger.info("Exported the terms of %s to %s", ", ".join(modules), path)


def load(registry, path, language):
    """Read translations from a file.

    :param registry: registry of the database
    :param str path: file to read: po or csv
    :param str language: code of the language
    """
    with registry.cursor() as cr:
        importer = TranslationImporter(cr)
        importer.load_file(path, language)
        importer.save(overwrite=config["overwrite_existing_translations"])
    _logger.info("Imported translations of %s from %s", language, path)
