from . import test_phone_blacklist, test_phone_validation
