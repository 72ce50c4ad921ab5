"""Records with telephone numbers."""

from . import base, res_partner
