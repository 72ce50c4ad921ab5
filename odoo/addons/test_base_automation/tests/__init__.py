from . import test_definition, test_execution, test_time, test_webhook
