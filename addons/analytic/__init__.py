"""What amounts belong to: plans of accounts beside the books."""

from . import models
