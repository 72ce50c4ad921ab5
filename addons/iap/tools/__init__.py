"""Calls of services of other servers."""

from . import iap_tools
