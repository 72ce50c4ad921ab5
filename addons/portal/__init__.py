"""Pages for people from outside, and the access to documents by links."""

from . import controllers, models, utils, wizard
