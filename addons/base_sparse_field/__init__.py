"""Fields that share one column: values that few records have."""

from . import models
