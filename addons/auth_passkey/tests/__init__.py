from . import test_passkey_pages, test_passkeys
