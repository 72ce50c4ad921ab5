from . import test_digest, test_digest_pages
