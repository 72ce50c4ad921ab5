"""Tours: stories of clicks."""

from . import models
