from . import test_resources
