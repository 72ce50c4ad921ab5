"""Models of products."""

from . import product_category
from . import product_tag
from . import product_template
from . import product_template_units
from . import product_attribute
from . import product_attribute_line
from . import product_template_attribute_value
from . import product_template_variants
from . import product_product
from . import product_product_combination
from . import product_product_images
from . import product_product_sellers
from . import product_packaging
from . import product_barcodes
from . import product_supplierinfo
from . import res_config_settings
