"""Face of :mod:`odoo.media.barcode`: the name by which addons import and patch it."""

import sys

from odoo.media import barcode

sys.modules[__name__] = barcode
