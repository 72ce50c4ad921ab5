"""The names that addons import from the test framework; each lives in the room named after its job."""

import logging
from unittest.mock import patch  # noqa: F401

from odoo import Command  # noqa: F401
from odoo.exceptions import AccessError  # noqa: F401
from odoo.modules.registry import Registry  # noqa: F401
from odoo.sql_db import BaseCursor, Cursor  # noqa: F401
from odoo.tools import SQL, DotDict, config, float_compare, lower_logging, mute_logger  # noqa: F401
from odoo.tools.misc import find_in_path  # noqa: F401

from .browser import ChromeBrowser, ChromeBrowserException, save_test_file  # noqa: F401
from .cases import (  # noqa: F401
    BaseCase,
    BlockedRequest,
    MetaCase,
    SavepointCase,
    SingleTransactionCase,
    TransactionCase,
)
from .decorators import (  # noqa: F401
    can_import,
    freeze_time,
    no_retry,
    standalone,
    standalone_tests,
    tagged,
    test_xsd,
    users,
    warmup,
)
from .form import Form, M2MProxy, O2MProxy  # noqa: F401
from .http_case import HttpCase  # noqa: F401
from .jobs import JobCapturer  # noqa: F401
from .matchers import Approx, Like  # noqa: F401
from .names import (  # noqa: F401
    ADDONS_PATH,
    ADMIN_USER_ID,
    BROWSER_WAIT,
    CHECK_BROWSER_ITERATIONS,
    CHECK_BROWSER_SLEEP,
    DB,
    DEFAULT_SUCCESS_SIGNAL,
    DISABLED_MAIL_CONTEXT,
    HOST,
    get_db_name,
)
from .opener import JsonRpcException, Opener, Transport  # noqa: F401
from .patch_guard import SETATTR_SOURCES  # noqa: F401
from .records import RecordCapturer, loaded_demo_data, new_test_user  # noqa: F401

_logger = logging.getLogger(__name__)
