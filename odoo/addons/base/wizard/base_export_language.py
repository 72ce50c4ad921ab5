"""The wizard that makes a file with translations."""

import base64
import contextlib
import io
from ast import literal_eval

from odoo import _, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.translate import get_iso_codes, trans_export, trans_export_records

#: stands for a file without translations, to be filled in
NEW_LANG_KEY = "__new__"


class BaseLanguageExport(models.TransientModel):
    """Asks what to put into the file, then offers it."""

    _name = "base.language.export"
    _description = "Language Export"

    @api.model
    def _get_languages(self):
        """Return the options: the active languages and that for an empty file."""
        return [(NEW_LANG_KEY, _("A new language: file without translations")), *self.env["res.lang"].get_installed()]

    name = fields.Char("File Name", readonly=True)
    lang = fields.Selection(_get_languages, string="Language", required=True, default=NEW_LANG_KEY)
    format = fields.Selection(
        [("csv", "CSV File"), ("po", "PO File"), ("tgz", "TGZ Archive")],
        string="File Format",
        required=True,
        default="po",
    )
    export_type = fields.Selection(
        [("module", "Module"), ("model", "Model")],
        string="Export Type",
        required=True,
        default="module",
    )
    modules = fields.Many2many(
        "ir.module.module",
        "rel_modules_langexport",
        "wiz_id",
        "module_id",
        string="Apps To Export",
        domain=[("state", "=", "installed")],
    )
    model_id = fields.Many2one("ir.model", string="Model to Export", domain=[("transient", "=", False)])
    model_name = fields.Char(string="Model Name", related="model_id.model")
    domain = fields.Char(string="Model Domain", default="[]")
    data = fields.Binary("File", readonly=True, attachment=False)
    state = fields.Selection([("choose", "choose"), ("get", "get")], default="choose", copy=False)

    def _exported_ids(self):
        """Return the ids of the records of the domain.

        :raise UserError: when it is no domain
        """
        model = self.env[self.model_name]
        try:
            domain = literal_eval(self.domain or "[]")
            # compiled only: what fails while searching is no fault of who wrote the domain
            model._where_calc(domain)
        except (SyntaxError, TypeError, ValueError) as error:
            raise UserError(_("%(domain)s is no domain: %(error)s", domain=self.domain, error=error)) from error
        return model.search(domain).ids

    def act_getfile(self):
        """Make the file and return the action that offers it.

        :raise UserError: when the domain is none
        :raise AccessError: when the user may not see what is asked for
        """
        self.ensure_one()
        lang = self.lang if self.lang != NEW_LANG_KEY else False
        with contextlib.closing(io.BytesIO()) as buffer:
            if self.export_type == "model":
                ids, names = self._exported_ids(), list(self.env[self.model_name].fields_get(attributes=()))
                trans_export_records(lang, self.model_name, ids, buffer, self.format, self.env.cr, names)
                subject = self.model_name.replace(".", "_")
            else:
                if not self.env.is_system():
                    # modules have texts of records that only some users may read
                    raise AccessError(_("Only administrators may export the texts of modules."))
                names = sorted(self.modules.mapped("name")) or ["all"]
                trans_export(lang, names, buffer, self.format, self.env.cr)
                subject = names[0] if len(names) == 1 else "translations"
            content = base64.encodebytes(buffer.getvalue())
        extension = "pot" if not lang and self.format == "po" else self.format
        stem = get_iso_codes(lang) if lang else subject
        self.write({"state": "get", "data": content, "name": f"{stem}.{extension}"})
        return self._get_records_action(target="new", context={})
