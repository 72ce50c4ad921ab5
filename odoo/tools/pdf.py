"""Face of :mod:`odoo.media.pdf`: the name by which addons import and patch it."""

import sys

from odoo.media import pdf

sys.modules[__name__] = pdf
