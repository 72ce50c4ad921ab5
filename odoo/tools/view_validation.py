"""Face of :mod:`odoo.views.validation`: the name by which addons import and patch it."""

import sys

from odoo.views import validation

sys.modules[__name__] = validation
