"""Face of :mod:`odoo.orm.query`: the name by which addons import and patch it."""

import sys

from odoo.orm import query

sys.modules[__name__] = query
