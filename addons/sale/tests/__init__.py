from . import test_common, test_sale_order
from . import test_sale_report
