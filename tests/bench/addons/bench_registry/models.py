"""200 models of 100 fields: texts and numbers mostly, some relations, some computed from others."""

from odoo import api, fields, models

MODELS, FIELDS = 200, 100
KINDS = (fields.Char, fields.Integer, fields.Float, fields.Boolean, fields.Date, fields.Datetime, fields.Text)


def _definitions(number) -> dict:
    """Return the attributes of the model of a number."""
    name = f"bench.many.{number}"
    neighbour = f"bench.many.{(number + 1) % MODELS}"

    @api.depends("field_0", "neighbour_id.field_1")
    def _compute_texts(self):
        for record in self:
            record.text_stored = record.text_shown = f"{record.field_0} {record.neighbour_id.field_1}"

    attributes = {
        "__module__": __name__,
        "_name": name,
        "_description": f"Model {number}",
        "neighbour_id": fields.Many2one(neighbour),
        "child_ids": fields.One2many(f"bench.many.{(number - 1) % MODELS}", "neighbour_id"),
        "neighbour_text": fields.Char(related="neighbour_id.field_0"),
        "kind": fields.Selection([("a", "A"), ("b", "B")]),
        "text_stored": fields.Char(compute="_compute_texts", store=True),
        "text_shown": fields.Char(compute="_compute_texts"),
        "_compute_texts": _compute_texts,
    }
    plain = FIELDS - sum(isinstance(value, fields.Field) for value in attributes.values())
    attributes.update({f"field_{index}": KINDS[index % len(KINDS)]() for index in range(plain)})
    return attributes


for _number in range(MODELS):
    type(models.Model)(f"Many{_number}", (models.Model,), _definitions(_number))
