from . import test_addresses, test_errors, test_languages
