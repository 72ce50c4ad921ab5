{
    "name": "Mail tests",
    "version": "1.0",
    "category": "Hidden/Tests",
    "summary": "Threads, activities and templates that the tests of messages need",
    "author": "The Quoin authors",
    "license": "LGPL-3",
    "depends": ["mail"],
    "data": [
        "security/ir.model.access.csv",
        "data/test_mail_data.xml",
    ],
    "installable": True,
}
