from . import uom_uom
