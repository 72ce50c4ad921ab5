"""Tools: what knows nothing of models, databases and requests. The names below are what addons import from here."""

# isort: skip_file
from importlib import import_module

from . import constants, pycompat
from .config import config
from . import date_utils, float_utils, func, iteration, osutil, urls
from . import json
from .cache import ormcache, ormcache_context
from .constants import *
from .containers import *
from .date_utils import date_range, get_fiscal_year, get_month, get_quarter, get_quarter_number, get_timedelta
from .files import *
from .float_utils import (
    float_compare,
    float_invert,
    float_is_zero,
    float_repr,
    float_round,
    float_split,
    float_split_str,
    json_float_round,
)
from .func import *
from .iteration import *
from .json import json_default, json_text, json_value
from odoo.i18n.formats import *
from odoo.i18n.lists import format_list, py_to_js_locale
from .logging_tools import *
from .misc import *
from .parse_version import parse_version
from .signing import *
from odoo.sql import *
from .text import *
from .which import which
from odoo.media.barcode import check_barcode_encoding
from .xml_utils import *
from .set_expression import SetDefinitions
from odoo.media.image import image_process
from .mail import *
from .translate import LazyTranslate, _, html_translate, xml_translate
from . import i18n, image, mail, mimetypes, misc, rendering_tools, safe_eval, sql, translate

# names whose modules build on upper layers: resolved when asked for
_LATER = {
    "Query": "query",
    "convert_csv_import": "convert",
    "convert_file": "convert",
    "convert_sql_import": "convert",
    "convert_xml_import": "convert",
}


def __getattr__(name):
    if name in _LATER:
        return getattr(import_module(f".{_LATER[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
