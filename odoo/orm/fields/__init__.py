"""Field types, one file per family."""

from .base import Field
from .related import first
from .binary import Binary, Image
from .numeric import Boolean, Float, Id, Integer, Many2oneReference, Monetary
from .properties import Properties
from .properties_definition import PropertiesDefinition
from .relational import Many2one, PrefetchMany2one
from .selection import Reference, Selection
from .structured import Json
from .temporal import Date, Datetime
from .text import Char, Html, Text
from .many2many import Many2many
from .one2many import One2many
from .x2many import PrefetchX2many

__all__ = [
    "Binary",
    "Boolean",
    "Char",
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
    "One2many",
    "PrefetchMany2one",
    "PrefetchX2many",
    "Properties",
    "PropertiesDefinition",
    "Reference",
    "Selection",
    "Text",
    "first",
]
