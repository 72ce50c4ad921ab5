"""People and companies, as an application of their own."""

from . import models
