{
    "name": "Many Models",
    "version": "1.0",
    "category": "Hidden/Tests",
    "summary": "200 models of 100 fields each",
    "author": "The Quoin authors",
    "license": "LGPL-3",
    "depends": ["base"],
    "installable": True,
}
