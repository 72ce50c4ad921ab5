{
    "name": "Tests of automation rules",
    "version": "1.0",
    "category": "Hidden/Tests",
    "summary": "Tasks with all that rules can wait for",
    "author": "The Quoin authors",
    "license": "LGPL-3",
    "depends": ["base_automation"],
    "data": ["security/ir.model.access.csv"],
    "installable": True,
}
