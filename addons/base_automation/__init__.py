"""Rules: what happens by itself when records change, when their time comes, or when another program calls."""

from . import controllers, models
