from . import test_iap_mail
