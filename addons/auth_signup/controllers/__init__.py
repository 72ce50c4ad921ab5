"""Pages on which people make an account or set their password."""

from . import main
