from . import test_callers
