from . import test_contacts
