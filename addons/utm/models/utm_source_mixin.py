"""``utm.source.mixin``: models whose records are sources, as mails are."""

from odoo import api, fields, models


class UtmSourceMixin(models.AbstractModel):
    """Records with a source of their own."""

    _name = "utm.source.mixin"
    _description = "UTM Source Mixin"

    name = fields.Char("Name", related="source_id.name", readonly=False)
    source_id = fields.Many2one("utm.source", string="Source", required=True, ondelete="restrict", copy=False)

    @api.model_create_multi
    def create(self, vals_list):
        """Make sources for records that come without one, named as they are or by what they say."""
        sources = self.env["utm.source"]
        vals_list = [dict(vals) for vals in vals_list]
        alone = [vals for vals in vals_list if not vals.get("source_id")]
        names = [
            vals.pop("name", None) or sources._generate_name(self, vals.get(self._rec_name)) or self._description
            for vals in alone
        ]
        for vals, source in zip(alone, sources.create([{"name": name} for name in names]), strict=True):
            vals["source_id"] = source.id
        return super().create(vals_list)

    def write(self, values):
        """Name the source of a record anew when its name or its text changes.

        :raise ValueError: for several records, whose sources cannot have one name
        """
        content, name = values.get(self._rec_name), values.get("name")
        if not (content or name):
            return super().write(values)
        if len(self) > 1:
            raise ValueError(self.env._("Several records cannot be the source with one name: change them one by one."))
        name = name or self.env["utm.source"]._generate_name(self, content)
        others = self.env["utm.mixin"].with_context(utm_check_skip_record_ids=self.source_id.ids)
        return super().write({**values, "name": others._get_unique_names("utm.source", [name])[0]})

    def copy_data(self, default=None):
        """Copies are sources of their own; their names count on."""
        copies = super().copy_data(default=default)
        for record, vals in zip(self, copies, strict=True):
            if not vals.get("source_id"):
                vals["name"] = (default or {}).get("name") or record.name
        return copies
