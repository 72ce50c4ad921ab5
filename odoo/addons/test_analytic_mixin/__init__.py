"""Documents with distributions, for the tests of analytic accounts."""

from . import models
