"""What customers think of records."""

from . import controllers, models
