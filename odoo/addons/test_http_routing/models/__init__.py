"""Things that have pages."""

from . import thing
