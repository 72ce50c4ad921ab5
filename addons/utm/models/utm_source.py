"""``utm.source``: who sends visitors."""

from odoo import api, fields, models

#: longest text that a name is made of, and how much of a longer one is
LONGEST, KEPT = 23, 20


class UtmSource(models.Model):
    """A search engine, a newsletter, another site."""

    _name = "utm.source"
    _description = "UTM Source"

    name = fields.Char("Source Name", required=True)

    _sql_constraints = [("unique_name", "UNIQUE(name)", "There is a source with this name already.")]

    @api.model_create_multi
    def create(self, vals_list):
        """Number names that there are already."""
        return super().create(self.env["utm.mixin"]._with_unique_names(self._name, vals_list))

    def _generate_name(self, record, content):
        """Return the name of the source that a record is.

        :param record: the record, or its model while it is not there yet
        :param content: text of the record
        :return: its beginning, what it is and from when; ``False`` without text
        """
        text = " ".join((content or "").split())
        if not text:
            return False
        if len(text) > LONGEST:
            text = f"{text[:KEPT]}..."
        day = (record and record.create_date) or fields.Date.today()
        return self.env._(
            "%(content)s (%(model_description)s created on %(create_date)s)",
            content=text,
            model_description=self.env["ir.model"]._get(record._name).name,
            create_date=fields.Date.to_string(day),
        )
