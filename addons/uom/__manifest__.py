{
    "name": "Units of measure",
    "version": "18.0.1.0.0",
    "category": "Hidden/Tools",
    "summary": "Units, their categories and conversions between them",
    "depends": ["base"],
    "data": [
        "data/uom_data.xml",
        "security/uom_security.xml",
        "security/ir.model.access.csv",
        "views/uom_uom_views.xml",
    ],
    "license": "LGPL-3",
}
