"""Face of :mod:`odoo.i18n.lists`: the name by which addons import and patch it."""

import sys

from odoo.i18n import lists

sys.modules[__name__] = lists
