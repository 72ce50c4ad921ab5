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
        "web.assets_backend": [
            "base_import/static/src/import_page.js",
            "base_import/static/src/import_records/**/*",
        ],
        "base_import.assets_backend_lazy": [
            ("include", "web._assets_helpers"),
            ("include", "web._assets_backend_helpers"),
            "base_import/static/src/import_fields.js",
            "base_import/static/src/import_formats.js",
            "base_import/static/src/import_model.js",
            "base_import/static/src/import_problems.js",
            "base_import/static/src/import_action/**/*",
            "base_import/static/src/import_columns/**/*",
            "base_import/static/src/import_data_sidepanel/**/*",
        ],
        "base_import.assets_backend_lazy_dark": [
            ("include", "base_import.assets_backend_lazy"),
            ("include", "web.dark_mode_variables"),
        ],
    },
    "auto_install": True,
    "license": "LGPL-3",
}
