{
    "name": "Tests of models whose records are resources",
    "version": "1.0",
    "category": "Hidden/Tests",
    "summary": "A machine with working hours, for the tests of resource.mixin",
    "author": "The Quoin authors",
    "license": "LGPL-3",
    "depends": ["resource"],
    "data": ["security/ir.model.access.csv"],
    "installable": True,
}
