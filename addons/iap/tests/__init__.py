from . import test_iap_account, test_iap_tools
