{
    "name": "Models to Measure",
    "version": "1.0",
    "category": "Hidden/Tests",
    "summary": "Documents with lines, and entries that there are many of",
    "author": "The Quoin authors",
    "license": "LGPL-3",
    "depends": ["web"],
    "data": ["security/ir.model.access.csv", "security/rules.xml"],
    "installable": True,
}
