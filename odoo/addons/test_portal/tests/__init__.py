from . import test_chatter, test_mixin, test_pages, test_wizards
