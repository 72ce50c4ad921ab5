{
    "name": "Resource Mail",
    "version": "18.0.1.0.0",
    "category": "Hidden",
    "summary": "Whether resources are online",
    "description": "Resources that stand for a user show whether that one is online.",
    "depends": ["mail", "resource"],
    "auto_install": True,
    "license": "LGPL-3",
}
