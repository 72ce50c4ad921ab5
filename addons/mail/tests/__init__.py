"""What tests of addons use; the tests of messages are in test_mail, which has documents for them."""
