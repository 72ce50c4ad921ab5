from . import test_cookies, test_sources
