"""What tests of addons use, and tests of channels; those of messages are in test_mail, which has documents for them."""

from . import test_bundles, test_client, test_discuss_channel, test_discuss_public_page, test_discuss_routes
