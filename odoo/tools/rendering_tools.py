"""Face of :mod:`odoo.views.inline_templates`: the name by which addons import and patch it."""

import sys

from odoo.views import inline_templates

sys.modules[__name__] = inline_templates
