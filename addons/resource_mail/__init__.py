"""Whether resources are online."""

from . import models
