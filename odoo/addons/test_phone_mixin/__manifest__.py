{
    "name": "Tests of threads with telephone numbers",
    "version": "1.0",
    "category": "Hidden/Tests",
    "summary": "Callers with two numbers, for the tests of phone_validation",
    "author": "The Quoin authors",
    "license": "LGPL-3",
    "depends": ["phone_validation"],
    "data": ["security/ir.model.access.csv"],
    "installable": True,
}
