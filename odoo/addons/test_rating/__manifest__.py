{
    "name": "Tests of ratings",
    "version": "1.0",
    "category": "Hidden/Tests",
    "summary": "Jobs of shops, which are rated",
    "author": "The Quoin authors",
    "license": "LGPL-3",
    "depends": ["rating"],
    "data": ["security/ir.model.access.csv"],
    "installable": True,
}
