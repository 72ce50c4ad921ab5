"""Working times, time off, and the people and things that have them."""

from . import models
