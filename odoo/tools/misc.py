"""The name under which addons know many small tools; each lives in the room named after its job."""

from __future__ import annotations

from contextlib import ContextDecorator, contextmanager

from markupsafe import escape as html_escape  # noqa: F401

from odoo.i18n.formats import (  # noqa: F401
    _format_time_ago,
    babel_locale_parse,
    format_amount,
    format_date,
    format_datetime,
    format_decimalized_amount,
    format_decimalized_number,
    format_duration,
    format_time,
    formatLang,
    get_iso_codes,
    get_lang,
    parse_date,
    posix_to_ldml,
)

from .config import config  # noqa: F401
from .constants import (  # noqa: F401
    DATE_LENGTH,
    DEFAULT_SERVER_DATE_FORMAT,
    DEFAULT_SERVER_DATETIME_FORMAT,
    DEFAULT_SERVER_TIME_FORMAT,
    NON_BREAKING_SPACE,
)
from .containers import (  # noqa: F401
    SENTINEL,
    Callbacks,
    ConstantMapping,
    DotDict,
    LastOrderedSet,
    OrderedSet,
    ReadonlyDict,
    Sentinel,
    StackMap,
    UnquoteEvalContext,
    freehash,
    frozendict,
    submap,
    unquote,
)
from .files import file_open, file_open_temporary_directory, file_path, scan_languages  # noqa: F401
from .iteration import (  # noqa: F401
    Reverse,
    flatten,
    groupby,
    has_list_types,
    is_list_of,
    merge_sequences,
    partition,
    reverse_enumerate,
    split_every,
    topological_sort,
    unique,
)
from .logging_tools import lower_logging, mute_logger  # noqa: F401
from .processes import (  # noqa: F401
    dumpstacks,
    exec_pg_environ,
    find_in_path,
    find_pg_tool,
    real_time,
    stripped_sys_argv,
)
from .signing import (  # noqa: F401
    consteq,
    hash_sign,
    hmac,
    limited_field_access_token,
    verify_hash_signed,
    verify_limited_field_access_token,
)
from .text import get_flag, human_size, mod10r, remove_accents, str2bool, street_split  # noqa: F401
from .xml_utils import SKIPPED_ELEMENT_TYPES  # noqa: F401


def __getattr__(name: str):
    """Return a library that addons know by this module, loaded for the first of them: a server starts without."""
    if name == "xlsxwriter":
        import xlsxwriter

        return xlsxwriter
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def clean_context(context: dict) -> dict:
    """Return the context without its ``default_*`` keys."""
    return {key: value for key, value in context.items() if not key.startswith("default_")}


def discardattr(obj, key):
    """Delete the attribute, if the object has it."""
    try:
        delattr(obj, key)
    except AttributeError:
        return


@contextmanager
def ignore(*exceptions):
    """Ignore exceptions of these types inside the ``with`` block."""
    try:
        yield
    except exceptions:
        return


class replace_exceptions(ContextDecorator):
    """Turn exceptions of some types into another one.

    :param exceptions: types to replace
    :param by: exception, type of one, or function called with the original exception that returns one
    """

    def __init__(self, *exceptions, by):
        if not exceptions:
            raise ValueError("replace_exceptions needs at least one exception type")
        self.exceptions = exceptions
        self.by = by

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        if exc_type is None or not issubclass(exc_type, self.exceptions):
            return
        if isinstance(self.by, type) and issubclass(self.by, Exception):
            replacement = self.by(exc_value.args[0] if exc_value.args else str(exc_value))
        else:
            replacement = self.by(exc_value) if callable(self.by) and not isinstance(self.by, Exception) else self.by
        raise replacement from exc_value
