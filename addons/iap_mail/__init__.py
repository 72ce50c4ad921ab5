"""Messages about accounts of paid services."""

from . import models
