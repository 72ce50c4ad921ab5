"""A model whose records are resources."""

from . import models
