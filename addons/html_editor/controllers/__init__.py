"""Routes that the editor asks."""

from . import main
