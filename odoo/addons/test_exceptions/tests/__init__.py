from . import test_exceptions
