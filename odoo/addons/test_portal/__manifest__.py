{
    "name": "Test - Portal",
    "version": "18.0.1.0.0",
    "category": "Hidden/Tests",
    "summary": "A document that people from outside see, talk about and sign",
    "depends": ["portal"],
    "data": ["security/ir.model.access.csv", "security/ir.rule.csv", "views/templates.xml"],
    "license": "LGPL-3",
}
