from . import test_execution, test_matching, test_preview, test_reading, test_routes
