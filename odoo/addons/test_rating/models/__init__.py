"""Jobs of shops."""

from . import shop
