"""Measuring the requests of sessions that asked for it."""

from __future__ import annotations

import contextlib
import logging
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any

from odoo.orm.environment import Environment
from odoo.orm.names import SUPERUSER_ID
from odoo.orm.registry import Registry
from odoo.tools.profiler import Profiler

from .local import CurrentRequest
from .models import keep_profile

_logger = logging.getLogger("odoo.http")

#: what the user switches on and looks at is not measured itself
UNMEASURED = ("/web/set_profiling", "/web/speedscope", "/websocket", "/longpolling")
TIME_FORMAT = "%Y-%m-%d %H:%M:%S"


def profiling(request: CurrentRequest) -> AbstractContextManager[Any]:
    """Return a context manager that measures the rest of a request, if its session wants that."""
    session = request.session
    if not session.profile_session or not request.db or request.httprequest.path.startswith(UNMEASURED):
        return contextlib.nullcontext()
    now = datetime.now(UTC).strftime(TIME_FORMAT)
    if not session.profile_expiration or session.profile_expiration < now:
        session.profile_session = None
        return contextlib.nullcontext()
    return Profiler(
        collectors=session.profile_collectors or (),
        db=_storage(request.db),
        profile_session=session.profile_session,
        description=f"{request.httprequest.method} {request.httprequest.full_path}",
        params=session.profile_params,
    )


def _storage(dbname):
    def store(values):
        with Registry(dbname).cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, {})
            profile = keep_profile(env, {"create_date": datetime.now(UTC).replace(tzinfo=None), **values})
            _logger.info("%s %d: %s", profile._name, profile.id, values["name"])

    return store


Profiler.register_storage(_storage)
