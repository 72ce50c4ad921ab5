"""Names that addons of the 18.0 line take from other libraries and that newer versions of these no longer have."""

from . import pytz, werkzeug_urls

__all__ = ["patch_all"]


def patch_all():
    """Add what is missing; what a library has stays as it is."""
    werkzeug_urls.patch()
    pytz.patch()
