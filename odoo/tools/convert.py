"""Face of :mod:`odoo.modules.data`: the name by which addons import and patch it."""

import sys

from odoo.modules import data

sys.modules[__name__] = data
