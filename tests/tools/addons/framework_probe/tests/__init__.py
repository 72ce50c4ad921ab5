from . import test_broken, test_cases, test_form, test_http, test_translations
