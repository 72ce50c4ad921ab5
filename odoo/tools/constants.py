"""Constants shared across the server."""

from __future__ import annotations

# Largest number of records handled in one go where batches are cut.
PREFETCH_MAX = 1000
SCRIPT_EXTENSIONS = ("js",)
STYLE_EXTENSIONS = ("css", "scss", "sass", "less")
TEMPLATE_EXTENSIONS = ("xml",)
ASSET_EXTENSIONS = SCRIPT_EXTENSIONS + STYLE_EXTENSIONS + TEMPLATE_EXTENSIONS

DEFAULT_SERVER_DATE_FORMAT = "%Y-%m-%d"
DEFAULT_SERVER_TIME_FORMAT = "%H:%M:%S"
DEFAULT_SERVER_DATETIME_FORMAT = f"{DEFAULT_SERVER_DATE_FORMAT} {DEFAULT_SERVER_TIME_FORMAT}"
DATE_LENGTH = len("2000-12-31")
NON_BREAKING_SPACE = "\N{NO-BREAK SPACE}"

# What PostgreSQL and the views call the periods dates are grouped by.
GRANULARITIES = ("hour", "day", "week", "month", "quarter", "year")
