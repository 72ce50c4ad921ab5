"""The wizard that loads a file with translations."""

import base64
import csv
import logging
import os
from io import BytesIO

from odoo import _, fields, models
from odoo.exceptions import UserError
from odoo.tools.translate import TranslationImporter

_logger = logging.getLogger(__name__)


class BaseLanguageImport(models.TransientModel):
    """Asks for the file and its language."""

    _name = "base.language.import"
    _description = "Language Import"

    name = fields.Char("Language Name", required=True)
    code = fields.Char("ISO Code", size=6, required=True, help="Code of language and country, as in pt_BR.")
    data = fields.Binary("File", required=True, attachment=False)
    filename = fields.Char("File Name", required=True)
    overwrite = fields.Boolean(
        "Overwrite Existing Terms",
        default=True,
        help="Translations that are there already are replaced.",
    )

    def import_lang(self):
        """Load the file; its language is added where it does not exist.

        :raise UserError: when the file cannot be read
        """
        for wizard in self:
            lang = self.env["res.lang"]
            if not lang._activate_lang(wizard.code):
                lang._create_lang(wizard.code, lang_name=wizard.name)
            fileformat = os.path.splitext(wizard.filename)[1].lstrip(".").lower()
            importer = TranslationImporter(self.env.cr)
            try:
                importer.load(BytesIO(base64.b64decode(wizard.data)), fileformat, wizard.code)
            except (ValueError, OSError, csv.Error) as error:
                _logger.warning("translations of %s cannot be read: %s", wizard.filename, error)
                raise UserError(
                    _("The file %(file)s cannot be read as translations: %(error)s", file=wizard.filename, error=error)
                ) from error
            importer.save(overwrite=wizard.overwrite)
        return True
