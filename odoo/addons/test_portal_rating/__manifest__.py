{
    "name": "Tests of ratings on pages",
    "version": "1.0",
    "category": "Hidden/Tests",
    "summary": "Courses, which are rated on their page",
    "author": "The Quoin authors",
    "license": "LGPL-3",
    "depends": ["portal_rating"],
    "data": ["security/ir.model.access.csv", "views/templates.xml"],
    "installable": True,
}
