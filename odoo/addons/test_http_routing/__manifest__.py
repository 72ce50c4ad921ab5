{
    "name": "Tests of addresses with names and languages",
    "version": "1.0",
    "category": "Hidden/Tests",
    "summary": "Public pages, some of which fail, for the tests of http_routing",
    "author": "The Quoin authors",
    "license": "LGPL-3",
    "depends": ["http_routing"],
    "data": ["security/ir.model.access.csv"],
    "installable": True,
}
