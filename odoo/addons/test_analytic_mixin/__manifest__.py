{
    "name": "Tests of documents with distributions",
    "version": "1.0",
    "category": "Hidden/Tests",
    "summary": "Bills and budgets, for the tests of analytic",
    "author": "The Quoin authors",
    "license": "LGPL-3",
    "depends": ["analytic"],
    "data": ["security/ir.model.access.csv"],
    "installable": True,
}
