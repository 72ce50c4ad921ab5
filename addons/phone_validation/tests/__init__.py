from . import test_phone_validation
