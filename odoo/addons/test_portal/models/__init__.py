"""Documents."""

from . import test_portal_document
