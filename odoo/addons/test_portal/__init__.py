"""A document that people from outside see, talk about and sign."""

from . import controllers, models
