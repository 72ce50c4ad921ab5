"""Models that know where their records come from."""

from . import models
