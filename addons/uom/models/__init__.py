"""Models of units of measure."""

from . import uom_uom
