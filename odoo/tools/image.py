"""Face of :mod:`odoo.media.image`: the name by which addons import and patch it."""

import sys

from odoo.media import image

sys.modules[__name__] = image
