"""Shows the exceptions that mean something to clients."""

from . import models
