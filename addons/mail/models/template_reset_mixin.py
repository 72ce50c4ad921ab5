"""``template.reset.mixin``: records of addons that can be made what they were."""

from lxml import etree

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import file_open
from odoo.tools.convert import xml_import
from odoo.tools.translate import _


class TemplateResetMixin(models.AbstractModel):
    """Records of addons that can be made what they were."""

    _name = "template.reset.mixin"
    _description = "Template Reset Mixin"

    template_fs = fields.Char("Template Filename", copy=False, help="The file that the record comes from.")

    @api.model_create_multi
    def create(self, vals_list):
        """Keep which file records of addons come from."""
        filename = self.env.context.get("install_filename")
        if filename:
            vals_list = [{"template_fs": filename, **vals} for vals in vals_list]
        return super().create(vals_list)

    def _load_records_write(self, values):
        """Keep which file records of addons come from."""
        filename = self.env.context.get("install_filename")
        if filename and "template_fs" not in values:
            values = {**values, "template_fs": filename}
        return super()._load_records_write(values)

    def reset_template(self):
        """Make records what their addons said.

        :raise UserError: for records of no addon
        """
        known = self.filtered("template_fs")
        if not known:
            raise UserError(_("These records come from no file that they could be read from again."))
        for record in known:
            module, _dot, name = (record.get_external_id().get(record.id) or "").partition(".")
            if module:
                record._reset_from_file(module, name)

    def _reset_from_file(self, module, name):
        """Read the record again from the file of its addon."""
        with file_open(self.template_fs, "rb") as file:
            root = etree.parse(file).getroot()
        node = next(iter(root.xpath("//record[@id=$id]|//record[@id=$full]", id=name, full=f"{module}.{name}")), None)
        if node is not None:
            loader = xml_import(self.env, module, {}, mode="init", xml_filename=self.template_fs)
            loader._tag_record(node)
            # records of a file are written together
            loader.flush()
