from . import test_totp, test_totp_pages
