"""Face of :mod:`odoo.media.mimetypes`: the name by which addons import and patch it."""

import sys

from odoo.media import mimetypes

sys.modules[__name__] = mimetypes
