{
    "name": "Products",
    "version": "18.0.1.0.0",
    "category": "Sales/Sales",
    "summary": "Goods and services, their categories and prices",
    "depends": ["base", "uom"],
    "data": [
        "data/product_data.xml",
        "security/product_security.xml",
        "security/ir.model.access.csv",
        "views/product_category_views.xml",
        "views/product_template_views.xml",
        "views/product_product_views.xml",
    ],
    "demo": ["data/product_demo.xml"],
    "license": "LGPL-3",
}
