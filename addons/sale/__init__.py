"""Quotations and sales orders."""

from . import models
from . import wizard
