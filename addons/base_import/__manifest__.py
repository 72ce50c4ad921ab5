{
    "name": "Import of records",
    "version": "18.0.1.0.0",
    "category": "Hidden/Tools",
    "summary": "Records from CSV files and spreadsheets",
    "description": "Lists and cards have an entry that takes a file, proposes which column goes into which field, "
    "tries the import and shows what is wrong where, then imports in batches.",
    "depends": ["web"],
    "external_dependencies": {"python": ["python_calamine", "openpyxl", "xlrd"]},
    "data": ["security/ir.model.access.csv"],
    "assets": {
        "web.assets_backend": ["base_import/static/src/**/*"],
    },
    "auto_install": True,
    "license": "LGPL-3",
}
