{
    "name": "Tests of the ORM",
    "version": "1.0",
    "category": "Hidden/Tests",
    "summary": "Models and tests that show what models, fields, computations, recordsets and access rules do",
    "author": "The Quoin authors",
    "license": "LGPL-3",
    "depends": ["base", "web"],
    "data": [
        "security/test_orm_groups.xml",
        "security/ir.model.access.csv",
        "security/test_orm_rules.xml",
        "data/test_orm_data.xml",
    ],
    "installable": True,
}
