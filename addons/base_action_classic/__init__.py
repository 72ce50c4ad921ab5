"""Actions as older editions had them."""

from . import controllers, models
