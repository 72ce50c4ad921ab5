"""Names for addons: the field types and :class:`Command`."""

from datetime import date, datetime

from odoo.orm.commands import Command
from odoo.orm.fields import (
    Binary,
    Boolean,
    Char,
    Date,
    Datetime,
    Field,
    Float,
    Html,
    Id,
    Image,
    Integer,
    Json,
    Many2many,
    Many2one,
    Many2oneReference,
    Monetary,
    One2many,
    PrefetchMany2one,
    PrefetchX2many,
    Properties,
    PropertiesDefinition,
    Reference,
    Selection,
    Text,
    first,
)
from odoo.orm.fields.base import NO_ACCESS, SENTINEL
from odoo.orm.fields.callables import determine
from odoo.orm.fields.relational import Relational as _Relational
from odoo.orm.fields.text import _String
from odoo.orm.fields.x2many import RelationalMulti as _RelationalMulti
from odoo.orm.identifiers import NewId
from odoo.tools import html_sanitize

__all__ = [
    "NO_ACCESS",
    "SENTINEL",
    "Binary",
    "Boolean",
    "Char",
    "Command",
    "Date",
    "Datetime",
    "Field",
    "Float",
    "Html",
    "Id",
    "Image",
    "Integer",
    "Json",
    "Many2many",
    "Many2one",
    "Many2oneReference",
    "Monetary",
    "NewId",
    "One2many",
    "PrefetchMany2one",
    "PrefetchX2many",
    "Properties",
    "PropertiesDefinition",
    "Reference",
    "Selection",
    "Text",
    "_Relational",
    "_RelationalMulti",
    "_String",
    "date",
    "datetime",
    "determine",
    "first",
    "html_sanitize",
]

# by the name that is here when a value is cleaned, so that a patch of it holds
Html.html_sanitize = staticmethod(lambda value, **options: html_sanitize(value, **options))
