from . import test_distributions
