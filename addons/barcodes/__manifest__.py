{
    "name": "Barcode",
    "version": "18.0.1.0.0",
    "category": "Supply Chain/Inventory",
    "summary": "What barcodes mean, and scanners on every page",
    "description": "A nomenclature says by rules which barcodes are products, aliases or something else, and which of "
    "their digits are a weight or a price. Pages hear of what a scanner reads.",
    "depends": ["web"],
    "data": [
        "data/barcodes_data.xml",
        "views/barcodes_view.xml",
        "security/ir.model.access.csv",
    ],
    "assets": {
        "web.assets_backend": [
            "barcodes/static/src/**/*",
        ],
        "web.assets_tests": [
            "barcodes/static/tests/tours/**/*",
        ],
    },
    "license": "LGPL-3",
}
