"""An addon that extends the client, for tests of how addons do so."""

from . import controllers
