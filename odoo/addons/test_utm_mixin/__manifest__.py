{
    "name": "Tests of records that know where they come from",
    "version": "1.0",
    "category": "Hidden/Tests",
    "summary": "A visit with a campaign, and a letter that is a source, for the tests of utm",
    "author": "The Quoin authors",
    "license": "LGPL-3",
    "depends": ["utm"],
    "data": ["security/ir.model.access.csv"],
    "installable": True,
}
