"""Pages of documents."""

from . import main
