from . import test_barcode_nomenclature, test_barcode_rules
