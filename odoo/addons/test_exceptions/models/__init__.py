"""The model whose methods raise them."""

from . import test_exceptions
