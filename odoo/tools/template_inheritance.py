"""Face of :mod:`odoo.views.inheritance`: the name by which addons import and patch it."""

import sys

from odoo.views import inheritance

sys.modules[__name__] = inheritance
