"""Face of :mod:`odoo.sql`: the name by which addons import and patch it."""

import sys

from odoo import sql

sys.modules[__name__] = sql
