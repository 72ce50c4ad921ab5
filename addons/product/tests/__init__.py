from . import test_product, test_variants, test_vendors
