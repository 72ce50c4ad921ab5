"""Translated values."""

import re

from odoo import fields, models


def translate_words(callback, value):
    """Translate each capitalised word of ``value`` by itself."""
    return re.sub(r"[A-Z]\w+", lambda match: callback(match.group()) or match.group(), value) if value else value


class Translated(models.Model):
    _name = "test_orm.translated"
    _description = "Translated"
    _order = "name"

    name = fields.Char(translate=True, required=True)
    text = fields.Text(translate=True)
    html = fields.Html(translate=True)
    terms = fields.Text(translate=translate_words)
    plain = fields.Char()
    short = fields.Char(translate=True, size=5)
    unaltered = fields.Char(translate=True, copy=False)
