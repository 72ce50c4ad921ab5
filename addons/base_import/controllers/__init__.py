"""Controllers."""

from . import main
