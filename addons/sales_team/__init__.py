"""Sales teams and who is in them."""

from . import models
