{
    "name": "Barcode - GS1 Nomenclature",
    "version": "18.0.1.0.0",
    "category": "Hidden",
    "summary": "Barcodes that say several things: product, lot, date, quantity",
    "description": "Rules of a GS1 nomenclature are application identifiers. A barcode is taken apart into what each "
    "of them says: product, lot, package, location, dates, quantities with their unit.",
    "depends": ["barcodes", "uom"],
    "data": [
        "data/barcodes_gs1_rules.xml",
        "views/barcodes_view.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "barcodes_gs1_nomenclature/static/src/**/*",
        ],
    },
    "license": "LGPL-3",
}
