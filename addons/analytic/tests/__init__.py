from . import test_accounts, test_models, test_plans
