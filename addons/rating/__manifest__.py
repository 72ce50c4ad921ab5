{
    "name": "Customer Rating",
    "version": "18.0.1.0.0",
    "category": "Productivity",
    "summary": "Customers say with one click how content they are",
    "description": "Customers get an e-mail with three faces, choose one and may write why. Their ratings are on the "
    "record, with averages and shares, for itself and for what it belongs to.",
    "depends": ["mail"],
    "data": [
        "security/ir.model.access.csv",
        "views/mail_message_views.xml",
        "views/rating_rating_views.xml",
        "views/rating_pages.xml",
    ],
    "license": "LGPL-3",
}
