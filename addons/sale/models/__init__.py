"""Models of sales orders, and what other models know of them."""

from . import res_partner
from . import sale_order
from . import sale_order_line
