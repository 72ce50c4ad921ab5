{
    "name": "Requests That Take Too Much",
    "version": "18.0.1.0",
    "category": "Hidden",
    "summary": "Routes that loop, wait and eat memory",
    "author": "Quoin",
    "license": "LGPL-3",
    "depends": ["web"],
    "installable": True,
}
