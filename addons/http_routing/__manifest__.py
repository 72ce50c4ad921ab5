{
    "name": "Web Routing",
    "version": "18.0.1.0.0",
    "category": "Hidden",
    "summary": "Addresses with names and languages for public pages",
    "description": "Public pages have the names of their records and the language of the visitor in their addresses, "
    "and pages of their own for errors.",
    "depends": ["web"],
    "data": [
        "views/http_routing_template.xml",
        "views/res_lang_views.xml",
    ],
    "license": "LGPL-3",
}
