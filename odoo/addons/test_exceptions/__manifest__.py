{
    "name": "Tests of exceptions",
    "version": "1.0",
    "category": "Hidden/Tests",
    "summary": "A form with a button for each exception that means something to clients",
    "author": "The Quoin authors",
    "license": "LGPL-3",
    "depends": ["base"],
    "data": ["security/ir.model.access.csv", "views/test_exceptions_views.xml"],
    "installable": True,
}
