"""Documents that move along activities and transitions."""

from . import models, wizard
