from . import test_invitations, test_signup, test_signup_pages
